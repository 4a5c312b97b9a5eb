"""The page store: what the public gets, baked to disk. Any static server can serve `public/` as it is.

STADTNAH_DATA/store/public/ holds the files (with .gz and .br beside them), store/meta/ one small JSON for each:
status, content type, ETag, time of change. What was withdrawn lies in store/away/, where only we find it: a server that
knows nothing of the JSON would call it a page. What leads on lies in store/moved/: pages with a link, for a server in front that
cannot ask us. A path without its JSON is not served by us. All files of a path are written beside their places and renamed when all
are there, so that a full disk leaves the old ones; the JSON comes last and names the digests, so that a reader between two renames
notices. What is "the same" is asked of the files, not of the JSON alone: a process killed between two renames, or a changed file, is
mended by the next write.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import brotli
from django.conf import settings

from stadtnah.kernel import clock, storage

FOREVER: Final = "public, max-age=31536000, immutable"
# Asked for anew each time (an ETag makes it cheap): a correction or withdrawal must reach whoever comes back.
PAGE: Final = "public, no-cache, stale-if-error=604800"
_TEXTS: Final = ("text/", "application/", "image/svg+xml")
_DENSE: Final = ("application/pdf", "application/vnd.")  # packed already
_ROOTS: Final = {301: "moved", 302: "moved", 410: "away"}  # everything else is public
_EVERY: Final = ("public", "moved", "away")
_PACKED: Final = ("gz", "br")
_SMALL: Final = 512  # bytes; below, compressing costs more than it saves


_held: Final = storage.Remembered[bool](2_000)


class StorePathError(ValueError):
    """A path that has no place in the store."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the server says about a file."""

    status: int
    content_type: str
    etag: str  # SHA-256 of the plain bytes, hex
    modified: str  # HTTP date
    cache: str
    location: str = ""
    gz: str = ""  # SHA-256 of the compressed bytes; "" when there are none
    br: str = ""


def folder() -> Path:
    """The root of the store."""
    return Path(settings.STADTNAH_DATA) / "store"


def relative(path: str) -> str:
    """The file of a path: "/a/" is "a/index.html", and no other path is that. Raises StorePathError for anything that could leave the store."""
    if not path.startswith("/") or "\\" in path or "\0" in path or path.endswith("/index.html"):
        raise StorePathError(path[:80])
    name = path[1:] + ("index.html" if path.endswith("/") else "")
    parts = name.split("/")
    if parts[0] == ".well-known":  # RFC 8615; no other name may begin with a dot
        parts = parts[1:]
    if any(part in {"", ".", ".."} or part.startswith(".") or len(part.encode()) > 200 for part in parts):  # noqa: PLR2004 - NAME_MAX is 255 less our suffixes
        raise StorePathError(path[:80])
    return name


def public_file(path: str) -> Path:
    """Where the bytes of a path lie that any server may show."""
    return folder() / "public" / relative(path)


def file_of(path: str, meta: Meta) -> Path:
    """Where the bytes of a path lie."""
    return _place(path, meta.status)


def _place(path: str, status: int) -> Path:
    return folder() / _ROOTS.get(status, "public") / relative(path)


def meta_file(path: str) -> Path:
    """Where its JSON lies."""
    return folder() / "meta" / f"{relative(path)}.json"


def write(
    path: str, data: bytes, content_type: str, *, status: int = 200, cache: str = PAGE, location: str = ""
) -> bool:
    """Puts the bytes under `path`; False when they are there already. Raises StorePathError, OSError (disk full)."""
    etag = hashlib.sha256(data).hexdigest()
    old = read_meta(path)
    same = (status, content_type, etag, cache, location)
    target = _place(path, status)
    if (
        old
        and same == (old.status, old.content_type, old.etag, old.cache, old.location)
        and intact(path, old)
    ):
        _unlink_elsewhere(path, status)  # a killed process may have left it
        return False
    packed = _packed(data, content_type)
    meta = Meta(
        status=status,
        content_type=content_type,
        etag=etag,
        modified=clock.rfc822(clock.now()),
        cache=cache,
        location=location,
        **{suffix: hashlib.sha256(body).hexdigest() for suffix, body in packed.items()},
    )
    files = {target: data, **{_beside(target, suffix): body for suffix, body in packed.items()}}
    _replace({**files, meta_file(path): json.dumps(asdict(meta)).encode()})
    for suffix in {*_PACKED} - packed.keys():
        _beside(target, suffix).unlink(missing_ok=True)
    _unlink_elsewhere(path, status)
    return True


