"""What the settings of an account mean for sending."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from stadtnah.channels.newsletter.domain import addresses
from stadtnah.channels.newsletter.smtp.compose import Sender
from stadtnah.channels.newsletter.smtp.session import BrokenError, Server
from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.channel import Account

_TLS = {"none", "starttls", "tls"}
_HOST = re.compile(r"[a-z0-9.:_-]{1,253}", re.IGNORECASE)
CONNECTIONS = 4


def server(account: Account) -> Server:
    """Where and how to send. Raises BrokenError (German) for settings that cannot work."""
    config = account.config
    host, tls = str(config.get("host", "")).strip(), str(config.get("tls") or "starttls")
    if not is_host(host):
        raise BrokenError("Für den Newsletter ist kein Mailserver eingestellt.")
    if tls not in _TLS:
        raise BrokenError("Die Verschlüsselung des Mailservers ist falsch eingestellt.")
    times = {
        name: float(config[name])
        for name in ("connect_seconds", "seconds", "answer_seconds")
        if config.get(name)
    }
    return Server(
        host=host,
        port=_number(config.get("port"), 587, 65535),
        tls=tls,  # type: ignore[arg-type] # one of _TLS
        sender=sender(account).address,
        user=str(config.get("user") or ""),
        password=account.secrets.get("password", ""),
        hello=site_host(),
        **times,  # type: ignore[arg-type] # names of its float fields
    )


def is_host(text: str) -> bool:
    """Whether this can be the name or address of a mail server (as it is asked for: no umlauts)."""
    return _HOST.fullmatch(text) is not None


def sender(account: Account) -> Sender:
    """Who the mails come from. Raises BrokenError when the address cannot be one."""
    try:
        address = addresses.normalise(str(account.config.get("from_address", "")))
        reply_to = str(account.config.get("reply_to") or "")
        return Sender(
            address,
            str(account.config.get("from_name") or ""),
            addresses.normalise(reply_to) if reply_to else "",
        )
    except addresses.AddressError:
        raise BrokenError(
            "Absender- oder Antwortadresse des Newsletters ist keine gültige E-Mail-Adresse."
        ) from None


def connections(account: Account) -> int:
    """How many connections at once, 1 to 16."""
    return _number(account.config.get("connections"), CONNECTIONS, 16)


def list_id(slug: str) -> str:
    """The name of the list for List-Id (RFC 2919)."""
    return f"{re.sub(r'[^a-z0-9-]', '-', slug.lower()) or 'newsletter'}.{site_host()}"


def site_host() -> str:
    """The name under which this cell speaks to servers: that of its website."""
    return urlsplit(base_url()).hostname or "localhost"


def _number(value: object, default: int, largest: int) -> int:
    try:
        return min(max(1, int(str(value or default))), largest)
    except ValueError:
        return default
