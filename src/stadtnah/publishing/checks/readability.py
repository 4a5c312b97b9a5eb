"""How hard a text is to read, in measures made for German.

- Erste Wiener Sachtextformel, the one that decides: 0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875, with
  MS the share (per cent) of words of three or more syllables, SL the mean sentence length in words, IW the share of words
  of more than six letters, ES the share of words of one syllable. It gives the school grade (4 to 15).
  Bamberger, Richard; Vanecek, Erich: Lesen - Verstehen - Lernen - Schreiben. Wien: Jugend und Volk, 1984.
- Flesch for German: 180 - SL - 58.5 * syllables per word; 0 is very hard, 100 very easy.
  Amstad, Toni: Wie verständlich sind unsere Zeitungen? Diss. Zürich, 1978.
- LIX: SL + the share of words of more than six letters.
  Björnsson, Carl-Hugo: Läsbarhet. Stockholm: Liber, 1968.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import RUNNING, Document, Passage, Role, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.checks.sentences import sentences, words
from stadtnah.publishing.checks.syllables import syllables
from stadtnah.publishing.findings import Finding, hint

LEAST_WORDS = 40  # below this the formulas say little; they were made for samples of 100 words
LONG_SENTENCE = 35  # words
_LONG_WORD = 6  # letters; both formulas count words with more
_MANY_SYLLABLES = 3
_NAMED = 3  # how many of the longest sentences are named


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it stands and how many words it has."""

    where: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What the formulas say. `grade`: school grade, 4 to 15. `ease`: Flesch-Amstad, 0 to 100. `lix`: about 20 to 70."""

    words: int
    sentences: int
    sentence_length: float
    grade: float
    ease: float
    lix: float
    longest: tuple[Sentence, ...]  # the three longest


def measure(passages: Iterable[Passage]) -> Measure | None:
    """Measures running text; None when there is not a single word."""
    counts = many = long = single = spoken = 0
    found: list[Sentence] = []
    for passage in passages:
        for start, end in sentences(passage.text):
            tokens = words(passage.text[start:end])
            if not tokens:
                continue
            found.append(Sentence(passage.where, passage.text[start:end].strip(), len(tokens)))
            counts += len(tokens)
            for token in tokens:
                number = syllables(token)
                spoken += number
                single += number == 1
                many += number >= _MANY_SYLLABLES
                long += len(token) > _LONG_WORD
    if not counts:
        return None
    length, share = counts / len(found), 100 / counts
    grade = 0.1935 * many * share + 0.1672 * length + 0.1297 * long * share - 0.0327 * single * share - 0.875
    return Measure(
        words=counts,
        sentences=len(found),
        sentence_length=length,
        grade=min(15.0, max(4.0, grade)),
        ease=min(100.0, max(0.0, 180 - length - 58.5 * spoken / counts)),
        lix=length + long * share,
        longest=tuple(sorted(found, key=lambda sentence: -sentence.length)[:_NAMED]),
    )


def measured(document: Document) -> Measure | None:
    """The measure of a message: teaser and running text, without headings, tables, contacts and quotes."""
    return measure(document.of_role(RUNNING))


@check("readability", german=True)
def readability(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Says when a text asks for more schooling than most readers have, and where to start."""
    result = measured(document)
    limit = context.guide.max_grade
    if result is None or result.words < LEAST_WORDS or not limit or round(result.grade) <= limit:
        return
    longest = " · ".join(f"„{_short(item.text)}“ ({item.length} Wörter)" for item in result.longest)
    yield hint(
        "readability",
        "body",
        f"Schulstufe {round(result.grade)}: für die meisten zu schwer. Ihr Ziel ist höchstens Schulstufe {limit} "
        f"(Erste Wiener Sachtextformel). Ein Satz hat im Schnitt {round(result.sentence_length)} Wörter, "
        f"der längste {result.longest[0].length}. Teilen Sie zuerst die längsten Sätze: {longest}",
        excerpt(result.longest[0].text),
    )


@check("sentence-long", german=True)
def long_sentences(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Names single sentences that nobody takes in at the first reading."""
    roles = RUNNING | {Role.QUOTE}
    for passage in document.of_role(roles):
        for start, end in sentences(passage.text):
            length = len(words(passage.text[start:end]))
            if length > LONG_SENTENCE:
                yield hint(
                    "sentence-long",
                    passage.where,
                    f"Dieser Satz hat {length} Wörter. Teilen Sie ihn in zwei oder drei Sätze.",
                    excerpt(passage.text, start, end),
                )


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 80 else text[:79].rstrip() + "…"  # noqa: PLR2004 - three of them fit one note
