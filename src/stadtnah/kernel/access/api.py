"""The one place where rights are decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404

from stadtnah.kernel import clock
from stadtnah.kernel.access.actions import MUNICIPALITY_ONLY, ROLE_ACTIONS, SCOPE_ACTIONS, Action, Role, Scope
from stadtnah.kernel.access.models import Absence, Agency, Mandate, Membership
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User

M = TypeVar("M", bound=models.Model)

__all__ = [
    "Action",
    "Agency",
    "Role",
    "Scope",
    "absent",
    "access_object",
    "acting_agencies",
    "actions_of",
    "active_mandates",
    "agency_named",
    "approvers_to_ask",
    "can",
    "due_mandates",
    "end_mandate",
    "grant_mandate",
    "grant_role",
    "holders",
    "is_municipal",
    "require",
    "roles_of",
]


def is_municipal(user: User | AnonymousUser | None) -> bool:
    """Whether this is an active person of the municipality."""
    return isinstance(user, User) and user.is_active and user.kind == User.Kind.MUNICIPALITY


def roles_of(user: User) -> frozenset[Role]:
    """The roles held; none for anyone who is not an active person of the municipality."""
    if not is_municipal(user):
        return frozenset()
    return frozenset(Role(m.role) for m in user.memberships.all())


def _running() -> Q:
    now = clock.now()
    return Q(starts_at__lte=now, ended_at__isnull=True) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def active_mandates(user: User) -> list[Mandate]:
    """The mandates under which an agency's person may act now."""
    if not user.is_active or user.kind != User.Kind.AGENCY:
        return []
    return list(Mandate.objects.filter(_running(), user=user).select_related("agency"))


def acting_agencies() -> list[str]:
    """The names of agencies of which somebody may act now."""
    running = Mandate.objects.filter(_running())
    return sorted(set(running.values_list("agency__name", flat=True)))


def actions_of(user: User | AnonymousUser | None) -> frozenset[Action]:
    """Everything this person may do now. Default deny."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found: set[Action] = set()
    for role in roles_of(user):
        found |= ROLE_ACTIONS[role]
    for mandate in active_mandates(user):
        for scope in mandate.scopes:
            found |= SCOPE_ACTIONS[Scope(scope)] if scope in set(Scope) else frozenset()
    if user.kind == User.Kind.AGENCY:
        found -= MUNICIPALITY_ONLY
    return frozenset(found)


def can(user: User | AnonymousUser | None, action: Action) -> bool:
    """Whether the person may do this now."""
    return action in actions_of(user)


def require(user: User | AnonymousUser | None, action: Action) -> User:
    """The person, when the action is allowed; else PermissionDenied."""
    if not isinstance(user, User) or not can(user, action):
        raise PermissionDenied(f"Dafür fehlt Ihnen die Berechtigung ({action.value}).")
    return user


def access_object(
    queryset: models.QuerySet[M], user: User | AnonymousUser | None, see: Action, **key: object
) -> M:
    """The row, if it exists and the person may know of it. Unknown = 404, before forbidden = 403."""
    if not can(user, see):
        raise Http404
    row = queryset.filter(**key).first()
    if row is None:
        raise Http404
    return row


def holders(*roles: Role) -> list[User]:
    """Active people of the municipality who hold one of the roles, by name."""
    return list(
        User.objects.filter(
            is_active=True, kind=User.Kind.MUNICIPALITY, memberships__role__in=[r.value for r in roles]
        )
        .distinct()
        .order_by("name")
    )


def absent(user: User, at: datetime | None = None) -> bool:
    """Whether the person has said to be away at that time."""
    moment = at or clock.now()
    return Absence.objects.filter(user=user, starts_at__lte=moment, ends_at__gt=moment).exists()


def approvers_to_ask(
    *, escalated: bool = False, without: Iterable[User] = (), at: datetime | None = None
) -> list[User]:
    """Who gets the mail: the approvers present (now, or `at`); the deputies when none is, or when time runs out."""
    left_out = {user.pk for user in without}
    present = [u for u in holders(Role.APPROVER) if u.pk not in left_out and not absent(u, at)]
    if present and not escalated:
        return present
    deputies = [u for u in holders(Role.DEPUTY) if u.pk not in left_out and not absent(u, at)]
    return present + [u for u in deputies if u not in present] or [
        u for u in holders(Role.APPROVER, Role.DEPUTY) if u.pk not in left_out
    ]


def stand_ins(absence: Absence) -> list[User]:
    """Who is asked when this absence begins; empty when everybody who could is away as well."""
    asked = approvers_to_ask(without=[absence.user], at=absence.starts_at)
    return [user for user in asked if not absent(user, absence.starts_at)]


def who_gave_the_last_word(user: User) -> set[str]:
    """The ids of those who gave this person a role that may release and is still held; the log knows them.

    Of a role that was taken away and given anew, whoever gave it last.
    """
    roles = {role.value for role in roles_of(user) & {Role.APPROVER, Role.DEPUTY}}
    if not roles:
        return set()
    given = audit.of_subject(f"user:{user.pk}", "role.granted")
    last = {role: entry.actor for entry in given if (role := entry.data.get("role")) in roles}
    return {actor.removeprefix("user:") for actor in last.values()} - {"", "system"}


def grant_role(user: User, role: Role, *, by: User | None) -> Membership:
    """Gives a role to a person of the municipality. `by` is None only while a cell is set up. ValueError for an agency's."""
    if by is not None:
        require(by, Action.PEOPLE_MANAGE)
    if user.kind != User.Kind.MUNICIPALITY:  # the database refuses it as well
        raise ValueError("Eine Person einer Agentur bekommt keine Rolle.")
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(user=user, role=role.value)
        if made:
            audit.record("role.granted", actor=by, subject=f"user:{user.pk}", data={"role": role.value})
    return membership


