// Pages for screens (website/displays.py): one message after the other, the time, and what is new; without a network they keep what they show.
{
  const TURN = 15000;
  const RENEW = 60000;
  const SILENT_FOR = 300000;
  let shown = document.querySelector("[data-display]");

  if (shown) {
    let at = 0;
    let paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let heard = Date.now();
    const lang = document.documentElement.lang;
    const part = (name) => shown.querySelector(`[data-display-${name}]`);
    const said = (moment, how) => new Intl.DateTimeFormat(lang, { timeZone: part("now").dataset.displayNow, ...how }).format(moment);
    const time = (moment) => said(moment, { hour: "2-digit", minute: "2-digit" });

    const show = () => {
      shown.dataset.turning = "";
      const slides = [...shown.querySelectorAll("[data-display-slide]")];
      at = slides.length ? at % slides.length : 0;
      slides.forEach((slide, number) => { slide.hidden = number !== at; });
      const count = part("count");
      if (count) count.textContent = `${at + 1} / ${slides.length}`;
      const button = part("pause");
      if (button) {
        button.hidden = false;
        button.textContent = paused ? shown.dataset.resume : shown.dataset.pause;
      }
      const now = part("now");
      now.hidden = false;
      now.textContent = `${said(Date.now(), { weekday: "long", day: "numeric", month: "long" })} · ${time(Date.now())}`;
      const stale = part("stale");
      stale.hidden = Date.now() - heard < SILENT_FOR;
      stale.textContent = stale.hidden ? "" : stale.dataset.displayStale.replace("{time}", time(heard));
    };

    const renew = async () => {
      try {
        const answer = await fetch(location.pathname, { cache: "no-cache", signal: AbortSignal.timeout(20000) });
        if (!answer.ok) return;
        const found = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = found.querySelector("[data-display]");
        if (!fresh) return;
        heard = Date.now();
        const look = (page) => page.querySelector("link[rel=stylesheet]").getAttribute("href");
        if (look(found) !== look(document)) {
          location.reload();
          return;
        }
        if (fresh.innerHTML !== original) {
          original = fresh.innerHTML;
          shown.replaceWith(fresh);
          shown = fresh;
          at = 0;
        }
      } catch {
        // No network: what is shown stays, and says from when it is.
      } finally {
        show();
      }
    };

    let original = shown.innerHTML;
    document.addEventListener("click", (event) => {
      if (!event.target.closest("[data-display-pause]")) return;
      paused = !paused;
      show();
    });
    setInterval(() => {
      if (paused) return;
      at += 1;
      show();
    }, TURN);
    setInterval(show, 10000);
    setInterval(renew, RENEW);
    addEventListener("online", renew);
    show();
  }
}
