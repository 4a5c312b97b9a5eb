"""The folder that any static server could serve."""

from __future__ import annotations

import errno
import gzip
from pathlib import Path
from typing import Any, Self

import pytest

from stadtnah.surfaces.website import store

HTML = "text/html; charset=utf-8"


def test_writing_the_same_again_changes_nothing(data_folder: Path) -> None:
    assert store.write("/a/", b"x" * 900, HTML)
    before = store.read_meta("/a/")
    assert not store.write("/a/", b"x" * 900, HTML)
    assert store.read_meta("/a/") == before
    assert store.write("/a/", b"x" * 900, HTML, status=410)


def test_the_files_are_plain_and_packed(data_folder: Path) -> None:
    store.write("/a/b/", b"x" * 900, HTML)
    folder = data_folder / "store" / "public" / "a" / "b"
    assert (folder / "index.html").read_bytes() == b"x" * 900
    assert gzip.decompress((folder / "index.html.gz").read_bytes()) == b"x" * 900
    assert sorted(file.name for file in folder.iterdir()) == ["index.html", "index.html.br", "index.html.gz"]
    store.write("/a/b/", b"short", HTML)
    assert [file.name for file in folder.iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    "path", ["a/", "/../a", "/a/../b/", "/.a/", "//a/", "/a\\b/", "/a\0/", "/" + "x" * 201, "/a/index.html"]
)
def test_paths_cannot_leave(path: str) -> None:
    with pytest.raises(store.StorePathError):
        store.write(path, b"", HTML)
    assert store.relative("/a/") == "a/index.html"


def test_paths_come_back(data_folder: Path) -> None:
    for path in ("/", "/a/", "/feeds/atom.xml"):
        store.write(path, b"x", HTML)
    assert set(store.paths()) == {"/", "/a/", "/feeds/atom.xml"}
    store.remove("/a/")
    assert store.read("/a/") is None
    assert set(store.paths()) == {"/", "/feeds/atom.xml"}


def test_a_full_disk_leaves_the_old_page(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write("/a/", b"old", HTML)

    class Full:
        def __init__(self, *_: Any) -> None: ...
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...
        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store.os, "fdopen", Full)
        with pytest.raises(OSError, match="No space"):
            store.write("/a/", b"new", HTML)
    found = store.read("/a/")
    assert found is not None
    assert found[1] == b"old"
    assert not list((data_folder / "store").rglob("*.part"))


def test_what_is_gone_or_moved_is_no_file_of_another_server(data_folder: Path) -> None:
    public = data_folder / "store" / "public" / "a"
    store.write("/a/", b"x" * 900, HTML)
    for status in (410, 301):
        store.write("/a/", b"y" * 900, HTML, status=status)
        assert list(public.iterdir()) == []
        found = store.read("/a/")
        assert found is not None
        assert (found[0].status, found[1]) == (status, b"y" * 900)
    store.write("/a/", b"x" * 900, HTML)
    assert (public / "index.html").read_bytes() == b"x" * 900
    assert [file for file in (data_folder / "store" / "away").rglob("*") if file.is_file()] == []
    store.write("/a/", b"y" * 900, HTML, status=410)
    store.remove("/a/")
    assert store.read("/a/") is None


def test_a_file_that_is_missing_is_written_though_its_note_is_there(data_folder: Path) -> None:
    store.write("/a/", b"x" * 900, HTML)
    store.public_file("/a/").unlink()
    assert store.write("/a/", b"x" * 900, HTML)
    assert store.read("/a/") is not None
