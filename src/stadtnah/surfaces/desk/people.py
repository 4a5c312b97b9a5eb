"""Who may work in the desk. Rules and audit are kernel.access's; here are only forms and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access import people
from stadtnah.kernel.access.actions import ROLE_LABELS
from stadtnah.kernel.access.api import Action, Role
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk.forms import Field

_ERASED = "@geloescht.invalid"
_LONGEST = 300
_KINDS = (("", "Bitte wählen"), *((kind.value, str(kind.label)) for kind in User.Kind))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, the municipality first."""
    rows = [_row(user) for user in _everybody().prefetch_related("memberships", "mandates")]
    groups = [
        ("Kommune", [row for row in rows if row["user"].kind == User.Kind.MUNICIPALITY]),
        ("Agenturen", [row for row in rows if row["user"].kind == User.Kind.AGENCY]),
    ]
    return render(request, "desk/people.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new account; the person gets a mail with a link that sets the password."""
    by = access.require(request.user, Action.PEOPLE_MANAGE)
    if request.method != "POST":
        return _show(request, {}, frozenset(), {}, None)
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in ("name", "email", "position", "kind")}
    chosen = frozenset(request.POST.getlist("roles"))
    try:
        user = people.add_person(
            typed["email"],
            typed["name"],
            typed["kind"],
            by=by,
            position=typed["position"],
            roles=_roles(chosen),
        )
    except people.PersonWrong as wrong:
        return _show(request, typed, chosen, wrong.problems, None)
    _invite(request, user, by)
    if user.kind == User.Kind.AGENCY:
        messages.info(request, f"{user.name} kann erst mit einer Vollmacht arbeiten.")
    return redirect("desk_people")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Name, position and roles of a person; what else can be done with the account."""
    by = access.require(request.user, Action.PEOPLE_MANAGE)
    user = get_object_or_404(_everybody(), pk=user_id)
    if request.method != "POST":
        held = frozenset(user.memberships.values_list("role", flat=True))
        return _show(request, {"name": user.name, "position": user.position}, held, {}, user)
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in ("name", "position")}
    chosen = frozenset(request.POST.getlist("roles"))
    try:
        people.change_person(user, typed["name"], typed["position"], _roles(chosen), by=by)
    except people.PersonWrong as wrong:
        return _show(request, typed, chosen, wrong.problems, user)
    messages.success(request, f"Gespeichert: {user.name}")
    return redirect("desk_people")


@require_POST
def invite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The mail with the link once more."""
    by = access.require(request.user, Action.PEOPLE_MANAGE)
    user = get_object_or_404(_everybody(), pk=user_id)
    _invite(request, user, by)
    return redirect("desk_person", user.pk)


@require_POST
def close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ends the account's access at once."""
    return _do(request, user_id, people.deactivate, "Geschlossen: {}. Die Person ist abgemeldet.")


@require_POST
def reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Lets the person in again, with a new password."""
    answer = _do(request, user_id, people.activate, "Wieder geöffnet: {}")
    by = access.require(request.user, Action.PEOPLE_MANAGE)
    _invite(request, get_object_or_404(_everybody(), pk=user_id), by)
    return answer


def _do(request: HttpRequest, user_id: UUID, change: Callable[..., None], said: str) -> HttpResponse:
    by = access.require(request.user, Action.PEOPLE_MANAGE)
    user = get_object_or_404(_everybody(), pk=user_id)
    try:
        change(user, by=by)
    except people.PersonWrong as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, said.format(user.name))
    return redirect("desk_people")


def _invite(request: HttpRequest, user: User, by: User) -> None:
    try:
        people.invite(user, by=by)
    except people.PersonWrong as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(
            request, f"{user.name} hat eine E-Mail mit einem Link bekommen, um ein Kennwort festzulegen."
        )


def _everybody() -> Any:
    return User.objects.exclude(email__endswith=_ERASED).order_by("-is_active", "name", "email")


def _roles(chosen: frozenset[str]) -> list[Role]:
    return [role for role in Role if role.value in chosen]


def _row(user: User) -> dict[str, Any]:
    """All from prefetched rows."""
    now = clock.now()
    roles = {membership.role for membership in user.memberships.all()}
    runs = any(
        one.ended_at is None and one.starts_at <= now and (one.ends_at is None or one.ends_at > now)
        for one in user.mandates.all()
    )
    return {
        "user": user,
        "roles": [label for role, label in ROLE_LABELS.items() if role.value in roles],
        "mandate": runs,
        "invited": not user.has_usable_password(),
    }


def _show(
    request: HttpRequest,
    typed: dict[str, str],
    chosen: frozenset[str],
    wrong: dict[str, str],
    user: User | None,
) -> HttpResponse:
    fields = _fields(typed, chosen, wrong, user)
    context = {
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
        "person": user,
        "row": _row(user) if user else None,
        "myself": user is not None and user.pk == request.user.pk,
    }
    return render(request, "desk/person.html", context, status=422 if wrong else 200)


def _fields(
    typed: dict[str, str], chosen: frozenset[str], wrong: dict[str, str], user: User | None
) -> list[Field]:
    def text(name: str, label: str, help_text: str = "", **more: Any) -> Field:
        return Field(name, label, typed.get(name, ""), help_text, wrong.get(name, ""), **more)

    fields = [
        text("name", "Name", "Vorname und Nachname, wie er in Freigaben und Nachweisen steht.", required=True)
    ]
    if user is None:
        fields.append(
            text("email", "E-Mail-Adresse", "Damit meldet sich die Person an.", type="email", required=True)
        )
    fields.append(text("position", "Funktion", "Zum Beispiel: Hauptamt, Pressestelle"))
    if user is None:
        fields.append(
            text(
                "kind", "Gehört zu", "Das lässt sich später nicht ändern. Eine Agentur arbeitet mit Vollmacht und gibt nie frei.",
                type="select", required=True, choices=_KINDS,
            )
        )  # fmt: skip
    if user is None or user.kind == User.Kind.MUNICIPALITY or "roles" in wrong:
        about = "Nur für Personen der Kommune." if user is None else ""
        choices = tuple((role.value, label) for role, label in ROLE_LABELS.items())
        fields.append(text("roles", "Rollen", about, type="checks", choices=choices, chosen=chosen))
    return fields
