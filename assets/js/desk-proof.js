// Keeps the proof page up to date while a message is being sent. Without it, the page has a link to refresh.
const live = document.getElementById("live");

// What somebody opened or closed stays so.
function show(html) {
  const folds = new Map([...live.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  live.innerHTML = html;
  for (const one of live.querySelectorAll("details[id]")) one.open = folds.get(one.id) || one.open;
}

async function refresh() {
  const running = document.getElementById("stand")?.dataset.running === "1";
  if (!live || !running) return;
  try {
    const answer = await fetch(live.dataset.url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.ok && !live.contains(document.activeElement)) show(await answer.text());
    // When it is through, other buttons fit than before.
    if (document.getElementById("stand")?.dataset.running === "0") { location.reload(); return; }
  } catch {
    // The next round tries again.
  }
  setTimeout(refresh, 2000);
}

setTimeout(refresh, 2000);