def agency_named(name: str, *, by: User) -> Agency:
    """The agency of this name, made when there is none yet. Raises PermissionDenied."""
    require(by, Action.MANDATES_MANAGE)
    with transaction.atomic():
        agency, made = Agency.objects.get_or_create(name=" ".join(name.split()))
        if made:
            audit.record("agency.added", actor=by, subject=f"agency:{agency.pk}")
    return agency


def grant_mandate(
    agency: Agency,
    user: User,
    scopes: Iterable[Scope],
    *,
    by: User,
    starts_at: datetime,
    ends_at: datetime | None,
) -> Mandate:
    """The municipality lets a person of the agency act. Raises PermissionDenied, ValueError for a municipal person."""
    require(by, Action.MANDATES_MANAGE)
    if user.kind != User.Kind.AGENCY:
        raise ValueError("Eine Vollmacht gilt für Personen einer Agentur.")
    if ends_at is not None and ends_at <= starts_at:
        raise ValueError("Die Vollmacht endet, bevor sie beginnt.")
    with transaction.atomic():
        mandate = Mandate.objects.create(
            agency=agency,
            user=user,
            scopes=sorted({Scope(s).value for s in scopes}),
            starts_at=starts_at,
            ends_at=ends_at,
            granted_by=by,
        )
        audit.record(
            "mandate.granted",
            actor=by,
            subject=f"mandate:{mandate.pk}",
            data={"scopes": list(mandate.scopes)},
        )
    return mandate


def end_mandate(mandate: Mandate, *, by: User) -> None:
    """Ends it at once. Sessions and plans go with it: who listens to `mandate_ended` sees to that."""
    from stadtnah.kernel.access.events import sweep  # noqa: PLC0415 - sweep imports this module

    require(by, Action.MANDATES_MANAGE)
    with transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True).update(ended_at=clock.now(), ended_by=by)
        audit.record("mandate.ended", actor=by, subject=f"mandate:{mandate.pk}")
        sweep()


def due_mandates() -> list[Mandate]:
    """Mandates that ran out or were ended and whose sessions and plans have not been ended yet."""
    now = clock.now()
    over = Q(ended_at__isnull=False) | Q(ends_at__lte=now)
    return list(Mandate.objects.filter(over, swept_at__isnull=True).select_related("user"))
