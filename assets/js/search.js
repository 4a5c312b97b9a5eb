// Suggestions while somebody types (ARIA Authoring Practices: combobox with a list). Without this file the form works all the same.
{
  const WAIT = 160;
  const FEWEST = 2;

  for (const form of document.querySelectorAll("form[data-suggest]")) {
    const field = form.querySelector("input[type=search]");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    const known = new Map();
    let timer = 0;
    let asked = "";
    let shown = [];
    let at = -1;

    list.id = `${field.id}-liste`;
    list.className = "find__list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.some);
    status.className = "kern-sr-only";
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
      field.setAttribute(name, value);
    }

    const close = () => {
      list.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };

    const choose = (next) => {
      at = next;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at < 0) {
        field.removeAttribute("aria-activedescendant");
      } else {
        field.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };

    const show = (found) => {
      shown = found;
      list.replaceChildren(...found.map((entry, index) => {
        const item = document.createElement("li");
        const kind = document.createElement("span");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = entry.title;
        kind.className = "find__kind";
        kind.textContent = entry.kind;
        item.append(" ", kind);
        item.addEventListener("click", () => { location.assign(entry.path); });
        return item;
      }));
      at = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = found.length === 0;
      field.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = found.length ? `${found.length} ${form.dataset.some}` : form.dataset.none;
    };

    const ask = async () => {
      const text = field.value.trim().replace(/\s+/g, " ");
      asked = text;
      if (text.length < FEWEST) {
        close();
        status.textContent = "";
        return;
      }
      if (!known.has(text)) {
        // What the form says beside the question: language, site.
        const beside = [...form.querySelectorAll("input[type=hidden]")].map((one) => `&${one.name}=${encodeURIComponent(one.value)}`).join("");
        try {
          const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}${beside}`, { credentials: "omit" });
          if (!answer.ok) return;
          known.set(text, (await answer.json()).suggestions);
        } catch {
          return;
        }
      }
      if (asked === text && document.activeElement === field) show(known.get(text));
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden && shown.length && event.key === "ArrowDown" && field.value.trim() === asked) show(shown);
        if (list.hidden) return;
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const places = shown.length + 1; // the field is one of them
        choose(((at + 1 + step + places) % places) - 1);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        location.assign(shown[at].path);
      }
    });
    // The pointer must not take the focus away before the click arrives.
    list.addEventListener("pointerdown", (event) => { event.preventDefault(); });
    field.addEventListener("blur", close);
  }
}
