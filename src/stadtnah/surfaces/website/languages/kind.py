"""A version in another language, as a kind of page. It is baked together with its German page (`versions.sheets`)."""

from __future__ import annotations

from typing import Any

from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, members
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.released import ReleasedPage


def _content(page: VersionPage) -> Content:
    german = page.german
    said = texts.translated(german, page.texts)
    path = page.public_path()
    extra: dict[str, Any] = {
        name: said["extra"][name]
        for name in ("notice_title", "notice_html", "quick_links")
        if name in said["extra"]
    }
    extra |= {
        "kind": versions.KIND,
        "of": page.original,
        "as": german["extra"].get("kind", "message"),
        "basis": texts.fingerprint(german),
        "details": [
            *texts.about(page.tongue.label, german["title"]),
            *texts.headings(german, said),
            *said["extra"].get("details", []),
        ],
    }
    if left := len(page.open_texts()):
        extra["open"] = left
    return Content.from_json(
        {
            **said,
            "object_key": page.object_key,
            "path": path,
            "link": base_url() + path,
            "language": page.tag,
            "valid_from": None,
            "valid_until": None,
            "dated": None,
            "hashtags": [],
            "extra": extra,
        }
    )


def _show(content: Content, row: ReleasedPage | None) -> Sheet:
    del row  # a released version is shown by `versions.sheets`
    return kinds.show(versions.preview(content))


def _lists(row: ReleasedPage) -> set[str]:
    easy_home = {"menu"} if versions.is_easy_home(row) else set()
    return {versions.use(row.original)} | easy_home | _menus(row)


def _menus(row: ReleasedPage) -> set[str]:
    """The menus in which the German page stands: readers of this language find this one there."""
    german = ReleasedPage.objects.filter(pk=row.original).first()
    if german is None:
        return set()
    return kinds.KINDS[german.kind].lists(german) & {"menu", members.mark_of(german.path)}


kinds.register(
    Kind(
        key=versions.KIND,
        page=VersionPage,
        content=_content,
        show=_show,
        lists=_lists,
        place=lambda row: f"{row.path} {row.content['title']}",  # menus show its title
        addressed=lambda _row: False,  # it stands beside its German page in the list for search engines
        many=True,
    )
)
