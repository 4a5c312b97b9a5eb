"""Setting up channel accounts. Rules and audit are publishing's; here are only forms and words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import vault
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Channel, Sent, SettingField, Temporary
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.desk.forms import Field

_LONGEST = 4000


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which channel the new account is for."""
    return render(request, "desk/channel_choose.html", {"channels": publishing.addable()})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, channel: str) -> HttpResponse:
    """The form for a new account; saving switches it on."""
    by = access.require(request.user, Action.CHANNELS_MANAGE)
    kind = publishing.CHANNELS.get(channel)
    if kind is None or kind not in publishing.addable():
        raise Http404
    if request.method != "POST":
        typed = {"label": kind.label, **{field.name: field.default for field in kind.settings_fields}}
        return _show(request, kind, typed, {}, None)
    typed, secrets, _ = _typed(request, kind)
    try:
        row = publishing.add_account(kind, typed["label"], typed, secrets, by=by)
    except publishing.SettingsWrong as wrong:
        return _show(request, kind, typed, wrong.problems, None)
    except vault.VaultError as problem:
        return _show(request, kind, typed, {"label": str(problem)}, None)
    messages.success(request, f"Eingerichtet und eingeschaltet: {row.label}")
    return redirect("desk_channel_edit", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form for an account that is there."""
    by = access.require(request.user, Action.CHANNELS_MANAGE)
    row = get_object_or_404(ChannelAccount, pk=key)
    kind = publishing.CHANNELS.get(row.channel)
    if kind is None:
        raise Http404
    if request.method != "POST":
        stored = {field.name: str(row.config.get(field.name, "")) for field in kind.settings_fields}
        return _show(request, kind, {"label": row.label, **stored}, {}, row)
    typed, secrets, without = _typed(request, kind)
    try:
        publishing.change_account(key, typed["label"], typed, secrets, without=without, by=by)
    except publishing.SettingsWrong as wrong:
        return _show(request, kind, typed, wrong.problems, row)
    except vault.VaultError as problem:
        return _show(request, kind, typed, {"label": str(problem)}, row)
    messages.success(request, "Gespeichert.")
    return redirect("desk_channel_edit", key)


@require_POST
def switch(request: HttpRequest, key: str) -> HttpResponse:
    """On or off."""
    by = access.require(request.user, Action.CHANNELS_MANAGE)
    on = request.POST.get("on") == "1"
    try:
        row = publishing.switch_account(key, on=on, by=by)
    except ChannelAccount.DoesNotExist as problem:
        raise Http404 from problem
    except publishing.SettingsWrong as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, f"{'Eingeschaltet' if on else 'Ausgeschaltet'}: {row.label}")
    return redirect("desk_channels")


@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Asks the channel whether the account works, and says what it answered."""
    by = access.require(request.user, Action.CHANNELS_MANAGE)
    try:
        outcome = publishing.check_account(key, by=by)
    except ChannelAccount.DoesNotExist as problem:
        raise Http404 from problem
    if outcome is None:
        messages.info(request, "Dieser Kanal braucht keine Prüfung.")
    elif isinstance(outcome, Sent):
        messages.success(request, f"Der Zugang funktioniert.{' ' if outcome.url else ''}{outcome.url}")
    elif isinstance(outcome, Temporary):
        messages.warning(
            request,
            f"Im Augenblick nicht erreichbar: {outcome.reason} Bitte prüfen Sie es später noch einmal.",
        )
    else:
        messages.error(request, f"Der Zugang funktioniert nicht: {outcome.reason}")
    return redirect("desk_channel_edit", key)


def _typed(request: HttpRequest, kind: Channel) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """(what may be shown again, secrets, names of secrets to take away)."""
    open_names = ["label", *(field.name for field in kind.settings_fields if not field.secret)]
    secret_names = [field.name for field in kind.settings_fields if field.secret]
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in open_names}
    secrets = {name: request.POST.get(name, "")[:_LONGEST].strip() for name in secret_names}
    without = frozenset(name for name in secret_names if request.POST.get(f"{name}-weg") == "1")
    return typed, secrets, without


def _show(
    request: HttpRequest,
    kind: Channel,
    typed: dict[str, str],
    wrong: dict[str, str],
    row: ChannelAccount | None,
) -> HttpResponse:
    kept = publishing.secrets_kept(row) if row else frozenset()
    label = Field(
        "label",
        "Name des Kontos",
        typed["label"],
        "So heißt es in Vorschau, Freigabe und Nachweis.",
        wrong.get("label", ""),
        required=True,
    )
    fields = [label, *(_field(field, typed, wrong, kept) for field in kind.settings_fields)]
    context: dict[str, Any] = {
        "kind": kind,
        "account": row,
        "fields": fields,
        "wrong": [field for field in fields if field.problem],
        "typed_secrets": wrong and any(field.secret for field in kind.settings_fields),
    }
    return render(request, "desk/channel_account.html", context, status=422 if wrong else 200)


def _field(
    setting: SettingField, typed: dict[str, str], wrong: dict[str, str], kept: frozenset[str]
) -> Field:
    kind = "secret" if setting.secret else "select" if setting.choices else "text"
    return Field(
        setting.name,
        setting.label,
        "" if setting.secret else typed.get(setting.name, "") or (setting.default if setting.choices else ""),
        setting.help,
        wrong.get(setting.name, ""),
        type="textarea" if setting.multiline else kind,
        required=setting.required,
        choices=setting.choices,
        kept=setting.name in kept,
    )
