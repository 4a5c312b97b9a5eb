"""Bytes kept under their SHA-256, below STADTNAH_DATA: blobs/ab/abcdef….

A blob is written once and never changed, so a digest in a snapshot names these bytes for good.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from stadtnah.kernel import storage
from stadtnah.kernel.media.errors import BlobDamaged, BlobMissing, MediaError

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def put(data: bytes | bytearray) -> str:
    """Keeps `data` and returns its SHA-256 (hex). Doing it again changes nothing; damaged bytes are healed.

    Raises MediaError when the disk is full or refuses; no half file is left under the digest.
    """
    digest = hashlib.sha256(data).hexdigest()
    target = path(digest)
    if not intact(digest):
        write_atomically(target, data)
    return digest


def get(sha256: str) -> bytes:
    """The bytes under `sha256`, their digest computed anew. Raises BlobMissing or BlobDamaged."""
    try:
        data = path(sha256).read_bytes()
    except FileNotFoundError:
        raise _missing(sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _damaged(sha256)
    return data


def opened(sha256: str) -> BinaryIO:
    """The file under `sha256`, its digest computed anew piece by piece: a film is not held in memory. Raises as `get` does."""
    try:
        file = path(sha256).open("rb")
    except FileNotFoundError:
        raise _missing(sha256) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise _damaged(sha256)
    file.seek(0)
    return file


def path(sha256: str) -> Path:
    """Where the blob lies or would lie. Raises BlobMissing for anything that is no SHA-256 in hex."""
    if not _DIGEST.fullmatch(sha256):
        raise BlobMissing("Diese Bildadresse gibt es nicht. Bitte wählen Sie das Bild erneut aus.")
    return _data() / "blobs" / sha256[:2] / sha256


def intact(sha256: str) -> bool:
    """Whether these bytes are there, whole. A file that is as it was is not read again. Raises BlobMissing for what is no SHA-256 in hex."""
    return storage.digest(path(sha256)) == sha256


def exists(sha256: str) -> bool:
    """Whether there is a file for this digest; says nothing about its bytes (`get` does)."""
    try:
        return path(sha256).is_file()
    except BlobMissing:
        return False


def note_path(key: str) -> Path:
    """Where the note about a rendition lies that was made by the recipe with digest `key`."""
    return _data() / "renditions" / key[:2] / key


def write_atomically(target: Path, data: bytes | bytearray) -> None:
    """Writes the whole file or none: beside it, synced, then renamed. Raises MediaError."""
    temporary = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_synced(temporary, data)
            temporary.replace(target)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise MediaError(_sentence(error)) from error


def _write_synced(target: Path, data: bytes | bytearray) -> None:
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the name of a file whose bytes are safe.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _missing(sha256: str) -> BlobMissing:
    return BlobMissing(
        f"Die Datei {sha256[:12]}… fehlt im Bildspeicher. Bitte laden Sie das Bild erneut hoch."
    )


def _damaged(sha256: str) -> BlobDamaged:
    return BlobDamaged(
        f"Die Datei {sha256[:12]}… im Bildspeicher ist beschädigt und wird nicht verwendet. "
        "Bitte laden Sie das Bild erneut hoch oder spielen Sie die Datensicherung ein."
    )


def _sentence(error: OSError) -> str:
    if storage.is_full(error):
        return (
            "Der Speicherplatz ist voll, das Bild wurde nicht gespeichert. "
            "Bitte sagen Sie der Betriebsstelle Bescheid und versuchen Sie es danach noch einmal."
        )
    return (
        "Das Bild konnte nicht gespeichert werden, weil der Bildspeicher nicht beschreibbar ist. "
        "Bitte sagen Sie der Betriebsstelle Bescheid und versuchen Sie es danach noch einmal."
    )


def _data() -> Path:
    return Path(settings.STADTNAH_DATA)
