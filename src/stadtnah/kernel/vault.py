"""Secrets of the municipality, sealed with its own key; links that prove who they were made for.

The key file (STADTNAH_KEY_FILE) holds one key a line, 32 random bytes in base64. The first one seals; the
others only open what was sealed before a rotation. Without the file no sealed secret can be read again, so it
belongs into the backup, apart from the database.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import os
import secrets
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from stadtnah.kernel import clock

_VERSION: Final = "v1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12  # NIST SP 800-38D, 8.2.2: 96 random bits


class VaultError(Exception):
    """A secret cannot be sealed or opened; `str(error)` is German and names no secret."""


class KeyExists(VaultError):
    """There is a key file already."""


class LinkInvalid(Exception):
    """A signed link that was not made here, or for another purpose. German message."""


class LinkExpired(LinkInvalid):
    """A signed link whose time is over. German message."""


def create() -> Path:
    """Makes the key file with a fresh key, mode 0600, and returns its path.

    Raises KeyExists when there is one already: overwriting it would lose every sealed secret.
    """
    file = _file()
    fresh = _beside(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(fresh, _line(secrets.token_bytes(_KEY_BYTES)))
        os.link(fresh, file)  # whole or not at all, and never over another one
    except FileExistsError:
        raise KeyExists(
            f"Die Schlüsseldatei {file.name} gibt es schon; sie wird nicht überschrieben."
        ) from None
    except OSError as error:
        raise VaultError(
            f"Die Schlüsseldatei {file.name} konnte nicht angelegt werden ({error.strerror})."
        ) from error
    finally:
        _gone(fresh)
    return file


def rotate() -> None:
    """Puts a fresh key in front. What was sealed before still opens; seal it anew to finish the rotation."""
    file = _file()
    lines = "".join(_line(key) for key in (secrets.token_bytes(_KEY_BYTES), *_keys()))
    fresh = _beside(file)
    try:
        _write(fresh, lines)
        fresh.replace(file)
    except OSError as error:
        raise VaultError(
            f"Der Schlüssel konnte nicht gewechselt werden ({error.strerror}). Der alte gilt weiter."
        ) from error
    finally:
        _gone(fresh)


def seal(values: dict[str, str], *, purpose: str) -> str:
    """`values` encrypted (AES-256-GCM) as a text for the database. It opens only for the same `purpose`.

    Name the row in `purpose` ("channel:<key>"), so that a sealed text copied into another row stays shut.
    The first secret of a new town makes the key file. Raises VaultError when it is damaged or open to others.
    """
    key_id, raw = _sealed(json.dumps(values, ensure_ascii=False, sort_keys=True).encode(), purpose)
    return f"{_VERSION}.{key_id}.{base64.urlsafe_b64encode(raw).decode()}"


def unseal(token: str, *, purpose: str) -> dict[str, str]:
    """The values that `seal` was given. Raises VaultError when key, purpose or bytes do not fit."""
    version, _, rest = token.partition(".")
    key_id, _, body = rest.partition(".")
    if version != _VERSION or not body:
        raise VaultError("Das gespeicherte Geheimnis ist beschädigt. Bitte hinterlegen Sie es neu.")
    try:
        raw = base64.b64decode(body.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:  # binascii.Error and UnicodeEncodeError are ValueErrors
        raw = b""
    values: dict[str, str] = json.loads(_opened(key_id, raw, purpose))
    return values


def seal_bytes(data: bytes, *, purpose: str) -> bytes:
    """As `seal`, for a file: no text in between, so it grows by 45 bytes and not by a third."""
    key_id, raw = _sealed(data, purpose)
    return f"{_VERSION}.{key_id}.".encode() + raw


def unseal_bytes(sealed: bytes, *, purpose: str) -> bytes:
    """The file that `seal_bytes` was given. Raises VaultError when key, purpose or bytes do not fit."""
    version, _, rest = sealed.partition(b".")
    key_id, _, raw = rest.partition(b".")
    if version != _VERSION.encode():
        raise VaultError("Die verschlossene Datei ist beschädigt.")
    return _opened(key_id.decode("ascii", "replace"), raw, purpose)


def _sealed(plain: bytes, purpose: str) -> tuple[str, bytes]:
    if not _file().exists():
        with contextlib.suppress(KeyExists):
            create()
    key = _keys()[0]
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _key_id(key), nonce + AESGCM(key).encrypt(nonce, plain, _bound(_key_id(key), purpose))


def _opened(key_id: str, raw: bytes, purpose: str) -> bytes:
    by_id = {_key_id(key): key for key in _keys()}
    if key_id not in by_id:
        raise VaultError(
            "Der Schlüssel dieser Kommune passt nicht: Das Geheimnis wurde mit einem anderen verschlossen. "
            "Bitte spielen Sie die dazugehörige Schlüsseldatei ein oder hinterlegen Sie das Geheimnis neu."
        )
    try:
        return AESGCM(by_id[key_id]).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(key_id, purpose))
    except (InvalidTag, ValueError):
        raise VaultError(
            "Das gespeicherte Geheimnis ist beschädigt oder gehört zu etwas anderem. "
            "Bitte hinterlegen Sie es neu."
        ) from None


def signed(purpose: str, data: Any, expires: datetime | timedelta) -> str:
    """A text for a link that carries `data` (JSON values, readable by anyone) and that only we can make.

    Bound to `purpose` ("newsletter-unsubscribe"), to this cell's SECRET_KEY and to `expires`: a moment
    (aware) or a span from now. Not encrypted, not for one use only; who needs that keeps a row.
    """
    moment = clock.now() + expires if isinstance(expires, timedelta) else expires
    if moment.tzinfo is None:
        raise ValueError("expires needs an aware datetime")
    return _signer(purpose).sign_object({"d": data, "e": int(moment.timestamp())})


def unsigned(purpose: str, token: str) -> Any:
    """The data out of `signed`. Raises LinkInvalid, or LinkExpired when its time is over."""
    try:
        value = _signer(purpose).unsign_object(token)
    except (signing.BadSignature, ValueError):  # a lone surrogate is a UnicodeEncodeError
        raise LinkInvalid(
            "Dieser Link ist nicht gültig. Bitte öffnen Sie ihn vollständig, so wie er in der Nachricht steht."
        ) from None
    expires = datetime.fromtimestamp(value["e"], UTC)
    if clock.now() >= expires:
        raise LinkExpired(
            f"Dieser Link galt bis {clock.german_datetime(expires)}. Bitte fordern Sie einen neuen an."
        )
    return value["d"]


def mark(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of `text`, hex, that only this cell can make (its SECRET_KEY): for notes beside files that we read back."""
    return salted_hmac(f"stadtnah.vault.mark.{purpose}", text, algorithm="sha256").hexdigest()


