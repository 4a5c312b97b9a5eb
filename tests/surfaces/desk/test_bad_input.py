"""What goes wrong in the editor's hands: each is said in plain German, nothing is lost, the rest goes on."""

from __future__ import annotations

import gc
import io
import json
import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from stadtnah.publishing import api as publishing
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.website.models import MessagePage, TownImage
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.kernel.media.conftest import huge_png
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_writing import form

# The CMS leaves the temporary files of the sizes it makes to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "#8a6").save(out, "JPEG")
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
UPLOADS = {
    "fifty megabytes": ("gross.jpg", lambda: jpeg() + bytes(50_000_000), "50 MB zu groß"),
    "hundred megapixels": ("bombe.png", lambda: huge_png(10_000, 10_001), "60 Millionen Bildpunkte"),
    "a drawing": ("wappen.svg", lambda: SVG, "SVG-Zeichnungen werden nicht angenommen"),
    "a drawing called a photo": ("wappen.jpg", lambda: SVG, "SVG-Zeichnungen werden nicht angenommen"),
    "half a photo": ("halb.jpg", lambda: jpeg()[:1500], "beschädigt oder unvollständig"),
    "nothing": ("leer.jpg", lambda: b"", "leer"),
    "a program": ("bild.jpg", lambda: b"MZ" + bytes(4000), "kein Bild, das hier gelesen werden kann"),
    "a PDF": ("bild.png", lambda: b"%PDF-1.7\n" + bytes(4000), "PDF"),
}


@pytest.mark.parametrize("case", sorted(UPLOADS))
def test_a_picture_that_cannot_be_taken_is_refused_with_a_reason(
    people: Cast, page: MessagePage, data_folder: Path, case: str
) -> None:
    name, data, said = UPLOADS[case]
    agnes = as_(people.agnes)
    for address, prefix in (
        (reverse("desk_pictures"), ""),
        (reverse("wagtailimages_chooser:create"), "image-chooser-upload-"),
    ):
        file = SimpleUploadedFile(name, data(), "image/jpeg")
        answer = agnes.post(address, {f"{prefix}title": "Ein Wappen", f"{prefix}file": file})
        assert answer.status_code == (200 if prefix else 400), (address, answer.status_code)
        shown = unescape(answer.content.decode() if not prefix else answer.json()["htmlFragment"])
        assert said in shown
        assert "Ein Wappen" in shown  # what was typed stays
    assert not TownImage.objects.exists()
    assert [file for file in (data_folder / "uploads").rglob("*") if file.is_file()] == []


def test_a_picture_that_is_one_is_taken(people: Cast, page: MessagePage) -> None:
    """The control; and what hangs behind the picture is gone."""
    polyglot = jpeg() + b"<script>alert(1)</script>PK\x03\x04"
    file = SimpleUploadedFile("foto.php.jpg", polyglot, "text/html")
    answer = as_(people.agnes).post(reverse("desk_pictures"), {"title": "Wiese", "file": file})
    assert answer.status_code == 302, words(answer)[-2000:]
    kept = TownImage.objects.get()
    assert b"<script>" not in Path(kept.file.path).read_bytes()
    assert kept.file.name.endswith(".jpg")
    assert as_(people.ada).get(reverse("desk_image", args=[kept.pk])).status_code == 200
    assert as_(people.freya).get(reverse("desk_image", args=[kept.pk])).status_code == 403


# ---------------------------------------------------------------------------------- texts

HOSTILE = {
    "nul": "Mühl\0straße",
    "control": "Mühl\x08\x1b[2Jstraße\x7f",
    "surrogate": "Mühl%ED%A0%80straße",  # as bytes: no UTF-8
    "bidi": "Mühl\u202estraße",
    "breaks": "Mühl\x0bstraße\x85\r\nBcc: wer@stadt.example\u2028",
    "long": "Ä" * 10_000,
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% load x %}",
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_text_in_every_field_of_a_message_breaks_nothing(
    people: Cast, page: MessagePage, case: str
) -> None:
    agnes = as_(people.agnes)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for field in ("title", "teaser", "place", "hashtags", "hero_alt", "slug", "valid_from", "category"):
        answer = agnes.post(edit, form(**{field: HOSTILE[case]}))
        assert answer.status_code in ({400} if case == "nul" else {200, 302}), (field, answer.status_code)
        assert b"<script>alert" not in answer.content
    checked = agnes.post(reverse("desk_check_page", args=[page.pk]), form(title=HOSTILE[case]))
    assert checked.status_code == (400 if case == "nul" else 200)
    step = reverse("desk_channels_step", args=[page.uuid])
    for field in ("note", "text-paper", "wish", "on-paper", "do"):
        sent = {"do": "save", "on-paper": "1", field: HOSTILE[case]}
        answer = agnes.post(step, sent)
        assert answer.status_code in ({400} if case == "nul" else {200, 302, 422}), (
            field,
            answer.status_code,
        )
        assert b"<script>alert" not in answer.content
    assert agnes.get(step).status_code == 200


