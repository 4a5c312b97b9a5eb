"""A page as a list of search results shows it, and what would make it easier to find. Pure, but for the town's name.

How much is shown differs from one search engine to the next and by the width of the letters; these are usual figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import findable, result_words

TITLE: Final = 60  # characters that are shown
DESCRIPTION: Final = 160
_SHORT: Final = 70  # of a description
_SLUG: Final = 60
_COPY: Final = re.compile(r"(?:^|-)(?:kopie|copy)(?:-|$)")


@dataclass(frozen=True, slots=True)
class Snippet:
    """title, description: whole. The shown ones end where search engines usually cut. steps: the address as they write it."""

    title: str
    description: str
    shown_title: str
    shown_description: str
    steps: tuple[str, ...]
    hints: tuple[str, ...]


def snippet(content: Content, town: Town) -> Snippet:
    """What is shown of the page, and hints in German."""
    title, description = findable.document_title(content, town), findable.description_of(content)
    parts = tuple(part for part in unquote(urlsplit(content.path).path).split("/") if part)
    host = urlsplit(content.link).hostname or ""
    own = [bool(findable.said(content, key)) for key in (result_words.TITLE[0], result_words.DESCRIPTION[0])]
    hints = [
        *_of_title(title, town, own=own[0]),
        *_of_description(description, own=own[1]),
        *_of_address(parts),
    ]
    return Snippet(
        title, description, cut(title, TITLE), cut(description, DESCRIPTION), (host, *parts), tuple(hints)
    )


def cut(text: str, most: int) -> str:
    """The text up to the last whole word that fits, with dots where something is missing."""
    if len(text) <= most:
        return text
    whole = text[: most - 1].rsplit(" ", 1)[0]
    return f"{whole or text[: most - 1]} …"


def _of_title(title: str, town: Town, *, own: bool) -> list[str]:
    if len(title) <= TITLE:
        return []
    counted = f"Der Titel hat mit dem Namen der Kommune {len(title)} Zeichen, gezeigt werden etwa {TITLE}."
    shorter = (
        "Kürzen Sie den Titel in Suchmaschinen"
        if own
        else "Geben Sie der Seite einen kürzeren Titel in Suchmaschinen, kürzen Sie die Überschrift"
    )
    said = f"{counted} {shorter}, oder stellen Sie das Wort nach vorn, nach dem gesucht wird."
    if town.short_name not in cut(title, TITLE):
        said += f" „{town.short_name}“ ist sonst nicht zu sehen; danach suchen viele mit."
    return [said]


def _of_description(description: str, *, own: bool) -> list[str]:
    what = "Die Beschreibung" if own else "Der Vorspann"
    if not description:
        return [
            "Ohne Vorspann und Beschreibung sucht sich die Suchmaschine selbst einen Satz aus. Schreiben Sie in ein bis zwei Sätzen, was die Seite beantwortet."
        ]
    if len(description) < _SHORT:
        return [
            f"{what} hat {len(description)} Zeichen. Es ist Platz für bis zu {DESCRIPTION}: Nennen Sie, wer hier was erledigen kann."
        ]
    if len(description) > DESCRIPTION:
        of = "Von der Beschreibung" if own else "Vom Vorspann"
        return [
            f"{of} werden etwa {DESCRIPTION} von {len(description)} Zeichen gezeigt. Das Wichtigste gehört an den Anfang."
        ]
    return []


def _of_address(parts: tuple[str, ...]) -> list[str]:
    last = parts[-1] if parts else ""
    hints = []
    if len(last) > _SLUG:
        hints.append(
            f"Der letzte Teil der Adresse hat {len(last)} Zeichen. Kurze Adressen lassen sich vorlesen und abtippen."
        )
    if _COPY.search(last):
        hints.append(
            f"„{last}“ klingt nach einer Kopie. Ändern Sie den letzten Teil der Adresse, bevor die Seite öffentlich ist; danach leitet die alte weiter."
        )
    return hints
