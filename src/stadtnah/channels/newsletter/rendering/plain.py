"""The text/plain alternative: 72 columns, readable as it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html.parser import HTMLParser

from stadtnah.channels.newsletter.rendering import clean
from stadtnah.channels.newsletter.rendering.words import Words
from stadtnah.publishing.content import Block, Content, Picture

WIDTH = 72  # RFC 3676, 4.2 asks for at most 78; 72 leaves room for quoting


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """`text` folded at 72 columns; addresses are never broken."""
    indent = first if rest is None else rest
    lines: list[str] = []
    for number, part in enumerate(text.split("\n")):
        lines += textwrap.wrap(
            part,
            WIDTH,
            initial_indent=indent if number else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def underlined(text: str, sign: str) -> str:
    """A heading with a line below."""
    folded = wrap(clean.line(text))
    longest = max((len(part) for part in folded.split("\n")), default=0)
    return f"{folded}\n{sign * longest}"


def blocks(content: Content, words: Words) -> Iterator[str]:
    """The body, one text per block."""
    for block in content.blocks:
        text = _block(block, words, content)
        if text:
            yield clean.inert(text)


def picture(shown: Picture, words: Words) -> str:
    """What a picture says to those who do not see it; "" when it is only decoration."""
    if shown.decorative and not shown.caption:
        return ""
    parts = [f"[{words.picture}: {clean.line(shown.alt)}]" if shown.alt else "", clean.line(shown.caption)]
    if shown.credit:
        parts.append(f"({words.credit}: {clean.line(shown.credit)})")
    return wrap(" ".join(part for part in parts if part))


def from_html(html: str, first: str = "") -> str:
    """The text of sanitised markup: lists with signs, the target of a link in brackets behind it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(
        wrap(text, first + mark, first + " " * len(mark)) for mark, text in reader.paragraphs() if text
    ).replace("\n\n- ", "\n- ")


def _block(block: Block, words: Words, content: Content) -> str:
    html = clean.markup(block.html, content)
    title = clean.line(block.said_title(content.language))
    if block.kind == "heading":
        return underlined(title, "-")
    if block.kind in {"picture", "gallery"}:
        return picture(block.picture, words) if block.picture else ""
    if block.kind == "video":
        elsewhere = f"\n{from_html(html)}" if block.style else ""  # the link to the provider
        return f"{wrap(f'{words.video}: {title}')}\n{content.link}{elsewhere}"
    if block.file:
        return f"{wrap(title + ':')}\n{clean.base_url(content)}{block.file.path}"
    if block.kind == "quote":
        return from_html(html, "> ") + (f"\n> – {title}" if title else "")
    if block.kind == "contact" or block.is_table:
        rows = [*_rows(block), *([from_html(html)] if html else [])]
        return "\n".join(([underlined(title, "-")] if title else []) + rows)
    text = from_html(html)
    return f"{underlined(title, '-')}\n{text}" if title else text


def _rows(block: Block) -> Iterator[str]:
    if block.kind == "contact":
        for row in block.rows:
            yield wrap(": ".join(clean.line(cell) for cell in row if cell), "", "  ")
        return
    head = [clean.line(cell) for cell in block.rows[0]] if block.rows else []
    for row in block.rows[1:]:
        cells = [clean.line(cell) for cell in row]
        pairs = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip(head[1:], cells[1:], strict=False)
            if cell
        ]
        yield wrap(
            f"- {cells[0]}: {', '.join(pairs)}" if pairs else f"- {cells[0] if cells else ''}", "", "  "
        )


class _Reader(HTMLParser):
    """Collects (mark, text) per paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._mark = ""
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def paragraphs(self) -> list[tuple[str, str]]:
        """What was read."""
        self._end()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._text)))
        elif tag == "br":
            self._text.append("\n")
        elif tag in {"ul", "ol"}:
            self._end()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._end()
            self._mark = self._bullet()
        elif tag in {"p", "h3", "h4"} and not (self._mark and not self._text):
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._close_link(*self._links.pop())
        elif tag in {"ul", "ol"} and self._lists:
            self._end()
            self._lists.pop()
        elif tag in {"p", "li", "h3", "h4"}:
            self._end()

    def handle_data(self, data: str) -> None:
        self._text.append(" ".join(f".{data}.".split())[1:-1])

    def _bullet(self) -> str:
        depth = "  " * max(0, len(self._lists) - 1)
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            return f"{depth}{self._lists[-1]}. "
        return f"{depth}- "

    def _close_link(self, target: str, start: int) -> None:
        label = "".join(self._text[start:]).strip()
        bare = target.removeprefix("mailto:").removeprefix("tel:")
        if target and label not in (bare, target):
            self._text.append(f" ({bare if target.startswith('mailto:') else target})")

    def _end(self) -> None:
        text = "\n".join(part.strip() for part in "".join(self._text).split("\n")).strip()
        if text:
            self._done.append((self._mark, text))
        self._text, self._mark = [], ""
