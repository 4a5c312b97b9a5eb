// The headings of folded blocks say days as people do: 24.12.2026, not as the field keeps them.
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g;

function say(heading) {
  const said = heading.textContent.replace(ISO, "$3.$2.$1");
  if (said !== heading.textContent) heading.textContent = said;
}

const all = () => document.querySelectorAll(".c-sf-block__title").forEach(say);
all();
new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