def _signer(purpose: str) -> signing.Signer:
    # The salt keeps a link for one purpose from being used for another.
    return signing.Signer(salt=f"stadtnah.vault.{purpose}", sep=".")


def _bound(key_id: str, purpose: str) -> bytes:
    return f"stadtnah:{_VERSION}:{key_id}:{purpose}".encode()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"stadtnah key id" + key).hexdigest()[:12]


def _line(key: bytes) -> str:
    return base64.b64encode(key).decode() + "\n"


def _file() -> Path:
    return Path(settings.STADTNAH_KEY_FILE)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.{secrets.token_hex(4)}")


def _gone(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _write(file: Path, text: str) -> None:
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _keys() -> list[bytes]:
    """All keys, the one that seals first."""
    file = _file()
    try:
        with file.open("rb") as source:
            mode = os.fstat(source.fileno()).st_mode
            text = source.read(100_000)
    except OSError as error:
        raise VaultError(
            f"Die Schlüsseldatei {file.name} fehlt oder ist nicht lesbar. "
            "Bitte spielen Sie sie aus der Sicherung ein."
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise VaultError(
            f"Die Schlüsseldatei {file.name} ist für andere zugänglich und wird deshalb nicht benutzt. "
            f"Bitte führen Sie aus: chmod 600 {file.name}"
        )
    try:
        keys = [base64.b64decode(line, validate=True) for line in text.split()]
    except binascii.Error:
        keys = []
    if not keys or any(len(key) != _KEY_BYTES for key in keys):
        raise VaultError(
            f"Die Schlüsseldatei {file.name} ist beschädigt. Bitte spielen Sie sie aus der Sicherung ein."
        )
    return keys
