// Shows what the checks say of the text in the editor, while somebody writes. Nothing is saved by it.
const form = document.getElementById("page-edit-form");

// The editor saves a draft by itself; from then on the page has another address.
function address() {
  const edit = location.pathname.match(/^\/desk\/pages\/(\d+)\/edit\/$/);
  const add = location.pathname.match(/^\/desk\/pages\/add\/(\w+)\/(\w+)\/(\d+)\/$/);
  if (edit) return `/desk/pruefen/${edit[1]}/`;
  return add ? `/desk/pruefen/neu/${add[1]}/${add[2]}/${add[3]}/` : "";
}

let waiting;
let running;

const panel = document.createElement("section");
panel.className = "checks";
panel.setAttribute("aria-label", "Prüfung");
panel.id = "pruefung";
const live = document.createElement("div");
live.innerHTML = '<h2 class="checks__title">Prüfung</h2><p class="checks__good">Hier steht gleich, was noch zu ändern ist.</p>';
panel.append(live);

// The count stays in sight beside the button. It alone is read out, and only when it changed.
const sum = document.createElement("p");
sum.className = "checks-sum";
sum.setAttribute("role", "status");
function sumUp() {
  const { change, hints } = live.querySelector("[data-change]")?.dataset ?? {};
  if (change === undefined) return;
  const parts = [];
  if (Number(change)) parts.push(`${change} zu ändern`);
  if (Number(hints)) parts.push(`${hints} ${hints === "1" ? "Hinweis" : "Hinweise"}`);
  const text = parts.join(" · ") || "Prüfung: alles in Ordnung";
  if (sum.textContent === text) return;
  const link = document.createElement("a");
  link.href = "#pruefung";
  link.textContent = text;
  sum.replaceChildren(link);
}

// The hidden fields of the blocks have a name and no id.
function fieldOf(id) {
  return document.getElementById(id) ?? form.querySelector(`[name="${CSS.escape(id)}"]`);
}

// The part of the form a finding is about gets a mark; what it says stands in the panel, once.
function mark() {
  form.querySelectorAll(".has-finding").forEach((part) => part.classList.remove("has-finding", "has-finding--error"));
  for (const found of live.querySelectorAll("[data-found]")) {
    const field = fieldOf(found.dataset.found);
    const part = field?.closest(".w-field__wrapper") ?? field?.closest(".w-panel");
    part?.classList.add("has-finding");
    if (part && found.closest(".checks__list--error")) part.classList.add("has-finding--error");
  }
}

