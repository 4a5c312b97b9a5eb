"""Many forwardings at once: a file with two columns, the addresses of an old website that was taken over."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction

from stadtnah.kernel import decoding
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import clipped
from stadtnah.publishing import signs
from stadtnah.surfaces.website.forwarding import addresses, edit
from stadtnah.surfaces.website.forwarding.edit import ForwardingWrong
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.models import Origin
from stadtnah.surfaces.website.moving_in.models import ImportedItem
from stadtnah.surfaces.website.released import ReleasedPage

LARGEST: Final = 2_000_000  # bytes
MOST_LINES: Final = 5_000
_QUOTED: Final = 80
_HEADS: Final = frozenset({"alt", "old", "von", "quelle", "alte adresse", "source", "from"})


class FileWrong(ValueError):
    """Why nothing of the file can be used, German."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out: its number, what stands in it, why."""

    number: int
    text: str
    reason: str


@dataclass(slots=True)
class Report:
    """What became of the lines. not_yet: kept, but their target is not public yet."""

    made: int = 0
    unchanged: int = 0
    bad: list[BadLine] = field(default_factory=list)
    not_yet: list[str] = field(default_factory=list)


def load(data: bytes, *, by: User, elsewhere: bool = False) -> Report:
    """Takes up the good lines ("old;new", also with tab or comma) and says what is wrong with the others. Raises FileWrong, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    if len(data) > LARGEST:
        raise FileWrong("Diese Datei ist zu groß; möglich sind 2 MB. Bitte teilen Sie sie auf.")
    text = signs.plain(decoding.text(*decoding.normalised(data, "")))
    if not text.strip():
        raise FileWrong("Diese Datei ist leer.")
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise FileWrong(
            f"Diese Datei hat {len(lines)} Zeilen; möglich sind {MOST_LINES}. Bitte teilen Sie sie auf."
        )
    report, seen = Report(), dict[str, int]()
    with transaction.atomic():
        ground = Ground.now()
        for number, row in _rows(lines):
            said = clipped(";".join(row), _QUOTED)
            if len(row) < 2 or not row[0] or not row[1]:  # noqa: PLR2004 - old and new
                reason = "Hier fehlt die alte oder die neue Adresse. Je Zeile: alt;neu"
                report.bad.append(BadLine(number, said, reason))
                continue
            if reason := _take(row[0], row[1], seen, number, report, ground, by, elsewhere=elsewhere):
                report.bad.append(BadLine(number, said, reason))
    return report


def _take(
    old: str, new: str, seen: dict[str, int], number: int, report: Report, ground: Ground, by: User, *, elsewhere: bool
) -> str:  # fmt: skip
    """Takes up one line; returns why not."""
    try:
        path = addresses.old(old)
        target = addresses.target(new, ground.hosts)
    except addresses.AddressWrong as wrong:
        return str(wrong)
    if path in seen:
        return f"Diese alte Adresse steht schon in Zeile {seen[path]}."
    seen[path] = number
    if ground.wanted.get(path) == target:
        report.unchanged += 1
        return ""
    try:
        edit.keep(old, new, ground, by=by, elsewhere=elsewhere, origin=Origin.FILE)
    except ForwardingWrong as wrong:
        return str(wrong)
    report.made += 1
    if not addresses.is_elsewhere(target) and not ground.exists(addresses.page_of(target)):
        report.not_yet.append(path)
    return ""


def from_old_site(*, by: User | None) -> int:
    """Takes up the old addresses of taken-over pages that are public by now; returns how many. Without `by` they are only counted.

    Raises PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.MESSAGE_EDIT)
    ground = Ground.now()
    found = 0
    for old, new in _old_addresses().items():
        try:
            path = addresses.old(old)
        except addresses.AddressWrong:
            continue
        if path == new or path in ground.wanted or ground.taken(path) or ground.circle(path, new):
            continue
        if by is not None:
            try:
                edit.keep(path, new, ground, by=by, elsewhere=False, origin=Origin.OLD_SITE)
            except ForwardingWrong:
                continue
        else:
            ground.wanted[path] = new
        found += 1
    return found


def _old_addresses() -> dict[str, str]:
    """Path over there to path here; where two pages had the same, the first one counts."""
    links = dict(
        ImportedItem.objects.exclude(link="")
        .exclude(object_key="")
        .order_by("-pk")
        .values_list("object_key", "link")
    )
    live = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE, pk__in=links).values_list("pk", "path")
    found: dict[str, str] = {}
    for key, path in live:
        try:
            split = urlsplit(links[key])
        except ValueError:
            continue
        if split.path:
            found.setdefault(f"{split.path}?{split.query}" if split.query else split.path, path)
    return found


def _rows(lines: list[str]) -> list[tuple[int, list[str]]]:
    """(number of the line, cells), without empty lines and the head."""
    first = next(line for line in lines if line.strip())
    sign = next((sign for sign in (";", "\t", ",") if sign in first), ";")
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cells = next(csv.reader(io.StringIO(line), delimiter=sign), [])
        except csv.Error:
            cells = [line]
        cells = [cell.strip() for cell in cells]
        if not rows and cells and cells[0].casefold() in _HEADS:
            continue
        rows.append((number, cells))
    return rows
