"""What changes in a released page is named by the comparison, whatever else changed beside it: the release rests on it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import stadtnah
from stadtnah.publishing import embargo
from stadtnah.publishing.content import Block, Content, File, Picture
from stadtnah.surfaces.desk.difference import changes
from stadtnah.surfaces.desk.difference_rest import OTHER, TOLD, WORDS
from stadtnah.surfaces.website import result_words
from stadtnah.surfaces.website.kinds import KINDS
from tests.factories.messages import content

WEBSITE: Final = Path(stadtnah.__file__).parent / "surfaces" / "website"
OFFICE: Final = "office:00000000-0000-4000-8000-000000000002"
DETAILS: Final = [["cost", "Gebühr", "5 Euro"], ["online", "Online erledigen", "https://amt.example/"]]
FOUND: Final = [[*result_words.TITLE, "Satzung lesen"], [*result_words.DESCRIPTION, "Wer was wann zahlt."]]
_MENU: Final = {"menu": "main", "menu_order": 10}
_NOTICE: Final = {
    "notice_title": "Achtung",
    "notice_html": '<p>Bitte <a href="https://amt.example/">abkochen</a>.</p>',
    "quick_links": [{"label": "Ausweis", "text": "beantragen", "href": "/ausweis/"}],
}
# What each kind keeps of its own. A new kind is added here with everything that it keeps.
EXTRA: Final[dict[str, dict[str, Any]]] = {
    "message": {
        "colour": "#aa0000",
        "press": True,
        "embargo": "2030-01-01T10:00",
        "site": "/steinbach/",
        "sites": ["membersite:00000000-0000-4000-8000-000000000005"],
        "of_site": "membersite:00000000-0000-4000-8000-000000000005",
        "site_only": True,
        "details": DETAILS,
    },
    "news": {},
    "home": {
        **_NOTICE,
        "featured": "message:00000000-0000-4000-8000-000000000003",
        "sections": [
            {"kind": "services", "heading": "Oft gefragt", "pages": [OFFICE]},
            {"kind": "welcome", "search": True},
        ],
        "details": [["sections", "Aufbau der Startseite", "Dienstleistungen · Begrüßung"]],
    },
    "page": {**_MENU, "site": "/steinbach/"},
    "membersite": {
        "details": DETAILS,
        "sections": [{"kind": "topics", "heading": "Mehr", "pages": [OFFICE]}, {"kind": "below"}],
    },
    "project": {**_MENU, "details": DETAILS},
    "section": _MENU,
    "glossary": {**_MENU, "details": [["Satzung", "Andere Formen von „Satzung“", "Satzungen"]]},
    "service": {"details": DETAILS, "office": OFFICE},
    "services": _MENU,
    "office": {
        "details": DETAILS,
        "topic": "people",
        "hours": {"week": [[["08:00", "12:00"]]], "seasons": [], "deviations": [], "on_holidays": "closed"},
        "links": {"place": "place:00000000-0000-4000-8000-000000000004", "people": [OFFICE]},
    },
    "offices": {**_MENU, "details": DETAILS, "closings": {"days": ["christmas_eve"], "local": "x"}},
    "place": {"details": DETAILS, "wheelchair": "yes"},
    "places": _MENU,
    "person": {"details": DETAILS, "picture_until": "2030-01-01"},
    "blog": {**_MENU, "office": OFFICE, "details": DETAILS},
    "blogseries": {"author": OFFICE, "details": DETAILS},
    "blogentry": {"author": OFFICE, "series": "blogseries:1", "by_series": True, "details": DETAILS},
    "event": {
        "details": DETAILS,
        "event": {
            "uid": "chor@verein.example",
            "start": "2030-01-08T19:00:00",
            "end": "2030-01-08T21:00:00",
            "zone": "Europe/Berlin",
            "status": "EventScheduled",
            "rules": ["FREQ=MONTHLY;BYDAY=2TU"],
            "position": [50.1, 9.2],
        },
        "links": {"place": "place:00000000-0000-4000-8000-000000000004"},
        "moved_from": "2030-01-01T19:00",
    },
    "events": {**_MENU, "details": DETAILS, "school": [["2029-12-22", "2030-01-09"]]},
    "press": {**_MENU, "person": "person:1", "details": DETAILS},
    "version": {
        **_NOTICE,
        "of": "message:1",
        "as": "home",
        "basis": "ab" * 32,
        "details": DETAILS,
        "open": 2,
    },
}
NO_PAGE: Final = {
    "facts",
    "rows",
    "waste",
    "moved",
    "below",
    "addresses",
}  # of what is released and is no page: the facts of the town, the forwardings, the days of collection, a move
_PHOTO: Final = Picture(
    "a" * 64, "image/jpeg", 10, 20, "Ein Bagger", "Die Baustelle", "Foto: Stadt", 0.25, 0.5
)
_FILE: Final = File("c" * 64, "application/pdf", "satzung.pdf", 80_000, ("ohne Titel",))
_BLOCKS: Final = (
    Block("text", html='<p>Zahlen Sie <a href="https://amt.example/">hier</a>.</p>'),
    Block("heading", title="Termine"),
    Block("callout", title="Achtung", html="<p>Sperrung</p>", style="warning"),
    Block(
        "picture", picture=Picture("b" * 64, "image/png", 10, 20, "Ein Kran", "Kran", "Foto: Stadt", 0.1, 0.2)
    ),
    Block("contact", rows=(("Telefon", "069 1"),)),
    Block(
        "figures", title="Zahlen", html="<p>Quelle</p>", rows=(("Jahr", "Zahl"), ("2026", "5")), style="bars"
    ),
    Block("download", title="Satzung", file=_FILE),
    Block(
        "video",
        title="Film",
        html='<p><a href="https://film.example/">Film</a></p>',
        picture=Picture("d" * 64, "image/png", 10, 20, "Ein Film"),
        style="Anbieter",
        file=File("e" * 64, "video/mp4", "film.mp4", 90_000),
        captions=File("f" * 64, "text/vtt", "film.vtt", 900),
    ),
)


def _page(kind: str) -> Content:
    return content(
        hero=_PHOTO,
        blocks=_BLOCKS,
        category="verkehr",
        category_label="Verkehr",
        place="Mühlstraße",
        valid_from="2026-01-01T10:00",
        valid_until="2027-01-01T10:00",
        dated="2026-01-01",
        hashtags=("Erlenfurt",),
        extra={"kind": kind, **EXTRA[kind], "details": [*EXTRA[kind].get("details", []), *FOUND]},
    )


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for at, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(one, (*path, at))
    elif value is not None:
        yield path


def _changed(value: Any, at: Any) -> Iterator[Any]:
    """Other values that a leaf could have."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif at == "sha256":  # even one that looks the same in short
        yield from ("9" * 64, value[:8] + "9" * 56)
    elif value.startswith("<"):
        yield value.replace("</p>", " Neues.</p>")
        yield value.replace("<p>", "<h3>").replace("</p>", "</h3>")
        if "href" in value:
            yield value.replace('href="https://', 'href="https://boese.')
    else:
        yield "quote" if at == "kind" else f"{value}9"


