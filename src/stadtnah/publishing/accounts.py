"""Channel accounts: as adapters see them, and how the municipality sets them up."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from stadtnah.kernel import vault
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.channel import Account, Channel, Outcome, Permanent, SettingField
from stadtnah.publishing.models import ChannelAccount
from stadtnah.publishing.registry import CHANNELS

_LONGEST = 2000  # characters of one setting
_LONGEST_LABEL = 80


class SettingsWrong(ValueError):
    """Settings cannot be kept. `problems`: field name (or "label") to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def view(row: ChannelAccount, *, opened: bool = False) -> Account:
    """The account for an adapter; secrets only when `opened`, right before sending."""
    secrets = _secrets(row) if opened else {}
    return Account(
        key=row.key, channel=row.channel, label=row.label, config=dict(row.config), secrets=secrets
    )


def usable() -> list[ChannelAccount]:
    """Enabled accounts whose channel exists in this installation, in the order the town chose."""
    return [row for row in ChannelAccount.objects.filter(enabled=True) if row.channel in CHANNELS]


def set_secrets(row: ChannelAccount, secrets: dict[str, str]) -> None:
    """Seals new secrets into the row; the caller saves."""
    row.sealed = vault.seal(secrets, purpose=f"account:{row.key}")


def secrets_kept(row: ChannelAccount) -> frozenset[str]:
    """Names of the secrets an account has; none when they cannot be opened any more."""
    return frozenset(_openable(row))


def addable() -> list[Channel]:
    """Channels for which another account can be added: all but built-in ones that are there already."""
    there = set(ChannelAccount.objects.values_list("channel", flat=True))
    return [channel for channel in CHANNELS if not (channel.built_in and channel.key in there)]


def add_account(
    channel: Channel, label: str, given: Mapping[str, str], secrets: Mapping[str, str], *, by: User
) -> ChannelAccount:
    """A new account, switched on. given, secrets: what was typed, by field name.

    Raises PermissionDenied, SettingsWrong, VaultError.
    """
    access.require(by, Action.CHANNELS_MANAGE)
    with transaction.atomic():
        if channel not in addable():
            raise SettingsWrong({"label": f"{channel.label} gibt es schon und nur einmal."})
        last = ChannelAccount.objects.aggregate(last=Max("position"))["last"] or 0
        row = ChannelAccount(key=_free_key(channel.key), channel=channel.key, position=last + 10)
        new = {name: value for name, value in secrets.items() if value}
        _apply(row, channel, label, given, new)
        _seal(row, new)
        row.save(force_insert=True)
        channel.settings_saved(row.config, row.label)
        data = {"channel": channel.key, "fields": sorted(row.config), "secrets": sorted(new)}
        audit.record("account.added", actor=by, subject=f"account:{row.key}", data=data)
    return row


def change_account(
    key: str,
    label: str,
    given: Mapping[str, str],
    secrets: Mapping[str, str],
    *,
    without: frozenset[str] = frozenset(),
    by: User,
) -> ChannelAccount:
    """Changes an account. An empty secret keeps the one there is; names in `without` are taken away.

    Raises PermissionDenied, ChannelAccount.DoesNotExist, SettingsWrong, VaultError.
    """
    access.require(by, Action.CHANNELS_MANAGE)
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=key)
        channel = CHANNELS[row.channel]
        before, old_label = dict(row.config), row.label
        kept = {name: value for name, value in _openable(row).items() if name not in without}
        typed = {name: value for name, value in secrets.items() if value and name not in without}
        _apply(row, channel, label, given, kept | typed)
        _stay_here(channel, before, row.config, set(kept) - set(typed))
        if typed or without:
            _seal(row, kept | typed)
        row.save(update_fields=["label", "config", "sealed"])
        channel.settings_saved(row.config, row.label)
        changed = sorted(n for n in row.config.keys() | before.keys() if row.config.get(n) != before.get(n))
        data = {
            "fields": changed + (["label"] if label.strip() != old_label else []),
            "secrets": sorted(typed),
            "secrets_removed": sorted(without),
        }
        audit.record("account.changed", actor=by, subject=f"account:{key}", data=data)
    return row


def switch_account(key: str, *, on: bool, by: User) -> ChannelAccount:
    """Switches an account on or off. Raises PermissionDenied, ChannelAccount.DoesNotExist, SettingsWrong."""
    access.require(by, Action.CHANNELS_MANAGE)
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=key)
        channel = CHANNELS.get(row.channel)
        if not on and channel is not None and channel.built_in:
            raise SettingsWrong(
                {"label": f"{row.label} gehört zu jeder Meldung und lässt sich nicht ausschalten."}
            )
        if on and channel is not None:
            _complete(row, channel)
        row.enabled = on
        row.save(update_fields=["enabled"])
        audit.record(
            "account.switched_on" if on else "account.switched_off", actor=by, subject=f"account:{key}"
        )
    return row


