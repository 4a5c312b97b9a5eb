"""A backup is a folder: each file once under its SHA-256, and for each state a list of files with the database beside it.

FOLDER/dateien/ab/abcd…            pictures and working material, shared by all states
FOLDER/2027-01-31T02-00-00Z.json   what belongs to this state; written last, so a broken backup has none
FOLDER/2027-01-31T02-00-00Z.db     SQLite file, or pg_dump's custom format
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stadtnah import __version__
from stadtnah.project.settings import env

FORMAT: Final = 1
# Before the database: it holds every entry of the log that was noted there (`kernel.audit.anchors`). The others after it:
# so no row lacks its picture.
_BEFORE: Final = ("audit",)
_AFTER: Final = ("blobs", "uploads")
_KEPT: Final = (*_BEFORE, *_AFTER)
KEYS: Final = "keys"
_CHUNK: Final = 1024 * 1024
_DUMP_SECONDS: Final = 6 * 3600  # a town's database takes minutes; a server that hangs is given up


class BackupError(RuntimeError):
    """It did not work; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of a cell in a backup folder. `at`: UTC, the name of its files; `keys`: which keys the cell had."""

    folder: Path
    at: str
    vendor: str
    digest: str
    files: dict[str, str]
    keys: tuple[str, ...]
    town: str

    @property
    def database(self) -> Path:
        """The SQLite file or the dump."""
        return self.folder / f"{self.at}.db"

    @property
    def size(self) -> int:
        """Bytes, files that it shares with other states included."""
        return self.database.stat().st_size + sum(
            _pool(self.folder, one).stat().st_size for one in set(self.files.values())
        )


def save(folder: Path, at: str, database: dict[str, Any], town: str, *, with_keys: bool) -> State:
    """Writes a state of this cell while it runs. database: Django's settings. Raises BackupError, OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{at}.db"
    if target.exists():
        raise BackupError(f"Eine Sicherung mit diesem Zeitpunkt gibt es schon: {target.name}.")
    part = folder / f".{at}.{secrets.token_hex(4)}.part"
    try:
        files = _keep_all(folder, _BEFORE)
        vendor = _dump(database, part)
        digest = _digest(part)
        files |= _keep_all(folder, (*_AFTER, KEYS) if with_keys else _AFTER)
        _sync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    keys = tuple(path.name for path in _keys(env.data_folder() / KEYS))
    state = State(folder, at, vendor, digest, files, keys, town)
    _write_list(state)
    return state


def read(listing: Path) -> State:
    """The state that a list (its .json file) names. Raises BackupError."""
    try:
        found = json.loads(listing.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise BackupError(
                f"Diese Sicherung hat das Format {found['format']}; diese Version kennt nur {FORMAT}."
            )
        return State(
            listing.parent,
            listing.stem,
            found["database"],
            found["sha256"],
            found["files"],
            tuple(found["keys"]),
            found["town"],
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BackupError(
            f"{listing} ist keine Liste einer Sicherung (erwartet wird eine .json-Datei)."
        ) from problem


def states(folder: Path) -> list[State]:
    """Every whole state, the newest first."""
    return [read(path) for path in sorted(folder.glob("*.json"), reverse=True)]


def thin_out(folder: Path, keep: int) -> int:
    """Keeps the newest states and the files they need; returns how many states went."""
    there = states(folder)
    for old in there[keep:]:
        (folder / f"{old.at}.json").unlink()
        old.database.unlink(missing_ok=True)
    needed = {digest for state in there[:keep] for digest in state.files.values()}
    for path in (folder / "dateien").glob("*/*"):
        if path.name not in needed:
            path.unlink()
    return len(there[keep:])


def check(state: State) -> list[str]:
    """German sentences about what is missing or damaged; empty for a good backup."""
    problems = []
    if not state.database.is_file():
        problems.append(f"Die Datenbank {state.database.name} fehlt.")
    elif _digest(state.database) != state.digest:
        problems.append(f"Die Datenbank {state.database.name} ist beschädigt.")
    for name, digest in sorted(state.files.items()):
        path = _pool(state.folder, digest)
        if _outside(name):
            problems.append(f"{name}: Dieser Name führt aus dem Datenordner heraus.")
        elif not path.is_file():
            problems.append(f"{name} fehlt in der Sicherung.")
        elif _digest(path) != digest:
            problems.append(f"{name} ist in der Sicherung beschädigt.")
    return problems


def restore_files(state: State, keys: Path | None) -> None:
    """Lays files and keys into the empty data folder, before anything makes new ones. Raises BackupError, OSError."""
    data = env.data_folder()
    taken = [name for name in (*_KEPT, KEYS, "stadtnah.sqlite3") if (data / name).exists()]
    if taken:
        raise BackupError(
            f"Der Datenordner ist nicht leer ({', '.join(taken)}). Zurückgespielt wird nur in einen leeren: "
            "Bitte benennen Sie den alten um oder setzen Sie STADTNAH_DATA anders."
        )
    given = {path.name for path in _keys(keys)} if keys else set()
    if lacking := [name for name in state.keys if name not in given and f"{KEYS}/{name}" not in state.files]:
        raise BackupError(
            f"Es fehlen Schlüssel: {', '.join(lacking)}. Ohne sie sind Zugangsdaten und zweite Faktoren nicht lesbar. "
            "Bitte nennen Sie mit --schluessel den Ordner, in dem sie liegen."
        )
    if problems := check(state):
        raise BackupError("\n".join(problems))
    for name, digest in state.files.items():
        _copy(_pool(state.folder, digest), data / name)
    for path in _keys(keys) if keys else []:
        _copy(path, data / KEYS / path.name)


def restore_database(state: State, database: dict[str, Any]) -> None:
    """Fills the empty database. Raises BackupError."""
    vendor = _vendor(database)
    if vendor != state.vendor:
        raise BackupError(
            f"Die Sicherung ist aus {state.vendor}, eingestellt ist {vendor} (STADTNAH_DATABASE). Beides muss gleich sein."
        )
    if vendor == "sqlite":
        _copy(state.database, Path(database["NAME"]))
        return
    if (
        _run(["psql", "-Atc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"], database).strip()
        != "0"
    ):
        raise BackupError("Die Datenbank ist nicht leer. Zurückgespielt wird nur in eine leere.")
    restore = ["pg_restore", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run([*restore, f"--dbname={database['NAME']}", str(state.database)], database)


def _dump(database: dict[str, Any], target: Path) -> str:
    vendor = _vendor(database)
    if vendor == "sqlite":
        with contextlib.closing(
            sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True, timeout=60)
        ) as source:
            source.execute("VACUUM INTO ?", [str(target)])
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], database)
    target.chmod(0o600)
    return vendor


