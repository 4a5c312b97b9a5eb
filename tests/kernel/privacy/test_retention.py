"""What the register promises is done by the hourly job, and leaves a proof."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Absence
from stadtnah.kernel.jobs import ticker
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.privacy.models import Deletion
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.people import cast

pytestmark = pytest.mark.django_db


def entry(run: ImportRun, number: int, **fields: Any) -> ImportedItem:
    return ImportedItem.objects.create(
        source_key="s", guid_hash=f"hash-{number}", run=run, position=number, state="created", **fields
    )


def test_the_job_runs_by_itself() -> None:
    assert privacy.expire_all in {work.run for work in ticker.PERIODICS}


def test_what_came_with_a_takeover_goes_when_it_is_due(settings: Any, tmp_path: Path) -> None:
    settings.STADTNAH_DATA = tmp_path
    now = clock.now()
    old, fresh = (
        ImportRun.objects.create(source="alt.xml", source_key="s", state="failed") for _ in range(2)
    )
    ImportRun.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=366), finished_at=now)
    folder = tmp_path / "imports"
    folder.mkdir()
    for run in (old, fresh):
        (folder / str(run.pk)).write_text("Frau Muster, Tel. 069 1234")
    one = entry(
        old, 1, title="Frau Muster 90 Jahre", link="https://alt.example/muster", notes=["Ein Bild fehlt."]
    )
    other = entry(fresh, 2, title="Herr Beispiel 80 Jahre")
    privacy.expire_all()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.title, one.link, one.notes, one.guid_hash) == ("", "", [], "hash-1")
    assert other.title == "Herr Beispiel 80 Jahre"
    assert [file.name for file in folder.iterdir()] == [str(fresh.pk)]
    assert Deletion.objects.get(purpose="takeover").rows == 2
    privacy.expire_all()
    assert Deletion.objects.count() == 1  # what is gone is not counted again


def test_a_person_in_an_old_entry_is_shown_and_forgotten() -> None:
    run = ImportRun.objects.create(source="alt.xml", source_key="s")
    one = entry(run, 1, title="Anmeldung bei Erika.Muster@stadt.example")
    other = entry(run, 2, title="Fest am See")
    assert privacy.export_person("erika.muster@stadt.example")["takeover"][0]["title"] == one.title
    assert privacy.erase_person("erika.muster@stadt.example")["takeover"] == 1
    assert list(ImportedItem.objects.order_by("position").values_list("title", flat=True)) == [
        "",
        other.title,
    ]


def test_absences_end_thirty_days_after_they_are_over() -> None:
    people, now = cast(), clock.now()
    for days in (31, 29):
        Absence.objects.create(
            user=people.freya, starts_at=now - timedelta(days=days + 7), ends_at=now - timedelta(days=days)
        )
    assert len(privacy.export_person(people.freya.email)["staff"][0]["absences"]) == 2
    privacy.expire_all()
    assert Absence.objects.count() == 1
    privacy.erase_person(people.freya.email)
    assert not Absence.objects.exists()
