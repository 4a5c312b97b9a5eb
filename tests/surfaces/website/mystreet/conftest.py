"""A website, its people, three streets in two areas, and the way from a file to what the public gets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import bake, publish
from stadtnah.surfaces.website.offices import view
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_, data_folder, people  # noqa: F401 - fixtures

URL = "/desk/abfuhr/"
STREETS = (
    "Straße;Ortsteil;von;bis;Seite;Bezirk\nAhornweg;Oberholz;;;;Nord\n"
    "Bahnhofstraße;;1;49;;Nord\nBahnhofstraße;;50;;;Süd\nTalstraße;;;;;Süd\n"
)


@pytest.fixture
def town(people: Cast) -> Cast:  # noqa: F811 - the fixture
    """Its website, two areas and the register, nothing of it public."""
    Town.objects.update(land="HE")
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    bake.bake_all()
    for name in ("Nord", "Süd"):
        assert as_(people.agnes).post(f"{URL}bezirk/", {"name": name}).status_code == 302
    assert send(people, "strassen/datei/", STREETS, "strassen.csv").status_code == 302
    return people


def send(people: Cast, to: str, text: str, name: str, **typed: str) -> Any:  # noqa: F811 - the fixture
    """A file as the agency uploads it."""
    file = SimpleUploadedFile(name, text.encode("cp1252"))
    return as_(people.agnes).post(f"{URL}{to}", {"file": file, **typed})


def file_of(*events: tuple[date, str], broken: bool = False) -> str:
    """A calendar file, times in the morning."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number, (day, title) in enumerate(events):
        when = f"{day:%Y%m%d}"
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"DTSTAMP:{when}T000000Z", f"DTSTART:{when}T060000"]
        lines += [f"DTEND:{when}T180000", f"SUMMARY:{title}", "END:VEVENT"]
    if broken:
        lines += ["BEGIN:VEVENT", "UID:kaputt", "SUMMARY:Ohne Tag", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def soon(days: int = 7) -> date:
    return view.today() + timedelta(days=days)


def release(people: Cast) -> None:  # noqa: F811 - the fixture
    """Lays it before the municipality, which releases it."""
    as_(people.agnes).post(f"{URL}vorlegen/")
    row = publishing.ReleaseRequest.objects.get(state="open")
    answer = as_(people.freya).post(
        reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id}
    )
    assert answer.status_code == 302
    dispatch_all()
    publish.settle()
