"""Running text: words with their dress, cut into lines and paragraphs, written as the few tags we keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

_BLANK = re.compile(r"[ \t\r\n\f\u00a0\u2007\u202f]+")
_BULLET = re.compile(r"^(?:[•·▪●◦■\uf0b7\uf0a7]|[-–*](?= ))\s*")
_SURE_BULLET = re.compile(r"^[•·▪●\uf0b7\uf0a7]")


@dataclass(frozen=True, slots=True)
class Run:
    r"""Words in one dress. text "\\n" is a line break."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""


BREAK = Run("\n")
Line = list[Run]


def run(text: str, dress: Run) -> Run:
    """Words as written in the source, blanks collapsed, soft hyphens dropped."""
    return replace(dress, text=_BLANK.sub(" ", text).replace("\u00ad", ""))


def lines(runs: list[Run]) -> list[Line]:
    """The runs cut at line breaks, each line trimmed. Empty lines stay: they part paragraphs."""
    found: list[Line] = [[]]
    for item in runs:
        if item.text == "\n":
            found.append([])
        elif item.text:
            found[-1].append(item)
    return [_trimmed(line) for line in found]


def paragraphs(runs: list[Run]) -> list[list[Line]]:
    """The lines grouped into paragraphs: an empty line, which is `<br><br>`, begins a new one."""
    return [list(group) for filled, group in groupby(lines(runs), key=bool) if filled]


def words(line: Line) -> str:
    """The text alone."""
    return "".join(item.text for item in line).strip()


def html(line: Line) -> str:
    """A line as html of a, strong, em."""
    out: list[str] = []
    for href, linked in groupby(line, key=lambda item: item.href):
        inner = "".join(_dressed(item) for item in _merged(list(linked)))
        out.append(f'<a href="{escape(href)}">{inner}</a>' if href and inner.strip() else inner)
    return "".join(out)


def paragraph_html(group: list[Line]) -> list[str]:
    """A paragraph as html: p, and a list where its lines begin with bullets typed by hand."""
    start = len(group)
    while start and _BULLET.match(words(group[start - 1])):
        start -= 1
    typed = group[start:]
    if len(typed) == 1 and not _SURE_BULLET.match(words(typed[0])):
        start, typed = len(group), []
    found = ["<p>" + "<br>".join(html(line) for line in group[:start]) + "</p>"] if start else []
    if typed:
        points = (html(_without_bullet(line)).strip() for line in typed)
        found.append("<ul>" + "".join(f"<li>{point}</li>" for point in points if point) + "</ul>")
    return [piece for piece in found if piece != "<ul></ul>"]


def _without_bullet(line: Line) -> Line:
    text = "".join(item.text for item in line)
    drop = len(text) - len(_BULLET.sub("", text.lstrip(), count=1))
    kept: Line = []
    for item in line:
        cut = min(drop, len(item.text))
        drop -= cut
        if item.text[cut:]:
            kept.append(replace(item, text=item.text[cut:]))
    return kept


def _trimmed(line: Line) -> Line:
    kept = [item for item in line if item.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _merged(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for item in runs:
        last = found[-1] if found else None
        # A blank between two bold words is bold as well: one <strong>, not two.
        if last and (last.strong, last.em) == (item.strong, item.em):
            found[-1] = replace(last, text=last.text + item.text)
        else:
            found.append(item)
    return found


def _dressed(item: Run) -> str:
    core = item.text.strip()
    if not core or not (item.strong or item.em):
        return escape(item.text, quote=False)
    before = item.text[: len(item.text) - len(item.text.lstrip())]
    after = item.text[len(item.text.rstrip()) :]
    shown = escape(core, quote=False)
    if item.em:
        shown = f"<em>{shown}</em>"
    if item.strong:
        shown = f"<strong>{shown}</strong>"
    return f"{before}{shown}{after}"
