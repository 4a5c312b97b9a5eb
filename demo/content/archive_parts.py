"""How an archived message is put together from a few written parts.

In every text `[2026-03-15]` stands for a day and is written out as „Sonntag, 15. März“, with the year when it
is not the message's own. So weekday and date cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from demo.content.blocks import Block, callout, contact, heading, listed, picture, text
from demo.content.states import APPROVER, DEPUTY, delivered

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]

OFFICES = {
    "rathaus": ("Stadtverwaltung", "069 90009 100", "rathaus"),
    "buergerbuero": ("Bürgerbüro", "069 90009 110", "buergerbuero"),
    "bauamt": ("Bauamt", "069 90009 120", "bauamt"),
    "bauhof": ("Bauhof", "069 90009 130", "bauhof"),
    "forst": ("Stadtwald, Revierleitung", "069 90009 135", "stadtwald"),
    "wasserwerk": ("Wasserwerk", "069 90009 140", "wasserwerk"),
    "kita": ("Kita Sonnenwiese", "069 90009 150", "sonnenwiese"),
    "schule": ("Grundschule am Markt", "069 90009 155", "grundschule"),
    "buecherei": ("Stadtbücherei", "069 90009 160", "buecherei"),
    "kasse": ("Kämmerei und Stadtkasse", "069 90009 170", "kaemmerei"),
    "bad": ("Weidebad", "069 90009 180", "weidebad"),
    "jugend": ("Jugendzentrum", "069 90009 190", "jugendzentrum"),
    "feuerwehr": ("Freiwillige Feuerwehr, Geschäftszimmer", "069 90009 195", "feuerwehr"),
    "kultur": ("Kulturamt", "069 90009 165", "kultur"),
    "ehrenamt": ("Ansprechstelle Ehrenamt", "069 90009 107", "ehrenamt"),
    "wahl": ("Wahlamt", "069 90009 115", "wahlamt"),
}
HASHTAGS = {
    "verkehr": "Verkehr",
    "bauen-wohnen": "Bauen",
    "buergerservice": "Bürgerservice",
    "kinder-schule": "Familie",
    "kultur-freizeit": "Kultur",
    "umwelt": "Umwelt",
    "haushalt": "Haushalt",
    "sicherheit": "Sicherheit",
    "ehrenamt": "Ehrenamt",
    "aus-dem-rathaus": "Rathaus",
}
_DAY = re.compile(r"\[(\d{4}-\d{2}-\d{2})\]")


def written(day: date, year: int) -> str:
    """„Sonntag, 15. März“; with the year unless it is `year`."""
    tail = f" {day.year}" if day.year != year else ""
    return f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]}{tail}"


def entry(
    day: str,
    category: str,
    drawing: str,
    title: str,
    teaser: str,
    place: str,
    *paragraphs: str,
    facts: Sequence[tuple[str, str]] = (),
    points: Sequence[str] = (),
    head: str = "",
    note: tuple[str, str] | None = None,
    office: str = "rathaus",
    until: str | None = None,
) -> dict[str, Any]:
    """One message. Body: first paragraph, facts, points under `head`, other paragraphs, note, who helps.

    Args:
        day: ISO day on which it was sent.
        drawing: name of a picture of the set, "" for none.
        until: ISO wall time, or a day for its end.
    """
    year = date.fromisoformat(day).year

    def dates(raw: str) -> str:
        return _DAY.sub(lambda match: written(date.fromisoformat(match[1]), year), raw)

    blocks: list[Block] = [text(dates(paragraphs[0]))]
    if facts:
        blocks.append(contact(*((label, dates(value)) for label, value in facts)))
    if head:
        blocks.append(heading(dates(head)))
    if points:
        blocks.append(text(listed(*map(dates, points))))
    if paragraphs[1:]:
        blocks.append(text(*map(dates, paragraphs[1:])))
    if note:
        blocks.append(callout(note[0], dates(note[1])))
    name, phone, mailbox = OFFICES[office]
    blocks.append(contact((name, phone), ("E-Mail", f"{mailbox}@erlenfurt.example")))
    minute = (int(day[8:10]) * 7 + len(title)) % 60
    hour = 8 + len(teaser) % 8
    return {
        "key": f"archiv-{day}-{_slug(title)}",
        "title": dates(title),
        "teaser": dates(teaser),
        "category": category,
        "place": place,
        "valid_from": None,
        "valid_until": f"{until}T23:59" if until and len(until) == len(day) else until,
        "language": "de",
        "hashtags": ["Erlenfurt", HASHTAGS[category]],
        "hero": picture(drawing) if drawing else None,
        "blocks": blocks,
        "dated": day,
        "state": delivered(
            f"{day}T07:15",
            f"{day}T07:{30 + minute % 20}",
            f"{day}T07:{50 + minute % 10}",
            f"{day}T{hour:02d}:{minute:02d}",
            approver=DEPUTY if minute % 5 == 0 else APPROVER,
        ),
    }


def _slug(title: str) -> str:
    plain = title.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")
