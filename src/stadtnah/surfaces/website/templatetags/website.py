"""Tags and filters of the public templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stadtnah.kernel.media import MediaError
from stadtnah.kernel.text import shortened
from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.content import Block, Content, File, Picture
from stadtnah.surfaces.website import bars, pictures, qr, richtext, words
from stadtnah.surfaces.website import site as sites
from stadtnah.surfaces.website.languages.domain.tongues import rtl

_CONTENTS_FROM = 3  # sections
_OK = 200
register = template.Library()
register.filter("hours", words.hours)
register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("end", words.end)
register.filter("month", words.month)
register.filter("number", words.number)
register.filter("shortened", shortened)
register.filter("machine", words.machine)


@register.simple_tag(takes_context=True)
def website_site(context: Context) -> sites.Site:
    """The frame: given while baking, made for a page that Django answers itself."""
    given = context.get("site")
    if isinstance(given, sites.Site):
        return given
    request = context.get("request")
    return sites.current(request.path_info if request else "/")


@register.simple_tag(takes_context=True)
def to(context: Context, path: str) -> str:
    """A path of this site in the language of the page."""
    site = context.get("site")
    return site.to(path) if isinstance(site, sites.Site) else path


@register.simple_tag
def shared_picture(picture: Picture | None) -> str:
    """The absolute address of a picture for previews in other places; "" without one."""
    if picture is None:
        return ""
    try:
        return base_url() + pictures.original(picture)[0]
    except MediaError:
        return ""


@register.inclusion_tag("website/parts/picture.html", takes_context=True)
def picture(context: Context, picture: Picture, shape: str, mode: str = "lazy") -> dict[str, Any]:
    """A responsive picture. A picture whose bytes are gone leaves its alternative text."""
    return {"source": _source(context, picture, shape), "picture": picture, "eager": mode == "eager"}


def _source(context: Context, picture: Picture, shape: str) -> pictures.Source | None:
    site = context.get("site")
    # Without a frame this is a preview in the desk: nothing of it may get a public address.
    place = site.frame.place if isinstance(site, sites.Site) else pictures.DataPlace()
    try:
        return pictures.source(picture, shape, place)
    except MediaError:
        return None


@register.simple_tag(takes_context=True)
def file_address(context: Context, file: File) -> str:
    """Where a document is: on the website once its page is baked; in a preview only the desk has it."""
    site = context.get("site")
    if isinstance(site, sites.Site) and isinstance(site.frame.place, pictures.StorePlace):
        return file.path
    return reverse("desk_file", args=[file.sha256])


@register.simple_tag(takes_context=True)
def print_picture(context: Context, picture: Picture) -> str:
    """Where the picture is as it was taken in, for print; "" when its bytes are gone."""
    site = context.get("site")
    place = site.frame.place if isinstance(site, sites.Site) else pictures.DataPlace()
    try:
        return place.address(picture.sha256, picture.mime)
    except MediaError:
        return ""


@register.simple_tag(takes_context=True)
def video_poster(context: Context, block: Block) -> SafeString:
    """What stands in place of a film until somebody starts it; then nothing of the film is fetched before that."""
    shown = block.picture and _source(context, block.picture, "body")
    return (
        format_html(' poster="{}" preload="none"', shown.src) if shown else mark_safe(' preload="metadata"')
    )


@register.filter
def size(file: File, language: str) -> str:
    """„1,2 MB“."""
    return file.size(language)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with its html. `opens`, `closes`: whether it is the first, the last of a run of its kind."""

    block: Block
    html: SafeString
    opens: bool
    closes: bool


@register.filter
def outlined(content: Content) -> list[Shown]:
    """The blocks with their html, cleaned and with whole levels of headings."""
    found = [(block, mark_safe(html)) for block, html in richtext.outlined(content.blocks)]  # noqa: S308 - cleaned there
    kinds = ["", *(block.kind for block, _html in found), ""]
    return [
        Shown(block, html, opens=kinds[at] != block.kind, closes=kinds[at + 2] != block.kind)
        for at, (block, html) in enumerate(found)
    ]


@register.simple_tag
def bars_of(block: Block, content: Content) -> list[list[bars.Cell]]:
    """The rows of figures below their head, each number with the length of its bar."""
    return bars.drawn(block.rows, content.language)


@register.filter
def contents(content: Content) -> list[tuple[str, str]]:
    """(anchor, title) of each section, for pages long enough to need it; anchors as in parts/body.html."""
    found = [
        (f"abschnitt-{number}", block.title)
        for number, block in enumerate(content.blocks, start=1)
        if block.kind == "heading"
    ]
    return found if len(found) >= _CONTENTS_FROM else []


@register.filter
def safe_html(html: str) -> SafeString:
    """Sanitised html of a block. Cleaned once more here: what is baked never depends on who made the snapshot."""
    return mark_safe(richtext.clean(html))  # noqa: S308 - cleaned in the same line


@register.simple_tag(takes_context=True)
def lang_document(context: Context) -> SafeString:
    """The language of the page and its direction, for the html element; a page that is gone speaks as the frame does."""
    site = context["site"]
    tag = site.shown_language if context.get("status", _OK) == _OK else site.language
    return format_html('lang="{}"{}', tag, mark_safe(' dir="rtl"') if rtl(tag) else "")


@register.simple_tag(takes_context=True)
def lang_town(context: Context) -> SafeString:
    """A lang attribute around what the municipality says about itself (menu, hours, categories): that is German."""
    site = context.get("site")
    version = site.version if isinstance(site, sites.Site) else ""
    return _lang("de", version or _language(context))


@register.simple_tag(takes_context=True)
def lang_link(context: Context, link: sites.Link) -> SafeString:
    """A lang attribute around the label of a link in a menu: a word of the interface, or a page's title."""
    return mark_safe("") if link.own else _lang(link.language, _around(context))


@register.simple_tag(takes_context=True)
def lang_page(context: Context, content: Content) -> SafeString:
    """A lang attribute around words of the page within content in another language."""
    return _lang(_language(context), content.language)


@register.simple_tag(takes_context=True)
def lang_content(context: Context, content: Content) -> SafeString:
    """A lang attribute around content in another language than the page's words."""
    return _lang(content.language, _around(context)) if isinstance(content, Content) else mark_safe("")


def _language(context: Context) -> str:
    site = context.get("site")
    return site.language if isinstance(site, sites.Site) else "de"  # the desk's previews have no frame


def _around(context: Context) -> str:
    site = context.get("site")
    return site.around if isinstance(site, sites.Site) else "de"


def _lang(inner: str, outer: str) -> SafeString:
    if inner == outer:
        return mark_safe("")
    turned = f' dir="{"rtl" if rtl(inner) else "ltr"}"' if rtl(inner) != rtl(outer) else ""
    return format_html(' lang="{}"{}', inner, mark_safe(turned))  # noqa: S308 - one of two words of ours


@register.filter
def foreign(content: Content, language: str) -> str:
    """The content's language when it is not the page's, for a lang attribute."""
    return content.language if content.language != language else ""


@register.filter
def typed(path: str) -> str:
    """A path as people type it: „erlenfurt.example/k/sperrmuell“."""
    return qr.shown(base_url() + path)
