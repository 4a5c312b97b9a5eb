// The site works without this file. It adds: copying a link, closing menus with Escape, printing what is folded, a note when nobody updates it.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.querySelector("[data-copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.done;
    } catch {
      field.select();
    }
  });
}

for (const menu of document.querySelectorAll("details.menu, details[data-closes]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// A submenu covers the page below it, so it closes once the reader goes elsewhere.
for (const menu of document.querySelectorAll("details.sub")) {
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.fold:not([open])")) {
    fold.open = true;
  }
});

// Pages are files and outlive the application: one that nobody updates any more says so (website/heartbeat.py).
const SILENT = 300000;
const outage = document.getElementById("outage");

async function lookForLife() {
  try {
    const answer = await fetch("/lebenszeichen.json", { cache: "no-cache" });
    if (!answer.ok) return; // a static copy
    const served = Date.parse(answer.headers.get("Date")) || Date.now();
    outage.hidden = served - Date.parse((await answer.json()).at) < SILENT;
  } catch {
    // No network: the browser says so itself.
  }
}

if (outage) {
  window.addEventListener("load", () => setTimeout(lookForLife, 2000));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") lookForLife();
  });
}
