"""From a question to the words of the index: as asked, in other words, in longer and shorter ones, or as it was probably meant.

Factors say how far a word may stand for the one that was asked. The number of queries is bounded, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stadtnah.surfaces.website.search import reading, spelling
from stadtnah.surfaces.website.search.letters import Word, in_tongue, stem
from stadtnah.surfaces.website.search.questions import says_nothing, telling
from stadtnah.surfaces.website.search.reading import Known
from stadtnah.surfaces.website.search.synonyms import Dictionary

SAME: Final = 1.0
SYNONYM: Final = 0.8  # another word for it
IN_PHRASE: Final = 0.5  # one of several words that together are another word for it
LONGER: Final = 0.6  # a compound that begins or ends with it
LONGER_SYNONYM: Final = 0.3
PART: Final = 0.7  # a part of the compound that was asked
PART_OF_KNOWN: Final = 0.25  # the same, where the index has the compound itself
LONE_PART: Final = 0.4  # a part whose other half the index does not know
BEGUN: Final = 0.7  # what a word that is still being typed may become
MEANT: Final = (1.0, 0.75, 0.5)  # by the number of mistakes
_FEWEST_LETTERS: Final = 3  # of a part of a compound
_LONE_LETTERS: Final = 5
_SPLIT_FROM: Final = 7  # letters of a word that may be a compound
_MOST_MEANT: Final = 3
_MOST_SYNONYMS: Final = 12  # of a word
_MOST_WIDE: Final = 4  # other words whose compounds are asked for
_WIDE_LETTERS: Final = 4
_BEGUN_LETTERS: Final = 2
_MOST_AKIN: Final = 16


@dataclass(slots=True)
class Slot:
    """A word that was asked, and how far each word of the index may stand for it."""

    word: Word
    terms: dict[str, float] = field(default_factory=dict)
    meant: str = ""  # what it was taken for, when the index does not know it
    weight: float = 1.0
    own: int = 1  # names that it has of itself, one for each language
    faint: set[str] = field(default_factory=set)  # half of a compound, a guess that is not the closest

    def told(self) -> set[str]:
        """The words of the index that readers will know theirs in: the faint ones only where there is nothing closer."""
        near = {name for name, factor in self.terms.items() if name not in self.faint or factor > MEANT[2]}
        return near or set(self.terms)

    def wide(self) -> list[str]:
        """The words whose compounds may stand for it too."""
        own = [name for name, factor in self.terms.items() if factor > SYNONYM or name == self.word.stem]
        others = [
            name for name, factor in self.terms.items() if MEANT[2] <= factor <= SYNONYM and name not in own
        ]
        return [name for name in (*own, *others[:_MOST_WIDE]) if len(name) >= _WIDE_LETTERS]

    def add(self, stem: str, factor: float) -> None:
        """The best reason counts."""
        if stem and factor > self.terms.get(stem, 0.0):
            self.terms[stem] = factor


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the index understands it."""

    slots: list[Slot]
    known: dict[str, Known]


def understand(text: str, words: Dictionary, *, open_end: bool = False, tongue: str = "") -> Asked:
    """The question's words with all that may stand for them. `open_end`: its last word may still be being typed.

    tongue: a language that is asked in beside German.
    """
    slots = []
    for word in telling(text):
        names = {word.stem: SAME, in_tongue(word.stem, tongue): SAME}
        slots.append(Slot(word, names, own=len(names)))
    parts = {slot.word.stem: list(_parts(slot.word.plain)) for slot in slots}
    _say_otherwise(slots, words)
    wanted = {name for slot in slots for name in slot.terms}
    wanted |= {name for pairs in parts.values() for pair in pairs for name in pair}
    known = reading.terms(wanted)
    strange = [slot for slot in slots if not slot.terms.keys() & known.keys() and len(slot.terms) == slot.own]
    cut = [_split(slot, parts[slot.word.stem], known) for slot in slots]
    slots = [slot for new in cut for slot in new]
    _guess(strange, known)
    # What was cut or guessed has other names too.
    for slot in slots:
        if slot.word.stem not in slot.terms or slot.meant:
            _name_otherwise(slot, words)
    known |= reading.terms({name for slot in slots for name in slot.terms} - known.keys())
    _widen(slots, known, open_end=open_end)
    for slot in slots:
        slot.terms = _worthwhile(slot, known)
    return Asked(slots, known)