async function renew() {
  running?.abort();
  running = new AbortController();
  try {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    const answer = await fetch(address(), { method: "POST", body: data, credentials: "same-origin", signal: running.signal });
    if (!answer.ok) return;
    live.innerHTML = await answer.text();
    sumUp();
    mark();
  } catch {
    // The same checks run again before anything is handed in.
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(renew, 900);
}

// The fields of a text block have no label of their own: they are named after their block.
function nameFields() {
  for (const field of form.querySelectorAll("[data-contentpath] input[type=text], [data-contentpath] [contenteditable]")) {
    if (field.getAttribute("aria-label") || (field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`))) continue;
    const title = field.closest("[data-contentpath]")?.querySelector("[data-panel-heading-text], .c-sf-block__type")?.textContent?.trim();
    field.setAttribute("aria-label", title || "Text");
  }
}

// What the editor is saving by itself at this moment. Were the form sent meanwhile, the older draft could arrive last and win.
const saving = new Set();
// The CMS takes the form's content half a second before it sends it. Once the form itself is on its way, that is old.
let leaving = false;
const ask = window.fetch;
window.fetch = (...request) => {
  const target = String(request[0]?.url ?? request[0]);
  const sent = (request[1]?.method ?? request[0]?.method ?? "GET").toUpperCase() === "POST";
  const keeps = sent && /\/desk\/pages\/(add\/|\d+\/edit\/)/.test(target);
  if (keeps && leaving) return new Promise(() => {});
  const answer = ask.apply(window, request);
  if (!target.includes("/desk/pruefen/")) {
    saving.add(answer);
    if (keeps) answer.then((came) => { if (came.ok) named(); }, () => {});
    answer.catch(() => {}).finally(() => setTimeout(() => saving.delete(answer), 150));
  }
  return answer;
};

// Heading and window say what is saved. A new page is a draft from the first time on.
function named() {
  const title = document.getElementById("id_title")?.value.trim();
  const heading = document.querySelector(".editor-head h1");
  if (title && heading && heading.textContent !== title) {
    document.title = document.title.replace(heading.textContent, title);
    heading.textContent = title;
  }
  document.querySelector("[data-after-saving]")?.removeAttribute("hidden");
}

// The CMS takes what the form holds two seconds after loading, and again after each time it saved by itself, as saved. What was
// typed before that and not sent would be lost without a word: it counts as changed, until a later saving took it along.
const LATE = 600; // the rich text editor hands its words over by a timer
let edited = 0;
let sent = 0;
function changed() {
  if (edited <= sent) return;
  form.setAttribute("data-w-unsaved-force-value", "true");
  form.setAttribute("data-w-unsaved-has-edits-value", "true");
}
function edits(event) {
  if (!event.isTrusted || !event.target.closest("#page-edit-form")) return;
  edited = performance.now();
  if (form.dataset.wUnsavedHasEditsValue !== "true") changed();
  if (!savesItself()) tell(form.querySelector("[data-unsaved-why]")?.dataset.unsavedWhy);
}
const savesItself = () => form.dataset.controller.split(/\s+/).includes("w-autosave");

// Plainly, in the head and beside the button: this is not saved, and why.
function tell(why) {
  const place = form.querySelector("[data-unsaved-why]");
  const text = why ? `Nicht gespeichert. ${why}` : "";
  if (place && place.textContent !== text) place.textContent = text;
  document.querySelector("[data-unsaved]")?.toggleAttribute("hidden", !why);
}
function keepEdits() {
  for (const kind of ["beforeinput", "input", "change"]) document.addEventListener(kind, edits, true);
  document.addEventListener("w-unsaved:add", () => { if (!savesItself()) tell(form.querySelector("[data-unsaved-why]")?.dataset.unsavedWhy); });
  document.addEventListener("w-unsaved:watch-edits", () => setTimeout(changed));
  document.addEventListener("w-autosave:save", () => { sent = performance.now() - LATE; });
  document.addEventListener("w-autosave:success", () => tell(""));
  document.addEventListener("w-autosave:error", ({ detail }) => tell(detail.text || "Bitte speichern Sie selbst."));
}

// A click on "save" waits for that, and for the rich text editor, which hands its last words to the form by a timer.
let typed = 0;
let waits = null;
let passes = null;
function patient(event) {
  const button = event.target.closest("button[type=submit]");
  if (!button || !form.contains(button)) return;
  if (button === passes) { passes = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waits) return;
  const patience = Date.now() + 60000;
  const look = () => {
    const early = Date.now() - typed < 400 || (saving.size > 0 && Date.now() < patience);
    if (early) { waits = setTimeout(look, 50); return; }
    waits = null;
    passes = button;
    button.click();
  };
  waits = setTimeout(look, 20);
}

// The CMS's dialogs have no name, and each has the head of a page: to a screen reader it would be one more.
function nameDialog() {
  const dialog = document.querySelector(".modal[role=dialog]");
  const title = dialog?.querySelector("h1, .w-header__title")?.textContent?.trim().replace(/\s+/g, " ");
  if (title && dialog.getAttribute("aria-label") !== title) dialog.setAttribute("aria-label", title);
  dialog?.querySelectorAll("header:not([role])").forEach((head) => head.setAttribute("role", "group"));
}
new MutationObserver(nameDialog).observe(document.body, { childList: true, subtree: true });

// What can be written in within a part of the form; the field itself when it can.
const WRITABLE = "[contenteditable=true], input:not([type=hidden]), textarea, select";
function goTo(id, excerpt) {
  const field = fieldOf(id);
  if (!field) return false;
  const part = field.closest("section");
  const all = field.matches(WRITABLE) ? [field] : [...(part?.querySelectorAll(`${WRITABLE}, button`) ?? [])].filter((one) => one.offsetParent);
  const words = excerpt?.replace(/^…|…$/g, "").trim();
  const saying = words ? all.find((one) => (one.value || one.textContent).includes(words)) : null;
  const target = saying ?? all.find((one) => one.matches(WRITABLE)) ?? all.find((one) => one.matches(".c-sf-add-button")) ?? all[0];
  if (!target) return false;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  return true;
}

// The CMS centres its menus and the toolbar under a button or a word at the left edge, so half of each lies beside the page.
const PLACES = [[".w-combobox-container", "bottom-start"], [".Draftail-FloatingToolbar", "top-start"]];
function placeMenus() {
  for (const root of document.querySelectorAll("[data-tippy-root]")) {
    const place = PLACES.find(([part]) => root.querySelector(part))?.[1];
    if (place && root._tippy && root._tippy.props.placement !== place) root._tippy.setProps({ placement: place });
  }
}
new MutationObserver(placeMenus).observe(document.body, { childList: true, subtree: true });

if (form && address()) {
  document.addEventListener("keyup", (event) => { if (event.target.isContentEditable) typed = Date.now(); }, true);
  document.addEventListener("click", patient, true);
  window.addEventListener("submit", (event) => { if (event.target === form) leaving = !event.defaultPrevented; });
  window.addEventListener("pageshow", () => { leaving = false; });
  keepEdits();
  form.prepend(panel);
  form.querySelector("footer")?.append(sum);
  sum.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    panel.tabIndex = -1;
    panel.scrollIntoView({ block: "start" });
    panel.focus({ preventScroll: true });
  });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  for (const said of [panel, document.querySelector(".messages")]) said?.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && goTo(link.hash.slice(1), link.dataset.excerpt)) event.preventDefault();
  });
  // From the step with the channels a finding leads to its field here; the rich text is there a little later.
  if (location.hash) setTimeout(() => goTo(location.hash.slice(1)), 400);
  // Rich text and blocks announce their changes only by changing the page.
  new MutationObserver((changes) => {
    if (changes.some((change) => !panel.contains(change.target) && !sum.contains(change.target))) { nameFields(); soon(); }
  }).observe(form, { childList: true, characterData: true, subtree: true });
  nameFields();
  soon();
}
