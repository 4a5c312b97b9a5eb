"""A cell is saved while it runs, put back elsewhere, and damage is named before anything is touched."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.project.test_setup import GIVEN, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Cells:
    """Runs commands for cells below one folder; each with a database of its own, SQLite or the suite's PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, dict[str, str]()
        self.server = os.environ.get("STADTNAH_DATABASE", "")

    def run(self, cell: str, *words: str, code: int = 0) -> str:
        return self._started(cell, "-m", "stadtnah", *words, code=code)

    def python(self, cell: str, code: str) -> str:
        """A few lines within the cell."""
        began = (
            "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'stadtnah.project.settings.base'; "
            "from stadtnah.project.commands import start; start.setup(); "
        )
        return self._started(cell, "-c", began + code)

    def _started(self, cell: str, *words: str, code: int = 0) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
        env = {**kept, "PYTHONPATH": str(ROOT / "src"), "STADTNAH_DATA": str(self.folder / cell)}
        if self.server:
            env["STADTNAH_DATABASE"] = self._database(cell)
        done = subprocess.run(
            [sys.executable, *words],
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def take(self, other: Cells, cell: str) -> None:
        """A copy of another folder's cell."""
        shutil.copytree(other.folder / cell, self.folder / cell)
        if self.server:
            self._database(cell, urlsplit(other.made[cell]).path.strip("/"))

    def _database(self, cell: str, like: str = "template1") -> str:
        if cell not in self.made:
            name = f"cell_{secrets.token_hex(6)}"
            self._sql(f"CREATE DATABASE {name} TEMPLATE {like}")
            self.made[cell] = urlsplit(self.server)._replace(path=f"/{name}").geturl()
        return self.made[cell]

    def _sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload] # a name made above

    def end(self) -> None:
        for address in self.made.values():
            self._sql(f"DROP DATABASE {urlsplit(address).path.strip('/')} WITH (FORCE)")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cells]:
    """A town of its own is set up once, which takes longest."""
    made = Cells(tmp_path_factory.mktemp("founded"))
    made.run("town", "setup", *(word for pair in GIVEN.items() for word in pair), "--link")
    yield made
    made.end()


@pytest.fixture
def cells(founded: Cells, tmp_path: Path) -> Iterator[Cells]:
    """There is one of them, "town"."""
    made = Cells(tmp_path)
    made.take(founded, "town")
    yield made
    made.end()


def test_a_cell_comes_back_whole_and_damage_is_named_first(cells: Cells, tmp_path: Path) -> None:
    photo = tmp_path / "town" / "uploads" / "original_images" / "brücke.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"bytes of a photo")
    safe = tmp_path / "safe"
    told = cells.run("town", "backup", str(safe))
    assert "Die Schlüssel sind nicht dabei" in told
    (listing,) = safe.glob("*.json")
    assert "keys/django.key" not in json.loads(listing.read_text())["files"]
    assert "Vollständig: Stadt Musterstadt" in cells.run("x", "restore", str(listing), "--nur-pruefen")

    assert "Es fehlen Schlüssel: django.key" in cells.run("new", "restore", str(listing), code=1)
    assert not (tmp_path / "new" / "keys").exists()  # a new key would hide that the old one is missing
    keys = tmp_path / "drawer"
    shutil.copytree(tmp_path / "town" / "keys", keys)
    told = cells.run("new", "restore", str(listing), "--schluessel", str(keys))
    assert "Zurückgespielt: Stadt Musterstadt" in told
    assert (
        tmp_path / "new" / "uploads" / "original_images" / "brücke.jpg"
    ).read_bytes() == b"bytes of a photo"
    assert (tmp_path / "new" / "keys" / "django.key").read_bytes() == (keys / "django.key").read_bytes()
    assert (tmp_path / "new" / "keys" / "django.key").stat().st_mode & 0o777 == 0o600
    cells.run("new", "check", "system")
    cells.run("new", "check", "audit")
    assert GIVEN["--admin"] in cells.run("new", "export", "person", GIVEN["--admin"])
    again = cells.run("new", "restore", str(listing), "--schluessel", str(keys), code=1)
    assert "nicht leer" in again

    (kept,) = (safe / "dateien").glob("*/*")
    kept.write_bytes(b"other bytes")
    told = cells.run("third", "restore", str(listing), "--schluessel", str(keys), code=1)
    assert "uploads/original_images/brücke.jpg ist in der Sicherung beschädigt" in told
    assert not (tmp_path / "third" / "uploads").exists()


def test_mails_of_the_restored_state_wait_for_a_person(cells: Cells, tmp_path: Path) -> None:
    """Not told to the town hall yet when the backup was made; afterwards it may have been."""
    write = (
        "from stadtnah.services.feedback.domain.reports import Sent, receive; "
        "print(receive(Sent('contact', 'Hallo'), 'form').number)"
    )
    ask = (
        "from stadtnah.services.feedback.models import Report; from stadtnah.kernel import letters; "
        "print('unclear', letters.unclear(), 'left', letters.left(Report).count())"
    )
    cells.python("town", write)
    cells.run("town", "backup", str(tmp_path / "safe"), "--mit-schluesseln")
    (listing,) = (tmp_path / "safe").glob("*.json")
    told = cells.run("new", "restore", str(listing))
    assert "Eine E-Mail an eine einzelne Person gilt als ungeklärt" in told
    assert "unclear 1 left 0" in cells.python("new", ask)
    assert "unclear 0" in cells.python("town", ask)  # the control


def test_only_so_many_states_are_kept_and_what_they_need(cells: Cells, tmp_path: Path) -> None:
    uploads, safe = tmp_path / "town" / "uploads", tmp_path / "safe"
    uploads.mkdir(exist_ok=True)
    (uploads / "a.jpg").write_bytes(b"stays")
    (uploads / "b.jpg").write_bytes(b"goes")
    cells.run("town", "backup", str(safe), "--mit-schluesseln")
    (first,) = safe.glob("*.json")
    files = json.loads(first.read_text())["files"]
    (uploads / "b.jpg").unlink()
    shutil.move(first, safe / "2020-01-01T00-00-00Z.json")  # as if it were old
    shutil.move(first.with_suffix(".db"), safe / "2020-01-01T00-00-00Z.db")
    assert "Ältere Stände gelöscht: 1" in cells.run(
        "town", "backup", str(safe), "--mit-schluesseln", "--behalten", "1"
    )
    (listing,) = safe.glob("*.json")
    pool = {path.name for path in (safe / "dateien").glob("*/*")}
    assert files["uploads/a.jpg"] in pool
    assert files["uploads/b.jpg"] not in pool
    cells.run("new", "restore", str(listing))
    assert (tmp_path / "new" / "keys" / "django.key").is_file()
    listing.write_text("{}")
    assert "keine Liste einer Sicherung" in cells.run("third", "restore", str(listing), code=1)


def test_a_list_that_leads_out_of_the_folder_is_refused(cells: Cells, tmp_path: Path) -> None:
    safe = tmp_path / "safe"
    cells.run("town", "backup", str(safe), "--mit-schluesseln")
    (listing,) = safe.glob("*.json")
    found = json.loads(listing.read_text())
    found["files"]["uploads/../../out"] = found["files"]["keys/django.key"]
    listing.write_text(json.dumps(found))
    assert "führt aus dem Datenordner heraus" in cells.run("new", "restore", str(listing), code=1)
    assert not (tmp_path / "out").exists()
