"""Splits German text into sentences and words, knowing its abbreviations, ordinals and times."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop behind one of these ends no sentence (lower case, without the stop).
_ABBREVIATIONS = frozenset(
    """abb abf abs abschn abt adr allg anl anm art aufl az bd beisp bes best betr bez bgm bl bspw bzgl bzw ca dez di dgl
    dipl dir do dr ebd ehem eigtl einschl entspr erg etw evtl exkl feb febr fr frl gem gegr geb ges gest ggf ggfs hl hr hrsg
    inh inkl insb insbes int jan jg jh jhd jun jul kfm kap kath kl konf lfd lt max mi min mind mio mo mrd mrz mtl mwst
    nachm nat niv nov nr nrn okt orig pers pfr phil prof prot rd rep resp röm sa sek sen sep sept sog st std stellv str stv
    tägl tel tsd u urspr usf verf verg versch vgl vorm vors wg wiss z zb ziff zt zul zus zzgl apr aug mag med jur rer ing
    sonn allgem zzt öff""".split()  # noqa: SIM905 - a word list
)
_MAY_END = frozenset(("usw", "etc", "usf", "str", "nr", "uhr", "jh", "mio", "mrd", "tsd"))
# Words that open a sentence and hardly ever follow an ordinal, "Str." or "usw." within one.
_OPENERS = frozenset(
    """alle alles als am an auch auf aus außerdem bei beim bitte bis da dabei dafür damit danach daneben dann darum das dazu
    dem den denn der deshalb die dies diese dieser dieses dort durch ein eine einen einer eines er es für gegen hier hierfür
    hierzu ihr ihre im in insgesamt ist jede jeder jetzt kommen können man mehr mit nach nachdem neben nun nur ob oder ohne
    seit seitdem sie sind so sobald sollte sollten somit sowie trotz über um und unser unsere unter viele vom von vor während
    wann warum was weil weitere welche wenn wer wie wir wird wo wurde wurden zu zudem zum zur zuvor zusätzlich zwischen
    ebenfalls falls ferner kinder interessierte melden informationen""".split()  # noqa: SIM905 - a word list
)
_MONTHS = frozenset(
    "januar jänner februar märz april mai juni juli august september oktober november dezember".split()  # noqa: SIM905
)

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"“”«»‘’')\]]*+(?=\s)")
_HARD = re.compile(r"\n(?![a-zäöüß])")
_WORD = re.compile(r"[^\W\d_]++(?:[*:_/’'\-](?=[^\W\d_])[^\W\d_]++)*+")
_LAST = re.compile(r"([^\W_]+)$")
_NEXT = re.compile(r"[\s\"„“«»‚(\[–-]*+([^\W_]+)?")
_REACH = 40  # characters looked at before and behind a full stop


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage as (start, end). A line break ends one unless it goes on in lower case."""
    start = 0
    for position in sorted(_boundaries(text)):
        if text[start:position].strip():
            yield start, position
        start = position
    if text[start:].strip():
        yield start, len(text)


def words(text: str) -> list[str]:
    """The words: letters, with inner hyphens and gender signs. Numbers are none, nobody reads them as syllables."""
    return _WORD.findall(text)


def _boundaries(text: str) -> Iterator[int]:
    for match in _HARD.finditer(text):
        yield match.start()
    for match in _END.finditer(text):
        if _ends(text, match):
            yield match.end()


def _ends(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end(), match.end() + _REACH)
    after = (following[1] or "") if following else ""
    if after and after[0].islower():
        return False
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    before = _LAST.search(text[max(0, match.start() - _REACH) : match.start()])
    if not before:
        return True
    last = before[1].lower()
    if last.isdigit():
        return bool(after) and not after[0].isdigit() and after.lower() in _OPENERS
    if last in _MAY_END or last.endswith("str"):
        return after.lower() in _OPENERS
    return not (last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()))