def _parts(plain: str) -> Iterator[tuple[str, str]]:
    """Each way to cut a word in two, as stems: those let go of what joins the parts, as in „Anmeldung-s-formular“."""
    if len(plain) >= _SPLIT_FROM and plain.isalpha():
        for at in range(_FEWEST_LETTERS, len(plain) - _FEWEST_LETTERS + 1):
            if not says_nothing(plain[:at]) and not says_nothing(plain[at:]):
                yield stem(plain[:at]), stem(plain[at:])


def _say_otherwise(slots: list[Slot], words: Dictionary) -> None:
    for start, end, others in words.spans([slot.word.stem for slot in slots]):
        for other in others[:_MOST_SYNONYMS]:
            factor = SYNONYM if len(other) == 1 else IN_PHRASE
            for slot in slots[start:end]:
                for name in other:
                    slot.add(name, factor)


def _split(slot: Slot, parts: list[tuple[str, str]], known: dict[str, Known]) -> list[Slot]:
    """A compound that the index does not have is asked for in its parts; else they are worth little beside it."""

    def there(name: str) -> bool:
        return len(name) >= _FEWEST_LETTERS and name in known

    whole = slot.word.stem in known and known[slot.word.stem].entries > 0
    both = [pair for pair in parts if there(pair[0]) and there(pair[1])]
    if both:
        first, last = max(both, key=lambda pair: min(map(len, pair)))
        if whole or len(slot.terms) > slot.own:
            slot.add(first, PART_OF_KNOWN)
            slot.add(last, PART_OF_KNOWN)
            slot.faint |= {first, last}
            return [slot]
        return [Slot(slot.word, {first: SAME}, weight=PART), Slot(slot.word, {last: SAME}, weight=PART)]
    lone = {name for pair in parts for name in pair if there(name) and len(name) >= _LONE_LETTERS}
    if lone and not whole:
        slot.add(half := max(lone, key=len), LONE_PART)
        slot.faint.add(half)
    return [slot]


def _guess(strange: list[Slot], known: dict[str, Known]) -> None:
    """What was probably meant by words that nobody knows."""
    keys = {key for slot in strange for key in spelling.keys(slot.word.stem)}
    near = reading.near(keys) if keys else {}
    known |= near
    for slot in strange:
        found = spelling.nearest(slot.word.stem, near)
        found.sort(key=lambda pair: (pair[0], -near[pair[1]].entries))
        for mistakes, name in found[:_MOST_MEANT]:
            slot.add(name, MEANT[mistakes])
            if mistakes > found[0][0]:
                slot.faint.add(name)
            slot.meant = slot.meant or near[name].shown


def _name_otherwise(slot: Slot, words: Dictionary) -> None:
    for name, factor in list(slot.terms.items()):
        for other in words.means.get((name,), ())[:_MOST_SYNONYMS]:
            for part in other:
                slot.add(part, factor * (SYNONYM if len(other) == 1 else IN_PHRASE))


def _widen(slots: list[Slot], known: dict[str, Known], *, open_end: bool) -> None:
    """Compounds with the word at one of their ends, and what the last word may become. One query."""
    ends: dict[str, list[tuple[Slot, float]]] = {}
    for slot in slots:
        for name in slot.wide():
            factor = LONGER_SYNONYM if slot.terms[name] == SYNONYM else LONGER * slot.terms[name]
            ends.setdefault(name, []).append((slot, factor))
    beginnings = {name: list(reasons) for name, reasons in ends.items()}
    if open_end and slots and slots[-1].word.stem not in known:
        for begun in _begun(slots[-1].word.plain):
            beginnings.setdefault(begun, []).append((slots[-1], BEGUN))
    places = [*beginnings.values(), *ends.values()]
    for place, found in reading.compounds(list(beginnings), list(ends)):
        known.setdefault(found.stem, found)
        for slot, factor in places[place]:
            slot.add(found.stem, factor)


def _worthwhile(slot: Slot, known: dict[str, Known]) -> dict[str, float]:
    """Without what stands nowhere, with a few of the words that are only akin, and of them none that stands nearly everywhere."""
    there = {name: factor for name, factor in slot.terms.items() if name in known and known[name].entries > 0}
    near = {name: factor for name, factor in there.items() if factor >= SYNONYM}
    akin = [name for name in there if name not in near and (known[name].entries <= reading.LIGHT or not near)]
    akin.sort(key=lambda name: (-there[name], -known[name].entries))
    return near | {name: there[name] for name in akin[:_MOST_AKIN]}


def _begun(plain: str) -> list[str]:
    """How the stem of a word may begin that begins so; „ge“ is no part of it."""
    found = [plain, plain[2:]] if plain.startswith("ge") else [plain]
    return [text for text in found if len(text) >= _BEGUN_LETTERS]