def intact(path: str, meta: Meta | None = None) -> bool:
    """Whether the files of a path are those that its JSON names, the packed ones too, and no others lie beside them."""
    meta = meta or read_meta(path)
    if meta is None:
        return False
    target = file_of(path, meta)
    packed = dict(zip(_PACKED, (meta.gz, meta.br), strict=True))
    return storage.digest(target) == meta.etag and all(
        storage.digest(_beside(target, end)) == packed[end] for end in packed
    )


def holds(path: str) -> bool:
    """As `intact`, for what lies in `public` and is asked for again and again: pictures, style sheets."""
    key = f"{folder()}{path}"
    if _held.get(key):
        return True
    target = public_file(path)
    files = storage.states(meta_file(path), target, *(_beside(target, end) for end in _PACKED))
    if not intact(path):
        return False
    _held.put(key, found=True, files=files)
    return True


def remove(path: str) -> None:
    """Takes a path out; the JSON first, so that nobody gets half of it."""
    meta_file(path).unlink(missing_ok=True)
    for root in _EVERY:
        _unlink(folder() / root / relative(path))


def read_meta(path: str) -> Meta | None:
    """What is stored under `path`; None when nothing (or a damaged JSON) is."""
    try:
        return Meta(**json.loads(meta_file(path).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def stands(path: str) -> bool:
    """Whether readers find something at this path, of whatever kind: a page, a picture, a feed."""
    try:
        meta = read_meta(path)
    except StorePathError:
        return False
    return meta is not None and meta.status == 200  # noqa: PLR2004 - OK


def read(path: str) -> tuple[Meta, bytes] | None:
    """JSON and plain bytes that belong together, or None."""
    for _ in range(3):
        meta = read_meta(path)
        if meta is None:
            return None
        try:
            data = file_of(path, meta).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == meta.etag:
            return meta, data
    return None


def strays(known: Mapping[str, Meta]) -> Iterator[Path]:
    """Files that belong to no stored path: a killed process left them, or somebody else put them there."""
    kept = set()
    for path, meta in known.items():
        target = file_of(path, meta)
        kept |= {
            target,
            *(_beside(target, end) for end, digest in (("gz", meta.gz), ("br", meta.br)) if digest),
        }
    for root in _EVERY:
        yield from (file for file in (folder() / root).rglob("*") if file not in kept and not file.is_dir())


def paths() -> Iterator[str]:
    """Every stored path, in no order."""
    root = folder() / "meta"
    for file in root.rglob("*.json"):
        name = file.relative_to(root).as_posix().removesuffix(".json")
        yield "/" + name.removesuffix("index.html") if name.rsplit("/", 1)[-1] == "index.html" else f"/{name}"


def paths_below(path: str) -> list[str]:
    """The files stored in the folder `path`."""
    root = folder() / "meta" / relative(path).removesuffix("index.html")
    return [f"{path}{file.name.removesuffix('.json')}" for file in root.glob("*.json")]


def _packed(data: bytes, content_type: str) -> dict[str, bytes]:
    if len(data) < _SMALL or not content_type.startswith(_TEXTS) or content_type.startswith(_DENSE):
        return {}
    # mtime=0: the same page gives the same file.
    return {"gz": gzip.compress(data, 9, mtime=0), "br": brotli.compress(data, quality=7)}


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f"{target.name}.{suffix}")


def _unlink_elsewhere(path: str, status: int) -> None:
    for root in _EVERY:
        if root != _ROOTS.get(status, "public"):
            _unlink(folder() / root / relative(path))


def _unlink(target: Path) -> None:
    for name in (target.name, f"{target.name}.gz", f"{target.name}.br"):
        target.with_name(name).unlink(missing_ok=True)


def _replace(files: dict[Path, bytes]) -> None:
    """All of them in this order, or none when they do not fit. Raises OSError."""
    ready: dict[Path, Path] = {}
    try:
        for target, data in files.items():
            ready[target] = target.with_name(f".{secrets.token_hex(6)}.part")
            _put(ready[target], data)
        for target, temporary in ready.items():
            temporary.replace(target)
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _put(temporary: Path, data: bytes) -> None:
    try:
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileNotFoundError:
        temporary.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
