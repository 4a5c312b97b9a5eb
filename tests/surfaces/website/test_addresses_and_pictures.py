"""Addresses without umlauts, pictures where mails look for them, and pictures that are no twins."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.utils import find_image_duplicates
from wagtail.models import Page

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.channel import Account
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import founding, publish, store
from stadtnah.surfaces.website.channel import FeedsChannel
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage, TownImage
from tests.factories.people import cast
from tests.surfaces.website.conftest import DIGEST, message, page, photo


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("straße-öffnet", "strasse-oeffnet"),
        ("Größe", "groesse"),
        ("schon-gut", "schon-gut"),
        ("s" * 230, "s" * 120),
    ],
)
@pytest.mark.django_db
def test_an_address_has_no_umlauts(typed: str, kept: str) -> None:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    news = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    made = news.add_child(instance=MessagePage(title="Die Straße öffnet", slug=typed, teaser="Ab heute."))
    assert made.public_path().endswith(f"/{kept}/")


def test_mails_find_every_picture_of_a_message_on_the_website(town: Town, picture: Picture) -> None:
    other = Picture(picture.sha256, picture.mime, picture.width, picture.height, alt="Noch eine")
    body = (Block("picture", picture=other),)
    for shown in message(hero=picture, blocks=body).pictures():
        assert store.read(shown.mail_path) is None
    publish.put_live(message(hero=picture, blocks=body), DIGEST)
    publish.settle()
    for shown in message(hero=picture, blocks=body).pictures():
        found = store.read(shown.mail_path)
        assert found is not None
        assert found[0].content_type == "image/jpeg"
        with Image.open(io.BytesIO(found[1])) as opened:
            assert (opened.format, opened.width) == ("JPEG", 1200)


@pytest.mark.django_db
def test_only_the_same_bytes_are_pointed_out_as_there_already(data_folder: Path) -> None:
    del data_folder
    ada = cast().ada

    def taken(title: str, data: bytes) -> TownImage:
        return TownImage.objects.create(title=title, file=ContentFile(data, f"{title}.jpg"))

    wood, market, again = (
        taken("wald", photo(colour="#226622")),
        taken("markt", photo(colour="#aa8844")),
        taken("wald-zwei", photo(colour="#226622")),
    )
    assert list(find_image_duplicates(market, ada, _Everything())) == []
    assert list(find_image_duplicates(again, ada, _Everything())) == [wood]


class _Everything:
    """A policy by which everybody may choose every picture."""

    def instances_user_has_permission_for(self, *_: object) -> object:
        return TownImage.objects.all()


def test_the_preview_of_the_feeds_says_what_will_be_in_them() -> None:
    channel, account = FeedsChannel(), Account("feeds", "feeds", "Feeds", {}, {})
    assert channel.render(message(), {}, account).body["listed"] is True
    assert channel.render(page(), {}, account).body["listed"] is False


@pytest.mark.django_db
def test_links_to_lists_and_english_pages_are_known_to_the_checks(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    exists = check_context().link_exists
    for path in ("/aktuelles/archiv/", "/aktuelles/rubrik/verkehr", "/en/aktuelles/2026/meldung-1/", "/en/"):
        assert exists(path), path
    for path in ("/aktuelles/rubrik/weg/", "/en/weg/", "/aktuelles/2026/meldung-2/"):
        assert not exists(path), path


@pytest.mark.django_db
def test_a_draft_is_known_to_come_and_what_was_withdrawn_is_not(town: Town) -> None:
    home, _news = founding.lay_tree("Willkommen", site_name="Ort")
    draft = home.add_child(instance=StandardPage(title="Fundbüro", slug="fundbuero", live=False))
    coming = check_context().link_coming
    assert coming("/fundbuero/")
    assert coming("/en/fundbuero")
    assert not coming("/anderswo/fundbuero/")
    publish.put_live(draft.content(), DIGEST)
    publish.withdraw(draft.object_key)
    assert not coming("/fundbuero/")
