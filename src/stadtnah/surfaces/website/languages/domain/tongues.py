"""The languages that a website can have beside German, each with its tag (BCP 47), its own name and its direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GERMAN: Final = "de"
# „Leichte Sprache“: German with the variant "simple" („Simplified form“, IANA Language Subtag Registry, added 2015-12-29).
EASY: Final = "de-simple"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language. name: its own; label: in German; newer: that the German page is newer than this one, in the language itself.

    prefix: the first part of its addresses; locale: as Open Graph names it.
    """

    tag: str
    name: str
    label: str
    newer: str
    locale: str
    prefix: str = ""
    rtl: bool = False

    @property
    def direction(self) -> str:
        """For the dir attribute."""
        return "rtl" if self.rtl else "ltr"

    @property
    def root(self) -> str:
        """What stands before the address of the German page: "/uk"."""
        return f"/{self.prefix or self.tag}"


_ALL: Final = (
    Tongue(
        EASY,
        "Leichte Sprache",
        "Leichte Sprache",
        "Diese Seite ist vielleicht alt. Die deutsche Seite ist neuer.",
        "de_DE",
        prefix="leicht",
    ),
    Tongue("en", "English", "Englisch", "This page may be out of date. The German page is newer.", "en_GB"),
    Tongue(
        "uk",
        "Українська",
        "Ukrainisch",
        "Ця сторінка може бути застарілою. Німецька сторінка новіша.",
        "uk_UA",
    ),
    Tongue(
        "ar",
        "العربية",
        "Arabisch",
        "قد تكون هذه الصفحة قديمة. الصفحة الألمانية أحدث.",
        "ar_AR",
        rtl=True,
    ),
    Tongue("tr", "Türkçe", "Türkisch", "Bu sayfa güncel olmayabilir. Almanca sayfa daha yeni.", "tr_TR"),
    Tongue(
        "pl", "Polski", "Polnisch", "Ta strona może być nieaktualna. Strona niemiecka jest nowsza.", "pl_PL"
    ),
    Tongue("ru", "Русский", "Russisch", "Эта страница могла устареть. Немецкая страница новее.", "ru_RU"),
    Tongue(
        "ro",
        "Română",
        "Rumänisch",
        "Este posibil ca această pagină să nu fie actuală. Pagina în germană este mai nouă.",
        "ro_RO",
    ),
    Tongue(
        "bg",
        "Български",
        "Bulgarisch",
        "Тази страница може да не е актуална. Немската страница е по-нова.",
        "bg_BG",
    ),
    Tongue(
        "fr",
        "Français",
        "Französisch",
        "Cette page n’est peut-être plus à jour. La page allemande est plus récente.",
        "fr_FR",
    ),
    Tongue(
        "es",
        "Español",
        "Spanisch",
        "Es posible que esta página no esté actualizada. La página en alemán es más reciente.",
        "es_ES",
    ),
    Tongue(
        "it",
        "Italiano",
        "Italienisch",
        "Questa pagina potrebbe non essere aggiornata. La pagina in tedesco è più recente.",
        "it_IT",
    ),
    Tongue(
        "el",
        "Ελληνικά",
        "Griechisch",
        "Αυτή η σελίδα μπορεί να μην είναι ενημερωμένη. Η γερμανική σελίδα είναι νεότερη.",
        "el_GR",
    ),
    Tongue(
        "hr",
        "Hrvatski",
        "Kroatisch",
        "Ova stranica možda nije ažurna. Njemačka stranica je novija.",
        "hr_HR",
    ),
    Tongue(
        "fa",
        "فارسی",
        "Persisch",
        "ممکن است این صفحه به‌روز نباشد. صفحهٔ آلمانی جدیدتر است.",
        "fa_IR",
        rtl=True,
    ),
    Tongue("da", "Dansk", "Dänisch", "Denne side er måske ikke opdateret. Den tyske side er nyere.", "da_DK"),
    Tongue(
        "nl",
        "Nederlands",
        "Niederländisch",
        "Deze pagina is misschien niet actueel. De Duitse pagina is nieuwer.",
        "nl_NL",
    ),
)
# In the order in which readers and editors see them.
TONGUES: Final[dict[str, Tongue]] = {one.tag: one for one in _ALL}
NAMES: Final[dict[str, str]] = {GERMAN: "Deutsch", **{tag: one.name for tag, one in TONGUES.items()}}


def in_order(tags: object) -> list[str]:
    """Those of them that there are, in their order."""
    given = set(tags) if isinstance(tags, (set, frozenset, list, tuple)) else set()
    return [tag for tag in TONGUES if tag in given]


def locale_of(tag: str) -> str:
    """As Open Graph names it: language and country."""
    return TONGUES[tag].locale if tag in TONGUES else "de_DE"


def tag_of(path: str) -> str:
    """The language of an address."""
    return next((one.tag for one in _ALL if path.startswith(f"{one.root}/")), GERMAN)


def rtl(tag: str) -> bool:
    """Whether it is written from right to left."""
    return tag in TONGUES and TONGUES[tag].rtl


def without_root(path: str) -> str:
    """An address of any version as that of the German page."""
    for one in _ALL:
        if path.startswith(f"{one.root}/"):
            return path.removeprefix(one.root)
    return path
