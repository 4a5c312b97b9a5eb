"""What the short-message channels have in common: the text of a post, and what in it is a link or a hashtag.

Pure text work without any network; a channel brings its own way of counting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal

from stadtnah.kernel.text import shortened
from stadtnah.publishing import occasion
from stadtnah.publishing.content import Content, Picture

# A teaser cut down to less than this says nothing; the title and the link say more alone.
_SHORTEST_TEASER: Final = 40

LINK: Final = re.compile(r"https?://[^\s<>\"„“”]*[^\s<>\"„“”.,;:!?)\]’'»]")
# A number alone is no hashtag, neither at Mastodon nor at Bluesky.
HASHTAG: Final = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d_])(\w+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text by character offsets. `value`: the address, or the hashtag without its sign."""

    start: int
    end: int
    kind: Literal["link", "hashtag"]
    value: str


def compose(
    content: Content, own_text: str, room: int, measure: Callable[[str], int], *, link: str = ""
) -> str:
    """The text of a post: the editor's own text or title and teaser, then the link, then the hashtags.

    The editor's own text is never cut (too long is a finding, not a silent loss); a text made here fits into
    `room` as `measure` counts it, as long as link and hashtags alone do. What the own text already contains
    (link, hashtags) is not said twice. `link` is how the address is written; "" writes it in full.
    """
    own_text = own_text.strip()
    tail = _tail(content, own_text, link or content.link)
    if own_text:
        return "\n\n".join([occasion.marked(content, own_text), *tail])
    left = room - measure("\n\n".join(["", *tail]))
    return "\n\n".join([part for part in _lead(content, left, measure) if part] + tail)


def marks(text: str) -> list[Mark]:
    """Links and hashtags of a text, in order, not overlapping."""
    links = [Mark(found.start(), found.end(), "link", found.group()) for found in LINK.finditer(text)]
    tags = [
        Mark(found.start(), found.end(), "hashtag", found.group(1))
        for found in HASHTAG.finditer(text)
        if not any(link.start <= found.start() < link.end for link in links)
    ]
    return sorted(links + tags, key=lambda mark: mark.start)


def segments(text: str, found: Iterable[Mark]) -> Iterator[dict[str, str]]:
    """The text in pieces for a preview: `text` and `kind` ("text", "link", "hashtag"); together the whole text."""
    at = 0
    for mark in found:
        if mark.start > at:
            yield {"kind": "text", "text": text[at : mark.start]}
        yield {"kind": mark.kind, "text": text[mark.start : mark.end], "value": mark.value}
        at = mark.end
    if at < len(text):
        yield {"kind": "text", "text": text[at:]}


def pictures(content: Content, most: int) -> list[Picture]:
    """The pictures that go with a post: those that say something, each once, the first `most`."""
    return list(islice(speaking(content), most))


def speaking(content: Content) -> Iterator[Picture]:
    """Every picture that is not mere decoration, each once, in the order of reading."""
    seen: set[str] = set()
    for picture in content.pictures():
        if not picture.decorative and picture.sha256 not in seen:
            seen.add(picture.sha256)
            yield picture


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever a server did to blanks and line breaks."""
    return "".join(one.split()) == "".join(other.split())


def own_text(options: dict[str, Any]) -> str:
    """The editor's own text for this channel, "" when there is none."""
    return str(options.get("text") or "").strip()


def _tail(content: Content, own: str, link: str) -> list[str]:
    said = {mark.value.casefold() for mark in marks(own) if mark.kind == "hashtag"}
    tags = [f"#{tag}" for tag in _unique(content.hashtags) if tag.casefold() not in said]
    return ([link] if content.link and content.link not in own else []) + ([" ".join(tags)] if tags else [])


def _unique(tags: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for tag in tags:
        word = re.sub(r"\W", "", tag)  # a blank or a hyphen would end the hashtag
        if word:
            first.setdefault(word.casefold(), word)
    return list(first.values())


def _lead(content: Content, room: int, measure: Callable[[str], int]) -> list[str]:
    title = shortened(occasion.headline(content), room, measure=measure)
    said, left = [title], room - measure(title + "\n\n")
    where = occasion.when_and_where(content)
    if measure(where) > left:
        where = occasion.when(content)
    if where and measure(where) <= left:
        said.append(where)
        left -= measure(where + "\n\n")
    teaser = occasion.lead(content)
    if not teaser or left < min(_SHORTEST_TEASER, measure(teaser)):
        return said
    return [*said, shortened(teaser, left, measure=measure)]
