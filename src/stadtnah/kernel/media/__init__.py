"""Pictures and documents: taken in, cleaned, kept under the digest of their bytes, cut and encoded for each use."""

from stadtnah.kernel.media.blobs import exists, get, opened, path, put
from stadtnah.kernel.media.documents import MAX_BYTES as MOST_DOCUMENT_BYTES
from stadtnah.kernel.media.documents import TakenDocument, ingest_document
from stadtnah.kernel.media.errors import BlobDamaged, BlobMissing, MediaError
from stadtnah.kernel.media.intake import Ingested, ingest
from stadtnah.kernel.media.renditions import Fitted, Info, for_channel, info, rendition
from stadtnah.kernel.media.videos import MAX_BYTES as MOST_VIDEO_BYTES

__all__ = [
    "MOST_DOCUMENT_BYTES",
    "MOST_VIDEO_BYTES",
    "BlobDamaged",
    "BlobMissing",
    "Fitted",
    "Info",
    "Ingested",
    "MediaError",
    "TakenDocument",
    "exists",
    "for_channel",
    "get",
    "info",
    "ingest",
    "ingest_document",
    "opened",
    "path",
    "put",
    "rendition",
]
