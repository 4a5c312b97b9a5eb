"""The tone of the style guide: form of address, hashtags, exclamation marks, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import OWN_WORDS, RUNNING, Document, Role, excerpt
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.checks.sentences import sentences
from stadtnah.publishing.findings import Finding, error, hint

_QUOTED = re.compile(
    r"„[^„“”\"]{0,600}+[“”\"]|»[^»«]{0,600}+«|“[^“”]{0,600}+”|\"[^\"]{0,600}+\"|‚[^‚‘]{0,200}+‘"
)
# Verbs that only go with "ihr" (you); "ihr kommt" could be "von ihr kommt".
_IHR_VERBS = (
    "könnt|habt|seid|wollt|müsst|dürft|sollt|wisst|möchtet|werdet|solltet|könntet|braucht|mögt|findet"
)
_DU = re.compile(
    rf"\b(?:[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?|[Dd]u|[Ii]hr(?=\s(?:{_IHR_VERBS})\b)|(?i:{_IHR_VERBS})\s[Ii]hr)\b(?!-)"
)
_FRENCH = re.compile(r"[A-ZÀ-Ý][\w'’-]*\sdu\s[A-ZÀ-Ý]")  # "Café du Nord"
_SIE = re.compile(r"\b(?:Sie|Ihnen|Ihre[mnrs]?)\b")


@check("address-du", "address-sie", german=True)
def address(document: Document, context: CheckContext) -> Iterator[Finding]:
    """One form of address. Quoted speech is free, and „Sie“ that opens a sentence may mean "they"."""
    for passage in document.of_role(RUNNING | {Role.TITLE, Role.HEADING, Role.CAPTION}):
        text = _QUOTED.sub(lambda match: " " * len(match[0]), passage.text)
        if context.guide.address == "Sie":
            found = _informal(text)
            if found:
                yield hint(
                    "address-du",
                    passage.where,
                    f"Die Kommune siezt: Ersetzen Sie „{found}“ durch die Sie-Form.",
                    found,
                )
        else:
            found = _formal(text)
            if found:
                yield hint(
                    "address-sie",
                    passage.where,
                    f"Die Kommune duzt: Ersetzen Sie „{found}“ durch die Du-Form.",
                    found,
                )


def _informal(text: str) -> str:
    for match in _DU.finditer(text):
        around = text[max(0, match.start() - 30) : match.end() + 30]
        if match[0] != "du" or not _FRENCH.search(around):
            return match[0]
    return ""


def _formal(text: str) -> str:
    if not _SIE.search(text):
        return ""
    for start, end in sentences(text):
        sentence = text[start:end].lstrip(" \n\t„“»«(–-")
        for match in _SIE.finditer(sentence):
            if match.start() > 0 and not sentence[: match.start()].rstrip().endswith((":", "–", "•")):
                return match[0]
    return ""


_TAG_IN_TEXT = re.compile(r"(?<![\w&/])#(\w++)")
_TAG = re.compile(r"\w*[^\W\d]\w*")


@check("hashtag-count", "hashtag-first", "hashtag-characters", "hashtag-twice")
def hashtags(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Hashtags that work at the channels, no more than allowed, the town's own first."""
    guide = context.guide
    tags = [tag.strip().removeprefix("#") for tag in document.content.hashtags]
    inline = [
        match[1]
        for passage in document.passages
        for match in _TAG_IN_TEXT.finditer(passage.text)
        if not match[1].isdigit()
    ]
    known = {tag.casefold() for tag in tags}
    every = tags + [tag for tag in dict.fromkeys(inline) if tag.casefold() not in known]
    for tag in tags:
        if not _TAG.fullmatch(tag) or len(tag) > 100:  # noqa: PLR2004 - no channel takes more
            yield error(
                "hashtag-characters",
                "hashtags",
                f"„#{excerpt(tag)}“ ist kein Hashtag. Erlaubt sind Buchstaben, Ziffern und „_“, ohne Leerzeichen.",
                f"#{excerpt(tag)}",
            )
    if len(known) < len(tags):
        yield hint(
            "hashtag-twice",
            "hashtags",
            "Ein Hashtag kommt doppelt vor. Entfernen Sie ihn einmal.",
            " ".join(f"#{tag}" for tag in tags[:10]),
        )
    if len(every) > guide.max_hashtags:
        yield hint(
            "hashtag-count",
            "hashtags",
            f"{len(every)} Hashtags; die Kommune verwendet höchstens {guide.max_hashtags}. Streichen Sie die übrigen.",
            excerpt(" ".join(f"#{tag}" for tag in every[guide.max_hashtags :])),
        )
    first = guide.first_hashtag
    if first and every and every[0].casefold() != first.casefold():
        yield hint(
            "hashtag-first",
            "hashtags",
            f"Zuerst steht der Hashtag der Kommune: „#{first}“. Setzen Sie ihn an den Anfang.",
            f"#{excerpt(every[0])}",
        )


@check("exclamation-mark", "punctuation-repeated", german=True)
def exclamation(document: Document, context: CheckContext) -> Iterator[Finding]:
    """No exclamation marks in official matters, and no „???“ anywhere. What others say stays as it is."""
    for passage in document.of_role(OWN_WORDS):
        text = _QUOTED.sub(lambda match: " " * len(match[0]), passage.text)
        many = re.search(r"[!?]{2,}+", text)
        if many:
            yield hint(
                "punctuation-repeated",
                passage.where,
                "Ein Satzzeichen genügt.",
                excerpt(text, max(0, many.start() - 30), many.end()),
            )
        elif context.guide.no_exclamation_marks and "!" in text:
            at = text.index("!")
            yield hint(
                "exclamation-mark",
                passage.where,
                "Amtliche Meldungen kommen ohne Ausrufezeichen aus. Setzen Sie einen Punkt.",
                excerpt(text, max(0, at - 40), at + 1),
            )


_CAPITALS = re.compile(
    r"(?<![\w-])[A-ZÄÖÜẞ]{4,40}(?:\s[A-ZÄÖÜẞ]{3,40}){1,30}+(?![\w-])|(?<![\w-])[A-ZÄÖÜẞ]{6,40}(?![\w-])"
)
_ACRONYMS = frozenset(
    (
        "LEADER",
        "ELSTER",
        "ZENSUS",
        "INTERREG",
        "ERASMUS",
        "UNESCO",
        "UNICEF",
        "INSPIRE",
        "DESTATIS",
        "SCHUFA",
        "DEHOGA",
        "NABU",
    )
)


@check("capitals", german=True)
def capitals(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Words in capitals shout, are hard to read and are spelled out by some screen readers."""
    for passage in document.of_role(OWN_WORDS | {Role.QUOTE, Role.ALT}):
        for match in _CAPITALS.finditer(passage.text):
            if match[0] not in _ACRONYMS:
                yield hint(
                    "capitals",
                    passage.where,
                    f"„{excerpt(match[0])}“ in Großbuchstaben wirkt wie Schreien. Schreiben Sie normal.",
                    excerpt(match[0]),
                )
