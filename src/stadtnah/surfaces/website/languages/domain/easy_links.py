"""On a page in Leichte Sprache a link that leads to another kind of German says so: whoever needs the one is lost in the other.

Source: Netzwerk Leichte Sprache, Die Regeln für Leichte Sprache: links are told apart by what they lead to.
"""

from __future__ import annotations

import re
from typing import Final

from stadtnah.surfaces.website.languages.domain.tongues import EASY, TONGUES

SAID: Final = "Alltags-Sprache"  # what the German of everybody is called in Leichte Sprache
_SEEN: Final = f' <span class="plain-speech">{SAID}</span>'
_HEARD: Final = f'<span class="kern-sr-only"> ({SAID})</span>'
# Ours, and to a page: a file is a file. Those with a language beside them say it already.
_LINK: Final = re.compile(
    r'<a\b(?![^>]*\bhreflang=)[^>]*?\bhref="(/(?!media/|theme/|feeds/|\.well-known/)[^"]*)"[^>]*>(?:(?!</a>).)*',
    re.DOTALL,
)
_MAIN: Final = re.compile(r"(<main\b.*?</main>)", re.DOTALL)


def said(html: str) -> str:
    """The whole page: within its text to be seen, in menus and foot, where it is said once for all, to be heard."""
    around = _MAIN.split(html, maxsplit=1)
    marks = (_HEARD, _SEEN, _HEARD)
    return "".join(_marked(part, mark) for part, mark in zip(around, marks, strict=False))


def _marked(html: str, mark: str) -> str:
    root = f"{TONGUES[EASY].root}/"
    return _LINK.sub(lambda link: link[0] if f"{link[1]}/".startswith(root) else f"{link[0]}{mark}", html)
