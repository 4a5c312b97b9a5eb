"""A catalogue of services: read whatever is wrong with it, taken over as drafts, once each."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.models import ReleasedPage, ServicePage
from stadtnah.surfaces.website.moving_in import command, load
from stadtnah.surfaces.website.moving_in.foreign import FeedError, ForeignItem, Reading
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from stadtnah.surfaces.website.moving_in.parse import read
from tests.surfaces.website.conftest import data_folder, town

__all__ = ["data_folder", "town"]  # fixtures
SAMPLES = Path(__file__).parents[3] / "samples" / "services"
CATALOGUE = SAMPLES / "catalogue.json"
pytestmark = pytest.mark.django_db


def reading(data: bytes) -> tuple[Reading, list[ForeignItem]]:
    found = read(data, source_url=None, content_type=None, zone=ZoneInfo("Europe/Berlin"))
    return found, list(found.items)


def taken() -> ImportRun:
    run = load.start(CATALOGUE.read_bytes(), source=CATALOGUE.name, by=None, pictures=False)
    ended = load.advance(run.pk)
    assert ended is not None
    return ended


@pytest.fixture
def tree(town: Town) -> None:
    founding.lay_tree("Willkommen", site_name="Beispielau")


def test_everything_in_the_file_is_accounted_for() -> None:
    found, items = reading(CATALOGUE.read_bytes())
    assert found.kind == "services"
    assert (len(items), len(found.broken)) == (6, 2)
    assert found.total == len(items) + len(found.broken) == 8
    assert [entry.reason_de for entry in found.broken] == [
        "Der Eintrag hat keinen Namen.",
        "Der Eintrag ist kein JSON-Objekt.",
    ]
    assert any("nicht öffentlich gekennzeichnet" in note and "1 " in note for note in found.notes)
    assert len({item.guid for item in items}) == len(items)  # also of those that share a number


def test_a_service_keeps_what_it_says_and_nothing_that_harms() -> None:
    _found, items = reading(CATALOGUE.read_bytes())
    first, lock, _empty, licence, _again, long = items
    given = first.details
    assert given["fees"] == (
        "<p><strong>Gebühren</strong></p><p>bis 24 Jahre: 27,60 Euro</p><p>ab 24</p><p>46 Euro</p>"
    )
    assert given["leika"] == "99008001000000"
    assert "990." in " ".join(first.notes)
    assert given["other_names"] == "Perso, Ausweis"
    assert given["links"] == [
        ["Vollmacht", "https://alt.beispielau.example/vollmacht.pdf"],
        ["https://bund.example/?a=1&b=2", "https://bund.example/?a=1&b=2"],
    ]
    assert given["appointment_address"] == "https://termin.example/#/services/11"
    assert given["duration"] == "Der Termin dauert etwa 15 Minuten."
    assert lock.title == "Übermittlungssperre"
    assert "duration" not in lock.details
    assert licence.details["duration"] == "etwa vier Wochen"
    assert '<a href="https://form.example/antrag.pdf">Antrag</a>' in licence.details["documents"]
    assert "Passbild: nicht älter als ein Jahr" in licence.details["documents"]
    assert licence.details["requirements"] == "<p>Wohnsitz in Beispielau</p>"
    assert "§ 24a FeV" in licence.details["legal_basis"]
    assert licence.details["online_address"] == "https://online.example/fs"
    assert "Führerscheine" in licence.teaser
    assert len(long.title) <= 250
    assert len(long.details["other_names"]) <= 1000
    assert long.details["other_names"].rpartition(", ")[2].startswith("Wort ")
    assert long.details["duration"] == "zwei Tage"
    assert all("Datum" not in note for item in items for note in item.notes)


def test_a_catalogue_becomes_drafts_and_a_second_run_changes_nothing(tree: None) -> None:
    run = taken()
    assert (run.state, run.created, run.broken) == ("done", 6, 2)
    page = ServicePage.objects.get(title="Personalausweis", slug="personalausweis")
    assert page.live is False
    assert page.public_path() == "/dienstleistungen/personalausweis/"
    titles = [block.title for block in page.content().blocks if block.kind == "heading"]
    assert titles == ["Kosten", "Formulare und Links"]
    page.full_clean()
    assert not ReleasedPage.objects.exists()
    assert set(ImportedItem.objects.exclude(page=None).values_list("object_key", flat=True)) == {
        service.object_key for service in ServicePage.objects.all()
    }
    again = taken()
    assert (again.created, again.updated, again.unchanged, again.broken) == (0, 0, 6, 2)
    assert ServicePage.objects.count() == 6


def test_a_draft_somebody_changed_is_left_alone_and_others_follow(tree: None) -> None:
    taken()
    mine, theirs = ServicePage.objects.order_by("pk")[:2]
    mine.title = "Mein Titel"
    mine.save()
    mine.save_revision()
    rows = json.loads(CATALOGUE.read_text())
    rows["data"][0]["fees"] = "<p>Neu: 50 Euro</p>"
    rows["data"][1]["fees"] = "<p>Neu: 3 Euro</p>"
    run = load.start(json.dumps(rows).encode(), source="neu.json", by=None, pictures=False)
    ended = load.advance(run.pk)
    assert ended is not None
    assert (ended.updated, ended.kept) == (1, 1)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.title == "Mein Titel"
    assert "3 Euro" in theirs.fees


def test_the_command_takes_catalogues_and_nothing_else(tree: None, tmp_path: Path) -> None:
    said: list[str] = []
    warned: list[str] = []
    assert (
        command.run(str(CATALOGUE), pictures=False, services=True, say=said.append, warn=warned.append) == 0
    )
    assert "Neue Entwürfe: 6." in "\n".join(said)
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><item><title>x</title></item></channel></rss>")
    offices = str(SAMPLES / "offices.json")
    for source, reason in (
        (str(feed), "kein Katalog von Dienstleistungen"),
        (offices, "Liste von Standorten"),
    ):
        warned.clear()
        assert command.run(source, pictures=False, services=True, say=said.append, warn=warned.append) == 1
        assert reason in warned[0]


def test_without_a_first_page_the_run_says_so(town: Town) -> None:
    assert Page.objects.filter(depth=2).count() <= 1
    run = taken()
    assert (run.state, run.created) == ("failed", 0)
    assert "Startseite" in run.error_de


def test_a_file_that_breaks_off_gives_what_is_whole() -> None:
    data = CATALOGUE.read_bytes()
    found, items = reading(data[: data.index(b'"id": "15"')])
    assert [item.title for item in items][:1] == ["Personalausweis"]
    assert found.kind == "services"
    assert "bricht mitten" in found.broken[-1].reason_de


@pytest.mark.parametrize("data", [b'{"data": {}}', b'{"data": 5}', b"[1, 2]", b'{"services": "x"}'])
def test_other_json_is_no_catalogue(data: bytes) -> None:
    with pytest.raises(FeedError, match="JSON"):
        reading(data)
