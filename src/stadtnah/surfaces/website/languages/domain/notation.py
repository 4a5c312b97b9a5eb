"""Running text as people translate it: without tags, what is linked or emphasised in numbered brackets, „[1: Formular]“."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

_TAG: Final = re.compile(r"(<[^>]+>)")
_NAME: Final = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_INLINE: Final = frozenset({"a", "strong", "em", "br"})
# Brackets of the text itself, where ours stand beside them.
_OWN: Final = {ord("["): "［", ord("]"): "］"}
_BACK: Final = {ord("［"): "[", ord("］"): "]"}
_OPENS: Final = re.compile(r"\[(\d{1,2}):[ \t]?")
_EDGE: Final = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def said_anew(html: str, say: Callable[[str], str]) -> str:
    """The html with each run of text put through `say`, which gets and gives this notation; the structure stays."""
    done, run = [], [""]

    def end() -> None:
        if run[0]:
            done.append(_run(run[0], say))
            run[0] = ""

    for part in _TAG.split(html):
        name = _NAME.match(part) if part.startswith("<") else None
        if name and name[1].lower() not in _INLINE:
            end()
            done.append(part)
        else:
            run[0] += part
    end()
    return "".join(done)


def problem(original: str, said: str) -> str:
    """What is wrong with the brackets of a translation, German; "" when every link of the original is in it, once."""
    wanted, found = _numbers(original), _numbers(said)
    for number in sorted(set(wanted) - set(found), key=int):
        return f"Es fehlt „{_marked(original, number)}“. Was im Original verlinkt oder hervorgehoben ist, steht in Klammern."
    if sorted(found) != sorted(wanted) or (_unbalanced(said) and not _unbalanced(original)):
        return "Die Klammern passen nicht zum Original. Jede Nummer steht genau einmal, und jede Klammer geht wieder zu."
    return ""


def _run(run: str, say: Callable[[str], str]) -> str:
    before, inner, after = _EDGE.match(run).groups()  # type: ignore[union-attr] # it matches anything
    opening, inner, closing = _unwrapped(inner)
    if not inner.strip():
        return run
    text, tags = _as_text(inner)
    return f"{before}{opening}{_as_html(say(text), tags)}{closing}{after}"


def _unwrapped(run: str) -> tuple[str, str, str]:
    """Tags that hold the whole run stay outside: a link that is all there is needs no brackets."""
    match = re.fullmatch(r"(<(a|strong|em)(?:\s[^>]*)?>)(.*)(</\2>)", run, re.DOTALL)
    if not match or re.search(rf"</?{match[2]}[\s>]", match[3]):
        return "", run, ""
    opening, inner, closing = _unwrapped(match[3])
    return match[1] + opening, inner, closing + match[4]


def _as_text(run: str) -> tuple[str, list[str]]:
    tags: list[str] = []
    text, own = "", _OWN if re.search("</(a|strong|em)>", run) else {}
    for part in _TAG.split(run):
        if not part.startswith("<"):
            text += unescape(part).translate(own)
        elif part.lower().startswith("<br"):
            text += "\n"
        elif part.startswith("</"):
            text += "]"
        else:
            tags.append(part)
            text += f"[{len(tags)}: "
    return text, tags


def _as_html(text: str, tags: list[str]) -> str:
    """Brackets that make no sense are left as they were typed: nothing of a translation can bring a tag of its own."""
    done, opened, at = "", [], 0
    for match in re.finditer(r"\[(\d{1,2}):[ \t]?|\]", text):
        done += _plain(text[at : match.start()])
        at = match.end()
        number = int(match[1]) if match[1] else 0
        if number and number <= len(tags):
            done += tags[number - 1]
            opened.append(tags[number - 1])
        elif not match[1] and opened:
            done += f"</{_NAME.match(opened.pop())[1]}>"  # type: ignore[index] # a tag
        else:
            done += _plain(match[0])
    done += _plain(text[at:])
    return done + "".join(f"</{_NAME.match(tag)[1]}>" for tag in reversed(opened))  # type: ignore[index] # a tag


def _plain(text: str) -> str:
    return escape(text.translate(_BACK), quote=False).replace("\r\n", "\n").replace("\n", "<br>")


def _numbers(text: str) -> list[str]:
    return _OPENS.findall(text)


def _marked(text: str, number: str) -> str:
    found = re.search(rf"\[{number}:[^\]]*\]?", text)
    return found[0] if found else f"[{number}: …]"


def _unbalanced(text: str) -> bool:
    depth = 0
    for match in re.finditer(r"\[\d{1,2}:|\]", text):
        depth += -1 if match[0] == "]" else 1
        if depth < 0:
            return True
    return depth != 0
