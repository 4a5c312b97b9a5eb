"""The library of documents in the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from stadtnah.kernel import media
from stadtnah.surfaces.website.documents.models import TownDocument
from tests.factories.documents import pdf
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes, name: str) -> Any:
    return client.post(reverse("desk_files"), {"title": "Plan", "file": SimpleUploadedFile(name, data)})


def test_the_library_takes_in_and_refuses(people: Cast) -> None:
    agnes = as_(people.agnes)
    refused = upload(agnes, pdf(more=b"/S /JavaScript"), "plan.pdf")
    assert refused.status_code == 400
    assert "ausgeführt" in refused.content.decode()
    assert not TownDocument.objects.exists()
    assert upload(agnes, pdf(tagged=False), "plan.pdf").status_code == 302
    shown = agnes.get(reverse("desk_files")).content.decode()
    assert "nicht barrierefrei" in shown
    kept = TownDocument.objects.get()
    answer = agnes.get(kept.url)
    assert (answer.getvalue(), answer["Content-Disposition"]) == (
        pdf(tagged=False),
        'attachment; filename="plan.pdf"',
    )
    assert answer.streaming, "a film is not read whole"
    assert as_(people.freya).get(kept.url).getvalue() == pdf(tagged=False)
    assert Client().get(kept.url).status_code == 302
    assert agnes.get(reverse("desk_file", args=["f" * 64])).status_code == 404
    media.path(kept.sha256).write_bytes(b"anderes")
    assert agnes.get(kept.url).status_code == 404


def test_a_file_is_looked_at_once(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    inner = media.ingest_document

    def counting(data: bytes, *, filename: str) -> Any:
        looked.append(filename)
        return inner(data, filename=filename)

    monkeypatch.setattr(media, "ingest_document", counting)
    assert upload(as_(people.agnes), pdf(), "plan.pdf").status_code == 302
    assert looked == ["plan.pdf"]
    kept = TownDocument.objects.get()
    assert (kept.title, kept.name, kept.file_size) == ("Plan", "plan.pdf", len(pdf()))


def test_the_chooser_of_the_editor_says_what_is_wrong(people: Cast) -> None:
    agnes = as_(people.agnes)
    address = reverse("wagtaildocs_chooser:create")
    sent = {
        "document-chooser-upload-title": "Plan",
        "document-chooser-upload-file": SimpleUploadedFile("plan.pdf", b"MZ\x90"),
    }
    assert "Art von Datei" in agnes.post(address, sent).json()["htmlFragment"]
    sent["document-chooser-upload-file"] = SimpleUploadedFile("plan.pdf", pdf())
    assert agnes.post(address, sent).json()["step"] == "chosen"
    assert TownDocument.objects.get().sha256


def test_a_list_of_documents_takes_the_same_queries_however_long(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    agnes = as_(people.agnes)
    for number in range(12):
        TownDocument.take(pdf(title=f"Plan {number}"), filename="plan.pdf")
    with django_assert_max_num_queries(20):
        agnes.get(reverse("desk_files"))