@pytest.mark.parametrize("case", ["control", "breaks", "bidi"])
def test_what_nobody_sees_is_not_released(people: Cast, page: MessagePage, case: str) -> None:
    """And no channel stumbles over it: the newsletter's markup takes no control signs."""
    ChannelAccount.objects.create(
        key="newsletter", channel="newsletter", label="Newsletter", config={"list": "neues"}
    )
    agnes, step = as_(people.agnes), reverse("desk_channels_step", args=[page.uuid])
    agnes.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form(title=HOSTILE[case], teaser=HOSTILE[case])
    )
    sent = {
        "do": "submit",
        "on-newsletter": "1",
        "on-paper": "1",
        "text-paper": HOSTILE[case],
        "note": HOSTILE[case],
    }
    answer = agnes.post(step, sent)
    assert answer.status_code == 302, words(answer)
    body = publishing.ReleaseRequest.objects.get().snapshot.body
    assert not {sign for sign in json.loads(json.dumps(body)) if sign in "\x08\x0b\x1b\x7f\x85\u202e\u2028"}
    assert "\n" not in json.loads(body)["content"]["title"]
    assert agnes.get(step).status_code == 200


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_text_in_a_decision_breaks_nothing(people: Cast, page: MessagePage, case: str) -> None:
    freya, step = as_(people.freya), reverse("desk_channels_step", args=[page.uuid])
    for name, fields in (
        ("desk_release", {"when": "other", "at": HOSTILE[case], "digest": "x"}),
        ("desk_release", {"when": HOSTILE[case], "digest": HOSTILE[case]}),
        ("desk_send_back", {"reason": "", "where": [HOSTILE[case]], "remark": [HOSTILE[case]]}),
        ("desk_refuse", {"refusal": HOSTILE[case]}),
    ):
        assert as_(people.agnes).post(step, {"do": "submit", "on-paper": "1"}).status_code == 302
        made = publishing.ReleaseRequest.objects.filter(object_key=page.object_key).latest("submitted_at")
        answer = freya.post(reverse(name, args=[made.pk]), fields)
        assert answer.status_code in ({400} if case == "nul" else {302, 409, 422}), (name, answer.status_code)
        assert b"<script>alert" not in answer.content
        shown = freya.get(reverse("desk_request", args=[made.pk]))
        assert shown.status_code == 200
        assert b"<script>alert" not in shown.content
    for q in ("q", "status", "seite"):
        found = freya.get(reverse("desk_messages"), {q: HOSTILE[case]})
        assert found.status_code == (400 if case == "nul" else 200)


GAP = "2027-03-28T02:30"


def test_a_time_that_the_clocks_skip_is_explained(people: Cast, page: MessagePage) -> None:
    agnes, step = as_(people.agnes), reverse("desk_channels_step", args=[page.uuid])
    answer = agnes.post(step, {"do": "submit", "on-paper": "1", "wish": GAP, "note": "Bitte pünktlich"})
    shown = words(answer)
    assert answer.status_code == 422
    assert "Sommerzeit" in shown
    assert "3:00 Uhr" in shown
    assert "Bitte pünktlich" in shown
    assert f'value="{GAP}"' in answer.content.decode()
    assert not publishing.ReleaseRequest.objects.exists()
    fine = {"do": "submit", "on-paper": "1", "wish": "2027-03-28T03:00"}
    assert agnes.post(step, fine).status_code == 302
    made = publishing.ReleaseRequest.objects.get()
    digest = made.snapshot.digest
    again = as_(people.freya).post(
        reverse("desk_release", args=[made.pk]), {"when": "other", "at": GAP, "digest": digest}
    )
    assert again.status_code == 422
    assert "Sommerzeit" in words(again)


@pytest.mark.parametrize(
    "wish", ["2027-02-29T10:00", "31.12.2027", "2027-13-01T00:00", "0000-00-00T00:00", "x"]
)
def test_a_date_that_does_not_exist_is_named(people: Cast, page: MessagePage, wish: str) -> None:
    step = reverse("desk_channels_step", args=[page.uuid])
    answer = as_(people.agnes).post(step, {"do": "submit", "on-paper": "1", "wish": wish})
    assert answer.status_code == 422
    assert "kein Zeitpunkt" in words(answer)


# ---------------------------------------------------------------------------------- twice, late, together


def laid_before(people: Cast, page: MessagePage) -> publishing.ReleaseRequest:
    step = reverse("desk_channels_step", args=[page.uuid])
    assert as_(people.agnes).post(step, {"do": "submit", "on-paper": "1"}).status_code == 302
    return publishing.ReleaseRequest.objects.get(object_key=page.object_key, state="open")


def test_a_double_click_releases_once(people: Cast, page: MessagePage, paper: Paper) -> None:
    made = laid_before(people, page)
    address = reverse("desk_release", args=[made.pk])
    fields = {"when": "now", "digest": made.snapshot.digest}
    freya = as_(people.freya)
    first, second = freya.post(address, fields), freya.post(address, fields)
    assert first.status_code == 302
    assert second.status_code == 409
    assert "schon entschieden" in words(second)
    assert publishing.Approval.objects.count() == 1


