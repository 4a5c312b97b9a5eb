"""Bytes to components: lines unfolded, parameters taken apart, each VEVENT by itself. Pure.

Every step is bounded, because the file comes from anywhere: size, lines, events, depth. What is wrong with one event stays with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stadtnah.kernel import decoding

MAX_BYTES: Final = 20_000_000
MAX_EVENTS: Final = 20_000
MAX_LINE: Final = 100_000  # characters of a line that was unfolded
MAX_LINES: Final = 5_000  # of one event
_DEPTH: Final = 8
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_FOLD_IN_TEXT: Final = re.compile(r"(?:\r\n|\n|\r)[ \t]")  # in UTF-16, or after a bare CR
_BEGIN: Final = re.compile(r"(?:^|[\r\n])[ \t]*BEGIN:(?:VCALENDAR|VEVENT)[ \t]*(?=[\r\n]|$)", re.IGNORECASE)
_TEXTS: Final = re.compile(r"(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|X-)", re.IGNORECASE)
_NAME: Final = re.compile(r"([A-Za-z0-9-]{1,60})(?=[:;])", re.ASCII)
_PARAMETER: Final = re.compile(
    r';\s*([A-Za-z0-9-]{1,60})\s*=\s*((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)'
)
# The encoding of vCalendar 1.0, which some programs still mix in.
_QUOTED: Final = re.compile(r"=([0-9A-Fa-f]{2})")


class NoCalendar(ValueError):
    """The file is no calendar at all. Its message is German and says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A property: name in capitals, parameters, value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Block:
    """One VEVENT as it stands in the file. `fault`: why it cannot be taken, German."""

    lines: list[Line] = field(default_factory=list)
    fault: str = ""

    def all(self, name: str) -> list[Line]:
        """Its properties of this name."""
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        """The first value of this name, "" when there is none."""
        return next((line.value for line in self.lines if line.name == name), "")


@dataclass(slots=True)
class Parts:
    """A calendar taken apart. zones: names that its VTIMEZONEs have, with the place they say they stand for. cut: it ends before its end, or holds more than is read."""

    head: list[Line] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)  # what is wrong with the file itself, German
    cut: bool = False


def taken_apart(data: bytes) -> Parts:
    """Raises NoCalendar."""
    if len(data) > MAX_BYTES:
        raise NoCalendar(
            f"Die Datei ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. Bitte teilen Sie sie."
        )
    found = Parts()
    text = _text(data, found)
    if not _BEGIN.search(text):
        raise NoCalendar(
            "Das ist keine Kalenderdatei (iCalendar, .ics): Es beginnt darin kein Kalender (BEGIN:VCALENDAR)."
        )
    _Walk(found).through(_unfolded(text))
    return found


def _text(data: bytes, found: Parts) -> str:
    # A fold may stand within a letter of several bytes (RFC 5545, section 3.1): unfold before decoding.
    raw, codec = decoding.normalised(_FOLD.sub(b"", data), None)
    if codec != "utf-8":
        found.faults["nicht in UTF-8 geschrieben"] += 1
    return _FOLD_IN_TEXT.sub("", decoding.text(raw, codec))


def _unfolded(text: str) -> Iterator[str]:
    """Lines; a text that was broken without the blank of a fold goes on with whatever is no name."""
    held: list[str] = []
    length = 0
    for raw in re.split(r"\r\n|\n|\r", text):
        if not held or not raw.strip() or _NAME.match(raw) or not _TEXTS.match(held[0]):
            if held:
                yield "".join(held)
            held, length = [raw], len(raw)
        elif length <= MAX_LINE:
            held.append(raw)
            length += len(raw)
    if held:
        yield "".join(held)


def read_line(raw: str) -> Line | None:
    """One unfolded line; None when it is none."""
    match = _NAME.match(raw)
    if not match:
        return None
    place = match.end()
    parameters: dict[str, str] = {}
    while (one := _PARAMETER.match(raw, place)) and len(parameters) < 20:  # noqa: PLR2004 - no property has more
        parameters.setdefault(one[1].upper(), one[2].replace('"', "").strip())
        place = one.end()
    colon = raw.find(":", place)
    if colon < 0:
        return None
    value = raw[colon + 1 :]
    if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        value = _unquoted(value, parameters.get("CHARSET", "utf-8"))
    return Line(match[1].upper(), parameters, value)


