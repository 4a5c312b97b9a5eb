"""A single mail that the cell writes by itself to a citizen or to the town hall; newsletters have a way of their own."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

_LONGEST_SUBJECT = 150


def post(
    subject: str,
    body: str,
    to: str,
    *,
    sender: str,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Sends it from our address under the name `sender`. No out-of-office answers it (RFC 3834, section 5)."""
    address = parseaddr(str(settings.DEFAULT_FROM_EMAIL))[1]
    quoted = " ".join(sender.split()).replace("\\", "").replace('"', "")
    line = " ".join(subject.split())  # a line break must not become a header
    EmailMessage(
        subject=line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…",
        body=body.strip() + "\n",
        from_email=f'"{quoted}" <{address}>',
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})},
    ).send()
