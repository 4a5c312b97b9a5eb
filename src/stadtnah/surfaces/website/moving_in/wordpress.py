"""What only WordPress does: short codes, paragraphs without tags, pictures by number."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from stadtnah.surfaces.website.moving_in.foreign import ForeignPicture

Pictures = dict[str, ForeignPicture]

_OPEN = re.compile(r"\[(caption|wp_caption|gallery|embed|video|audio|playlist)\b([^\[\]]{0,600})\]")
_OTHER = re.compile(
    r"\[/?(?:vc|et_pb|av|fusion|su|tm|cs|wpforms|contact-form|ninja|rev_slider)[\w-]{0,40}[^\[\]]{0,900}\]"
)
_SETTING = re.compile(r"""(\w{1,20})=["“”]([^"“”]{0,400})["“”]""")
_IMAGE = re.compile(r"<img\s[^<>]{1,4000}>(?:\s{0,9}</a>)?")
_BLOCK = (
    r"</?(?:address|article|aside|blockquote|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|ol"
    r"|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]{0,2000}>"
)
_STARTS = re.compile(_BLOCK, re.IGNORECASE)
_ENDS = re.compile(rf"{_BLOCK}$", re.IGNORECASE)
_MAX_LINE_END = 2_100
BROKEN_SHORT_CODE = "Ein Baustein des alten Systems (Formular, Seitenbaukasten) wurde nicht übernommen."


def prepared(html: str, pictures: Pictures, notes: list[str]) -> str:
    """A post's body as html: captions as figures, galleries as pictures, other short codes gone and noted."""
    html = _short_codes(html, pictures, notes)
    if _OTHER.search(html):
        notes.append(BROKEN_SHORT_CODE)
        html = _OTHER.sub("", html)
    return paragraphed(html)


def paragraphed(html: str) -> str:
    """Line ends as breaks where a text has no paragraphs of its own, as WordPress shows it (wpautop)."""
    if "\n" not in html or re.search(r"<p[\s>]|<br[\s/>]|<!-- wp:", html):
        return html
    out: list[str] = []
    for line in html.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"):
        text = line.strip()
        touching = not out or _ENDS.search(out[-1][-_MAX_LINE_END:]) or _STARTS.match(text)
        out += [text] if touching else ["<br>", text]
    return "".join(out)


def _short_codes(html: str, pictures: Pictures, notes: list[str]) -> str:
    out: list[str] = []
    position = 0
    while match := _OPEN.search(html, position):
        out.append(html[position : match.start()])
        closing = f"[/{match[1]}]"
        end = html.find(closing, match.end(), match.end() + 20_000) if match[1] != "gallery" else -1
        inner = html[match.end() : end] if end >= 0 else ""
        settings = dict(_SETTING.findall(match[2]))
        out.append(_MEANING[match[1]](inner, settings, pictures))
        if match[1] in {"video", "audio", "playlist"}:
            notes.append("Ein Video oder eine Tonaufnahme wurde nicht übernommen.")
        position = end + len(closing) if end >= 0 else match.end()
    return "".join([*out, html[position:]])


def _caption(inner: str, settings: dict[str, str], pictures: Pictures) -> str:
    del pictures
    image = _IMAGE.search(inner)
    if not image:
        return inner
    caption = settings.get("caption") or inner[image.end() :]
    return f"<figure>{inner[: image.end()]}<figcaption>{caption.strip()}</figcaption></figure>"


def _gallery(inner: str, settings: dict[str, str], pictures: Pictures) -> str:
    del inner
    numbers = [number.strip() for number in settings.get("ids", settings.get("include", "")).split(",")]
    found = [pictures[number] for number in numbers[:60] if number in pictures]
    return "".join(
        f'<figure><img src="{escape(shown.url)}" alt="{escape(shown.alt)}">'
        f"<figcaption>{escape(shown.caption)}</figcaption></figure>"
        for shown in found
    )


def _embed(inner: str, settings: dict[str, str], pictures: Pictures) -> str:
    del settings, pictures
    address = escape(inner.strip())
    return f'<div><a href="{address}">{address}</a></div>' if address else ""


def _nothing(inner: str, settings: dict[str, str], pictures: Pictures) -> str:
    del inner, settings, pictures
    return ""


_MEANING: dict[str, Callable[[str, dict[str, str], Pictures], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "video": _nothing,
    "audio": _nothing,
    "playlist": _nothing,
}
