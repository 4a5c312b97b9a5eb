"""What the municipality says about itself is proposed by its own administration, and public once it is released."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from stadtnah.kernel import clock, media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Role
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import bake, feeds, publish, store, town_facts
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words

URL = "/desk/kommune/"


def typed(**change: Any) -> dict[str, Any]:
    return {
        "name": "Stadt Beispielau",
        "short_name": "Beispielau",
        "street": "Marktplatz 1",
        "postcode": "12345",
        "phone": "01234 5678-0",
        "mail": "rathaus@beispielau.example",
        "hours": "Montag: 8–12 Uhr\n\nDienstag: 8–12 und 14–18 Uhr",
        "colour": "#7a1f3d",
        "accent": "#0b6e8a",
    } | change


def arms() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGBA", (300, 360), "#7a1f3d").save(out, "PNG")
    return SimpleUploadedFile("wappen.png", out.getvalue(), "image/png")


@pytest.fixture
def baked(page: MessagePage) -> None:
    publish.put_live(page.content(), "a" * 64)
    publish.settle()
    bake.bake_all()
    feeds.bake_feeds()


def public(path: str) -> str:
    found = store.read(path)
    assert found is not None
    return found[1].decode()


@pytest.fixture(autouse=True)
def website(people: Cast) -> None:
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")


def waiting() -> publishing.ReleaseRequest:
    return publishing.ReleaseRequest.objects.get(state="open")


def released(people: Cast, **change: Any) -> None:
    """Proposed by the administration, released by the municipality, carried out."""
    answer = as_(people.anton).post(URL, typed(**change))
    assert (answer.status_code, answer["Location"]) == (302, URL), words(answer)
    row = waiting()
    answer = as_(people.freya).post(
        reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id}
    )
    assert answer.status_code == 302, words(answer)
    dispatch_all()


@pytest.mark.usefixtures("baked")
def test_colour_arms_and_address_are_public_once_released(people: Cast, page: MessagePage) -> None:
    where = page.public_path()
    before = public(where)
    as_(people.anton).post(URL, typed(name="Große Stadt Beispielau", arms=arms()))
    publish.settle()
    assert public(where) == before  # proposed is not released
    assert Town.objects.get().street == ""
    row = waiting()
    shown = as_(people.freya).get(reverse("desk_request", args=[row.pk]))
    assert "Große Stadt Beispielau" in words(shown)
    assert "Dienstag" in words(shown)
    assert "gehört nicht zu den Nummern der Kommune" not in words(shown)  # its own telephone
    sent = {"when": "now", "digest": row.snapshot_id}
    for who in ("anton", "agnes", "ada"):
        assert as_(getattr(people, who)).post(reverse("desk_release", args=[row.pk]), sent).status_code == 403
    assert as_(people.freya).post(reverse("desk_release", args=[row.pk]), sent).status_code == 302
    dispatch_all()
    publish.settle()  # the ticker's work
    after = public(where)
    assert "Große Stadt Beispielau" in after
    assert "Dienstag" in after
    style = after.split("/theme/site-")[1].split(".css")[0]
    assert "#7a1f3d" in public(f"/theme/site-{style}.css")
    assert "/theme/wappen-" in after
    assert ".webp" in after
    assert "Große Stadt Beispielau" in public("/feeds/atom.xml")
    entry = Entry.objects.get(event="town.changed")
    assert {"arms_sha256", "colour", "name"} <= set(entry.data["fields"])
    assert "Marktplatz" not in str(entry.data)
    shown = as_(people.anton).get(URL).content.decode()
    assert f"/desk/-/bild/{Town.objects.get().arms_sha256}" in shown
    assert "Montag: 8–12 Uhr" in shown


def test_the_proof_names_who_released_it_and_it_cannot_be_withdrawn(people: Cast) -> None:
    released(people)
    proof = reverse("desk_proof", args=[town_facts.KEY])
    shown = words(as_(people.freya).get(proof))
    assert "Angaben der Kommune" in shown
    assert "Freya" in shown
    assert "Zugestellt" in shown
    freya = as_(people.freya)
    assert freya.post(reverse("desk_withdraw", args=[town_facts.KEY])).status_code == 302
    assert "gehört fest zur Website" in words(freya.get(proof))
    assert Town.objects.get().street == "Marktplatz 1"
    assert as_(people.freya).get(reverse("desk_proof_json", args=[town_facts.KEY])).status_code == 200
    assert as_(people.charlie).get(proof).status_code in {403, 404}


def test_what_comes_back_is_reworked_from_where_it_was(people: Cast) -> None:
    anton, freya = as_(people.anton), as_(people.freya)
    anton.post(URL, typed(hours="Montag: geschlossen"))
    assert "Montag: geschlossen" in anton.get(URL).content.decode()
    assert "warten auf die Freigabe" in words(anton.get(URL))
    row = waiting()
    sent = freya.post(reverse("desk_refuse", args=[row.pk]), {"refusal": "Montags ist offen."})
    assert sent.status_code == 302, words(sent)
    assert reverse("desk_town") in anton.get(reverse("desk_request", args=[row.pk])).content.decode()
    assert "Montags ist offen." in words(anton.get(URL))
    assert Town.objects.get().opening_hours == []


def test_proposing_what_is_public_takes_the_proposal_back(people: Cast) -> None:
    released(people, arms=arms())
    digest = Town.objects.get().arms_sha256
    anton = as_(people.anton)
    anton.post(URL, typed())
    assert not publishing.ReleaseRequest.objects.filter(state="open").exists()
    assert Town.objects.get().arms_sha256 == digest
    anton.post(URL, typed(street="Am Markt 2"))
    assert waiting()
    anton.post(URL, typed())
    assert not publishing.ReleaseRequest.objects.filter(state="open").exists()
    released(people, without_arms="1")
    assert Town.objects.get().arms_sha256 == ""
    assert media.exists(digest)  # older pages keep their look
    assert Entry.objects.filter(event="town.changed").count() == 2


def test_who_proposed_what_is_still_in_it_does_not_release_it(people: Cast) -> None:
    """The form starts from what waits, so another's change would carry their words to their own release."""
    access.grant_role(people.freya, Role.ADMIN, by=None)
    as_(people.freya).post(URL, typed(phone="0190 666666"))
    as_(people.anton).post(URL, typed(phone="0190 666666", postcode="54321"))
    row = waiting()
    sent = {"when": "now", "digest": row.snapshot_id}
    assert as_(people.freya).post(reverse("desk_release", args=[row.pk]), sent).status_code == 403
    assert as_(people.viktor).post(reverse("desk_release", args=[row.pk]), sent).status_code == 302
    dispatch_all()
    as_(people.anton).post(URL, typed(phone="0190 666666", postcode="12345"))
    row = waiting()  # the control: what she proposed is public by now
    sent["digest"] = row.snapshot_id
    assert as_(people.freya).post(reverse("desk_release", args=[row.pk]), sent).status_code == 302


