"""The website as a folder that any static host can serve: `stadtnah export site`.

A copy of the page store, file by file. What a static host cannot do is put in its place: an address that moved gets a page
that leads on (HTML, meta refresh; the list names it too), a withdrawn one none, a form the page that says it is out of reach. Only what
differs is written, what is gone is removed, and a list of all files with their digests comes last.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from stadtnah.surfaces.website import heartbeat, serve, store
from stadtnah.surfaces.website.languages.domain.tongues import tag_of
from stadtnah.surfaces.website.site import LANGUAGES

LIST: Final = "stadtnah-export.json"
_MOVED: Final = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{to}</title><meta name="robots" content="noindex">'
    '<link rel="canonical" href="{to}"><meta http-equiv="refresh" content="0; url={to}"></head>'
    '<body><p><a href="{to}">{to}</a></p></body></html>\n'
)


class MirrorError(Exception):
    """Why nothing was exported, in German."""


@dataclass(frozen=True, slots=True)
class Result:
    """Files there are now, written this time, removed this time; bytes in all."""

    files: int
    written: int
    removed: int
    size: int


def export(target: Path) -> Result:
    """Makes `target` a copy of the public website. Raises MirrorError (a folder of something else, nothing baked yet), OSError."""
    before = _listed(target)
    if store.read_meta("/") is None:
        raise MirrorError(
            "Die Website ist noch leer. Starten Sie die Zelle einmal, dann werden ihre Seiten erzeugt."
        )
    target.mkdir(parents=True, exist_ok=True)
    files: dict[str, str] = {}
    written = size = 0
    redirects: dict[str, dict[str, object]] = {}
    for path, data in _contents(redirects):
        name = store.relative(path)
        files[name] = hashlib.sha256(data).hexdigest()
        size += len(data)
        written += _put(target / name, data, files[name])
    gone = [name for name in before if name not in files]
    for name in gone:
        (target / name).unlink(missing_ok=True)
    listed = {"files": files, "redirects": redirects}
    _write(target / LIST, json.dumps(listed, indent=1, sort_keys=True).encode())
    return Result(len(files), written, len(gone), size)


def _contents(redirects: dict[str, dict[str, object]]) -> Iterator[tuple[str, bytes]]:
    """Each path of the copy with its bytes. `redirects` is told what leads on where to, for a host that can answer 301."""
    for path in sorted(store.paths()):
        if path == heartbeat.PATH:
            continue
        found = store.read(path)
        if found is None:
            continue
        meta, data = found
        if meta.location:
            redirects[path] = {"to": meta.location, "status": meta.status}
            if "?" in path:
                continue  # a static host looks for no file by what stands there
            language = tag_of(path)
            yield path, _MOVED.format(to=escape(meta.location, quote=True), language=language).encode()
        elif meta.status != 410:  # noqa: PLR2004 - Gone: what was taken back is in no copy
            yield path, data
    for prefix in LANGUAGES.values():
        silent = store.read(f"{prefix}/500.html")
        for form in serve.FORMS if silent else ():
            yield prefix + form, silent[1]  # type: ignore[index] # there, as the loop runs


def _put(file: Path, data: bytes, digest: str) -> bool:
    try:
        if hashlib.sha256(file.read_bytes()).hexdigest() == digest:
            return False
    except OSError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, data)
    return True


def _write(file: Path, data: bytes) -> None:
    """Beside its place and renamed: whoever serves the folder never gets half a file."""
    part = file.with_name(f".{secrets.token_hex(6)}.part")
    try:
        part.write_bytes(data)
        os.replace(part, file)  # noqa: PTH105 - the same
    finally:
        part.unlink(missing_ok=True)


def _listed(target: Path) -> list[str]:
    """The files of the last export; refuses a folder that holds anything else."""
    if not target.exists():
        return []
    if not target.is_dir():
        raise MirrorError(f"{target} ist kein Ordner.")
    try:
        names = list(json.loads((target / LIST).read_bytes())["files"])
    except FileNotFoundError:
        if any(target.iterdir()):
            raise MirrorError(
                f"Im Ordner {target} liegt schon anderes. Bitte nennen Sie einen leeren Ordner oder den des letzten Exports."
            ) from None
        return []
    except (ValueError, KeyError, TypeError) as problem:
        raise MirrorError(
            f"Die Liste {LIST} in {target} ist beschädigt. Bitte nehmen Sie einen leeren Ordner."
        ) from problem
    root = target.resolve()
    return [name for name in names if (target / name).resolve().is_relative_to(root)]
