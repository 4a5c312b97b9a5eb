"""A process killed at the wrong moment, a full disk, a damaged file: the next write mends it, whatever the JSON says."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website import bake, pictures_store, publish, renewal, store
from stadtnah.surfaces.website.models import PageUse
from tests.surfaces.website.conftest import DIGEST, OTHER, message

HTML = "text/html; charset=utf-8"
WITHOUT, WITH_IT = b"<p>Liste ohne</p>" * 60, b"<p>Liste mit der Meldung</p>" * 60


class Killed(BaseException):
    """SIGKILL, as far as one process can tell of it."""


@contextmanager
def killed(name: str, fits: Callable[[Path], bool]) -> Iterator[None]:
    """The process ends where it would do this to a file that fits; the control: it comes there."""
    real = getattr(Path, name)

    def act(self: Path, *given: Any, **named: Any) -> Any:
        if fits(given[0] if given else self):
            raise Killed
        return real(self, *given, **named)

    with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):  # noqa: PT012 - what is killed is the body
        patched.setattr(Path, name, act)
        yield


def is_public(path: Path) -> bool:
    return "public" in path.parts


@pytest.mark.parametrize("what", [".json", ".gz", ".br"])
def test_killed_between_two_files_of_a_page(data_folder: Path, what: str) -> None:
    store.write("/aktuelles/", WITHOUT, HTML)
    with killed("replace", lambda target: target.suffix == what):
        store.write("/aktuelles/", WITH_IT, HTML)
    assert store.write(
        "/aktuelles/", WITHOUT, HTML
    )  # the message was withdrawn: the list is what it was before
    file = store.public_file("/aktuelles/")
    assert file.read_bytes() == WITHOUT
    assert gzip.decompress(file.with_name("index.html.gz").read_bytes()) == WITHOUT
    assert store.read("/aktuelles/") is not None
    assert not store.write("/aktuelles/", WITHOUT, HTML)  # the control: now it is there


def test_a_disk_that_is_full_at_the_last_file_leaves_the_old_page_whole(data_folder: Path) -> None:
    store.write("/a/", WITHOUT, HTML)
    left = [2]  # files that fit, of four

    def opened(*given: Any, **named: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*given, **named)

    real = os.open
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store.os, "open", opened)
        with pytest.raises(OSError, match="No space"):
            store.write("/a/", WITH_IT, HTML)
    found = store.read("/a/")
    assert found is not None
    assert found[1] == WITHOUT
    assert not list((data_folder / "store").rglob("*.part"))


@pytest.mark.parametrize("suffix", ["", ".gz", ".br"])
def test_a_file_that_was_changed_is_written_anew(data_folder: Path, suffix: str) -> None:
    store.write("/a/", WITHOUT, HTML)
    file = store.public_file("/a/")
    changed = file.with_name(f"index.html{suffix}")
    true = changed.read_bytes()
    changed.write_bytes(b"x" * len(true))
    assert store.write("/a/", WITHOUT, HTML)
    assert changed.read_bytes() == true
    assert not store.write("/a/", WITHOUT, HTML)


def test_a_packed_file_that_nobody_wrote_goes(data_folder: Path) -> None:
    store.write("/a/", b"short", HTML)
    forged = store.public_file("/a/").with_name("index.html.gz")
    forged.write_bytes(gzip.compress(b"forged"))
    store.write("/a/", b"short", HTML)
    assert not forged.exists()


def test_a_picture_that_was_changed_is_put_there_anew(data_folder: Path) -> None:
    path = f"/media/{'a' * 64}.jpg"
    pictures_store.put(path, "image/jpeg", lambda: b"true")
    pictures_store.put(path, "image/jpeg", pytest.fail)  # the control: it is there
    store.public_file(path).write_bytes(b"forged")
    pictures_store.put(path, "image/jpeg", lambda: b"true")
    assert store.public_file(path).read_bytes() == b"true"


@pytest.fixture
def shown(town: Town, picture: Picture) -> Any:
    made = message(1, hero=picture)
    publish.put_live(made, DIGEST)
    publish.settle()
    assert store.public_file(made.path).exists()
    assert [path for path in store.paths() if path.startswith("/media/")]
    return made


def done_again(made: Any) -> None:
    """The lease ran out, the row is done once more."""
    publish.withdraw(made.object_key, OTHER)
    publish.settle()


@pytest.mark.django_db
@pytest.mark.parametrize("how", [done_again, lambda _made: bake.bake_all(), lambda _made: renewal.renew()])
def test_killed_before_the_withdrawn_page_went(shown: Any, how: Any) -> None:
    with killed("unlink", is_public):
        publish.withdraw(shown.object_key, OTHER)
    how(shown)
    assert not store.public_file(shown.path).exists()  # nginx and Caddy show what lies there


@pytest.mark.django_db
def test_killed_before_its_pictures_went(shown: Any) -> None:
    with killed("unlink", lambda path: path.parts[-2:-1] == ("media",)):
        publish.withdraw(shown.object_key, OTHER)
    with killed("unlink", lambda path: path.parts[-2:-1] == ("media",)):
        publish.settle()
    done_again(shown)
    left = {f"media:{path}" for path in store.paths() if path.startswith("/media/")}
    assert f"media:{shown.hero.mail_path}" not in left
    assert left <= set(PageUse.objects.values_list("used", flat=True))  # the cards of the lists
