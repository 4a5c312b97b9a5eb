"""The words of the town's style guide: what to avoid, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import OWN_WORDS, RUNNING, Document, Passage, Role, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, hint

_ENDINGS = "(?:e|en|er|es|em|s|n|ns|ens|st|ern)?"
_LEAST_FOR_COMPOUNDS = 5  # letters; shorter words are found inside of others by chance
_VOWELS = "aeiouyäöü"
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S++|[\w.+-]{1,64}+@[\w.-]++|#\w++")


def pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for many words: with endings, behind a hyphen, and in compounds where chance can be ruled out.

    "Event" finds "Events", "Event-Reihe", "Sommerevent" and "Eventmanager", but not "eventuell", "Eventualität" or "Advent".
    The group that matched tells which word it was (`lastindex`, from 1).
    """
    alternatives = [_forms(word) for word in words]
    return re.compile("|".join(f"({form})" for form in alternatives), re.IGNORECASE) if alternatives else None


def _forms(word: str) -> str:
    parts = re.split(r"\s+", word.strip())
    escaped = r"\s+".join(re.escape(part) for part in parts)
    whole = rf"(?<!\w){escaped}{_ENDINGS}(?!\w)"
    if len(parts) > 1 or len(word) < _LEAST_FOR_COMPOUNDS or not word.isalpha() or not word[0].isupper():
        return whole
    capital, rest = word[0].upper(), word[1:].lower()
    last = rf"(?-i:(?<!\w)[A-ZÄÖÜ][a-zäöüß]{{2,30}}{word.lower()}){_ENDINGS}(?!\w)"
    first = rf"(?-i:(?<!\w){capital}{rest}(?:s(?=[^{_VOWELS}\W\d_]))?(?![{_VOWELS}])[a-zäöüß]{{4,30}})(?!\w)"
    return f"{whole}|{last}|{first}"


@check("word-avoid", "word-forbidden", german=True)
def words(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Words that the town does not use. What others say (quotes) stays as they said it."""
    guide = context.guide
    better = {word: text for word, text in guide.preferred.items() if word.strip()}
    listed = (*better, *(word for word in guide.forbidden if word not in better))
    finder = pattern(listed)
    if finder is None:
        return
    for passage in document.of_role(OWN_WORDS | {Role.ALT}):
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), passage.text)
        for match in finder.finditer(text):
            word = listed[(match.lastindex or 1) - 1]
            yield _avoid(passage, match[0], word, better.get(word, ""))


def _avoid(passage: Passage, written: str, word: str, better: str) -> Finding:
    if better:
        return hint(
            "word-avoid", passage.where, f"Statt „{written}“ schreibt die Kommune „{better}“.", written
        )
    listed = "" if written.casefold() == word.casefold() else f" (Stilregel: „{word}“)"
    return hint(
        "word-forbidden",
        passage.where,
        f"„{written}“ soll in Meldungen nicht vorkommen{listed}. Wählen Sie ein anderes Wort.",
        written,
    )


# Without an article the word is a plural when it opens a sentence and goes on in small letters, or follows one of these. A name
# („Herr Bürger“, „Bürger für Erlenfurt“) and a single person („als Bürger“) stay.
_ALONE_AFTER = "für|dass|damit|wenn|weil|mit|von|durch|viel|mehr|können|konnten|sollen|sollten|müssen|dürfen|haben|hatten|sind|waren|werden|wurden|wollen|möchten"
_ALONE = (
    r"(?:\A|(?<=[.!?:]\s)|(?<=[„\n]))Bürgern?(?=\s(?!für\b|in Not\b)[a-zäöü])"
    rf"|\b(?:{_ALONE_AFTER})\sBürgern?\b"
)
# The forms of one word for the citizens, by the way they name women and men.
_FAMILIES = {
    "pair": re.compile(r"(?i)\bbürgerinnen und bürgern?\b|\bbürgern? und bürgerinnen\b"),
    "sign": re.compile(r"(?i)\bbürger[*:_·]-?innen\b"),
    "capital": re.compile(r"\bBürgerInnen\b"),
    "slash": re.compile(r"(?i)\bbürger/-?innen\b|\bbürger\(innen\)"),
    "generic": re.compile(
        rf"(?:{_ALONE}|"
        r"(?:\b(?:[Dd]ie|[Aa]llen?|[Uu]nsere[nr]?|[Vv]iele[nr]?|[Ll]iebe)\s|(?<!\w)[Dd]en\s(?=Bürgern))Bürgern?\b(?![*:_·/(-]|\s(?:und|oder)\sBürgerinnen)"
        r")(?![*:_·/(-]|\s(?:und|oder|sowie)\sBürgerinnen)"
    ),
}


@check("citizens-wording", german=True)
def citizens(document: Document, context: CheckContext) -> Iterator[Finding]:
    """One wording for the citizens throughout; compounds like „Bürgerbüro“ are names and stay."""
    wording = context.guide.citizens
    allowed = next((name for name, form in _FAMILIES.items() if form.search(wording)), None)
    if allowed is None:
        return
    for passage in document.of_role(OWN_WORDS):
        for name, form in _FAMILIES.items():
            if name != allowed:
                for match in form.finditer(passage.text):
                    yield hint(
                        "citizens-wording",
                        passage.where,
                        f"Statt „{match[0]}“ schreibt die Kommune „{wording}“.",
                        excerpt(match[0]),
                    )


_LIST_BEFORE = re.compile(
    r"\b(?i:(?:orts|stadt|gemeinde)teil)(?:e|en|s)?(?:\s[A-ZÄÖÜ][\w-]++,?){0,8}(?:\s(?:und|oder|sowie|bis))?\s$"
)
_WORD_BEFORE = re.compile(r"([\w-]+)\s$")


@check("district-without-ortsteil", german=True)
def districts(document: Document, context: CheckContext) -> Iterator[Finding]:
    """„Ortsteil“ before the districts. In names („Kita Steinbach“, „Steinbacher Straße“) it would be wrong."""
    names = context.guide.districts
    if not names:
        return
    finder = re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?![\w-])"
    )
    for passage in document.of_role(RUNNING | {Role.TITLE, Role.HEADING}):
        for match in finder.finditer(passage.text):
            before = passage.text[max(0, match.start() - 80) : match.start()]
            word = _WORD_BEFORE.search(before)
            if _LIST_BEFORE.search(before) or (word and word[1][0].isupper() and word.start() > 0):
                continue
            yield hint(
                "district-without-ortsteil",
                passage.where,
                f"Schreiben Sie „Ortsteil {match[0]}“.",
                excerpt(match[0]),
            )
