"""Taking a document in: known formats by their bytes, nothing that runs, refused with a sentence that helps."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from stadtnah.kernel.media import blobs, pdf, videos
from stadtnah.kernel.media.errors import MediaError

MAX_BYTES: Final = 25_000_000
_ODF: Final = "application/vnd.oasis.opendocument."
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
MIMES: Final = {
    "pdf": "application/pdf",
    "odt": f"{_ODF}text",
    "ods": f"{_ODF}spreadsheet",
    "odp": f"{_ODF}presentation",
    "docx": f"{_OOXML}wordprocessingml.document",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "pptx": f"{_OOXML}presentationml.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "vtt": videos.CAPTIONS,
    **videos.MIMES,
}
_FOLDERS: Final = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MACROS: Final = re.compile(r"(?i)(^|/)(vbaproject\.bin|basic/.+|scripts/.+|activex/.+|oleobject.*\.bin)$")
_MOST_PARTS: Final = 20_000
_META: Final = 200_000  # bytes of a document's own notes that are looked at
_AUTHOR: Final = re.compile(rb"<(?:dc:creator|meta:initial-creator)>[^<\s]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_TEXT: Final = ("<", "%!", "{\\rtf", "#!")  # markup and programs that only call themselves text
_ALLOWED: Final = "PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, CSV, TXT, ICS, MP4, WebM und VTT"


@dataclass(frozen=True, slots=True)
class TakenDocument:
    """A document as it is kept. faults: what is wrong with it for citizens (`pdf.look`)."""

    sha256: str
    suffix: str
    mime: str
    bytes: int
    faults: tuple[str, ...]


def ingest_document(data: bytes, *, filename: str) -> TakenDocument:
    """Looks at its bytes, whatever its name says, and keeps it. Raises MediaError with a German sentence."""
    try:
        suffix, kept, faults = _looked_at(data, filename.rpartition(".")[2].lower())
        return TakenDocument(blobs.put(kept), suffix, MIMES[suffix], len(kept), faults)
    except MediaError as error:
        name = "".join(char for char in filename.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable())
        raise type(error)(f"„{name[:80] or 'Datei'}“: {error}") from error


def _looked_at(data: bytes, ending: str) -> tuple[str, bytes | bytearray, tuple[str, ...]]:
    if not data:
        raise MediaError("Die Datei ist leer. Bitte wählen Sie sie noch einmal aus.")
    if videos.is_picture(data):
        raise MediaError("Das ist ein Bild (HEIC oder AVIF). Bitte laden Sie es unter „Bilder“ hoch.")
    if suffix := videos.is_video(data):
        return suffix, videos.looked_at(data, suffix), ()
    if len(data) > MAX_BYTES:
        raise MediaError(
            f"Die Datei ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB."
        )
    if data.startswith(b"%PDF-"):
        return "pdf", data, pdf.look(data)
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if ending in {"csv", "txt", "ics", "vtt"}:
        text = _text(data)
        if ending == "vtt":
            videos.captions(text.decode())
        return ending, text, ()
    raise MediaError(f"Diese Art von Datei geht nicht. Möglich sind {_ALLOWED}.")


def _packed(data: bytes) -> tuple[str, bytes, tuple[str, ...]]:
    """OpenDocument and Office files; only the list of their parts and their own notes are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(parts) > _MOST_PARTS or any(part.flag_bits & 1 for part in parts):
                raise MediaError("Die Datei ist verschlüsselt oder beschädigt. Bitte speichern Sie sie neu.")
            if any(_MACROS.search(name) for name in names):
                raise MediaError(
                    "Die Datei enthält Makros oder eingebettete Programme. Bitte speichern Sie sie ohne."
                )
            suffix = _suffix(archive, names)
            noted = [name for name in ("meta.xml", "docProps/core.xml") if name in names]
            author = any(_AUTHOR.search(_head(archive, name)) for name in noted)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise MediaError("Die Datei ist beschädigt. Bitte speichern Sie sie neu.") from error
    return suffix, data, ("author",) if author else ()


def _suffix(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        said = _head(archive, "mimetype").decode("latin-1").strip()
        for suffix, mime in MIMES.items():
            if mime == said:
                return suffix
    elif "[Content_Types].xml" in names:
        for folder, suffix in _FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return suffix
    raise MediaError(f"Diese Art von Datei geht nicht. Möglich sind {_ALLOWED}.")


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_META)


def _text(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    start = text.lstrip()[:20].lower()
    if _CONTROL.search(text) or start.startswith(_NO_TEXT) or data.startswith(b"MZ"):
        raise MediaError(f"Das ist keine Textdatei. Möglich sind {_ALLOWED}.")
    return text.encode()
