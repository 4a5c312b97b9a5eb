"""Pictures: taken in, cleaned, kept under the digest of their bytes, cut and encoded for each use."""

from stadtnah.kernel.media.blobs import exists, get, path, put
from stadtnah.kernel.media.errors import BlobDamaged, BlobMissing, MediaError
from stadtnah.kernel.media.intake import Ingested, ingest
from stadtnah.kernel.media.renditions import Fitted, Info, for_channel, info, rendition

__all__ = [
    "BlobDamaged",
    "BlobMissing",
    "Fitted",
    "Info",
    "Ingested",
    "MediaError",
    "exists",
    "for_channel",
    "get",
    "info",
    "ingest",
    "path",
    "put",
    "rendition",
]
