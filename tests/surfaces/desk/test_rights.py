"""Rights and consents in the desk: entered at the picture, seen by the municipality, opened with a trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, MediaRights, Scan, State
from stadtnah.surfaces.website.images import TownImage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_pictures import drawn, kept, upload

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 Ich willige ein."


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Any) -> None:
    settings.STADTNAH_KEY_FILE = tmp_path / "keys" / "town.key"


@pytest.fixture
def sha256(people: Cast) -> str:
    upload(as_(people.agnes), drawn(), title="Kinder am Fluss")
    return kept().sha256


def consent(**changed: Any) -> dict[str, Any]:
    typed = {
        "name": "Lina Beispiel",
        "age": "child",
        "contact": "eltern@haus.example",
        "how": "paper",
        "given_on": "2026-01-05",
        "uses": ["website", "social"],
        "until": "",
    }
    return typed | changed


def given(client: Client, sha256: str, **changed: Any) -> Any:
    return client.post(reverse("desk_consent_new", args=[sha256]), consent(**changed))


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_licence_is_entered_at_the_picture_and_shown_in_the_library(people: Cast, sha256: str) -> None:
    agnes, address = as_(people.agnes), reverse("desk_rights", args=[sha256])
    assert f'href="{address}"' in text(agnes.get(reverse("desk_image", args=[kept().pk])))
    assert "ohne Angaben" in text(agnes.get(reverse("desk_pictures")))
    typed = {"made_by": "Foto Muster", "uses": ["website"], "until": "2099-12-31", "nobody": "1"}
    assert agnes.post(address, typed).status_code == 302
    row = MediaRights.objects.get(pk=sha256)
    assert (row.made_by, row.uses, row.until.isoformat(), row.nobody) == (
        "Foto Muster",
        ["website"],
        "2099-12-31",
        True,
    )
    shown = text(agnes.get(address))
    assert "31. Dezember 2099" in shown
    assert "ohne Angaben" not in text(agnes.get(reverse("desk_pictures")))


def test_what_is_wrong_with_a_licence_is_said_and_kept(people: Cast, sha256: str) -> None:
    agnes, address = as_(people.agnes), reverse("desk_rights", args=[sha256])
    answer = agnes.post(address, {"made_by": "x" * 200, "until": "31.12.2027", "nobody": ""})
    assert answer.status_code == 422
    assert "Das ist kein Datum" in text(answer)
    assert "Höchstens 160 Zeichen, es sind 200." in text(answer)
    assert "x" * 200 in text(answer)
    assert "Bitte wählen Sie, wofür das Nutzungsrecht gilt." in text(
        agnes.post(address, {"made_by": "", "until": "2027-12-31"})
    )
    assert not MediaRights.objects.exists()


def test_a_licence_that_was_taken_back_is_not_renewed_by_the_way(people: Cast, sha256: str) -> None:
    agnes, address = as_(people.agnes), reverse("desk_rights", args=[sha256])
    agnes.post(address, {"made_by": "Foto", "uses": ["website"], "nobody": "1"})
    assert agnes.post(reverse("desk_licence_end", args=[sha256])).status_code == 302
    shown = text(agnes.get(address))
    assert "widerrufen" in shown
    assert 'value="website" checked' not in shown
    agnes.post(address, {"made_by": "Foto Muster", "nobody": "1"})
    assert rights.verdict(sha256).state is State.ENDED


def test_names_are_for_the_municipality(people: Cast, sha256: str) -> None:
    agnes = as_(people.agnes)
    assert given(agnes, sha256).status_code == 403
    assert given(as_(people.ada), sha256).status_code == 302  # the control
    shown = text(agnes.get(reverse("desk_rights", args=[sha256])))
    assert "1 Einwilligung ist eingetragen" in shown
    assert "Lina" not in shown
    made = Consent.objects.get()
    for name in ("desk_consent", "desk_consent_revoke"):
        assert agnes.get(reverse(name, args=[made.pk])).status_code == 403
    for client in (as_(people.freya), as_(people.doris)):
        assert "Lina Beispiel" in text(client.get(reverse("desk_rights", args=[sha256])))
        assert "Lina Beispiel" in text(client.get(reverse("desk_consents"), {"q": "lina"}))
    assert "Kinder am Fluss" in text(as_(people.freya).get(reverse("desk_consents"), {"q": "fluss"}))
    assert "Keine Einwilligung gefunden" in text(
        as_(people.freya).get(reverse("desk_consents"), {"q": "otto"})
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Bitte geben Sie den Namen der Person an."),
        ({"contact": "eltern"}, "Das ist keine E-Mail-Adresse."),
        ({"how": ""}, "Bitte wählen Sie, wie die Einwilligung erteilt wurde."),
        ({"uses": []}, "Bitte wählen Sie, wofür die Einwilligung gilt."),
        ({"given_on": ""}, "an welchem Tag die Einwilligung erteilt wurde"),
        ({"given_on": "2199-01-01"}, "Dieser Tag liegt in der Zukunft."),
        ({"until": "2025-12-31"}, "Die Einwilligung endet, bevor sie erteilt wurde."),
    ],
)
def test_a_consent_with_a_gap_is_not_kept(
    people: Cast, sha256: str, changed: dict[str, Any], said: str
) -> None:
    answer = given(as_(people.ada), sha256, **changed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Consent.objects.exists()


def test_the_scan_comes_with_the_consent_and_its_opening_is_noted(people: Cast, sha256: str) -> None:
    ada = as_(people.ada)
    wrong = given(ada, sha256, file=SimpleUploadedFile("x.exe", b"MZ"))
    assert wrong.status_code == 422
    assert "Diese Art von Datei geht nicht" in text(wrong)
    assert 'value="Lina Beispiel"' in text(wrong)
    given(ada, sha256, file=SimpleUploadedFile("Einwilligung.pdf", PDF))
    made = Consent.objects.get()
    ada.post(reverse("desk_scan_new", args=[made.pk]), {"file": SimpleUploadedFile("zwei.pdf", PDF)})
    assert Scan.objects.count() == 2
    address = reverse("desk_scan", args=[Scan.objects.earliest("at").pk])
    assert as_(people.agnes).get(address).status_code == 403
    answer = as_(people.doris).get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(event="consent.opened").count() == 1


def test_a_withdrawal_is_asked_once_and_holds(people: Cast, sha256: str) -> None:
    given(as_(people.ada), sha256)
    made = Consent.objects.get()
    address = reverse("desk_consent_revoke", args=[made.pk])
    doris = as_(people.doris)
    assert "Ein Bild darf dann ab sofort" in text(doris.get(address))
    assert rights.verdict(sha256).state is not State.ENDED  # asking changes nothing
    assert doris.post(address).status_code == 302
    assert rights.verdict(sha256).state is State.ENDED
    assert "widerrufen" in text(doris.get(reverse("desk_consents")))
    ada = as_(people.ada)
    ada.post(reverse("desk_consent", args=[made.pk]), consent(until="2099-01-01"))
    ada.post(reverse("desk_consent_detach", args=[sha256, made.pk]))
    assert rights.verdict(sha256).state is State.ENDED


def test_an_end_that_is_near_is_said_wherever_the_consent_stands(people: Cast, sha256: str) -> None:
    ada, soon = as_(people.ada), (rights.today() + timedelta(days=5)).isoformat()
    given(ada, sha256, until=soon)
    made = Consent.objects.get()
    for address in (
        reverse("desk_consents"),
        reverse("desk_consent", args=[made.pk]),
        reverse("desk_rights", args=[sha256]),
    ):
        assert "läuft bald ab</span> gilt bis" in text(ada.get(address)), address


def test_one_consent_for_two_pictures(people: Cast, sha256: str) -> None:
    ada = as_(people.ada)
    given(ada, sha256)
    upload(ada, drawn((0, 0, 0)), title="Markt")
    made, other = Consent.objects.get(), TownImage.objects.get(title="Markt").sha256
    shown = text(ada.get(reverse("desk_consent_new", args=[other]), {"q": "Lina"}))
    assert "Gilt auch hier" in shown
    ada.post(reverse("desk_consent_attach", args=[other, made.pk]))
    assert set(made.pictures.values_list("pk", flat=True)) == {sha256, other}
    ada.post(reverse("desk_consent_detach", args=[other, made.pk]))
    assert set(made.pictures.values_list("pk", flat=True)) == {sha256}


def test_the_table_for_the_officer_holds_no_formula_and_is_noted(people: Cast, sha256: str) -> None:
    given(as_(people.ada), sha256, name="=HYPERLINK(1)")
    answer = as_(people.doris).get(reverse("desk_consents_csv"))
    assert "'=HYPERLINK(1);" in answer.content.decode()
    assert Entry.objects.filter(event="consents.exported").count() == 1
    assert as_(people.agnes).get(reverse("desk_consents_csv")).status_code == 403


def test_a_picture_that_is_not_there_has_no_rights(people: Cast) -> None:
    ada = as_(people.ada)
    assert ada.get(reverse("desk_rights", args=["0" * 64])).status_code == 404
    assert given(ada, "0" * 64).status_code == 404
    assert not MediaRights.objects.exists()


def test_lists_cost_the_same_for_one_and_for_many(people: Cast, sha256: str) -> None:
    ada = as_(people.ada)
    given(ada, sha256)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ada.get(address).status_code == 200
        return len(asked)

    addresses = [reverse("desk_consents"), reverse("desk_pictures"), reverse("desk_rights", args=[sha256])]
    for address in addresses:
        queries(address)
    before = [queries(address) for address in addresses]
    for number in range(8):
        upload(ada, drawn((number, 0, 0)), title=f"Bild {number}")
        given(ada, sha256, name=f"Person {number}")
    assert [queries(address) for address in addresses] == before


def test_the_library_finds_what_ends(people: Cast, sha256: str) -> None:
    ada = as_(people.ada)
    upload(ada, drawn((0, 0, 0)), title="Markt")
    soon = (rights.today() + timedelta(days=5)).isoformat()
    ada.post(reverse("desk_rights", args=[sha256]), {"uses": ["website"], "until": soon, "nobody": "1"})
    shown = text(ada.get(reverse("desk_pictures"), {"status": "soon"}))
    assert "Kinder am Fluss" in shown
    assert ">Markt<" not in shown
    unknown = text(ada.get(reverse("desk_pictures"), {"status": "unknown"}))
    assert ">Markt<" in unknown
    assert "Kinder am Fluss" not in unknown
    assert "kein Bild" in text(ada.get(reverse("desk_pictures"), {"status": "ended"}))
    assert "Kinder am Fluss" in text(ada.get(reverse("desk_pictures"), {"status": "unfug"}))
