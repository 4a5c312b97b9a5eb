// Streets: the list gets shorter while somebody types, and one street is remembered when the reader wants it. Nothing of it leaves the device.
{
  const KEY = "strasse";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "null");
      return kept && typeof kept.name === "string" && /^\/(en\/)?meine-strasse\/[a-z0-9-]+\/#[a-z0-9-]+$/.test(kept.path) ? kept : null;
    } catch {
      return null;
    }
  };
  const plain = (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")
    .replace(/str\.?(?=\s|$)/g, "strasse").replace(/[^a-z0-9]+/g, "");

  for (const form of document.querySelectorAll("[data-street-find]")) {
    const field = form.querySelector("input");
    const number = form.querySelector("[data-street-number]");
    const groups = [...document.querySelectorAll("[data-streets] section")];
    const letters = document.querySelector("[data-street-letters]");
    form.hidden = false;
    const filter = () => {
      const wanted = plain(field.value);
      let left = 0;
      for (const group of groups) {
        let here = 0;
        for (const item of group.querySelectorAll("[data-street]")) {
          item.hidden = !plain(item.dataset.street).includes(wanted);
          here += item.hidden ? 0 : 1;
        }
        group.hidden = here === 0;
        left += here;
      }
      letters.hidden = wanted !== "";
      number.textContent = wanted === "" ? "" : left === 0 ? form.dataset.none : left === 1 ? form.dataset.one : `${left} ${form.dataset.many}`;
    };
    field.addEventListener("input", filter);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = document.querySelector("[data-streets] section:not([hidden]) [data-street]:not([hidden]) a");
      if (field.value && first) {
        first.focus();
      }
    });
    filter();
  }

  for (const box of document.querySelectorAll("[data-street-kept]")) {
    const kept = read();
    if (kept) {
      const link = box.querySelector("a");
      link.textContent = kept.name;
      link.href = kept.path;
      box.hidden = false;
      box.querySelector("[data-street-forget]").addEventListener("click", () => {
        localStorage.removeItem(KEY);
        box.hidden = true;
        document.querySelector("h1").tabIndex = -1;
        document.querySelector("h1").focus();
      });
    }
  }

  for (const box of document.querySelectorAll("[data-street-mine]")) {
    const keep = box.querySelector("[data-street-keep]");
    const forget = box.querySelector("[data-street-forget]");
    const label = keep.textContent;
    const show = () => {
      const item = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      box.hidden = !(item && item.dataset.street);
      for (const one of document.querySelectorAll("[data-street-at]")) {
        one.classList.toggle("waste__mine", !box.hidden && one.dataset.streetAt === item.id);
      }
      if (box.hidden) {
        return;
      }
      const path = `${location.pathname}#${item.id}`;
      const mine = (read() || {}).path === path;
      box.querySelector("[data-street-name]").textContent = `${box.dataset.says} ${item.dataset.street}`;
      keep.textContent = mine ? keep.dataset.kept : label;
      keep.disabled = mine;
      forget.hidden = !mine;
      keep.onclick = () => {
        try {
          localStorage.setItem(KEY, JSON.stringify({ name: item.dataset.street, path }));
        } catch {
          return;
        }
        show();
        forget.focus();
      };
      forget.onclick = () => {
        localStorage.removeItem(KEY);
        show();
        keep.focus();
      };
    };
    window.addEventListener("hashchange", show);
    show();
  }

  const today = new Date();
  const day = [today.getFullYear(), String(today.getMonth() + 1).padStart(2, "0"), String(today.getDate()).padStart(2, "0")].join("-");
  for (const item of document.querySelectorAll("[data-until]")) {
    item.hidden = item.dataset.until < day;
  }
}
