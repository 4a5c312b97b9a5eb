// A mail is shown whole: its frame gets as high as its content. Without it, the frame scrolls and a link shows the whole.
const LOWEST = 320;
const ROOM = 4;

function fit(frame) {
  const inside = frame.contentDocument?.documentElement;
  if (!inside || !frame.offsetWidth) return;
  frame.style.height = `${LOWEST}px`; // else it never gets lower again
  frame.style.height = `${Math.max(LOWEST, inside.scrollHeight + ROOM)}px`;
}

const all = () => document.querySelectorAll("iframe[data-whole]").forEach(fit);
// Both do not bubble: they are heard on their way down, also from previews that are renewed later.
document.addEventListener("load", (event) => event.target.matches?.("iframe[data-whole]") && fit(event.target), true);
document.addEventListener("toggle", all, true);
addEventListener("resize", all);
all();
