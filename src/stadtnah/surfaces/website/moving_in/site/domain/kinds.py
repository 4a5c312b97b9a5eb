"""What kind of page an old page becomes, and why some stay behind: guesses that an editor can change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from stadtnah.surfaces.website.moving_in.site.domain import urls

PageKind = Literal["page", "section", "message", "service", "office"]

_NEWS: Final = re.compile(
    r"(?:aktuell\w*|news|nachrichten?|meldung(?:en)?|neuigkeiten|mitteilung(?:en)?|presse\w*|bekanntmachung(?:en)?|amtliche\S*)", re.IGNORECASE
)  # fmt: skip
_SERVICES: Final = re.compile(
    r"(?:dienstleistung(?:en)?|leistung(?:en)?|services?-?a-?z|buergerservice-a-z|was-erledige\S*|anliegen|verwaltungsleistung(?:en)?)", re.IGNORECASE
)  # fmt: skip
_OFFICE: Final = re.compile(
    r"(?:(?:fach)?(?:amt|bereich|dienst)\b|abteilung|sachgebiet|referat|stabsstelle|.*(?:amt|büro|kasse|verwaltung|bücherei|bibliothek|bauhof|museum|archiv|schwimmbad|freibad|hallenbad|kindergarten|kita|touristinfo\w*)$)",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(r"(?:öffnungs|sprech|besuchs)zeiten", re.IGNORECASE)
_SECTIONS: Final = (
    ("requirements", re.compile(r"voraussetzung", re.IGNORECASE)),
    ("documents", re.compile(r"(?:erforderliche|benötigte|notwendige)?\s*unterlagen|(?:das|was) (?:brauchen|benötigen) sie|mitzubringen", re.IGNORECASE)),
    ("procedure", re.compile(r"(?:verfahrens)?ablauf|so (?:geht|läuft)|antragstellung", re.IGNORECASE)),
    ("fees", re.compile(r"gebühr|kosten|entgelt", re.IGNORECASE)),
    ("legal_basis", re.compile(r"rechtsgrundlage|rechtliche", re.IGNORECASE)),
)  # fmt: skip
# (title, what it is called here, where it is here)
_LEGAL: Final = (
    (re.compile(r"impressum|anbieterkennzeichnung", re.IGNORECASE), "Das Impressum", "/impressum/"),
    (re.compile(r"datenschutz(?!beauftragt)", re.IGNORECASE), "Die Datenschutzerklärung", "/datenschutz/"),
    (re.compile(r"barrierefreiheit(?:serkl\S*)?$|erklärung zur barrierefreiheit", re.IGNORECASE), "Die Erklärung zur Barrierefreiheit", "/barrierefreiheit/"),
    (re.compile(r"sitemap|inhaltsverzeichnis|seitenübersicht", re.IGNORECASE), "", ""),
)  # fmt: skip
_LOST: Final = re.compile(
    r"(?:\b404\b|nicht gefunden|not found|existiert nicht|nicht (?:mehr )?(?:vorhanden|verfügbar)|seite (?:wurde|konnte) nicht|zugriff verweigert|access denied|forbidden|internal server error|wartungsarbeiten)",
    re.IGNORECASE,
)
HOME: Final = "Die Startseite wird hier neu aufgebaut."
_SHORT: Final = 90  # words of an error page
_TOO_FEW: Final = 4


@dataclass(slots=True)
class Facts:
    """What is known of a page before anybody decides about it. Addresses are normal ones of the old website.

    digest: of its own words, "" when they are too few to say that two pages are the same. crumbs: pages above, outermost first.
    """

    name: str  # of the file in the copy
    address: str
    title: str = ""
    words: int = 0
    unlinked: int = 0  # words that no link holds
    pictures: int = 0
    files: int = 0
    digest: str = ""
    canonical: str = ""
    leads_to: str = ""  # a page that only passes on
    crumbs: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    headings: list[str] = field(default_factory=list)
    dated: bool = False
    has_contact: bool = False
    also: list[str] = field(default_factory=list)  # other addresses that led here
    broken: str = ""  # why it cannot be read, German


def kind_of(facts: Facts) -> PageKind:
    """The guess. What is a section shows only when the pages below are known."""
    above = urls.parts_of(facts.address)[:-1]
    if facts.types & {"NewsArticle", "BlogPosting", "article"} or _below(above, _NEWS):
        return "message"
    named = sum(1 for _name, pattern in _SECTIONS if any(pattern.search(one) for one in facts.headings))
    if _below(above, _SERVICES) or named >= 2:  # noqa: PLR2004 - one heading may be chance
        return "service"
    hours = any(_HOURS.search(one) for one in facts.headings)
    if _OFFICE.match(facts.title.strip()) and (facts.has_contact or hours):
        return "office"
    return "page"


def section_field(heading: str) -> str:
    """The field of a service that a text under this heading belongs to; "" for none."""
    return next((name for name, pattern in _SECTIONS if pattern.search(heading)), "")


def left_out(facts: Facts) -> str:
    """Why it is not ticked from the start, German; "" when nothing speaks against it."""
    if reason := urls.machinery(facts.address):
        return f"Nicht vorgeschlagen: {reason}."
    if not urls.parts_of(facts.address) and "?" not in facts.address:
        return HOME
    said = f"{facts.title} {' '.join(facts.headings[:2])}"
    if _LOST.search(said) and facts.words < _SHORT:
        return "Das ist eine Fehlerseite, auch wenn die alte Website sie als Seite ausgibt."
    for pattern, name, _path in _LEGAL:
        if pattern.search(facts.title):
            return (
                f"{name} entsteht hier aus Ihren Angaben."
                if name
                else "Eine Übersicht aller Seiten entsteht hier von selbst."
            )
    if urls.is_calendar(facts.address):
        return "Ein Kalenderblatt; Termine werden nicht übernommen."
    if facts.words < _TOO_FEW and not facts.pictures and not facts.files:
        return "Die Seite enthält keinen eigenen Text."
    return ""


def stand_in(facts: Facts) -> str:
    """The page of the new website that stands for one that is left out; "" for none."""
    if not urls.parts_of(facts.address) and "?" not in facts.address:
        return "/"
    return next((path for pattern, _name, path in _LEGAL if pattern.search(facts.title)), "")


def _below(above: list[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(part.rsplit(".", 1)[0]) for part in above)
