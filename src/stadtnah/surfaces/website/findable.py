"""What a page tells search engines and places that show a link to it: title, description, picture, linked data.

All of it is made from released content and the town's facts; `parts/about.html` writes it into the head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from stadtnah.kernel.media import MediaError
from stadtnah.kernel.text import shortened
from stadtnah.kernel.town.api import Town, base_url
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website import kinds, linked_data, pictures, share, words
from stadtnah.surfaces.website.languages.domain.tongues import locale_of
from stadtnah.surfaces.website.linked_data import Document, Shown
from stadtnah.surfaces.website.offices import linked as office_data
from stadtnah.surfaces.website.offices.view import Office
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.result_words import DESCRIPTION, TITLE
from stadtnah.surfaces.website.site import Site

_DESCRIPTION: Final = 300  # characters; what is shown of it is cut by whoever shows it
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class About:
    """What stands in the head of a page beside its title."""

    title: str
    description: str
    address: str
    town: str
    locale: str
    picture: Shown
    content: Content | None
    row: ReleasedPage | None
    data: str  # JSON-LD, "" for none

    @property
    def is_article(self) -> bool:
        """Whether it is news, with a date."""
        return bool(self.content and self.row and kinds.KINDS[kinds.kind_of(self.content)].dated)


def said(content: Content, key: str) -> str:
    """What the editors wrote for search engines alone; "" when the page's own words serve."""
    return content.detail.get(key, "")


def document_title(content: Content | None, town: Town) -> str:
    """For <title>: the page's own, with the town's name unless it is in there."""
    if content is None:
        return town.name
    own = said(content, TITLE[0])
    if content.path == "/" or content.title == town.name:
        return own or town.name
    return own if own and town.short_name in own else f"{own or content.title} – {town.name}"


def _name(home: Content | None, town: Town) -> str:
    """What the website as a whole is called."""
    return (home and said(home, TITLE[0])) or town.name


def description_of(content: Content) -> str:
    """What stands below the title in a list of results."""
    return said(content, DESCRIPTION[0]) or shortened(content.teaser, _DESCRIPTION)


def description(context: Mapping[str, Any], site: Site) -> str:
    """The description of the page being made, "" when there is nothing to say."""
    content, listing, town = context.get("content"), context.get("listing"), site.town.genitive
    if listing and listing.month:
        return _("Messages of %(town)s, %(month)s.") % {"town": town, "month": words.month(listing.month)}
    if listing and listing.label:
        return _("Messages of %(town)s in the category %(label)s.") % {"town": town, "label": listing.label}
    if content and (found := description_of(content)):
        return found
    if listing:
        return _("News, announcements and dates of %(town)s.") % {"town": town}
    if content:
        return f"{content.title} – {site.town.name}"
    return _("Official website of %(town)s") % {"town": town}


def about(context: Mapping[str, Any], site: Site) -> About | None:
    """None for what nobody should find: errors, withdrawn pages, previews, forms. Raises OSError (disk full)."""
    public = isinstance(site.frame.place, pictures.StorePlace)
    if context.get("status") != _OK or not public:
        return None
    content: Content | None = context.get("content")
    if content and content.path != site.path:
        content = None  # a list shows the words of the place that it belongs to
    own = content if content and content.path != "/" else None
    text = description(context, site)
    picture = share.of_content(site.town, own) if own else share.of_town(site.town)
    return About(
        title=(said(own, TITLE[0]) or own.title) if own else _name(content, site.town),
        description=text,
        address=site.canonical,
        town=site.town.name,
        locale=locale_of(own.language if own else site.shown_language),
        picture=picture,
        content=own,
        row=context.get("row"),
        data=linked_data.script(
            linked_data.nodes(_document(content, context, site, picture if own else None))
        )
        if content
        else "",
    )


def _document(content: Content, context: Mapping[str, Any], site: Site, for_links: Shown | None) -> Document:
    office = context.get("office")
    return replace(
        document(content, context.get("row"), site, for_links),
        around=context.get("event") or office or context.get("place"),
        location=office_data.office_node(office, base_url()) if isinstance(office, Office) else None,
    )


def document(
    content: Content, row: ReleasedPage | None, site: Site, for_links: Shown | None = None
) -> Document:
    """The page as `linked_data` wants it; without a row (a preview) it has no dates and no pictures. `for_links`: its share picture, if it is at hand."""
    return Document(
        town=site.publisher,
        base=base_url(),
        address=site.canonical,
        language=site.language,
        logo=base_url() + site.frame.theme["arms"],
        content=content,
        description=description_of(content),
        published=row.sorted_by if row else None,
        changed=row.updated_at if row else None,
        pictures=tuple(_pictures(site.town, content, for_links)) if row else (),
    )


def breadcrumb(steps: list[tuple[str, str]]) -> str:
    """(name, absolute address) of each step as JSON-LD."""
    return linked_data.script([linked_data.breadcrumb(steps)])


def _pictures(town: Town, content: Content, for_links: Shown | None) -> list[Shown]:
    """The page's own picture first, then the one for links."""
    found = [_own(content.hero)] if content.hero else []
    return [*filter(None, found), for_links or share.of_content(town, content)]


def _own(picture: Picture) -> Shown | None:
    try:
        address, _mime, _size = pictures.original(picture)
    except MediaError:
        return None
    width, height = pictures.plain_size(picture)
    return Shown(base_url() + address, width, height, picture.caption or picture.alt, picture.credit)
