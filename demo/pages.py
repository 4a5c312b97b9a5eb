"""Pages of the CMS out of the demo's plain data."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.rich_text import RichText

from demo.content import home as words_of_home
from demo.content import projects as words
from demo.content import steinbach
from demo.content.blocks import CREDIT
from demo.content.press import RELEASES
from demo.pictures import PICTURES as ENTRIES
from stadtnah.kernel import clock
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import (
    Category,
    HomePage,
    MessagePage,
    NewsIndexPage,
    ServiceIndexPage,
    ServicePage,
    StandardPage,
    TownImage,
)
from stadtnah.surfaces.website.offices.models import OfficePage
from stadtnah.surfaces.website.pagetypes.models import GlossaryPage, ProjectPage, SectionPage

PICTURES = Path(__file__).resolve().parent / "pictures"
FILMS = Path(__file__).resolve().parent / "films"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@cache
def image(file: str) -> TownImage:
    """The picture in the town's library, taken in once."""
    name = file.rsplit(".", 1)[0]
    entry = ENTRIES[name]
    found: TownImage | None = TownImage.objects.filter(title=entry["title"]).first()
    if found:
        return found
    row = TownImage(
        title=entry["title"],
        file=ContentFile((PICTURES / file).read_bytes(), name=file),
        description=entry["alt"][:255],
    )
    row.save()
    x, y = entry["focal"]
    row.focal_point_x, row.focal_point_y = round(x * row.width), round(y * row.height)
    row.focal_point_width = row.focal_point_height = row.height // 3
    row.save()
    return row


