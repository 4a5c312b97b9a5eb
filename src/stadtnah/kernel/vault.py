"""Secrets at rest, sealed with a key per municipality (AES-256-GCM, NIST SP 800-38D)."""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = "v1"


class VaultError(Exception):
    """A sealed value cannot be opened; the German text says what to do."""


def _key() -> bytes:
    path = Path(settings.STADTNAH_KEY_FILE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise VaultError(
            f"Die Schlüsseldatei {path.name} ist für andere lesbar. Bitte Rechte auf 0600 setzen."
        )
    key = path.read_bytes()
    if len(key) != 32:  # noqa: PLR2004 - AES-256
        raise VaultError(f"Die Schlüsseldatei {path.name} ist beschädigt.")
    return key


def seal(values: dict[str, str], *, purpose: str) -> str:
    """Encrypts `values`; the token opens only for the same purpose and with this municipality's key."""
    nonce = os.urandom(12)
    sealed = AESGCM(_key()).encrypt(nonce, json.dumps(values).encode(), purpose.encode())
    return f"{_VERSION}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(token: str, *, purpose: str) -> dict[str, str]:
    """The reverse of `seal`; raises VaultError when the key or the purpose does not fit."""
    try:
        version, _, data = token.partition(".")
        raw = base64.urlsafe_b64decode(data)
        if version != _VERSION:
            raise InvalidTag
        values: dict[str, str] = json.loads(AESGCM(_key()).decrypt(raw[:12], raw[12:], purpose.encode()))
    except (InvalidTag, ValueError) as problem:
        raise VaultError(
            "Die Zugangsdaten lassen sich mit dem Schlüssel dieser Kommune nicht öffnen. Bitte hinterlegen Sie sie neu."
        ) from problem
    return values
