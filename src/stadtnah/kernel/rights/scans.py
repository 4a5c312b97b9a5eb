"""The paper itself: kept sealed, opened for those alone who may see names, and each opening is logged."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from stadtnah.kernel import clock, vault
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.rights.models import Consent, Scan

MAX_BYTES: Final = 10_000_000
_KINDS: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
# RFC 5322, 2.2: a saved mail starts with some header, and one of them says who wrote it.
_MAIL: Final = re.compile(rb"(?:From .*\r?\n)?[!-9;-~]+:[ \t\r\n]")
_SENDER: Final = re.compile(rb"^From:", re.MULTILINE | re.IGNORECASE)
_HEAD_BYTES: Final = 65_536


def problem(data: bytes) -> str:
    """Why this cannot be kept, German; "" when it can."""
    if not data:
        return "Die Datei ist leer. Bitte wählen Sie sie noch einmal aus."
    if len(data) > MAX_BYTES:
        return f"Die Datei ist zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. Bitte scannen Sie sie mit geringerer Auflösung."
    return (
        ""
        if _kind(data)
        else "Diese Art von Datei geht nicht. Möglich sind PDF, JPEG, PNG und gespeicherte E-Mails (EML)."
    )


def keep(consent: Consent, data: bytes, *, filename: str, by: User) -> Scan:
    """Seals it. Raises ValueError with a German sentence."""
    access.require(by, Action.CONSENTS_EDIT)
    found = _kind(data)
    if wrong := problem(data):
        raise ValueError(wrong)
    assert found
    mime, suffix = found
    stem = "".join(char for char in filename.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable())
    scan = Scan(
        consent=consent,
        name=f"{(stem.rpartition('.')[0] or stem or 'einwilligung')[:100]}.{suffix}",
        mime=mime,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        at=clock.now(),
        by=by,
    )
    scan.sealed = vault.seal_bytes(data, purpose=_purpose(scan))
    scan.save()
    audit.record("consent.scan", actor=by, subject=f"consent:{consent.pk}", data={"sha256": scan.sha256})
    return scan


def opened(scan: Scan, *, by: User) -> bytes:
    """The file; the log says who looked. Raises VaultError, PermissionDenied."""
    access.require(by, Action.CONSENTS_VIEW)
    data = vault.unseal_bytes(bytes(scan.sealed), purpose=_purpose(scan))
    audit.record("consent.opened", actor=by, subject=f"consent:{scan.consent_id}")
    return data


def _purpose(scan: Scan) -> str:
    return f"consent-scan:{scan.pk}"


def _kind(data: bytes) -> tuple[str, str] | None:
    found = next(((mime, suffix) for start, mime, suffix in _KINDS if data.startswith(start)), None)
    if found is None and _MAIL.match(data) and _SENDER.search(data[:_HEAD_BYTES]):
        return "message/rfc822", "eml"
    return found
