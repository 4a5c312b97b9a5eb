"""Which column of a table holds what: proposed by what stands above it, in German or English, and by what stands in it. Pure.

The proposal is a proposal: at the desk a person sees it beside the first rows and decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stadtnah.services.events.domain.ics.values import Unreadable
from stadtnah.services.events.domain.table.cells import Table
from stadtnah.services.events.domain.table.when import read_clock, read_days

# Field, what the desk calls it, the words above such a column. A word with „ datum“ or „ uhrzeit“ beside it is found by its parts.
FIELDS: Final = {
    "title": "Titel",
    "day": "Datum oder Zeitraum",
    "clock": "Uhrzeit",
    "last_day": "Letzter Tag",
    "end_clock": "Ende (Uhrzeit)",
    "all_day": "Ganztägig",
    "place": "Ort",
    "street": "Straße oder Adresse",
    "postcode": "Postleitzahl",
    "town": "Stadt oder Ortsteil",
    "latitude": "Breitengrad",
    "longitude": "Längengrad",
    "organiser": "Veranstalter",
    "description": "Beschreibung",
    "categories": "Kategorien",
    "price": "Eintritt",
    "audience": "Zielgruppe",
    "registration": "Anmeldung",
    "url": "Webadresse",
    "status": "Absage, Verlegung",
    "uid": "Kennung",
}
# Several columns of these are put together; of the others there is one.
JOINED: Final = frozenset(["description", "place", "categories"])
_BEGIN, _END = "begin", "end"  # a day or a time, as the values say
_WORDS: Final = {
    "title": "titel, veranstaltung, veranstaltungstitel, name der veranstaltung, bezeichnung, name, thema, event, event name, title, subject, betreff, was, überschrift, veranstaltungsname, event title, summary, anlass",
    "day": "datum, tag, termin, date, wann, day, datum von, datum beginn, startdatum, anfangsdatum, beginndatum, start date, from date, veranstaltungsdatum, termine, zeitraum, beginn datum, begin date, veranstaltungstag, event date",
    "clock": "uhrzeit, zeit, time, uhrzeit von, uhrzeit beginn, startzeit, anfangszeit, beginnzeit, start time, begin time, beginn uhrzeit, zeiten, veranstaltungszeit, hour",
    "last_day": "enddatum, datum bis, datum ende, bis datum, end date, letzter tag, ende datum, to date, endet am, endtermin",
    "end_clock": "endzeit, uhrzeit bis, uhrzeit ende, ende uhrzeit, end time, schluss, bis uhrzeit, endet um",
    _BEGIN: "beginn, anfang, start, von, begin, from, beginnt, beginn am, dtstart, starts",
    _END: "ende, bis, end, to, until, dtend, ends",
    "all_day": "ganztägig, ganztags, ganztag, all day, all day event, ganztägiges ereignis, ganzer tag",
    "place": "ort, veranstaltungsort, location, ort raum, treffpunkt, wo, place, venue, lokalität, lokal, raum, veranstaltungsstätte, spielstätte, halle, örtlichkeit",
    "street": "straße, strasse, adresse, anschrift, street, address, straße hausnummer, straße nr, ort adresse",
    "postcode": "plz, postleitzahl, zip, postcode, postal code",
    "town": "stadt, gemeinde, ortsteil, wohnort, city, town, plz ort, ortschaft",
    "latitude": "breitengrad, lat, latitude, breite, geo lat",
    "longitude": "längengrad, lon, lng, long, longitude, länge, geo lon",
    "organiser": "veranstalter, veranstalterin, verein, organizer, organiser, ausrichter, träger, veranstaltende, veranstalter in, wer, gruppe, anbieter, host, organisator",
    "description": "beschreibung, beschreibungstext, details, text, bemerkung, bemerkungen, info, infos, description, inhalt, langtext, kurztext, kurzbeschreibung, hinweis, hinweise, informationen, sonstiges, untertitel, notizen, body, zusatzinfo, weitere informationen, anmerkung, anmerkungen",
    "categories": "kategorie, kategorien, rubrik, art, category, categories, veranstaltungsart, sparte, typ, type",
    "price": "eintritt, preis, kosten, price, eintrittspreis, gebühr, cost, preise, eintrittspreise, teilnahmegebühr",
    "audience": "zielgruppe, für wen, audience, publikum, altersgruppe",
    "registration": "anmeldung, anmeldelink, tickets, ticket, karten, vorverkauf, registration, anmeldung unter, booking, ticketlink",
    "url": "link, url, website, internet, homepage, webseite, web, webadresse, internetadresse, internetseite, mehr informationen",
    "status": "status, stand, zustand",
    "uid": "uid, id, kennung, event id, termin id",
}
_KNOWN: Final = {word: field for field, words in _WORDS.items() for word in words.split(", ")}
_TOLD: Final = re.compile(r"(?!https?:)(?:[^a-zäöüß]*[a-zäöüß]){6}", re.IGNORECASE)
_HEAD_WITHIN: Final = 20  # rows: above a table stands its title, seldom more
_LOOKED_AT: Final = 50
_FEW: Final = 3  # words that are known: by chance nobody writes as many side by side


@dataclass(frozen=True, slots=True)
class Matching:
    """For each column the field it holds, "" for none. head: number of the row with the names, 0 when there is none."""

    fields: tuple[str, ...]
    head: int = 0

    def columns(self, field: str) -> list[int]:
        """Where a field stands."""
        return [column for column, one in enumerate(self.fields) if one == field]


def recognised(rows: list[list[str]]) -> int:
    """How many columns of the best row of names are known; of a table without names, whether it has several columns at all."""
    return max((_named(tuple(row)) for row in rows[:_HEAD_WITHIN]), default=0)


def proposed(table: Table) -> Matching:
    """What the columns probably hold."""
    head_number, names = _head(table)
    values = [cells for number, cells in table.rows if number > head_number][:_LOOKED_AT]
    fields = [
        _by_value(_KNOWN.get(_simple(name), ""), [_cell(cells, column) for cells in values])
        for column, name in enumerate(names)
    ]
    fields += [""] * (table.width - len(fields))
    if "day" not in fields:
        _add(fields, "day", values, _share_of_days)
    if "clock" not in fields and head_number == 0:
        _add(fields, "clock", values, _share_of_times)
    if "title" not in fields and head_number == 0:
        _add(fields, "title", values, _share_of_words)
    return Matching(tuple(_once(fields)), head_number)


def problem_of(matching: Matching) -> str:
    """Why nothing can be read this way, German; "" when it can."""
    for field, label in FIELDS.items():
        if len(matching.columns(field)) > 1 and field not in JOINED:
            return f"„{label}“ ist zwei Spalten zugeordnet. Bitte wählen Sie eine davon."
    for field in ("title", "day"):
        if not matching.columns(field):
            return f"Keine Spalte ist „{FIELDS[field]}“ zugeordnet. Ohne sie ist kein Termin zu erkennen."
    return ""


def _head(table: Table) -> tuple[int, tuple[str, ...]]:
    first = table.rows[:_HEAD_WITHIN]
    number, names = max(first, key=lambda row: _named(row[1]), default=(0, ()))
    needed = min(_FEW, max(2, table.width))
    return (number, names) if _named(names) >= needed else (0, ())


def _named(names: tuple[str, ...]) -> int:
    return len({field for name in names if (field := _KNOWN.get(_simple(name)))})


def _simple(name: str) -> str:
    """„Datum (von)*“ and „Datum von:“ are one name."""
    return " ".join(re.sub(r"[^\wäöüß]+|_", " ", name.casefold()).split())[:60]


def _by_value(field: str, values: list[str]) -> str:
    """„Beginn“ is a day in one table and a time in the next."""
    if field not in {_BEGIN, _END}:
        return field
    days = _share_of_days(values) >= _share_of_times(values) and _share_of_days(values) > 0
    if field == _BEGIN:
        return "day" if days else "clock"
    return "last_day" if days else "end_clock"


def _once(fields: list[str]) -> list[str]:
    """The first column of its kind; a second „Zeit“ is nobody's guess."""
    return [
        field if field in JOINED or field not in fields[:place] else "" for place, field in enumerate(fields)
    ]


def _add(
    fields: list[str], field: str, values: list[tuple[str, ...]], share: Callable[[list[str]], float]
) -> None:
    free = [column for column, one in enumerate(fields) if not one]
    found = {column: share([_cell(cells, column) for cells in values]) for column in free}
    best = max(found, key=lambda column: found[column], default=None)
    if best is not None and found[best] > 0.5:  # noqa: PLR2004 - most of them
        fields[best] = field


def _cell(cells: tuple[str, ...], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _share_of_days(values: list[str]) -> float:
    return _share(values, lambda value: bool(read_days(value)))


def _share_of_times(values: list[str]) -> float:
    return _share(values, lambda value: read_clock(value).begin is not None)


def _share_of_words(values: list[str]) -> float:
    return _share(values, lambda value: bool(_TOLD.match(value)))


def _share(values: list[str], fits: Callable[[str], bool]) -> float:
    full = [value for value in values if value]
    good = 0
    for value in full:
        try:
            good += bool(fits(value))
        except Unreadable:
            continue
    return good / len(full) if full else 0.0
