// Renews findings, characters left and previews while somebody types. Without it, the button does the same.
const form = document.getElementById("kanaele");
let waiting;
const frame = (part) => part.querySelector("iframe")?.getAttribute("src");

async function renew() {
  const data = new FormData(form);
  data.set("do", "preview");
  try {
    const answer = await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of fresh.querySelectorAll("#vorschau > section")) {
      const old = part.id ? document.getElementById(part.id) : document.querySelector("#vorschau > section:not([id])");
      if (!old) continue;
      const field = old.querySelector("textarea");
      if (!field && frame(old) && frame(old) === frame(part)) continue; // nothing typed here changes it
      const busy = field && field === document.activeElement;
      if (!busy) {
        const name = old.contains(document.activeElement) ? document.activeElement.name : "";
        old.replaceWith(part);
        if (name) part.querySelector(`[name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
        continue;
      }
      // Whoever types keeps the field: only what stands around it is renewed.
      for (const selector of ["[id^=rest-]", "details.channel"]) {
        const from = part.querySelector(selector);
        const to = old.querySelector(selector);
        if (from && to) to.replaceWith(from);
      }
    }
  } catch {
    // The button is still there.
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.closest(".whole")) return; // how large it is shown
  clearTimeout(waiting);
  waiting = setTimeout(renew, 600);
});