def _with(page: Content, path: tuple[Any, ...], value: Any) -> Content:
    said = copy.deepcopy(page.to_json())
    said["title"] += " und offen"
    inner: Any = said
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return Content.from_json(said)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(EXTRA))
def test_the_comparison_names_each_change_beside_another_one(kind: str) -> None:
    page, hidden, seen = _page(kind), [], 0
    said = page.to_json()
    for path in _leaves(said):
        if path == ("title",):
            continue
        value: Any = said
        for step in path:
            value = value[step]
        for other in _changed(value, path[-1]):
            found = changes(page, _with(page, path, other)) or []
            beside = [one for one in found if one.label != "Überschrift"]
            shown = any(piece.kind != "same" and piece.text.strip() for one in beside for piece in one.pieces)
            seen += 1
            if not shown or any(one.label.startswith(f"{OTHER} (") for one in beside):
                hidden.append((path, other, [one.label for one in beside]))
    assert hidden == []
    assert seen > 60, "control: something was changed"


@pytest.mark.django_db
def test_control_the_title_alone_is_one_change() -> None:
    page = _page("office")
    assert [one.label for one in changes(page, _with(page, ("place",), page.place)) or []] == ["Überschrift"]


def test_every_kind_is_here() -> None:
    assert {kind.key for kind in KINDS} == set(EXTRA)


def _kept(source: str) -> Iterator[str]:
    """The keys of what a kind keeps: dicts with a "kind", and what is put into them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            keys = [_key(key) for key in node.keys if key]
            yield from keys if "kind" in keys and "title" not in keys else ()
        if (
            isinstance(node, ast.AugAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == "extra"
        ):
            added = [one for one in ast.walk(node.value) if isinstance(one, ast.Dict)]
            yield from (_key(key) for one in added for key in one.keys if key)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            to, at = node.targets[0].value, node.targets[0].slice
            if isinstance(to, ast.Name) and to.id == "extra":
                yield _key(at)


def _key(node: ast.expr) -> str:
    """As it is written down, or the constant that it is called by."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return {"embargo.KEY": embargo.KEY}.get(name := ast.unparse(node), name)


def test_all_that_kinds_keep_is_tried_here_and_has_a_name_for_people() -> None:
    paths = [path for path in WEBSITE.rglob("*.py") if not {"migrations", "home_parts.py"} & set(path.parts)]
    kept = {key for path in paths for key in _kept(path.read_text("utf-8"))}
    tried = {key for extra in EXTRA.values() for key in extra}
    assert kept - {"kind"} - NO_PAGE == tried
    assert tried - (set(WORDS) | TOLD) == set()
