"""What a new municipality still has to set up, for those who administer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action, Role
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as towns
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.site import has_newsletter

_LEGAL: Final = {"impressum", "datenschutz", "barrierefreiheit"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: what, why, where."""

    title: str
    text: str
    address: str
    done: bool


def left(user: User) -> tuple[Step, ...]:
    """Every step with its state; empty for those who do not administer, and once all is done."""
    if not access.can(user, Action.PEOPLE_MANAGE):
        return ()
    steps = _steps()
    return () if all(step.done for step in steps) else steps


def _steps() -> tuple[Step, ...]:
    town = towns.town()
    paths = set(
        ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE, kind="page").values_list("path", flat=True)
    )
    legal = {path.strip("/").split("/")[-1] for path in paths}
    return (
        Step(
            "Personen anlegen",
            "Mindestens eine, die schreibt, und eine andere, die freigibt, am besten auch eine Vertretung.",
            reverse("desk_people"),
            bool(access.holders(Role.APPROVER)),
        ),
        Step(
            "Angaben der Kommune ergänzen",
            "Anschrift, Telefon, Öffnungszeiten, Farben und Wappen stehen auf jeder Seite.",
            reverse("desk_town"),
            bool(town.street and town.mail),
        ),
        Step(
            "Newsletter und soziale Netze einrichten",
            "Website und Feeds sind schon da.",
            reverse("desk_channels"),
            has_newsletter(),
        ),
        Step(
            "Impressum, Datenschutz und Barrierefreiheit veröffentlichen",
            "Die drei Seiten sind Pflicht. Entwürfe dafür erzeugt das System; die Redaktion ergänzt, was nur die Kommune weiß.",
            reverse("desk_legal"),
            legal >= _LEGAL,
        ),
    )