def body(blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Blocks in the shape of `publishing.content.Block` as values of the StreamField."""
    return [(block["kind"], _value(block)) for block in blocks]


def _value(block: dict[str, Any]) -> Any:
    kind = block["kind"]
    if kind == "text":
        return block["html"]
    if kind == "heading":
        return block["title"]
    if kind == "quote":
        return {"text": block["html"], "who": block["title"]}
    if kind == "callout":
        return {"title": block["title"], "text": block["html"]}
    if kind == "contact":
        return [{"label": label, "value": value} for label, value in block["rows"]]
    if kind == "office":
        return OfficePage.objects.get(slug=block["slug"])
    if kind == "table":
        return {"caption": block["title"], "rows": "\n".join(" | ".join(row) for row in block["rows"])}
    picture = block["picture"]
    return {
        "image": image(picture["file"]),
        "alt": picture["alt"],
        "caption": picture["caption"],
        "credit": picture["credit"],
        "decorative": False,
    }


def hero(entry: dict[str, Any] | None) -> dict[str, Any]:
    """The hero fields of a page."""
    if not entry:
        return {}
    return {
        "hero_image": image(entry["file"]),
        "hero_alt": entry["alt"],
        "hero_caption": entry["caption"],
        "hero_credit": entry["credit"],
    }


def standard(above: HomePage | StandardPage | MemberSitePage, entry: dict[str, Any]) -> list[StandardPage]:
    """One of the pages that stay, and those below it."""
    page: StandardPage = above.add_child(
        instance=StandardPage(
            title=entry["title"],
            slug=entry["slug"],
            teaser=entry["teaser"],
            menu=entry["menu"],
            menu_order=entry["menu_order"],
            body=body(entry["blocks"]),
            **hero(entry.get("hero")),
            live=False,
        )
    )
    return [page, *(one for below in entry.get("below", []) for one in standard(page, below))]


def projects(home: HomePage) -> list[Any]:
    """The section of the projects, one of them, and the glossary."""
    section = home.add_child(instance=SectionPage(**words.SECTION, live=False))
    costs = TownDocument.take(
        words.COSTS.encode(), filename="Kosten Spielplatz.csv", title="Kosten als Tabelle"
    )
    given = words.PLAYGROUND
    steps = [("step", dict(zip(("when", "what", "state"), step, strict=True))) for step in given["steps"]]
    body = [*given["body"], ("video", _film()), ("download", [{"document": costs, "title": ""}])]
    photo = ENTRIES["spielplatz"]
    shown = {"hero_image": image("spielplatz.jpg"), "hero_alt": photo["alt"], "hero_credit": CREDIT}
    project = section.add_child(
        instance=ProjectPage(**{**given, "steps": steps, "body": body, **shown}, live=False)
    )
    named = words.GLOSSARY
    terms = [
        ("term", {"word": word, "forms": forms, "text": RichText(f"<p>{text}</p>")})
        for word, forms, text in named["terms"]
    ]
    glossary = home.add_child(instance=GlossaryPage(**{**named, "terms": terms}, live=False))
    return [section, project, glossary]


def sections() -> list[tuple[str, Any]]:
    """The first page as this town has arranged it."""
    asked = [ServicePage.objects.get(slug=slug) for slug in words_of_home.ASKED]
    topics = [
        *StandardPage.objects.filter(slug__in=words_of_home.TOPICS),
        *SectionPage.objects.filter(slug__in=words_of_home.TOPICS),
        *ProjectPage.objects.filter(slug__in=words_of_home.TOPICS),
    ]
    topics.sort(key=lambda page: words_of_home.TOPICS.index(page.slug))
    topics += MemberSitePage.objects.order_by("slug")
    return [
        ("notice", None),
        ("welcome", {"search": True}),
        ("lead", None),
        ("quick", None),
        ("news", {"heading": "", "count": "6"}),
        ("services", {"heading": "", "pages": asked}),
        ("blog", {"heading": "", "count": "2"}),
        ("topics", {"heading": words_of_home.TOPICS_TITLE, "pages": topics}),
        ("reach", None),
    ]


def _film() -> dict[str, Any]:
    """The film over the plan, with captions and words."""
    given = words.FILM
    film = TownDocument.take(
        (FILMS / "spielplatz.mp4").read_bytes(), filename="spielplatz.mp4", title=given["title"]
    )
    captions = TownDocument.take(
        given["captions"].encode(), filename="spielplatz.vtt", title=f"Untertitel: {given['title']}"
    )
    return {
        "title": given["title"],
        "document": film,
        "captions": captions,
        "transcript": RichText(given["transcript"]),
        "address": "",
        "poster": image("spielplatz.jpg"),
    }


def service(place: ServiceIndexPage, entry: dict[str, Any]) -> ServicePage:
    """A service as a draft."""
    page: ServicePage = place.add_child(instance=ServicePage(**entry, live=False))
    page.save_revision()
    return page


def message(news: NewsIndexPage, entry: dict[str, Any]) -> MessagePage:
    """A message as a draft, with what the editor chose for its channels."""
    state = entry.get("state", {})
    day = entry.get("dated") or (state.get("send_at") if state.get("name") == "delivered" else None)
    texts = entry.get("channels", {})
    page: MessagePage = news.add_child(
        instance=MessagePage(
            title=entry["title"],
            slug=_slug(entry, news),
            teaser=entry["teaser"],
            body=body(entry["blocks"]),
            category=Category.objects.get(slug=entry["category"]),
            place=entry.get("place") or "",
            valid_from=entry.get("valid_from") or "",
            valid_until=entry.get("valid_until") or "",
            language=entry.get("language", "de"),
            hashtags=" ".join(entry.get("hashtags", [])),
            dated=date.fromisoformat(day[:10]) if day else None,
            wish_at=_wish(state),
            note=entry.get("editor_note", ""),
            press=entry.get("key") in RELEASES,
            channel_plan={
                key: {
                    "on": key != "newsletter" or entry.get("key") in {None, "weide-steigt"} or not day,
                    "text": text,
                }
                for key, text in texts.items()
            },
            **hero(entry.get("hero")),
            live=False,
        )
    )
    if page.place.endswith(steinbach.PLACE):
        page.also_on.set(MemberSitePage.objects.filter(slug=steinbach.SITE["slug"]))
    page.save_revision()
    return page


def _wish(state: dict[str, Any]) -> str:
    wish = state.get("send_at") if state.get("name") == "scheduled" else state.get("release_by")
    if not wish:
        return ""
    return wish[:16] if clock.resolve_wall(clock.parse_wall(wish[:16])) > clock.now() else ""


def _slug(entry: dict[str, Any], news: NewsIndexPage) -> str:
    base: str = slugify(entry["title"].translate(_UMLAUTS))[:60].strip("-")
    taken = set(
        MessagePage.objects.child_of(news).filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
