"""Channel accounts as adapters see them."""

from __future__ import annotations

from stadtnah.kernel import vault
from stadtnah.publishing.channel import Account
from stadtnah.publishing.models import ChannelAccount
from stadtnah.publishing.registry import CHANNELS


def view(row: ChannelAccount, *, opened: bool = False) -> Account:
    """The account for an adapter; secrets only when `opened`, right before sending."""
    secrets = vault.unseal(row.sealed, purpose=f"account:{row.key}") if opened and row.sealed else {}
    return Account(
        key=row.key, channel=row.channel, label=row.label, config=dict(row.config), secrets=secrets
    )


def usable() -> list[ChannelAccount]:
    """Enabled accounts whose channel exists in this installation, in the order the town chose."""
    return [row for row in ChannelAccount.objects.filter(enabled=True) if row.channel in CHANNELS]


def set_secrets(row: ChannelAccount, secrets: dict[str, str]) -> None:
    """Seals new secrets into the row; the caller saves."""
    row.sealed = vault.seal(secrets, purpose=f"account:{row.key}")
