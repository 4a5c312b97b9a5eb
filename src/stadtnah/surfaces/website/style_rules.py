"""The municipality's own rules for its texts, as lines a person writes and as the checks read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as towns
from stadtnah.kernel.town.api import Town
from stadtnah.publishing.checks import StyleGuide

SWITCHES: Final = ("no_exclamation_marks", "times_need_uhr")
GRADES: Final = (0, *range(4, 16))  # 0: not measured; the others are what the measure can say
_NUMBERS: Final = {
    "max_hashtags": (range(31), "Bitte geben Sie eine Zahl von 0 bis 30 an."),
    "max_grade": (GRADES, "Bitte wählen Sie eine Schulstufe aus der Liste."),
}
_LINES: Final = ("forbidden", "districts", "official_contacts")
_MOST_LINES = 300
_LONGEST_LINE = 80


class StyleWrong(ValueError):
    """What was given cannot be kept. `problems`: field name to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def rules(town: Town) -> StyleGuide:
    """What holds for this town now."""
    return StyleGuide.from_json(town.guide) if town.guide else StyleGuide.default()


def contacts(town: Town) -> tuple[str, ...]:
    """Telephone numbers, addresses and accounts that are the municipality's, besides those on its website."""
    return tuple(town.extra.get("official_contacts", ()))


def as_typed() -> dict[str, str]:
    """The rules as `change` takes them: words a line each, `preferred` as "word: better one", a switch as "1" or ""."""
    town = towns.town()
    guide = rules(town)
    return {
        "address": guide.address,
        "citizens": guide.citizens,
        "preferred": "\n".join(f"{word}: {better}" for word, better in guide.preferred.items()),
        "forbidden": "\n".join(guide.forbidden),
        "districts": "\n".join(guide.districts),
        "first_hashtag": guide.first_hashtag,
        "max_hashtags": str(guide.max_hashtags),
        "max_grade": str(guide.max_grade),
        "official_contacts": "\n".join(contacts(town)),
        **{name: "1" if getattr(guide, name) else "" for name in SWITCHES},
    }


def change(values: Mapping[str, str], *, by: User) -> None:
    """Keeps the rules; every check from now on goes by them. `values` as from `as_typed`.

    Raises StyleWrong with every problem at once, and PermissionDenied.
    """
    access.require(by, Action.GUIDE_EDIT)
    problems: dict[str, str] = {}
    lists = {name: _lines(name, values.get(name, ""), problems) for name in _LINES}
    given: dict[str, object] = {
        "address": values.get("address", ""),
        "citizens": _short("citizens", values, problems),
        "first_hashtag": _short("first_hashtag", values, problems),
        "preferred": _pairs(values.get("preferred", ""), problems),
        "forbidden": lists["forbidden"],
        "districts": lists["districts"],
        **{name: _number(name, values, problems) for name in _NUMBERS},
        **{name: values.get(name) == "1" for name in SWITCHES},
    }
    hashtag = str(given["first_hashtag"]).removeprefix("#")
    if hashtag and not hashtag.replace("_", "a").isalnum():
        problems.setdefault("first_hashtag", "Ein Hashtag hat nur Buchstaben, Ziffern und „_“.")
    guide = StyleGuide.default()
    try:
        guide = StyleGuide.from_json(given)
    except ValueError as wrong:
        problems["address"] = str(wrong)
    if problems:
        raise StyleWrong(problems)
    _keep(guide, lists["official_contacts"], by)


def _keep(guide: StyleGuide, official: list[str], by: User) -> None:
    town = towns.town()
    before, new = rules(town).to_json(), guide.to_json()
    changed = sorted(name for name, value in new.items() if before[name] != value)
    changed += ["official_contacts"] if list(contacts(town)) != official else []
    if not changed:
        return
    with transaction.atomic():
        extra = {**town.extra, "official_contacts": official}
        Town.objects.update_or_create(id=1, defaults={"guide": new, "extra": extra})
        audit.record("guide.changed", actor=by, data={"fields": changed})


def _lines(name: str, text: str, problems: dict[str, str]) -> list[str]:
    lines = list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
    if len(lines) > _MOST_LINES:
        problems[name] = f"Möglich sind {_MOST_LINES} Zeilen."
    elif long := next((line for line in lines if len(line) > _LONGEST_LINE), ""):
        problems[name] = f"„{long[:30]} …“ ist zu lang; eine Zeile hat höchstens {_LONGEST_LINE} Zeichen."
    return lines


def _pairs(text: str, problems: dict[str, str]) -> dict[str, str]:
    pairs = {}
    for line in _lines("preferred", text, problems):
        word, colon, better = (part.strip() for part in line.partition(":"))
        if not (word and colon and better):
            problems.setdefault("preferred", f"In der Zeile „{line[:40]}“ fehlt das bessere Wort. Schreiben Sie zum Beispiel: Event: Veranstaltung")  # fmt: skip
        pairs[word] = better
    return pairs


def _short(name: str, values: Mapping[str, str], problems: dict[str, str]) -> str:
    text = " ".join(values.get(name, "").split())
    if len(text) > _LONGEST_LINE:
        problems[name] = f"Das ist zu lang; möglich sind {_LONGEST_LINE} Zeichen."
    return text


def _number(name: str, values: Mapping[str, str], problems: dict[str, str]) -> int:
    allowed, problem = _NUMBERS[name]
    text = values.get(name, "").strip()
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) in allowed:  # noqa: PLR2004 - longer is out of every range
        return int(text)
    problems[name] = problem
    return 0
