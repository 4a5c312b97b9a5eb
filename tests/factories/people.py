"""People with their roles, named as in every test: Freya releases, Viktor stands in, Ada writes, Agnes is the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Agency, Mandate, Membership
from stadtnah.kernel.identity.models import User

PASSWORD = "ein-langes-kennwort"


@dataclass
class Cast:
    """Everybody."""

    freya: User  # approver
    viktor: User  # deputy
    ada: User  # author of the municipality
    agnes: User  # agency, mandate active
    aaron: User  # agency, mandate ended
    clara: User  # clerk
    doris: User  # data protection officer
    anton: User  # administrator
    charlie: User  # no role at all


def person(name: str, *, kind: str = "municipality", roles: tuple[str, ...] = ()) -> User:
    """An account that can sign in with PASSWORD."""
    user = User.objects.create_user(f"{name.lower()}@stadt.example", PASSWORD, name=name, kind=kind)
    for role in roles:
        Membership.objects.create(user=user, role=role)
    return user


def cast() -> Cast:
    """All people, with a running and an ended mandate."""
    freya = person("Freya", roles=("approver",))
    people = Cast(
        freya=freya,
        viktor=person("Viktor", roles=("deputy",)),
        ada=person("Ada", roles=("author",)),
        agnes=person("Agnes", kind="agency"),
        aaron=person("Aaron", kind="agency"),
        clara=person("Clara", roles=("clerk",)),
        doris=person("Doris", roles=("dsb",)),
        anton=person("Anton", roles=("admin",)),
        charlie=person("Charlie"),
    )
    agency = Agency.objects.create(name="Agentur Muster")
    now = clock.now()
    scopes = ["import", "report", "write"]
    Mandate.objects.create(
        agency=agency, user=people.agnes, scopes=scopes, starts_at=now - timedelta(days=9), granted_by=freya
    )
    Mandate.objects.create(
        agency=agency,
        user=people.aaron,
        scopes=scopes,
        starts_at=now - timedelta(days=9),
        ended_at=now - timedelta(days=1),
        swept_at=now,
        granted_by=freya,
    )
    return people
