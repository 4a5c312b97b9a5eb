"""Services and their list from A to Z, as kinds of pages."""

from __future__ import annotations

from typing import Any

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import kinds, service_list, services
from stadtnah.surfaces.website.kinds import Kind, Sheet
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.services import ServiceIndexPage, ServicePage
from stadtnah.surfaces.website.snapshot import common, text_of


def _service(page: ServicePage) -> Content:
    said = text_of(page)
    said["blocks"] += services.sections(page)
    extra: dict[str, Any] = {"kind": "service", "details": services.details(page)}
    if page.office:
        extra["office"] = page.office.object_key
    return Content(**common(page, extra), **said)


def _show_service(content: Content, row: ReleasedPage | None) -> Sheet:
    key = str(content.extra.get("office", ""))
    found = view.offices([key]) if key else {}
    uses = view.uses(found.values()) if found else frozenset({key} - {""})
    return Sheet("website/service.html", {"row": row, "content": content, "office": found.get(key)}, uses)


def _lists(row: ReleasedPage) -> set[str]:
    """The list from A to Z, and that of its office."""
    office = row.content["extra"].get("office", "")
    return {service_list.USE} | ({service_list.of_office(office)} if office else set())


def _services(page: ServiceIndexPage) -> Content:
    extra = {"kind": "services", "menu": "main", "menu_order": services.MENU_ORDER}
    return Content(**common(page, extra), teaser=page.intro.strip())


def _show_services(content: Content | None, _row: ReleasedPage | None) -> Sheet:
    context = {"content": content, "letters": service_list.letters()}
    return Sheet("website/services.html", context, frozenset({service_list.USE}))


def _at(path: str) -> Sheet | None:
    return _show_services(None, None) if path == services.PATH and service_list.has_any() else None


kinds.register(
    Kind(
        key="service",
        reviewed=12,
        page=ServicePage,
        content=_service,
        show=_show_service,
        lists=_lists,
        many=True,
        facet="service",
    )
)
kinds.register(
    Kind(
        key="services",
        reviewed=24,
        page=ServiceIndexPage,
        content=_services,
        show=_show_services,
        lists=lambda _row: {"menu"},
        paths=service_list.paths,
        at=_at,
        menu=True,
        searched=False,
    )
)
