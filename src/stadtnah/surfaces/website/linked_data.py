"""What a page says to machines: schema.org as JSON-LD, made from released content and the town's facts. Pure.

A kind of page with more to say than its title registers in `MAKERS`, as its kind does in `kinds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.registry import Registry
from stadtnah.kernel.text import shortened
from stadtnah.kernel.town.api import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import opening_words

CONTEXT: Final = "https://schema.org"
HEADLINE: Final = 110  # characters; more is cut by whoever shows it
_ESCAPED: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture under its absolute address."""

    url: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as machines are told of it. Addresses are absolute."""

    town: Town
    base: str  # the website, without a trailing slash
    address: str
    language: str  # of the interface; the content has its own
    logo: str
    content: Content
    description: str = ""
    published: datetime | None = None
    changed: datetime | None = None
    pictures: tuple[Shown, ...] = ()
    around: Any = None  # what the page shows beside its content: the office, the place
    location: Node | None = None  # where it is had, when not at the town hall


Maker = Callable[[Document], list[Node]]
MAKERS: Final[Registry[Maker]] = Registry("linked data")


def nodes(document: Document) -> list[Node]:
    """What there is to say of the page; a kind without a maker is a page with a title."""
    make = MAKERS.get(str(document.content.extra.get("kind", "message"))) or page
    return [_filled(node) for node in make(document)]


def breadcrumb(steps: Iterable[tuple[str, str]]) -> Node:
    """(name, absolute address) from the first page down to this one."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def script(found: list[Node]) -> str:
    """JSON-LD that may stand in a <script>: nothing in it can end the element."""
    said = {"@context": CONTEXT, **(found[0] if len(found) == 1 else {"@graph": found})}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def town_id(base: str) -> str:
    """By this name every node of the website means the municipality."""
    return f"{base}/#kommune"


def town(document: Document) -> Node:
    """The municipality with all it says about itself."""
    here = document.town
    return {
        **publisher(document),
        "address": _address(here),
        "telephone": telephone(here.phone),
        "email": here.mail,
        "areaServed": area(document),
        "location": _hall(document) if here.street else None,
    }


def publisher(document: Document) -> Node:
    """The municipality in short."""
    return {
        "@type": "GovernmentOrganization",
        "@id": town_id(document.base),
        "name": document.town.name,
        "url": f"{document.base}/",
        "logo": {"@type": "ImageObject", "url": document.logo},
    }


def area(document: Document) -> Node:
    """Where the municipality is in charge."""
    here = document.town
    kind = "AdministrativeArea" if "kreis" in here.kind.casefold() else "City"
    return {"@type": kind, "name": here.short_name}


def opening(rows: Iterable[Any]) -> list[Node]:
    """(day, times) rows as schema.org has them; days with the same times stand together."""
    found: dict[tuple[str, str], list[str]] = {}
    for span in opening_words.spans(rows):
        found.setdefault((span.opens, span.closes), []).extend(span.days)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"{CONTEXT}/{day}" for day in days],
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), days in found.items()
    ]


def telephone(text: str) -> str:
    """As it is dialled from abroad too: „+49 69 90009 100“."""
    text = text.strip()
    return f"+49 {text[1:].lstrip()}" if text.startswith("0") and not text.startswith("00") else text


def page(document: Document, kind: str = "WebPage") -> list[Node]:
    """A page that stays; one with a contact says whose it is."""
    content = document.content
    node = {
        "@type": kind,
        "@id": f"{document.address}#seite",
        "url": document.address,
        "name": content.title,
        "description": document.description,
        "inLanguage": content.language,
        "dateModified": moment(document.changed),
        "isPartOf": _website_id(document),
        "publisher": {"@id": town_id(document.base)},
        "primaryImageOfPage": image(document.pictures[0]) if content.hero and document.pictures else None,
    }
    return [node, town(document) if _has_contact(content) else publisher(document)]


def _home(document: Document) -> list[Node]:
    site = {
        "@type": "WebSite",
        **_website_id(document),
        "url": f"{document.base}/",
        "name": document.town.name,
        "alternateName": document.town.short_name,
        "description": document.description,
        "inLanguage": ["de", "en"],
        "publisher": {"@id": town_id(document.base)},
    }
    return [site, town(document)]


