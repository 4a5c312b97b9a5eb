// The site works without this file. It adds: copying a link, closing menus with Escape, printing what is folded, „jetzt geöffnet“, a note when nobody updates it.
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
  for (const place of document.querySelectorAll("[data-printed]")) {
    // In the language of the word before it: around a text in another language the frame is German.
    const day = new Intl.DateTimeFormat(place.closest("[lang]").lang, { dateStyle: "long" }).format(new Date());
    place.textContent = `${place.dataset.printed} ${day} · `;
  }
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

// Whether an office is open now, by the town's clock, from what its page says. The table beside it says the same without this file.
// The rules are those of website/offices/domain/hours.py; times are minutes since an arbitrary midnight, so that no clock change matters.
const DAY = 1440;

function townNow(zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(new Date());
  const at = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return { day: `${at.year}-${at.month}-${at.day}`, minute: Number(at.hour) * 60 + Number(at.minute) };
}

function dayAfter(day, number) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + number);
  return date.toISOString().slice(0, 10);
}

function spansOn(plan, day) {
  if (plan.days[day]) return plan.days[day];
  const season = plan.seasons.find((one) => one.first <= day && day <= one.last);
  return (season ?? plan).week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
}

// Openings from yesterday on as [opens, closes] in minutes from today's midnight; what touches is one.
function openingsOf(plan, today) {
  const found = [];
  for (let number = -1; dayAfter(today, number) <= plan.until; number += 1) {
    for (const span of spansOn(plan, dayAfter(today, number))) {
      const [opens, closes] = span.split("-").map((text) => {
        const [hour, minute] = text.split(":").map(Number);
        return number * DAY + hour * 60 + minute;
      });
      const last = found.at(-1);
      if (last && opens <= last[1]) last[1] = Math.max(last[1], closes);
      else found.push([opens, closes]);
    }
  }
  return found;
}

function sayOpen(place) {
  const plan = JSON.parse(place.dataset.hours);
  const words = JSON.parse(place.dataset.words);
  const { day: today, minute: now } = townNow(plan.zone);
  const line = place.querySelector("[data-now]");
  if (today > plan.until) {
    line.hidden = true; // an old copy of the page knows nothing of today
    return;
  }
  const clock = (minutes) => {
    const within = ((minutes % DAY) + DAY) % DAY;
    const [hour, minute] = [Math.floor(within / 60), within % 60];
    const time = words.short && minute === 0 ? `${hour}` : `${hour}:${String(minute).padStart(2, "0")}`;
    return words.clock.replace("{time}", time);
  };
  const named = (minutes) => {
    const number = Math.floor(minutes / DAY);
    if (number < 2) return number === 1 ? words.tomorrow : words.today;
    const date = new Date(`${dayAfter(today, number)}T00:00:00Z`);
    const far = number < 7 ? {} : { day: "numeric", month: "long" };
    return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC", ...far }).format(date);
  };
  const next = openingsOf(plan, today).find((span) => span[1] > now);
  const open = Boolean(next) && next[0] <= now;
  const parts = [open ? words.open : words.closed];
  if (open && next[1] <= DAY) parts.push(words.closes.replace("{time}", clock(next[1])));
  else if (open && next[1] < 7 * DAY) parts.push(words.closesDay.replace("{day}", named(next[1])).replace("{time}", clock(next[1])));
  else if (!open && next) parts.push(words.opens.replace("{day}", named(next[0])).replace("{time}", clock(next[0])));
  line.textContent = parts.join(", ");
  line.classList.toggle("opening__now--open", open);
  line.hidden = false;
}

const places = document.querySelectorAll("[data-hours]");
const sayAll = () => places.forEach(sayOpen);
if (places.length) {
  sayAll();
  setInterval(sayAll, 30000);
}