def _unquoted(value: str, charset: str) -> str:
    raw = _QUOTED.sub(lambda match: chr(int(match[1], 16)), value).encode("latin-1", "replace")
    return decoding.text(*decoding.normalised(raw, f"charset={charset}"))


class _Walk:
    """Line by line; a stack of what is open."""

    def __init__(self, found: Parts) -> None:
        self.found = found
        self.open: list[str] = []
        self.block: Block | None = None
        self.zone = ""

    def through(self, lines: Iterator[str]) -> None:
        for raw in lines:
            if raw.strip():
                self._take(raw)
        if self.block is not None:
            self._close("Der Termin hört mitten darin auf (es fehlt END:VEVENT).")
        self.found.cut = self.found.cut or "VCALENDAR" in self.open

    def _take(self, raw: str) -> None:
        line = read_line(raw)
        if line is None:
            if self.block is None:
                self.found.faults["Zeilen, die keine Angabe sind"] += 1
            else:
                self.found.faults["Zeilen in Terminen, die keine Angabe sind"] += 1
        elif line.name == "BEGIN":
            self._begin(line.value.strip().upper())
        elif line.name == "END":
            self._end(line.value.strip().upper())
        elif self.block is not None:
            self._keep(self.block, line, raw)
        elif self.open and self.open[-1] == "VTIMEZONE":
            self._of_zone(line)
        elif self.open in ([], ["VCALENDAR"]):
            self._of_head(line)

    def _keep(self, block: Block, line: Line, raw: str) -> None:
        if self.open[-1] != "VEVENT":
            return  # of an alarm: how a program reminds its owner is nobody else's business
        if len(raw) > MAX_LINE:
            block.fault = f"Die Angabe {line.name} ist länger als {MAX_LINE // 1000}.000 Zeichen."
        elif len(block.lines) >= MAX_LINES:
            block.fault = "Der Termin hat viel zu viele Angaben."
        else:
            block.lines.append(line)

    def _begin(self, name: str) -> None:
        if name == "VEVENT" and self.block is not None:
            self._close("Der Termin hört mitten darin auf (es fehlt END:VEVENT).")
            self.open = self.open[: self.open.index("VEVENT")]
        if len(self.open) >= _DEPTH:
            self.found.faults["zu tief verschachtelt"] += 1
            return
        if name == "VEVENT":
            self.block = Block()
        elif not self.open or self.open[-1] == "VCALENDAR":
            self.found.others[name[:20]] += name not in {"VCALENDAR", "VTIMEZONE"}
        self.open.append(name)

    def _end(self, name: str) -> None:
        if name not in self.open:
            self.found.faults["ein Ende (END) ohne Anfang"] += 1
            return
        while self.open.pop() != name:
            pass
        if self.block is not None and "VEVENT" not in self.open:
            self._close("" if name == "VEVENT" else "Der Termin hört mitten darin auf (es fehlt END:VEVENT).")

    def _close(self, fault: str) -> None:
        assert self.block is not None
        self.block.fault = self.block.fault or fault
        if len(self.found.events) < MAX_EVENTS:
            self.found.events.append(self.block)
        else:
            self.found.cut = True
            self.found.faults[f"Termine nach dem {MAX_EVENTS // 1000}.000. ausgelassen"] += 1
        self.block = None

    def _of_zone(self, line: Line) -> None:
        if line.name == "TZID":
            self.zone = line.value.strip()
            if len(self.found.zones) < 200:  # noqa: PLR2004 - a file with every zone of the world has fewer in use
                self.found.zones.setdefault(self.zone, "")
        elif line.name == "X-LIC-LOCATION" and self.found.zones.get(self.zone) == "":
            self.found.zones[self.zone] = line.value.strip()

    def _of_head(self, line: Line) -> None:
        if len(self.found.head) < 100:  # noqa: PLR2004 - a head has a dozen
            self.found.head.append(line)
