// Events near the reader (website/calendar/near.py). The position is asked for on a click, compared here and forgotten with the page.
{
  const place = document.querySelector("[data-nearby]");
  const list = place?.querySelector("[data-nearby-list]");

  if (list) {
    const rows = [...list.children];
    const said = place.querySelector("[data-nearby-said]");
    const from = place.querySelector("[data-nearby-from]");
    const here = place.querySelector("[data-nearby-here]");
    const point = (text) => text.split(",").map(Number);

    // Kilometres along the sphere (haversine).
    const between = ([a, b], [c, d]) => {
      const [p, q, r, s] = [a, b, c, d].map((degrees) => (degrees * Math.PI) / 180);
      const half = Math.sin((r - p) / 2) ** 2 + Math.cos(p) * Math.cos(r) * Math.sin((s - q) / 2) ** 2;
      return 12742 * Math.asin(Math.sqrt(half));
    };

    const words = (far) => {
      if (far < 0.05) return said.dataset.atPlace;
      const near = far < 0.95;
      const number = near ? Math.max(100, Math.round(far * 10) * 100) : far;
      const digits = !near && far < 10 ? 1 : 0;
      const text = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits }).format(number);
      return (near ? said.dataset.metres : said.dataset.kilometres).replace("{far}", text);
    };

    const sort = (origin) => {
      const measured = rows.map((row, number) => ({ row, number, far: row.dataset.at ? between(origin, point(row.dataset.at)) : Infinity }));
      measured.sort((one, other) => one.far - other.far || one.number - other.number);
      for (const { row, far } of measured) {
        row.querySelector(".event-row__far")?.remove();
        if (far !== Infinity) {
          const line = document.createElement("p");
          line.className = "event-row__far";
          line.textContent = words(far);
          row.lastElementChild.append(line);
        }
        list.append(row);
      }
      said.textContent = said.dataset.sorted;
    };

    const places = new Map(rows.filter((row) => row.dataset.at && row.dataset.place).map((row) => [row.dataset.place, row.dataset.at]));
    for (const [name, at] of [...places].sort((one, other) => one[0].localeCompare(other[0], "de"))) from.add(new Option(name, at));
    from.addEventListener("change", () => {
      if (from.value) sort(point(from.value));
    });
    here.hidden = !("geolocation" in navigator);
    here.addEventListener("click", () => {
      said.textContent = said.dataset.asking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          from.value = "";
          sort([coords.latitude, coords.longitude]);
        },
        () => { said.textContent = said.dataset.refused; },
        { timeout: 15000, maximumAge: 300000 },
      );
    });
    place.querySelector("[data-nearby-ask]").hidden = places.size === 0;
  }
}
