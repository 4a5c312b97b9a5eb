"""What the municipality says about itself: name, address, opening hours, colours and arms.

They stand on every page, so they go the way of a message: laid before the municipality, released, then public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from stadtnah.kernel import media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as towns
from stadtnah.kernel.town.api import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing import signs
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import fact_rules, publish, standing
from stadtnah.surfaces.website.checking import check_context

TEXTS: Final = (
    "name",
    "short_name",
    "street",
    "postcode",
    "phone",
    "mail",
    "colour",
    "accent",
)
TITLE: Final = "Angaben der Kommune"
# One cell, one town: the key is the same everywhere.
KEY: Final = UUID("00000000-0000-4000-8000-000000000001")
OBJECT_KEY: Final = f"town:{KEY}"
_FACTS: Final = (*TEXTS, "opening_hours", "arms_sha256")
_SHOWN: Final = (
    ("name", "Name"),
    ("short_name", "Kurzname"),
    ("street", "Straße und Hausnummer"),
    ("postcode", "Postleitzahl"),
    ("phone", "Telefon"),
    ("mail", "E-Mail"),
    ("colour", "Farbe"),
    ("accent", "Zweitfarbe"),
)


class TownWrong(ValueError):
    """What was given cannot be kept. `problems`: field name to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def propose(
    values: Mapping[str, str], arms: tuple[str, bytes] | None, *, without_arms: bool, by: User
) -> publishing.ReleaseRequest | None:
    """Lays the facts (`TEXTS` and "hours", a line per day) and the arms (file name, bytes) before the municipality.

    None when they are as the public sees them; what was proposed before is then taken back. Raises TownWrong with
    every problem at once, PermissionDenied, and NotAccepted when nobody could release them.
    """
    access.require(by, Action.TOWN_EDIT)
    cleaned = {name: " ".join(signs.plain(values.get(name, "")).split()) for name in TEXTS}
    problems = {name: problem for name in TEXTS if (problem := fact_rules.problem(name, cleaned[name]))}
    hours, wrong_hours = fact_rules.hours(signs.plain(values.get("hours", "")))
    if wrong_hours:
        problems["hours"] = wrong_hours
    digest = ""
    try:
        digest = media.ingest(arms[1], filename=arms[0]).sha256 if arms and not problems else ""
    except media.MediaError as problem:
        problems["arms"] = str(problem)
    if problems:
        raise TownWrong(problems)
    kept = "" if without_arms else str(proposed()["arms_sha256"])
    new = {**cleaned, "opening_hours": hours, "arms_sha256": digest or kept}
    if new == facts(towns.town()) and scheduled() is None:
        publishing.take_back(OBJECT_KEY, by=by)
        return None
    made = content(new)
    context = check_context(about=made)
    return publishing.submit(made, {}, by=by, context=context, writers=_writers(new))


def _writers(new: Mapping[str, Any]) -> set[User]:
    """Who proposed, since the last release, what is still in it: the form starts from what waits."""
    public = facts(towns.town())
    requests = publishing.ReleaseRequest.objects.filter(
        object_key=OBJECT_KEY, submitted_at__gt=publishing.released_at(OBJECT_KEY)
    )
    found: set[User] = set()
    for request in requests.select_related("snapshot", "submitted_by"):
        theirs = publishing.content_of(request.snapshot).extra["facts"]
        if any(new[name] == theirs[name] != public[name] for name in _FACTS):
            found.add(request.submitted_by)
    return found


def facts(town: Town) -> dict[str, Any]:
    """What the public sees."""
    return {name: getattr(town, name) for name in _FACTS}


def public_content() -> Content:
    """What the public sees, as content: what a proposal is compared with."""
    return content(facts(towns.town()))


def waiting() -> publishing.ReleaseRequest | None:
    """The proposal that waits for the municipality."""
    return publishing.ReleaseRequest.objects.filter(object_key=OBJECT_KEY, state="open").first()


def scheduled() -> publishing.Dispatch | None:
    """What is released and waits for its time, unless somebody stopped it; another release takes its place."""
    rows = publishing.Dispatch.objects.filter(object_key=OBJECT_KEY, state="waiting")
    return (
        rows.exclude(publishing.halted("pk")).select_related("approval__snapshot").order_by("-due_at").first()
    )


def proposed() -> dict[str, Any]:
    """What waits for the municipality, else for its time, else what the public sees: from there somebody goes on."""
    row, later = waiting(), scheduled()
    snapshot = row.snapshot if row else later.approval.snapshot if later else None
    found = publishing.content_of(snapshot).extra["facts"] if snapshot else facts(towns.town())
    return dict(found)


def content(values: Mapping[str, Any]) -> Content:
    """The facts as a text that is read and released like any other."""
    rows = tuple((label, str(values[name])) for name, label in _SHOWN if values[name])
    hours = tuple((day, when) for day, when in values["opening_hours"])
    blocks = [Block("contact", rows=rows)]
    if hours:
        blocks += [Block("heading", title="Öffnungszeiten"), Block("contact", rows=hours)]
    if arms := str(values["arms_sha256"]):
        blocks += [Block("heading", title="Wappen"), Block("picture", picture=_picture(arms))]
    return Content(
        object_key=OBJECT_KEY,
        title=TITLE,
        teaser="Sie stehen auf jeder Seite der Website.",
        path="/",
        link=f"{towns.base_url()}/",
        blocks=tuple(blocks),
        extra={"kind": "town", "facts": dict(values)},
    )


def _picture(sha256: str) -> Picture:
    found = media.info(sha256)
    return Picture(sha256, found.mime, found.width, found.height, alt="Wappen")


def shows(digest: str) -> bool:
    """Whether the public sees the facts of this release."""
    return bool(towns.town().extra.get("released") == digest)


def put_live(content: Content, digest: str) -> None:
    """Makes released facts public; the pages follow in seconds. Doing it again changes nothing. Raises Halted."""
    new, found = content.extra["facts"], towns.town()
    changed = sorted(name for name in _FACTS if getattr(found, name) != new[name])
    with transaction.atomic():
        publishing.about_to_show(digest)
        kept = {name: new[name] for name in _FACTS}
        Town.objects.update_or_create(id=1, defaults={**kept, "extra": {**found.extra, "released": digest}})
        if changed:
            publish.mark("town")
            audit.record("town.changed", subject=OBJECT_KEY, data={"fields": changed, "digest": digest})


standing.register(
    standing.Standing(
        object_key=OBJECT_KEY,
        title=TITLE,
        slug="angaben-der-kommune",
        screen="desk_town",
        right=Action.TOWN_EDIT,
        public=public_content,
        put_live=put_live,
        shows=shows,
    )
)
