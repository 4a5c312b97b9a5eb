"""The HTML alternative: MJML, so that the table layout holds in Outlook; styles inlined for clients that drop them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

import css_inline
import mrml

from stadtnah.channels.newsletter.rendering import clean
from stadtnah.channels.newsletter.rendering.words import Words
from stadtnah.publishing import occasion
from stadtnah.publishing.content import Block, Content, Picture

TEXT, SOFT, PAPER, GROUND = "#1b2530", "#4a5766", "#ffffff", "#eef1f4"
DEFAULT_COLOUR: Final = "#14532d"
_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
# Fonts that are there: a mail fetches nothing from a third party.
_FONT: Final = "Arial, Helvetica, sans-serif"
_STYLE: Final = """
h1 { font-size: 26px; line-height: 1.25; margin: 0; }
h2 { font-size: 20px; line-height: 1.3; margin: 8px 0 0; }
h3, h4 { font-size: 17px; line-height: 1.3; margin: 16px 0 4px; }
p { margin: 0 0 12px; }
ul, ol { margin: 0 0 12px; padding-left: 24px; }
li { margin-bottom: 6px; }
a { color: COLOUR; text-decoration: underline; }
th { text-align: left; padding: 6px 8px 6px 0; border-bottom: 2px solid #8795a5; }
td.cell { padding: 6px 8px 6px 0; border-bottom: 1px solid #c3ccd6; vertical-align: top; }
caption { text-align: left; font-weight: bold; padding-bottom: 4px; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > div { background: #10161d !important; background-color: #10161d !important; }
  .paper, .paper > table { background: #1b2530 !important; background-color: #1b2530 !important; }
  .ink div, .ink h1, .ink h2, .ink h3, .ink h4, .ink p, .ink li, .ink table, .ink th, .ink td
    { color: #f2f5f8 !important; }
  .ink a { color: #a5d4ff !important; }
  .note > table { background: #2b3949 !important; background-color: #2b3949 !important; }
}
"""
_inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def html(
    content: Content, parts: dict[str, str], config: dict[str, Any], words: Words, *, whole: bool
) -> str:
    """The mail as HTML. `parts`: subject, preheader, intro, notice, facts. `whole`: with all blocks, else to the teaser.

    The notice stands ahead of everything, the facts (place, validity) below the teaser.
    """
    colour = readable(str(config.get("colour", "")))
    style = _STYLE.replace("COLOUR", colour)
    body = "".join(_body(content, parts, config, words, colour, whole=whole))
    # mrml has no preheader of its own language: mj-preview becomes hidden text ahead of everything.
    document = f"""<mjml lang="{escape(content.language)}"><mj-head>
<mj-title>{escape(parts["subject"])}</mj-title><mj-preview>{escape(parts["preheader"])}</mj-preview>
<mj-attributes><mj-all font-family="{_FONT}" /><mj-text color="{TEXT}" font-size="16px" line-height="1.5" padding="8px 24px" />
<mj-section background-color="{PAPER}" padding="8px 0" /></mj-attributes>
<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
<mj-style>{style}</mj-style></mj-head>
<mj-body width="600px" background-color="{GROUND}" css-class="ground">{body}</mj-body></mjml>"""
    made: str = _inliner.inline(mrml.to_html(document).content)
    # Names a role that reads out „email“ in English, and repeats the title: left out.
    made = made.replace(' aria-roledescription="email"', "")
    return re.sub(r"[ \t]*\n\s*", "\n", made)


def readable(colour: str) -> str:
    """The town's colour when text in it can be read on white (WCAG 4.5 : 1), else a dark green."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return DEFAULT_COLOUR
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - WCAG's formula
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return colour.lower() if 1.05 / (luminance + 0.05) >= _CONTRAST else DEFAULT_COLOUR


def _body(
    content: Content, parts: dict[str, str], config: dict[str, Any], words: Words, colour: str, *, whole: bool
) -> Iterator[str]:
    name = escape(clean.line(str(config.get("from_name", ""))))
    yield _section(f'<mj-text css-class="ink" color="{colour}" font-weight="bold">{name}</mj-text>')
    if parts["notice"]:
        yield _section(_text(f"<p><strong>{_esc(parts['notice'])}</strong></p>"), note=True)
    if content.hero:
        yield _section(_picture(content.hero, content, words))
    label = f"<p>{_esc(content.category_label)}</p>" if content.category_label else ""
    yield _section(
        _text(f"{label}<h1>{_esc(occasion.headline(content))}</h1>")
        + _text(f"<p><strong>{_esc(parts['intro'])}</strong></p>")
    )
    if parts["facts"]:
        yield _section(_text("".join(f"<p>{_esc(fact)}</p>" for fact in parts["facts"].split("\n"))))
    if whole:
        for block in content.blocks:
            yield _block(block, content, words)
    yield _section(
        f'<mj-button href="{escape(content.link)}" background-color="{colour}" color="#ffffff" font-size="16px" '
        f'inner-padding="14px 24px" align="left" padding="8px 24px">{words.read}</mj-button>'
    )
    yield _footer(content, config, words)


def _block(block: Block, content: Content, words: Words) -> str:
    title = _esc(block.said_title(content.language))
    inside = clean.markup(block.html, content)
    if block.kind in {"picture", "gallery"}:
        return _section(_picture(block.picture, content, words)) if block.picture else ""
    if block.kind == "heading":
        return _section(_text(f"<h2>{title}</h2>"))
    if block.kind == "quote":
        who = f"<p>– {title}</p>" if title else ""
        return _section(_text(f"<blockquote>{inside}{who}</blockquote>"))
    if block.kind == "video":
        link = f'<p><a href="{escape(content.link)}">{words.video}: {title}</a></p>'
        return _section(_text(link) + (_text(inside) if block.style else ""))
    if block.file:
        href = escape(clean.base_url(content) + block.file.path)
        return _section(_text(f'<p><a href="{href}">{title}</a></p>'))
    if block.is_table:
        return _section(_table(block) + (_text(inside) if inside else "")) if block.rows else ""
    level = 3 if block.kind == "accordion" else 2
    heading = f"<h{level}>{title}</h{level}>" if title else ""
    if block.kind == "contact":
        lines = "".join(f"<p>{': '.join(_esc(cell) for cell in row if cell)}</p>" for row in block.rows)
        return _section(_text(heading + lines), note=True)
    return _section(_text(heading + inside), note=block.kind in {"callout", "action"})


def _table(block: Block) -> str:
    head = "".join(f'<th scope="col">{_esc(cell)}</th>' for cell in block.rows[0])
    rows = "".join(
        "<tr>" + "".join(f'<td class="cell">{_esc(cell)}</td>' for cell in row) + "</tr>"
        for row in block.rows[1:]
    )
    caption = f"<caption>{_esc(block.title)}</caption>" if block.title else ""
    return (
        f'<mj-table css-class="ink" font-size="16px" line-height="1.4" padding="8px 24px" color="{TEXT}">'
        f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></mj-table>"
    )


def _picture(picture: Picture, content: Content, words: Words) -> str:
    wide = min(552, picture.width)
    alt = "" if picture.decorative else _esc(picture.alt)
    made = (
        f'<mj-image src="{escape(clean.picture_url(content, picture))}" alt="{alt}" width="{wide}px" '
        f'padding="0 24px" align="left" font-size="16px" />'
    )
    credit = f"{words.credit}: {clean.line(picture.credit)}" if picture.credit else ""
    below = " · ".join(part for part in (clean.line(picture.caption), credit) if part)
    if below:
        made += f'<mj-text css-class="ink" color="{SOFT}" font-size="14px">{_esc(below)}</mj-text>'
    return made


def _footer(content: Content, config: dict[str, Any], words: Words) -> str:
    site, name = clean.base_url(content), clean.line(str(config.get("from_name", "")))
    owner = "<br />".join(_esc(part) for part in str(config.get("imprint", "")).splitlines() if part.strip())
    inside = (
        f"<p>{_esc(words.why.format(name=name))}</p>"
        f'<p><a href="{clean.UNSUBSCRIBE}">{words.unsubscribe}</a></p>'
        f'<p><a href="{escape(site)}/impressum/">{words.imprint}</a> · '
        f'<a href="{escape(site)}/datenschutz/">{words.privacy}</a></p>'
    )
    owner = f"<p>{owner}</p>" if owner else ""
    return _section(f'<mj-text css-class="ink" color="{SOFT}" font-size="14px">{inside}{owner}</mj-text>')


def _section(inside: str, *, note: bool = False) -> str:
    ground = ' background-color="#e3ebf2" css-class="paper note"' if note else ' css-class="paper"'
    return f"<mj-section{ground}><mj-column>{inside}</mj-column></mj-section>"


def _text(inside: str) -> str:
    return f'<mj-text css-class="ink">{inside}</mj-text>'


def _esc(text: str) -> str:
    return escape(clean.inert(clean.line(text)))