def test_back_after_a_refusal_releases_nothing(people: Cast, page: MessagePage) -> None:
    made = laid_before(people, page)
    freya = as_(people.freya)
    freya.post(reverse("desk_refuse", args=[made.pk]), {"refusal": "Der Termin stimmt nicht."})
    fields = {"when": "now", "digest": made.snapshot.digest}
    late = freya.post(reverse("desk_release", args=[made.pk]), fields)
    assert late.status_code == 409
    assert "schon entschieden" in words(late)
    assert not publishing.Approval.objects.exists()


def test_two_editors_of_one_page_lose_nothing(people: Cast, page: MessagePage) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    ada, agnes = as_(people.ada), as_(people.agnes)
    assert ada.get(edit).status_code == 200
    assert agnes.get(edit).status_code == 200
    ada.post(edit, form(title="Von Ada"))
    agnes.post(edit, form(title="Von Agnes"))
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Von Ada", "Von Agnes"]
    assert "Ada" in words(agnes.get(reverse("desk_history", args=[page.uuid])))


def test_a_bomb_of_markup_is_handled_in_time(people: Cast, page: MessagePage) -> None:
    """Ten thousand tags within each other, pasted and sent as it is."""
    deep = "<div>" * 10_000 + "Text" + "</div>" * 10_000
    agnes = as_(people.agnes)
    answer = agnes.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(text=deep))
    assert answer.status_code in {200, 302}
    step = agnes.get(reverse("desk_channels_step", args=[page.uuid]))
    assert step.status_code == 200


STRANGE = json.dumps(
    {
        "blocks": [
            {
                "key": "a",
                "text": "x",
                "type": "header-nope",
                "depth": 99_999,
                "inlineStyleRanges": [{"offset": -5, "length": 999_999, "style": "NOPE"}],
                "entityRanges": [{"offset": 0, "length": 1, "key": 77}],
                "data": {},
            }
        ],
        "entityMap": {},
    }
)


@pytest.mark.parametrize(
    "broken",
    [
        {"body-count": None},
        {"body-count": "viele"},
        {"body-0-order": None},
        {"body-0-value": '{"blocks":'},
        {"body-0-value": '{"blocks":' + "[" * 5_000 + "]" * 5_000 + "}"},
        {"body-0-value": STRANGE},
    ],
    ids=["no count", "count", "no order", "half", "deep", "strange"],
)
def test_a_form_that_came_without_its_parts_is_explained(
    people: Cast, page: MessagePage, broken: dict[str, str | None]
) -> None:
    sent = {name: value for name, value in {**form(), **broken}.items() if value is not None}
    before = page.revisions.count()
    answer = as_(people.ada).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert answer.status_code == 400
    assert "Gespeichert wurde nichts" in words(answer)
    assert page.revisions.count() == before


@pytest.mark.only_on("sqlite", "PostgreSQL cannot be told to act as on a full disk")
def test_a_full_disk_is_named_and_nothing_is_half_done(
    people: Cast, page: MessagePage, request: pytest.FixtureRequest
) -> None:
    made = laid_before(people, page)
    freya, ada = as_(people.freya), as_(people.ada)
    freya.raise_request_exception = ada.raise_request_exception = False
    request.getfixturevalue("full_disk")
    large = form(text="<p>" + "Die Umleitung ist lang. " * 20_000 + "</p>")
    before = page.revisions.count()
    saved = ada.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), large)
    assert saved.status_code == 507
    assert "Der Speicher des Servers ist voll" in words(saved)
    assert page.revisions.count() == before
    assert freya.get(reverse("desk_request", args=[made.pk])).status_code == 200


def test_no_form_of_a_full_disk_is_called_too_old(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that could not be stored makes every form look foreign."""
    client = Client(enforce_csrf_checks=True)
    sent = client.post(reverse("account_login"), {"login": "ada@example.org", "password": "x"})
    assert sent.status_code == 403
    assert "zu lange offen" in words(sent)  # the control: there is room
    found = os.statvfs(settings.STADTNAH_DATA)
    monkeypatch.setattr(os, "statvfs", lambda _path: os.statvfs_result([*found[:4], 0, *found[5:]]))
    sent = client.post(reverse("account_login"), {"login": "ada@example.org", "password": "x"})
    assert sent.status_code == 507
    assert "Der Speicher des Servers ist voll" in words(sent)


def test_a_huge_form_is_refused_in_words(people: Cast, page: MessagePage) -> None:
    agnes = as_(people.agnes)
    agnes.raise_request_exception = False
    for sent in ({"note": "x" * 6_000_000}, {f"field{number}": "1" for number in range(3000)}):
        answer = agnes.post(reverse("desk_channels_step", args=[page.uuid]), sent)
        assert answer.status_code in {200, 400, 413}
        assert "<h1" in answer.content.decode()
