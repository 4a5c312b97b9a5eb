"""All forwardings as people see them: why there is one, where it stands, what is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from stadtnah.surfaces.website.forwarding import addresses, release
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.models import Forwarding, Origin

MOVED: Final = "moved"
_CHAIN: Final = "Kette"
ORIGINS: Final = {**dict(Origin.choices), MOVED: "von selbst, weil die Seite umgezogen ist"}
FILTERS: Final = (
    ("", "Alle"),
    ("problem", "Mit einem Hinweis"),
    ("new", "Noch nicht öffentlich"),
    *ORIGINS.items(),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One forwarding. state: "public", "new", "changed", "leaving", "waiting". problem: German, "" when there is none."""

    path: str
    target: str
    origin: str
    state: str
    problem: str = ""
    shown: str = ""  # where it leads now, when that differs

    @property
    def why(self) -> str:
        """Why there is one."""
        return ORIGINS[self.origin]

    @property
    def said(self) -> str:
        """Its state in words."""
        return {
            "public": "öffentlich",
            "new": "noch nicht vorgelegt",
            "changed": "geändert, noch nicht vorgelegt",
            "leaving": "fällt mit der nächsten Freigabe weg",
            "waiting": "wartet auf die Freigabe",
        }[self.state]

    @property
    def harmless(self) -> bool:
        """Whether readers arrive all the same."""
        return self.problem.startswith(_CHAIN)

    @property
    def outside(self) -> bool:
        """Whether it leads to another website."""
        return addresses.is_elsewhere(self.target)


@dataclass(frozen=True, slots=True)
class Overview:
    """rows: in the order of the old address. open: how many differ from what was laid before or released."""

    rows: list[Row]
    open: int
    counts: dict[str, int]


def overview() -> Overview:
    """Everything, in a constant number of queries."""
    ground = Ground.now()
    waiting = release.waiting_rows()
    rows = [_row(one, ground, waiting) for one in Forwarding.objects.all()]
    mine = {row.path for row in rows}
    rows += [
        Row(path, target, MOVED, "public", _problem(path, target, ground))
        for path, target in ground.moved.items()
        if path not in mine
    ]
    rows.sort(key=lambda row: row.path)
    open_now = sum(row.state in {"new", "changed", "leaving"} for row in rows)
    counts = Counter(row.origin for row in rows)
    counts.update(problem=sum(bool(row.problem) for row in rows), new=open_now)
    return Overview(rows, open_now, {"": len(rows), **counts})


def matching(rows: list[Row], wanted: str, words: str) -> list[Row]:
    """Those of a filter with these letters in one of their addresses."""
    letters = words.casefold()
    return [
        row
        for row in rows
        if _fits(row, wanted) and (letters in row.path.casefold() or letters in row.target.casefold())
    ]


def _fits(row: Row, wanted: str) -> bool:
    if wanted == "problem":
        return bool(row.problem)
    if wanted == "new":
        return row.state != "public"
    return not wanted or row.origin == wanted


def _row(one: Forwarding, ground: Ground, waiting: dict[str, str] | None) -> Row:
    shown = ground.released.get(one.path, "")
    wish = "" if one.removed else one.target
    if waiting is not None and wish == waiting.get(one.path, "") and wish != shown:
        state = "waiting"
    elif one.removed:
        state = "leaving"
    else:
        state = "public" if shown == one.target else "changed" if shown else "new"
    problem = "" if one.removed else _problem(one.path, one.target, ground)
    return Row(one.path, one.target, one.origin, state, problem, shown if shown != one.target else "")


def _problem(path: str, target: str, ground: Ground) -> str:
    if ground.pages.get(path):
        return "Unter dieser Adresse steht inzwischen eine Seite. Die Weiterleitung ist überflüssig."
    way = ground.way(path, target)
    end = way[-1]
    if end in way[:-1]:
        return f"Kreis: {' → '.join(way)}. Bitte ändern Sie eines der Ziele."
    if not addresses.is_elsewhere(end) and not ground.exists(end):
        gone = "ist zurückgezogen" if end in ground.pages else "gibt es nicht oder noch nicht"
        return f"Das Ziel {end} {gone}."
    if len(way) > 2:  # noqa: PLR2004 - old and new
        return f"{_CHAIN}: {' → '.join(way)}. Leserinnen und Leser kommen trotzdem in einem Schritt an."
    return ""