def _vendor(database: dict[str, Any]) -> str:
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def _run(command: list[str], database: dict[str, Any]) -> str:
    """A program of PostgreSQL; the password does not stand in the list of processes."""
    names = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    given = {key: str(database[name]) for key, name in names.items() if database.get(name)}
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
            command,
            env={**os.environ, **given, "PGCONNECT_TIMEOUT": "10"},
            capture_output=True,
            text=True,
            check=False,
            timeout=_DUMP_SECONDS,
        )
    except FileNotFoundError as problem:
        raise BackupError(
            f"{command[0]} fehlt. Bitte installieren Sie das Paket postgresql-client."
        ) from problem
    except subprocess.TimeoutExpired as problem:
        raise BackupError(f"{command[0]} wurde nach sechs Stunden abgebrochen.") from problem
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip() or 'ohne Meldung beendet'}")
    return done.stdout


def _keep_all(folder: Path, parts: Iterable[str]) -> dict[str, str]:
    """Puts what lies in these parts of the data folder into the pool; returns the SHA-256 of each."""
    return {name: _keep(folder, path) for name, path in _files(parts)}


def _files(parts: Iterable[str]) -> Iterator[tuple[str, Path]]:
    data = env.data_folder()
    for part in parts:
        for path in sorted((data / part).rglob("*")):
            if path.is_file() and not path.name.endswith(".part"):
                yield path.relative_to(data).as_posix(), path


def _keys(folder: Path) -> list[Path]:
    """The key files of a folder; none when it is not there."""
    return sorted(path for path in folder.glob("*.key") if path.is_file())


def _keep(folder: Path, path: Path) -> str:
    """Puts a file into the pool, unless it is there; returns its SHA-256."""
    digest = _digest(path)
    target = _pool(folder, digest)
    if not target.exists():
        _copy(path, target)
        if _digest(target) != digest:  # changed meanwhile, as working material may
            target.unlink()
            return _keep(folder, path)
    return digest


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        shutil.copyfile(source, part)
        part.chmod(0o600)
        _sync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write_list(state: State) -> None:
    words = {
        "format": FORMAT,
        "version": __version__,
        "town": state.town,
        "database": state.vendor,
        "sha256": state.digest,
        "files": state.files,
        "keys": state.keys,
    }
    part = state.folder / f".{state.at}.json.part"
    part.write_text(json.dumps(words, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    part.chmod(0o600)
    _sync(part)
    part.replace(state.folder / f"{state.at}.json")


def _pool(folder: Path, digest: str) -> Path:
    return folder / "dateien" / digest[:2] / digest


def _outside(name: str) -> bool:
    return (
        name.startswith("/")
        or ".." in name.split("/")
        or name.split("/", maxsplit=1)[0] not in {*_KEPT, KEYS}
    )


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
