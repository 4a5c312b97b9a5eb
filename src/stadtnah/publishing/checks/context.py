"""What the checks know besides the message: the town's style guide, the time, and what exists on its website."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from stadtnah.kernel.rights.api import Verdict
from stadtnah.publishing.content import Content

ADDRESSES = ("Sie", "du")

# Anglicisms and officialese with a plain German word that always fits (after the Bundesverwaltungsamt's
# "Bürgernahe Verwaltungssprache"). A town changes the list in its settings.
_PLAIN = {
    "Event": "Veranstaltung",
    "Location": "Ort",
    "Update": "Neuigkeit",
    "diesbezüglich": "dazu",
    "fernmündlich": "am Telefon",
    "mittels": "mit",
    "seitens": "von",
    "zwecks": "für",
}


@dataclass(frozen=True)
class StyleGuide:
    """How the town writes. Every rule can be switched off by an empty value.

    address: "Sie" or "du". preferred: word to avoid -> better wording. forbidden: words without a substitute.
    first_hashtag: without the sign. districts: place names that need „Ortsteil“ before them.
    citizens: the town's wording for its citizens; other forms of the same word are pointed out.
    max_grade: school grade (Wiener Sachtextformel 1) above which a text is called too hard.
    """

    address: str = "Sie"
    preferred: Mapping[str, str] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    max_hashtags: int = 3
    first_hashtag: str = ""
    districts: tuple[str, ...] = ()
    no_exclamation_marks: bool = True
    times_need_uhr: bool = True
    citizens: str = "Bürgerinnen und Bürger"
    max_grade: int = 12

    @classmethod
    def default(cls) -> StyleGuide:
        """What holds for a town that has not set its own rules."""
        return cls(preferred=dict(_PLAIN))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "address": self.address,
            "preferred": dict(self.preferred),
            "forbidden": list(self.forbidden),
            "max_hashtags": self.max_hashtags,
            "first_hashtag": self.first_hashtag,
            "districts": list(self.districts),
            "no_exclamation_marks": self.no_exclamation_marks,
            "times_need_uhr": self.times_need_uhr,
            "citizens": self.citizens,
            "max_grade": self.max_grade,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> StyleGuide:
        """The reverse of `to_json`. Missing keys get the default, unknown ones (of another version) are ignored.

        Raises ValueError, in German, when a value cannot be used.
        """
        base = cls.default()
        address = str(value.get("address", base.address)).strip()
        if address not in ADDRESSES:
            raise ValueError(f"Die Anrede ist „Sie“ oder „du“, nicht „{address}“.")
        preferred = value.get("preferred", base.preferred)
        if not isinstance(preferred, Mapping):
            raise ValueError("Die bevorzugten Wörter sind eine Liste von Paaren: Wort und bessere Fassung.")  # noqa: TRY004 - one error type for the form
        return cls(
            address=address,
            preferred={
                str(word).strip(): str(better).strip()
                for word, better in preferred.items()
                if str(word).strip()
            },
            forbidden=_words(value, "forbidden", base.forbidden),
            max_hashtags=_count(value, "max_hashtags", base.max_hashtags),
            first_hashtag=str(value.get("first_hashtag", base.first_hashtag)).strip().removeprefix("#"),
            districts=_words(value, "districts", base.districts),
            no_exclamation_marks=bool(value.get("no_exclamation_marks", base.no_exclamation_marks)),
            times_need_uhr=bool(value.get("times_need_uhr", base.times_need_uhr)),
            citizens=str(value.get("citizens", base.citizens)).strip(),
            max_grade=_count(value, "max_grade", base.max_grade),
        )


class Remark(NamedTuple):
    """What a kind of page says of its own facts. wrong: it stops the submission; where, about: as in `Finding`; text: German, says what to do."""

    wrong: bool
    where: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class CheckContext:
    """What a check may ask. All of it is handed in, so that checks stay pure.

    now: wall time of the town, naive. link_exists: gets the percent-decoded path of an internal link,
    with its leading slash and without query and fragment. own_hosts: hosts of the town's website, lower case.
    official_contacts: telephone numbers, e-mail addresses and IBANs of the municipality, in any spelling.
    A number that ends in "-0" covers its extensions. link_coming: whether a page is written there that was never public. rights: what pictures and films with these digests are allowed for;
    None where nobody keeps that. of_kind: what the kind of the page has to say of its own facts.
    """

    guide: StyleGuide
    now: datetime
    link_exists: Callable[[str], bool]
    own_hosts: frozenset[str] | set[str] = frozenset()
    official_contacts: frozenset[str] | set[str] = frozenset()
    link_coming: Callable[[str], bool] = lambda _path: False
    rights: Callable[[Collection[str]], Mapping[str, Verdict]] | None = None
    of_kind: Callable[[Content, datetime], Iterable[Remark]] = lambda _content, _now: ()


def _words(value: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    words = value.get(key, default)
    if isinstance(words, str) or not isinstance(words, list | tuple | set | frozenset):
        raise ValueError(f"„{key}“ ist eine Liste von Wörtern.")  # noqa: TRY004 - one error type for the form
    return tuple(text for word in words if (text := str(word).strip()))


def _count(value: Mapping[str, Any], key: str, default: int) -> int:
    try:
        number = int(value.get(key, default))
    except (TypeError, ValueError) as wrong:
        raise ValueError(f"„{key}“ ist eine Zahl.") from wrong
    if number < 0:
        raise ValueError(f"„{key}“ ist nicht kleiner als 0.")
    return number