def _message(document: Document) -> list[Node]:
    content = document.content
    node = {
        "@type": "NewsArticle",
        "@id": f"{content.link}#meldung",
        "mainEntityOfPage": document.address,
        "headline": shortened(content.title, HEADLINE),
        "description": document.description,
        "datePublished": moment(document.published),
        "dateModified": moment(document.changed),
        "expires": _until(content.valid_until),
        "inLanguage": content.language,
        "articleSection": content.category_label,
        "keywords": list(content.hashtags),
        "image": [image(shown) for shown in document.pictures],
        "contentLocation": {"@type": "Place", "name": content.place} if content.place else None,
        "isAccessibleForFree": True,
        "author": publisher(document),
        "publisher": publisher(document),
    }
    return [node]


def _service(document: Document) -> list[Node]:
    content = document.content
    said = content.detail
    node = {
        "@type": "GovernmentService",
        "@id": f"{content.link}#dienstleistung",
        "mainEntityOfPage": document.address,
        "url": document.address,
        "name": content.title,
        "alternateName": [name.strip() for name in said.get("names", "").split(",")],
        "description": document.description,
        "serviceType": content.title,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "LeiKa", "value": key.strip()}
            for key in filter(None, said.get("leika", "").split(","))
        ],
        "provider": town(document),
        "areaServed": area(document),
        "audience": {"@type": "Audience", "audienceType": "Bürgerinnen und Bürger"},
        "availableChannel": _channels(document, said),
    }
    return [node]


def _channels(document: Document, said: dict[str, str]) -> list[Node]:
    """How the service is had: online, by appointment, at the counter."""
    given = [("Online erledigen", said.get("online")), ("Termin vereinbaren", said.get("appointment"))]
    online: list[Node] = [
        {
            "@type": "ServiceChannel",
            "name": name,
            "serviceUrl": f"{document.base}{address}" if address.startswith("/") else address,
        }
        for name, address in given
        if address
    ]
    counter = {
        "@type": "ServiceChannel",
        "name": "Vor Ort",
        "serviceUrl": document.address,
        "serviceLocation": document.location or _hall(document),
        "availableLanguage": document.content.language,
    }
    return [*online, counter]


def _list(document: Document) -> list[Node]:
    return page(document, "CollectionPage")


MAKERS.register("home", _home)
MAKERS.register("message", _message)
MAKERS.register("news", _list)
MAKERS.register("page", page)
MAKERS.register("service", _service)
MAKERS.register("services", _list)


def _hall(document: Document) -> Node:
    here = document.town
    return {
        "@type": "CityHall",
        "@id": f"{document.base}/#rathaus",
        "name": f"Rathaus {here.short_name}",
        "address": _address(here),
        "telephone": telephone(here.phone),
        "openingHoursSpecification": opening(here.opening_hours),
    }


def _address(here: Town) -> Node | None:
    if not here.street:
        return None
    return {
        "@type": "PostalAddress",
        "streetAddress": here.street,
        "postalCode": here.postcode,
        "addressLocality": here.short_name,
        "addressCountry": "DE",
    }


def _website_id(document: Document) -> Node:
    return {"@id": f"{document.base}/#website"}


def _has_contact(content: Content) -> bool:
    return any(block.kind == "contact" for block in content.blocks)


def image(shown: Shown) -> Node:
    """A picture of the page."""
    return {
        "@type": "ImageObject",
        "url": shown.url,
        "width": f"{shown.width} px",  # schema.org wants a number with its unit here
        "height": f"{shown.height} px",
        "caption": shown.caption,
        "creditText": shown.credit,
    }


def moment(at: datetime | None) -> str | None:
    """With the town's offset."""
    return clock.local(at).isoformat(timespec="seconds") if at else None


def _until(wall: str | None) -> str | None:
    """A day without a time holds to its end."""
    if not wall:
        return None
    at = clock.parse_wall(wall)
    whole_day = "T" not in wall
    return moment(clock.resolve_wall(datetime.combine(at, time(23, 59)) if whole_day else at))


def _filled(value: Any) -> Any:
    """Without what says nothing."""
    if isinstance(value, dict):
        return {
            key: kept for key, inner in value.items() if (kept := _filled(inner)) not in (None, "", [], {})
        }
    if isinstance(value, list):
        return [kept for inner in value if (kept := _filled(inner)) not in (None, "", [], {})]
    return value