def test_what_is_released_for_later_is_the_start_of_the_next_change(people: Cast) -> None:
    anton, freya = as_(people.anton), as_(people.freya)
    anton.post(URL, typed(phone="01234 2222"))
    row = waiting()
    at = f"{clock.local(clock.now() + timedelta(hours=20)):%Y-%m-%dT%H:%M}"
    sent = {"when": "at", "at": at, "digest": row.snapshot_id}
    assert freya.post(reverse("desk_release", args=[row.pk]), sent).status_code == 302
    shown = anton.get(URL).content.decode()
    assert "01234 2222" in shown
    assert "tritt an ihre Stelle" in shown
    stopped = reverse("desk_stop", args=[town_facts.KEY])
    assert as_(people.agnes).post(stopped).status_code == 403
    assert town_facts.scheduled()
    anton.post(URL, typed(phone="01234 2222"))  # nothing new
    assert anton.post(stopped).status_code == 302  # the control: its administration may
    assert not town_facts.scheduled()


def test_signs_that_nobody_sees_stay_out(people: Cast) -> None:
    strange = typed(
        name="Stadt\u202e Bei\x02spielau", short_name="Bei\x0bspiel\x01au", hours="Mon\x01tag: 8 Uhr"
    )
    released(people, **{name: strange[name] for name in ("name", "short_name", "hours")})
    town = Town.objects.get()
    assert (town.name, town.short_name) == ("Stadt Beispielau", "Bei spielau")
    assert town.opening_hours == [["Montag", "8 Uhr"]]


WRONG = {
    "name": ("", "Bitte geben Sie den Namen an"),
    "short_name": ("B" * 81, "möglich sind 80 Zeichen"),
    "postcode": ("1234", "fünf Ziffern"),
    "mail": ("rathaus.example", "keine E-Mail-Adresse"),
    "hours": ("Montag 8–12", "Zeile 1"),
    "colour": ("#ffee00", "Kontrast"),
    "accent": ("#+1+1+1", "ist keine Farbe"),
}


@pytest.mark.parametrize("field", sorted(WRONG))
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(people: Cast, field: str) -> None:
    value, said = WRONG[field]
    answer = as_(people.anton).post(URL, typed(**{"street": "Lange Straße 99", field: value}))
    shown = words(answer)
    assert answer.status_code == 422
    assert said in shown
    html = answer.content.decode()
    assert f'href="#id_{field}"' in html
    assert "Lange Straße 99" in html
    assert Town.objects.get().street == ""
    assert not publishing.ReleaseRequest.objects.exists()


def test_every_wrong_line_of_the_opening_hours_is_named(people: Cast) -> None:
    lines = ["Montag 8–12 Uhr", "Dienstag: 8–12 Uhr", "", "8:00 bis 12:00", "Freitag:", "x" * 300]
    answer = as_(people.anton).post(URL, typed(hours="\n".join(lines)))
    shown = words(answer)
    assert answer.status_code == 422
    assert (
        "Zeile 1 („Montag 8–12 Uhr“), Zeile 4 („8:00 bis 12:00“), Zeile 5 („Freitag:“), Zeile 6 („xxx"
        in shown
    )
    assert "Zeile 2" not in shown
    assert "x" * 61 not in shown.replace("x" * 300, "")  # only in the field itself


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "wappen.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "SVG-Zeichnungen werden nicht angenommen",
        ),
        ("wappen.png", b"", "leer"),
        ("wappen.png", b"MZ" + bytes(900), "kein Bild"),
    ],
)
def test_arms_that_are_no_picture_are_refused(people: Cast, name: str, data: bytes, said: str) -> None:
    answer = as_(people.anton).post(URL, typed(arms=SimpleUploadedFile(name, data, "image/png")))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Marktplatz 1" in answer.content.decode()
    assert Town.objects.get().arms_sha256 == ""


@pytest.mark.parametrize("who", ["agnes", "freya", "ada", "clara", "doris"])
def test_nobody_else_changes_the_town(people: Cast, who: str) -> None:
    assert as_(getattr(people, who)).post(URL, typed()).status_code in {403, 404}
    assert not publishing.ReleaseRequest.objects.exists()
