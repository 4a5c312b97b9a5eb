"""A register of streets as a table (CSV), read and written. A line that cannot be understood is named with its reason. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from stadtnah.kernel import decoding
from stadtnah.kernel.text import cell, clipped
from stadtnah.services.streets.domain.register import SIDE_WORDS, Side, Street, Stretch, problem

LARGEST: Final = 2_000_000  # bytes
MOST_LINES: Final = 20_000
LONGEST: Final = 100
_HIGHEST: Final = 9_999
_QUOTED: Final = 80
HEAD: Final = ("Straße", "Ortsteil", "von", "bis", "Seite", "Bezirk")
_NAMES: Final = {
    "name": ("straße", "strasse", "name", "straßenname", "strassenname", "street"),
    "district": ("ortsteil", "stadtteil", "district"),
    "first": ("von", "hausnummer von", "from", "hnr von", "hausnr. von"),
    "last": ("bis", "hausnummer bis", "to", "hnr bis", "hausnr. bis"),
    "side": ("seite", "hausnummern", "side"),
    "area": ("bezirk", "abfuhrbezirk", "gebiet", "area", "tour"),
}
_SIDES: Final = {"": Side.ALL, "alle": Side.ALL, "beide": Side.ALL, "u": Side.ODD, "ungerade": Side.ODD, "g": Side.EVEN, "gerade": Side.EVEN}  # fmt: skip


class TableWrong(ValueError):
    """Why nothing of the file can be used, German."""


class _LineWrong(ValueError):
    """Why a line cannot be used, German."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out: its number, what stands in it, why."""

    number: int
    text: str
    reason: str


@dataclass(slots=True)
class Read:
    """What a table holds."""

    streets: list[Street] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def read(data: bytes, areas: Mapping[str, str]) -> Read:
    """Reads a table with a head. areas: code to name; either may stand in the file. Raises TableWrong."""
    if len(data) > LARGEST:
        raise TableWrong("Diese Datei ist zu groß; möglich sind 2 MB.")
    text = decoding.text(*decoding.normalised(data, "")).replace("\0", "")
    lines = text.splitlines()
    if not text.strip():
        raise TableWrong("Diese Datei ist leer.")
    if len(lines) > MOST_LINES:
        raise TableWrong(f"Diese Datei hat {len(lines)} Zeilen; möglich sind {MOST_LINES}.")
    mark = max(";\t,", key=lines[0].count)
    rows = list(enumerate(csv.reader(lines, delimiter=mark), start=1))
    columns = _columns(rows[0][1])
    known = {said.casefold(): code for code, name in areas.items() for said in (code, name)}
    found, parts = Read(), dict[tuple[str, str], list[tuple[int, str, Stretch]]]()
    for number, row in rows[1:]:
        said = clipped("; ".join(row), _QUOTED)
        if not any(map(str.strip, row)):
            continue
        try:
            name, district, stretch = _line({key: _at(row, at) for key, at in columns.items()}, known)
        except _LineWrong as wrong:
            found.bad.append(BadLine(number, said, str(wrong)))
            continue
        parts.setdefault((name, district), []).append((number, said, stretch))
    for (name, district), several in parts.items():
        stretches = tuple(dict.fromkeys(stretch for _number, _said, stretch in several))
        if reason := problem(stretches):
            found.bad += [BadLine(number, said, reason) for number, said, _stretch in several]
        else:
            found.streets.append(Street(name, district, stretches))
    found.bad.sort(key=lambda line: line.number)
    return found


def write(streets: Iterable[Street], areas: Mapping[str, str]) -> str:
    """The table that `read` takes, for a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(HEAD)
    for street in streets:
        for one in street.stretches:
            rows.writerow(
                [
                    cell(street.name),
                    cell(street.district),
                    one.first or "",
                    one.last or "",
                    SIDE_WORDS[Side(one.side)],
                    cell(areas[one.area]),
                ]
            )
    return out.getvalue()


def _columns(head: list[str]) -> dict[str, int]:
    said = [" ".join(name.replace("\ufeff", "").casefold().split()) for name in head]
    found = {key: next((at for at, name in enumerate(said) if name in names), -1) for key, names in _NAMES.items()}  # fmt: skip
    missing = [label for key, label in (("name", "Straße"), ("area", "Bezirk")) if found[key] < 0]
    if missing:
        raise TableWrong(
            f"In der ersten Zeile fehlt die Überschrift „{'“ und „'.join(missing)}“. Erwartet wird: {';'.join(HEAD)}"
        )
    return found


def _at(row: list[str], at: int) -> str:
    return " ".join(row[at].split()) if 0 <= at < len(row) else ""


def _line(said: dict[str, str], areas: Mapping[str, str]) -> tuple[str, str, Stretch]:
    name = said["name"].removeprefix("'")
    if not name:
        raise _LineWrong("Hier fehlt der Name der Straße.")
    if max(len(name), len(said["district"])) > LONGEST:
        raise _LineWrong(f"Dieser Name ist zu lang; möglich sind {LONGEST} Zeichen.")
    area = areas.get(said["area"].removeprefix("'").casefold())
    if area is None:
        raise _LineWrong(
            f"Den Abfuhrbezirk „{clipped(said['area'], _QUOTED)}“ gibt es nicht. Bitte legen Sie ihn zuerst an."
            if said["area"]
            else "Hier fehlt der Abfuhrbezirk."
        )
    side = _SIDES.get(said["side"].casefold())
    if side is None:
        raise _LineWrong("Unter „Seite“ steht „gerade“, „ungerade“ oder nichts.")
    first, last = _number(said["first"], "von"), _number(said["last"], "bis")
    if side != Side.ALL and first is None:
        first = 1 if side == Side.ODD else 2
    return name, said["district"].removeprefix("'"), Stretch(area, first, last, side)


def _number(text: str, column: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:6]) <= _HIGHEST:
        raise _LineWrong(f"Unter „{column}“ steht keine Hausnummer ohne Buchstaben von 1 bis {_HIGHEST}.")
    return int(text)
