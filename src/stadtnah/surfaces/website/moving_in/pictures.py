"""Pictures of an old website into the town's library. One that fails is a note, never a broken item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection

from stadtnah.kernel import media
from stadtnah.kernel.media.intake import MAX_BYTES
from stadtnah.kernel.net import NetError, request
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import Taken, TownImage
from stadtnah.surfaces.website.moving_in.foreign import Attachment, ForeignPicture
from stadtnah.surfaces.website.moving_in.models import FetchedPicture, hashed

_AT_ONCE = 4  # connections to the old website
_SECONDS = 20.0
_PATIENCE = 5  # failures in a row after which a host is left alone for the rest of the run
_OK = 200
_MOST_FILES = 200  # of one item

Fetched = bytes | str  # the bytes, or a German reason


@dataclass(slots=True)
class Library:
    """Loads pictures, each address once. `loaded` and `missing` count for the report.

    source: where the bytes come from when it is not the network; gives bytes, or a German reason. with_files: documents, too.
    """

    enabled: bool = True
    source: Callable[[str], Fetched] | None = None
    with_files: bool = False
    loaded: int = 0
    missing: int = 0
    files: int = 0
    files_missing: int = 0
    beat: Callable[[], None] = lambda: None  # called between downloads: they may take minutes
    _failures: dict[str, int] = field(default_factory=dict)
    _documents: dict[str, TownDocument | str] = field(default_factory=dict)  # by address: it, or why not

    def take_in(self, pictures: tuple[ForeignPicture, ...], notes: list[str]) -> dict[int, TownImage]:
        """The pictures by their index in `pictures`; what failed is missing there and noted."""
        found: dict[int, TownImage] = {}
        if not self.enabled:
            if pictures:
                notes.append(f"Bilder wurden nicht geladen ({len(pictures)}).")
            return found
        keys = [
            hashed(shown.url) if shown.url else hashlib.sha256(shown.data or b"").hexdigest()
            for shown in pictures
        ]
        known = {row.url_hash: row.image for row in self._known(keys)} if keys else {}
        missing = [index for index, key in enumerate(keys) if key not in known]
        for start in range(0, len(missing), _AT_ONCE):
            self.beat()
            part = missing[start : start + _AT_ONCE]
            for index, got in zip(part, self._fetch([pictures[index] for index in part]), strict=True):
                image = self._stored(pictures[index], got, notes)
                if image:
                    FetchedPicture.objects.update_or_create(url_hash=keys[index], defaults={"image": image})
                    known[keys[index]] = image
        for index, key in enumerate(keys):
            if key in known:
                found[index] = known[key]
        _bare(pictures, found, notes)
        return found

    def take_files(self, attachments: tuple[Attachment, ...], notes: list[str]) -> dict[str, TownDocument]:
        """The documents by their old address; what failed is missing there and noted."""
        found: dict[str, TownDocument] = {}
        if not self.with_files or not self.enabled:
            return found
        for one in attachments[:_MOST_FILES]:
            got = self._documents.get(one.url)
            if got is None:
                self.beat()
                got = self._documents[one.url] = self._document(one)
            if isinstance(got, str):
                notes.append(got)
            else:
                found[one.url] = got
        return found

    def _document(self, one: Attachment) -> TownDocument | str:
        name = _name(ForeignPicture(one.url))
        got = (
            self.source(one.url) if self.source else self._download(one.url, urlsplit(one.url).hostname or "")
        )
        if isinstance(got, str):
            self.files_missing += 1
            return f"Datei „{name}“ fehlt: {got}."
        try:
            taken = media.ingest_document(got, filename=name)
            known: TownDocument | None = TownDocument.objects.filter(sha256=taken.sha256).first()
            document = known or TownDocument.take(got, filename=name, title=one.label[:200])
        except (ValidationError, media.MediaError, OSError) as error:
            self.files_missing += 1
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            return f"Eine Datei fehlt: {reason}"
        self.files += 1
        return document

    def _known(self, keys: list[str]) -> list[FetchedPicture]:
        return list(FetchedPicture.objects.filter(url_hash__in=keys).select_related("image"))

    def _fetch(self, pictures: list[ForeignPicture]) -> list[Fetched]:
        """Bytes or reasons, in order. The threads only talk to the network, never to the database."""
        waiting: list[Callable[[], Fetched]] = [self._source(shown) for shown in pictures]
        if len(waiting) == 1:
            return [waiting[0]()]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = list(pool.map(lambda work: work(), waiting))
        if not connection.in_atomic_block:  # minutes may have passed: the database may have closed it
            close_old_connections()
        return answers

    def _source(self, shown: ForeignPicture) -> Callable[[], Fetched]:
        if shown.data is not None:
            data = shown.data
            return lambda: data
        if source := self.source:
            return lambda: source(shown.url)
        host = urlsplit(shown.url).hostname or ""
        if self._failures.get(host, 0) >= _PATIENCE:
            return lambda: f"{host} antwortet nicht mehr"
        return lambda: self._download(shown.url, host)

    def _download(self, url: str, host: str) -> Fetched:
        try:
            answer = request("GET", url, deadline=_SECONDS, max_bytes=MAX_BYTES)
        except NetError as error:
            if error.kind != "too_large":
                self._failures[host] = self._failures.get(host, 0) + 1
            return error.reason_de.rstrip(".")
        self._failures[host] = 0
        if answer.status != _OK:
            return f"die alte Website antwortet mit {answer.status}"
        return answer.body

    def _stored(self, shown: ForeignPicture, got: Fetched, notes: list[str]) -> TownImage | None:
        name = _name(shown)
        if isinstance(got, str):
            self.missing += 1
            notes.append(f"Bild „{name}“ fehlt: {got}.")
            return None
        try:
            # Before anything of Wagtail's looks at the bytes: it would decode a picture of any size.
            clean = media.ingest(got, filename=name)
            image = TownImage.objects.filter(sha256=clean.sha256).first() or _made(shown, name, clean)
        except (ValidationError, media.MediaError, OSError) as error:
            self.missing += 1
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            notes.append(f"Ein Bild fehlt: {reason}")
            return None
        self.loaded += 1
        return image


def _bare(pictures: tuple[ForeignPicture, ...], found: dict[int, TownImage], notes: list[str]) -> None:
    """What has no alternative text, of the pictures that are there."""
    bare = sum(1 for index in found if not pictures[index].alt)
    if bare and len(found) == 1:
        notes.append("Das Bild hat keinen Alternativtext – bitte vor der Freigabe ergänzen.")
    elif bare:
        notes.append(
            f"{bare} von {len(found)} Bildern ohne Alternativtext – bitte vor der Freigabe ergänzen."
        )


def _made(shown: ForeignPicture, name: str, clean: media.Ingested) -> TownImage:
    image = TownImage(
        title=(shown.caption or shown.alt or name)[:255],
        description=shown.alt[:255],
        rights=f"Übernommen von {shown.url}"[:400] if shown.url else "Übernommen aus dem Text",
        file=Taken(clean, name),
    )
    image.save()
    return image


def _name(shown: ForeignPicture) -> str:
    if not shown.url:
        return f"bild.{shown.mime.partition('/')[2][:4] or 'png'}"
    name = unquote(urlsplit(shown.url).path.rpartition("/")[2])
    return "".join(char for char in name if char.isprintable())[-80:] or "bild"
