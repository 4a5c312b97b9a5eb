"""Streets and days of collection on their way: laid before the municipality, released, public."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import counted
from stadtnah.kernel.town import api as towns
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Block, Content
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.api import Area, Plan
from stadtnah.surfaces.website import publish, standing
from stadtnah.surfaces.website.checking import check_context

TITLE: Final = "Abfuhrkalender und Straßen"
KEY: Final = UUID("00000000-0000-4000-8000-000000000003")
OBJECT_KEY: Final = f"waste:{KEY}"
USE: Final = "waste-plan"  # what every page uses that is made of it
_DAYS: Final = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
_LONGEST_NOTE: Final = 2000


def propose(*, by: User, note: str = "") -> publishing.ReleaseRequest | None:
    """Lays it before the municipality; None when it is as the public sees it.

    What changes is said in the note, before whatever `note` says. Raises PermissionDenied, and NotAccepted when nobody could release it.
    """
    access.require(by, Action.MESSAGE_SUBMIT)
    new, public = streets.wanted(), streets.released()
    if new == public:
        publishing.take_back(OBJECT_KEY, by=by)
        return None
    made = content(new)
    said = "\n".join(filter(None, [*summary(public, new), note]))[:_LONGEST_NOTE]
    return publishing.submit(
        made, {}, by=by, context=check_context(about=made), note=said, writers=streets.writers()
    )


def summary(before: Plan, after: Plan) -> list[str]:
    """What changes, in sentences."""
    old, found = {area.code: area for area in before.areas}, []
    for area in after.areas:
        was = old.pop(area.code, None)
        change = streets.compare(was.collections if was else (), area.collections)
        parts = [
            counted(len(change.new), "neuer Termin", "neue Termine") if change.new else "",
            counted(len(change.moved), "verschobener", "verschobene") if change.moved else "",
            counted(len(change.gone), "entfallener", "entfallene") if change.gone else "",
        ]
        if any(parts):
            found.append(f"{area.name}: {', '.join(filter(None, parts))}.")
    found += [f"{area.name} fällt weg." for area in old.values()]
    came = [street.said for street in after.streets if street not in before.streets]
    went = [street.said for street in before.streets if street not in after.streets]
    for label, names in (("Neu oder geändert", came), ("Vorher", went)):
        if names:
            more = f" und {len(names) - 5} weitere" if len(names) > 5 else ""  # noqa: PLR2004 - a line
            found.append(f"Straßen, {label.lower()}: {', '.join(names[:5])}{more}.")
    if before.kinds and before.kinds != after.kinds:
        found.append("Namen oder Hinweise zu den Abfallarten sind geändert.")
    return found


def waiting() -> publishing.ReleaseRequest | None:
    """What waits for the municipality."""
    return publishing.ReleaseRequest.objects.filter(object_key=OBJECT_KEY, state="open").first()


def laid_before() -> bool:
    """Whether what waits is what is wanted now."""
    row = waiting()
    return row is not None and publishing.content_of(row.snapshot) == content(streets.wanted())


def public_content() -> Content:
    """What the public sees, as content: what a proposal is compared with."""
    return content(streets.released())


def content(plan: Plan) -> Content:
    """All of it as a text that is read and released like any other."""
    names = {area.code: area.name for area in plan.areas}
    kinds = {kind.key: kind.name for kind in plan.kinds}
    blocks: list[Block] = []
    for area in plan.areas:
        blocks.append(Block("heading", title=f"{area.name} (Adresse: {area.code})"))
        if area.collections:
            blocks.append(Block("table", title=f"Abfuhrtermine {area.name}", rows=_months(area, kinds)))
    if plan.streets:
        rows = [
            (street.name, street.district, one.said or "ganze Straße", names.get(one.area, one.area))
            for street in plan.streets
            for one in street.stretches
        ]
        head = ("Straße", "Ortsteil", "Hausnummern", "Abfuhrbezirk")
        blocks += [
            Block("heading", title="Straßen"),
            Block("table", title="Straße und Abfuhrbezirk", rows=(head, *rows)),
        ]
    if plan.kinds:
        words = [(kind.name, kind.advice or "–") for kind in plan.kinds]
        blocks += [
            Block("heading", title="Was zu tun ist"),
            Block("table", title="Abfallarten", rows=(("Art", "Hinweis"), *words)),
        ]
    return Content(
        object_key=OBJECT_KEY,
        title=TITLE,
        teaser="Welche Abfälle in welcher Straße wann abgeholt werden.",
        path="/meine-strasse/",
        link=f"{towns.base_url()}/meine-strasse/",
        blocks=tuple(blocks),
        extra={"kind": "waste", "waste": plan.to_json()},
    )


def _months(area: Area, kinds: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    rows = [("Monat", "Termine")]
    for (year, month), several in groupby(area.collections, key=lambda one: (one.day.year, one.day.month)):
        said = []
        for day, ones in groupby(several, key=lambda one: one.day):
            what = ", ".join(kinds.get(one.kind, one.kind) for one in ones)
            said.append(f"{day.day}. ({_DAYS[day.weekday()]}) {what}")
        rows.append((f"{clock.GERMAN_MONTHS[month - 1]} {year}", "; ".join(said)))
    return tuple(rows)


def put_live(released: Content, digest: str) -> None:
    """Makes the released plan public; pages follow in seconds. Doing it again changes nothing. Raises Halted."""
    data: dict[str, Any] = released.extra["waste"]
    new = Plan.from_json(data)
    with transaction.atomic():
        publishing.about_to_show(digest)
        old = streets.released()
        streets.set_released(new, digest)
        if new != old:
            publish.mark(USE)
            audit.record(
                "waste.changed", subject=OBJECT_KEY, data={"number": len(summary(old, new)), "digest": digest}
            )


standing.register(
    standing.Standing(
        object_key=OBJECT_KEY,
        title=TITLE,
        slug="abfuhrkalender",
        screen="desk_waste",
        right=Action.MESSAGE_SUBMIT,
        public=public_content,
        put_live=put_live,
        shows=streets.shows,
    )
)
