"""Documents for download: part of what is released, there with it, gone with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from stadtnah.channels.newsletter.rendering import mail
from stadtnah.kernel import media
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.channel import Account
from stadtnah.publishing.checks import run
from stadtnah.publishing.content import Block, Content, File
from stadtnah.publishing.places import block_text
from stadtnah.publishing.registry import CHANNELS
from stadtnah.surfaces.website import bake, publish, store
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.feed_html import html_of
from tests.factories.documents import pdf
from tests.factories.messages import context
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page
from tests.surfaces.website.test_blocks import written

pytestmark = pytest.mark.django_db


def document(title: str = "Bebauungsplan", **about: Any) -> TownDocument:
    return TownDocument.take(pdf(**about), filename="Übersicht Plan.PDF", title=title)


def offered(*files: File) -> tuple[Block, ...]:
    return tuple(Block("download", title="Plan", file=file) for file in files)


@pytest.fixture
def file(town: Town) -> File:
    return document().as_content()


def test_a_document_becomes_content_with_its_digest(town: Town) -> None:
    kept = document()
    body = [
        {
            "type": "download",
            "value": [{"document": kept.pk}, {"document": 9999}, {"document": kept.pk, "title": "Karte"}],
        }
    ]
    content = written(body)
    assert [block.title for block in content.blocks] == ["Bebauungsplan", "Karte"]
    found = content.blocks[0].file
    assert found is not None
    assert (found.name, found.mime) == ("uebersicht-plan.pdf", "application/pdf")
    assert media.get(found.sha256) == pdf()
    assert Content.from_json(content.to_json()) == content
    rendered = CHANNELS["website"].render(content, {}, Account("website", "website", "Website"))
    assert found.sha256 in rendered.body["media"]


def test_it_is_there_with_the_release_and_gone_with_the_last_page(file: File) -> None:
    bake.preview(page("plan", blocks=offered(file)))
    assert store.read(file.path) is None  # nothing before the release
    publish.put_live(page("plan", blocks=offered(file)), DIGEST)
    publish.put_live(page("auch", blocks=offered(file)), DIGEST)
    found = store.read(file.path)
    assert found is not None
    assert (found[0].content_type, found[0].cache, found[1]) == ("application/pdf", store.PAGE, pdf())
    publish.withdraw(page("plan").object_key)
    assert store.read(file.path) is not None  # the other page offers it still
    publish.withdraw(page("auch").object_key)
    assert store.read(file.path) is None


def test_a_replaced_document_has_another_address(file: File) -> None:
    newer = TownDocument.take(pdf(title="Neu"), filename="plan.pdf").as_content()
    publish.put_live(page("plan", blocks=offered(file)), DIGEST)
    publish.put_live(page("plan", blocks=offered(newer)), OTHER)
    assert file.path != newer.path
    assert store.read(file.path) is None
    assert store.read(newer.path) is not None
    assert block_text(offered(file)[0]) != block_text(offered(newer)[0])


def test_a_lost_store_gets_its_documents_back(file: File) -> None:
    publish.put_live(page("plan", blocks=offered(file)), DIGEST)
    store.remove(file.path)
    bake.bake_all()
    assert store.read(file.path) is not None


def test_the_link_says_what_it_is(file: File, town: Town) -> None:
    bad = document(tagged=False).as_content()
    publish.put_live(page("plan", blocks=offered(file, bad)), DIGEST)
    found = store.read("/plan/")
    assert found is not None
    soup = BeautifulSoup(found[1], "html.parser")
    links = soup.select(".downloads a")
    assert [link["href"] for link in links] == [file.path, bad.path]
    assert links[0].get_text(" ", strip=True) == "Plan (PDF, 1 kB)"
    assert len(soup.select(".download__fault")) == 1
    english = store.read("/en/plan/")
    assert english is not None
    assert file.path in english[1].decode()


def test_mails_and_feeds_link_to_it(file: File) -> None:
    content = message(blocks=offered(file))
    made = mail.body(content, {}, {"from_name": "Stadt"})
    for text in (made["text"], made["html"], html_of(content)):
        assert f"http://localhost:8000{file.path}" in text
        assert "Plan (PDF, 1 kB)" in text


def test_the_checks_name_what_citizens_would_miss(file: File) -> None:
    bad = document(tagged=False, language="").as_content()
    codes = {finding.code for finding in run(message(blocks=offered(bad)), context())}
    assert {"file-untagged", "file-no-language"} <= codes
    fine = {finding.code for finding in run(message(blocks=offered(file)), context())}
    assert not any(code.startswith("file-") for code in fine)


def test_no_door_lets_a_program_in(town: Town) -> None:
    with pytest.raises(ValidationError):
        TownDocument.objects.create(title="x", file=ContentFile(b"MZ\x90", name="x.pdf"))
    assert not TownDocument.objects.exists()


def test_addresses_of_documents_stay_below_their_folder(data_folder: Path) -> None:
    assert store.paths_below("/media/dokumente/nichts/") == []
