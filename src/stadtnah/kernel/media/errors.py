"""What can go wrong with a picture. Every message is German and says what to do."""

from __future__ import annotations


class MediaError(Exception):
    """A picture cannot be taken in, kept or changed; `str(error)` is for people."""


class BlobMissing(MediaError):
    """No bytes are kept under this digest."""


class BlobDamaged(MediaError):
    """The bytes kept under this digest have another digest: the disk or someone changed them."""
