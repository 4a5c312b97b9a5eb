"""Pictures go with what was taken back: nobody who kept an address gets them from the town's own server."""

from __future__ import annotations

import re

import pytest

from stadtnah.kernel import media
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import bake, publish, store
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page, photo

pytestmark = pytest.mark.django_db


def kept() -> set[str]:
    return {path for path in store.paths() if path.startswith("/media/")}


@pytest.fixture
def bare(town: Town) -> set[str]:
    """What is there without any picture of a page."""
    publish.put_live(message(9), DIGEST)
    bake.bake_all()
    publish.settle()
    return kept()


def test_a_withdrawn_message_leaves_no_picture_behind(bare: set[str], picture: Picture) -> None:
    inside = (Block("picture", picture=picture),)
    made = message(1, hero=picture, blocks=inside)
    publish.put_live(made, DIGEST)
    publish.settle()
    assert picture.mail_path in kept()  # the control: they were there
    assert len(kept() - bare) > 5
    publish.withdraw(made.object_key, OTHER)
    publish.settle()
    assert kept() - bare == set()


def test_a_picture_that_another_page_shows_stays(bare: set[str], picture: Picture) -> None:
    first, second = message(1, hero=picture), message(2, hero=picture)
    publish.put_live(first, DIGEST)
    publish.put_live(second, DIGEST)
    publish.settle()
    publish.withdraw(first.object_key, OTHER)
    publish.settle()
    left = kept() - bare
    assert picture.mail_path in left
    rows = store.read(second.path)
    assert rows is not None
    html = rows[1].decode()
    for path in left:
        assert store.read(path) is not None
    shown = set(re.findall(r"/media/[a-z0-9./]+", html))
    assert shown
    assert shown <= kept()


def test_a_correction_without_the_picture_takes_it_out(bare: set[str], picture: Picture) -> None:
    publish.put_live(message(1, hero=picture), DIGEST)
    publish.settle()
    other = media.ingest(photo(colour="#112233"), filename="anders.jpg")
    new = Picture(other.sha256, other.mime, other.width, other.height, alt="Anders")
    publish.put_live(message(1, hero=new), OTHER)
    publish.settle()
    assert picture.mail_path not in kept()
    assert new.mail_path in kept()


def test_a_page_that_stays_keeps_its_pictures(bare: set[str], picture: Picture) -> None:
    made = page("plan", hero=picture)
    publish.put_live(made, DIGEST)
    publish.settle()
    before = kept()
    bake.bake_all()
    assert kept() == before
