// Renews findings, characters left and previews while somebody types. Without it, the button does the same.
const form = document.getElementById("kanaele");
let waiting;

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

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(renew, 600);
});
