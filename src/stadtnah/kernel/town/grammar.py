"""The municipality's name in a German sentence: „die Stadt Erlenfurt“, „des Marktes Weidental“, „von Erlenfurt“.

Genders and endings of the kinds of municipality and district: Duden, „Die Grammatik“ (weak inflection after the article).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

# Article by gender: nominative, genitive, accusative.
_ARTICLES: Final = {
    "f": ("die", "der", "die"),
    "m": ("der", "des", "den"),
    "n": ("das", "des", "das"),
}
# End of the noun: gender, genitive as it is written.
_NOUNS: Final = (
    ("stadt", "f", "stadt"),
    ("gemeinde", "f", "gemeinde"),
    ("gemeinschaft", "f", "gemeinschaft"),
    ("region", "f", "region"),
    ("kommune", "f", "kommune"),
    ("kreis", "m", "kreises"),
    ("markt", "m", "marktes"),
    ("flecken", "m", "fleckens"),
    ("verband", "m", "verbandes"),
    ("bezirk", "m", "bezirks"),
    ("teil", "m", "teils"),
    ("dorf", "n", "dorfs"),
    ("amt", "n", "amtes"),
    ("land", "n", "landes"),
)
# Kinds that a name is known by when nobody said the kind; „Neustadt an der Weinstraße“ is a name alone.
_KINDS: Final = (
    "kreisangehörige Stadt", "Freie und Hansestadt", "Universitäts- und Hansestadt",
    "Landeshauptstadt", "Universitätsstadt", "Hansestadt", "Kreisstadt", "Stadt", "Verbandsgemeinde", "Samtgemeinde", "Ortsgemeinde",
    "Marktgemeinde", "Einheitsgemeinde", "Gemeinde", "Verwaltungsgemeinschaft", "Gemeindeverwaltungsverband", "Markt", "Flecken",
    "Landkreis", "Kreis", "Amt",
)  # fmt: skip
_ADJECTIVE_ENDINGS: Final = {
    "f": ("e", "en", "e"),
    "m": ("e", "en", "en"),
    "n": ("e", "en", "e"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """The name in each case, with its article, and the words that stand for it."""

    nominative: str
    genitive: str  # as after a noun: „der Stadt Erlenfurt“, „von Erlenfurt“
    accusative: str
    pronoun: str  # sie, er, es
    possessive: str  # ihr, sein


@cache
def named(name: str, kind: str = "") -> Named:
    """The name in a sentence. `kind` („Große Kreisstadt“) counts when the name begins with it."""
    if name.startswith("Ihre "):  # a cell that is not set up yet
        return Named(name, f"Ihrer {name[5:]}", name, "sie", "ihr")
    first, _, rest = name.partition(" ")
    adjective = (
        f"{first} " if first.endswith("e") and rest else ""
    )  # „Große Kreisstadt“, whichever kind follows
    begins = next(
        (
            before + word
            for before in ("", adjective)
            for word in (kind, *_KINDS)
            if word and name.startswith(f"{before}{word} ")
        ),
        "",
    )
    noun = next((entry for entry in _NOUNS if begins.casefold().endswith(entry[0])), None)
    if noun is None:
        return Named(name, f"von {name}", name, "es", "sein")
    end, gender, genitive = noun
    *adjectives, head = begins.split(" ")
    place = name[len(begins) :]
    cases = []
    for case, article in enumerate(_ARTICLES[gender]):
        said = head[: -len(end)] + _like(head[-len(end) :], genitive) if case == 1 else head
        words = [_inflected(word, _ADJECTIVE_ENDINGS[gender][case]) for word in adjectives]
        cases.append(" ".join([article, *words, said]) + place)
    nominative, of, accusative = cases
    pronoun, possessive = {"f": ("sie", "ihr"), "m": ("er", "sein"), "n": ("es", "sein")}[gender]
    return Named(nominative, of, accusative, pronoun, possessive)


def _like(shape: str, word: str) -> str:
    return word.capitalize() if shape[:1].isupper() else word


def _inflected(word: str, ending: str) -> str:
    """An adjective („Große“) with this ending; „und“ and the first half of a double noun („Universitäts-“) stay."""
    return word[:-1] + ending if word.endswith("e") else word
