"""People who work in the desk: making accounts, giving and taking roles, ending an account."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.actions import Action, Role
from stadtnah.kernel.access.events import end_sessions
from stadtnah.kernel.access.models import Mandate, Membership
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity import invitation
from stadtnah.kernel.identity.models import User

_NAME, _POSITION, _MAIL = 120, 120, 254
_AGENCY = "Eine Person einer Agentur bekommt keine Rolle. Sie arbeitet mit einer Vollmacht und gibt nie frei."


class PersonWrong(ValueError):
    """Something about the person cannot be kept. `problems`: field name to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def add_person(
    email: str, name: str, kind: str, *, by: User | None, position: str = "", roles: Iterable[Role] = ()
) -> User:
    """An account without a password; `invite` sends the link that sets one. kind: "municipality" or "agency".

    `by` is None only while a cell is set up. Raises PermissionDenied, PersonWrong.
    """
    if by is not None:
        access.require(by, Action.PEOPLE_MANAGE)
    wanted = sorted(set(roles))
    email = email.strip().lower()
    problems = _name_problems(name, position) | _mail_problems(email)
    if kind not in set(User.Kind):
        problems["kind"] = "Bitte wählen Sie, ob die Person zur Kommune oder zu einer Agentur gehört."
    elif kind == User.Kind.AGENCY and wanted:
        problems["roles"] = _AGENCY
    if problems:
        raise PersonWrong(problems)
    with transaction.atomic():
        user = User.objects.create_user(email, None, name=name.strip(), position=position.strip(), kind=kind)
        audit.record("person.added", actor=by, subject=f"user:{user.pk}", data={"kind": kind})
        for role in wanted:
            access.grant_role(user, role, by=by)
    return user


def change_person(user: User, name: str, position: str, roles: Iterable[Role], *, by: User) -> None:
    """Name, position, and exactly these roles. Nobody takes the administration from themselves, so one always remains.

    Raises PermissionDenied, PersonWrong.
    """
    access.require(by, Action.PEOPLE_MANAGE)
    wanted = {role.value for role in roles}
    have = set(user.memberships.values_list("role", flat=True))
    problems = _name_problems(name, position)
    if wanted and user.kind == User.Kind.AGENCY:
        problems["roles"] = _AGENCY
    elif user.pk == by.pk and Role.ADMIN.value in have - wanted:
        problems["roles"] = (
            "Ihre eigene Verwaltung des Systems können Sie nicht abgeben. Bitten Sie eine andere Person darum."
        )
    if problems:
        raise PersonWrong(problems)
    with transaction.atomic():
        if (user.name, user.position) != (name.strip(), position.strip()):
            user.name, user.position = name.strip(), position.strip()
            user.save(update_fields=["name", "position"])
            audit.record("person.changed", actor=by, subject=f"user:{user.pk}")
        for role in sorted(have - wanted):
            revoke_role(user, Role(role), by=by)
        for role in sorted(wanted - have):
            access.grant_role(user, Role(role), by=by)


def revoke_role(user: User, role: Role, *, by: User) -> None:
    """Takes a role away; it holds from the next request on. Raises PermissionDenied."""
    access.require(by, Action.PEOPLE_MANAGE)
    with transaction.atomic():
        gone, _ = Membership.objects.filter(user=user, role=role.value).delete()
        if gone:
            audit.record("role.revoked", actor=by, subject=f"user:{user.pk}", data={"role": role.value})


def deactivate(user: User, *, by: User) -> None:
    """No sign-in any more, at once; mandates end with it, and every link that sets a password is void.

    Raises PermissionDenied, PersonWrong for oneself.
    """
    access.require(by, Action.PEOPLE_MANAGE)
    if user.pk == by.pk:
        raise PersonWrong(
            {"person": "Ihr eigenes Konto kann nur eine andere Person der Verwaltung schließen."}
        )
    with transaction.atomic():
        for mandate in Mandate.objects.filter(user=user, ended_at=None):
            access.end_mandate(mandate, by=by)
        user.is_active = False
        user.set_unusable_password()  # the links are made of it
        user.save(update_fields=["is_active", "password"])
        end_sessions(user)
        audit.record("person.deactivated", actor=by, subject=f"user:{user.pk}")


def activate(user: User, *, by: User) -> None:
    """May have a new password (`invite`), with the roles held before; mandates stay ended. Raises PermissionDenied."""
    access.require(by, Action.PEOPLE_MANAGE)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        audit.record("person.activated", actor=by, subject=f"user:{user.pk}")


def invite(user: User, *, by: User | None) -> None:
    """Sends the link that sets a password. Raises PermissionDenied, PersonWrong when it cannot go out."""
    if by is not None:
        access.require(by, Action.PEOPLE_MANAGE)
    if not user.is_active:
        raise PersonWrong({"person": "Das Konto ist geschlossen. Bitte öffnen Sie es zuerst wieder."})
    try:
        invitation.send(user)
    except OSError as problem:  # SMTPException is one
        raise PersonWrong(
            {
                "person": f"Die E-Mail an {user.email} ging nicht hinaus. Bitte versuchen Sie es später noch einmal."
            }
        ) from problem
    audit.record("person.invited", actor=by, subject=f"user:{user.pk}")


def _name_problems(name: str, position: str) -> dict[str, str]:
    problems = {}
    if not name.strip():
        problems["name"] = "Bitte geben Sie den Namen an."
    elif len(name.strip()) > _NAME:
        problems["name"] = f"Der Name ist zu lang; möglich sind {_NAME} Zeichen."
    if len(position.strip()) > _POSITION:
        problems["position"] = f"Die Funktion ist zu lang; möglich sind {_POSITION} Zeichen."
    return problems


def _mail_problems(email: str) -> dict[str, str]:
    if not email:
        return {"email": "Bitte geben Sie die E-Mail-Adresse an."}
    try:
        validate_email(email)
    except ValidationError:
        return {"email": "Das ist keine E-Mail-Adresse. Bitte geben Sie sie so an: name@kommune.example"}
    if len(email) > _MAIL:
        return {"email": f"Die E-Mail-Adresse ist zu lang; möglich sind {_MAIL} Zeichen."}
    if User.objects.filter(email=email).exists():
        return {"email": "Mit dieser E-Mail-Adresse gibt es schon ein Konto."}
    return {}
