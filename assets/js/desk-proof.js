// Keeps the proof page up to date while a message is being sent. Without it, the page has a link to refresh.
const live = document.getElementById("live");

async function refresh() {
  const running = document.getElementById("stand")?.dataset.running === "1";
  if (!live || !running) return;
  try {
    const answer = await fetch(live.dataset.url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.ok && !live.contains(document.activeElement)) live.innerHTML = await answer.text();
    // When it is through, other buttons fit than before.
    if (document.getElementById("stand")?.dataset.running === "0") { location.reload(); return; }
  } catch {
    // The next round tries again.
  }
  setTimeout(refresh, 2000);
}

setTimeout(refresh, 2000);
