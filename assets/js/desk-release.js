// Whoever opens a decision goes on typing at once. Without it, the field is one step further.
document.getElementById("entscheiden")?.addEventListener("click", (event) => {
  const part = event.target.closest("summary")?.parentElement;
  // The click opens it only after this.
  if (part && !part.open) setTimeout(() => part.querySelector("textarea, input:not([type=hidden])")?.focus());
});