def check_account(key: str, *, by: User) -> Outcome | None:
    """Asks the channel whether the account works; None when it cannot be asked.

    Opens no transaction: the answer may take seconds. Raises PermissionDenied, ChannelAccount.DoesNotExist.
    """
    access.require(by, Action.CHANNELS_MANAGE)
    row = ChannelAccount.objects.get(pk=key)
    channel = CHANNELS.get(row.channel)
    if channel is None or not channel.can_verify:
        return None
    try:
        return channel.verify(view(row, opened=True))
    except vault.VaultError as problem:
        return Permanent(str(problem), account_broken=True)


def _apply(
    row: ChannelAccount, channel: Channel, label: str, given: Mapping[str, str], secrets: Mapping[str, str]
) -> None:
    """Puts label and settings into the row, or raises SettingsWrong. What the form does not ask for stays."""
    open_fields = [field for field in channel.settings_fields if not field.secret]
    values = {field.name: _clean(field, given) for field in open_fields}
    problems = _label_problem(label)
    for field in channel.settings_fields:
        if field.secret:
            missing = field.required and row.enabled and not secrets.get(field.name)
        else:
            missing = field.required and not values[field.name]
        if missing:
            problems[field.name] = f"„{field.label}“ fehlt. Bitte füllen Sie das Feld aus."
        elif problem := _misfit(field, (secrets if field.secret else values).get(field.name, "")):
            problems[field.name] = problem
    problems = channel.settings_problems({n: v for n, v in values.items() if v}) | problems
    if problems:
        order = ["label", *(field.name for field in channel.settings_fields)]
        raise SettingsWrong(dict(sorted(problems.items(), key=lambda item: order.index(item[0]))))
    other = {name: value for name, value in row.config.items() if name not in values}
    row.label = label.strip()
    row.config = other | {name: value for name, value in values.items() if value}


def _clean(field: SettingField, given: Mapping[str, str]) -> str:
    text = given.get(field.name, "").replace("\r\n", "\n").strip()
    return text if field.multiline else " ".join(text.split())


def _misfit(field: SettingField, value: str) -> str:
    if len(value) > _LONGEST:
        return f"„{field.label}“ ist zu lang; möglich sind {_LONGEST} Zeichen."
    if field.choices and value and value not in {choice for choice, _ in field.choices}:
        return f"„{field.label}“: Bitte wählen Sie einen der Werte aus der Liste."
    return ""


def _label_problem(label: str) -> dict[str, str]:
    if not label.strip():
        return {
            "label": "Bitte geben Sie dem Konto einen Namen. Er steht in Vorschau, Freigabe und Nachweis."
        }
    if len(label.strip()) > _LONGEST_LABEL:
        return {"label": f"Der Name ist zu lang; möglich sind {_LONGEST_LABEL} Zeichen."}
    return {}


def _stay_here(channel: Channel, before: Mapping[str, str], after: Mapping[str, str], kept: set[str]) -> None:
    """A stored secret goes to the server it was entered for, and to no other."""
    moved = [f for f in channel.settings_fields if f.target and before.get(f.name) != after.get(f.name)]
    problems = {
        field.name: f"„{moved[0].label}“ hat sich geändert. Bitte geben Sie „{field.label}“ neu ein, "
        "damit das hinterlegte Geheimnis nicht an ein anderes Ziel geht."
        for field in channel.settings_fields
        if moved and field.secret and field.name in kept
    }
    if problems:
        raise SettingsWrong(problems)


def _complete(row: ChannelAccount, channel: Channel) -> None:
    have = secrets_kept(row)
    missing = [f.label for f in channel.settings_fields if f.secret and f.required and f.name not in have]
    if missing:
        raise SettingsWrong({"label": f"{row.label}: „{missing[0]}“ fehlt. Bitte ergänzen Sie es zuerst."})


def _seal(row: ChannelAccount, secrets: dict[str, str]) -> None:
    if secrets:
        set_secrets(row, secrets)
    else:
        row.sealed = ""


def _secrets(row: ChannelAccount) -> dict[str, str]:
    return vault.unseal(row.sealed, purpose=f"account:{row.key}") if row.sealed else {}


def _openable(row: ChannelAccount) -> dict[str, str]:
    """As `_secrets`; none when the key is lost, so that they can be entered anew."""
    try:
        return _secrets(row)
    except vault.VaultError:
        return {}


def _free_key(base: str) -> str:
    taken = set(ChannelAccount.objects.values_list("key", flat=True))
    number = 2
    key = base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
