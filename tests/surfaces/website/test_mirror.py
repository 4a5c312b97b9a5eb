"""The website as a folder for any static host."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from stadtnah.surfaces.website import heartbeat, mirror, serve, store

HTML = "text/html; charset=utf-8"


@pytest.fixture
def baked(data_folder: Path) -> None:
    store.write("/", b"<h1>Start</h1>", HTML)
    store.write("/en/", b"<h1>Start</h1>", HTML)
    store.write("/aktuelles/fest/", b"<h1>Fest</h1>", HTML)
    store.write("/media/dokumente/01/plan.pdf", b"%PDF", "application/pdf")
    store.write("/404.html", b"<h1>fehlt</h1>", HTML, status=404)
    store.write("/500.html", b"<h1>gleich wieder</h1>", HTML, status=503)
    store.write("/weg/", b"<h1>geheim</h1>", HTML, status=410)
    store.write("/alt/", b"<h1>alt</h1>", HTML, status=301, location='/aktuelles/fest/?a="b"')
    heartbeat.beat()


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_the_copy_is_whole_and_says_what_it_holds(baked: None, tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    result = mirror.export(folder)
    wanted = {
        "index.html", "en/index.html", "aktuelles/fest/index.html", "media/dokumente/01/plan.pdf", "404.html", "500.html", "alt/index.html",
        mirror.LIST, *(f"{form.strip('/')}/index.html" for form in serve.FORMS),
    }  # fmt: skip
    assert names(folder) == wanted
    listed = json.loads((folder / mirror.LIST).read_bytes())["files"]
    assert set(listed) == wanted - {mirror.LIST}
    assert all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items()
    )
    assert (result.files, result.written, result.removed) == (len(listed), len(listed), 0)
    assert b"gleich wieder" in (folder / "newsletter" / "index.html").read_bytes()


def test_what_moved_leads_on_and_what_was_taken_back_is_not_there(baked: None, tmp_path: Path) -> None:
    mirror.export(tmp_path / "kopie")
    moved = (tmp_path / "kopie" / "alt" / "index.html").read_text()
    assert 'content="0; url=/aktuelles/fest/?a=&quot;b&quot;"' in moved
    assert not any(b"geheim" in file.read_bytes() for file in (tmp_path / "kopie").rglob("*.html"))


def test_only_what_changed_is_written_again(baked: None, tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    mirror.export(folder)
    stamp = (folder / "index.html").stat().st_mtime_ns
    store.write("/aktuelles/fest/", b"<h1>Fest, neu</h1>", HTML)
    store.remove("/media/dokumente/01/plan.pdf")
    result = mirror.export(folder)
    assert (result.written, result.removed) == (1, 1)
    assert (folder / "index.html").stat().st_mtime_ns == stamp
    assert not (folder / "media/dokumente/01/plan.pdf").exists()
    assert mirror.export(folder).written == 0


def test_a_folder_of_something_else_is_left_alone(baked: None, tmp_path: Path) -> None:
    (tmp_path / "anderes").mkdir()
    (tmp_path / "anderes" / "brief.txt").write_text("wichtig")
    with pytest.raises(mirror.MirrorError, match="liegt schon anderes"):
        mirror.export(tmp_path / "anderes")
    assert names(tmp_path / "anderes") == {"brief.txt"}
    with pytest.raises(mirror.MirrorError, match="kein Ordner"):
        mirror.export(tmp_path / "anderes" / "brief.txt")


def test_a_forged_list_removes_nothing_outside(baked: None, tmp_path: Path) -> None:
    folder = tmp_path / "kopie"
    mirror.export(folder)
    (tmp_path / "brief.txt").write_text("wichtig")
    (folder / mirror.LIST).write_text(json.dumps({"files": {"../brief.txt": "0", "index.html": "0"}}))
    mirror.export(folder)
    assert (tmp_path / "brief.txt").exists()


def test_nothing_baked_yet_is_said(data_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(mirror.MirrorError, match="noch leer"):
        mirror.export(tmp_path / "kopie")
    assert not (tmp_path / "kopie").exists()
