"""A picture whose right or consent ended leaves the whole website, and nothing but a release brings it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import media
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, Given, Licence, MediaRights, Person, Use
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, File, Picture
from stadtnah.surfaces.website import bake, publish, store, takedown, ticks, withheld
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.search import index
from tests.factories.people import Cast, cast
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page, photo

pytestmark = pytest.mark.django_db
ALL = frozenset(Use)


@pytest.fixture
def people(town: Town) -> Cast:
    return cast()


@pytest.fixture
def bare(people: Cast) -> set[str]:
    """What is there without any picture of a page."""
    publish.put_live(message(9), DIGEST)
    bake.bake_all()
    publish.settle()
    return kept()


def kept() -> set[str]:
    """Files that may show a picture: a share card without one is a PNG."""
    cards = {path for path in store.paths() if path.startswith("/media/teilen/") and path.endswith(".png")}
    return {path for path in store.paths() if path.startswith("/media/")} - cards


def everything() -> str:
    """All that the public can read, pages, lists, feeds and sitemaps."""
    texts = []
    for path in store.paths():
        found = None if path.startswith("/media/") else store.read(path)
        texts.append(found[1].decode("utf-8", "replace") if found else "")
    return "\n".join(texts)


def yes(sha256: str, people: Cast, *, until: date | None = None, name: str = "Lina") -> Consent:
    given = Given("paper", date(2026, 1, 1), ALL, until)
    return rights.consent(sha256, Person(name=name, contact="l@haus.example"), given, by=people.ada)


def shown_everywhere(picture: Picture) -> None:
    caption = Picture(
        picture.sha256, picture.mime, picture.width, picture.height, picture.alt, "Lina am Fluss"
    )
    publish.put_live(
        message(1, hero=picture, blocks=(*message().blocks, Block("picture", picture=caption))), DIGEST
    )
    publish.put_live(page("ueber-uns", hero=picture), DIGEST)
    publish.settle()


def test_a_consent_taken_back_takes_the_picture_from_every_page(
    bare: set[str], people: Cast, picture: Picture
) -> None:
    made = yes(picture.sha256, people)
    shown_everywhere(picture)
    index.catch_up()
    assert picture.alt in everything()  # the controls: it was there
    assert "Lina am Fluss" in everything()
    assert len(kept() - bare) > 5
    before = {row.pk: row.content for row in ReleasedPage.objects.all()}
    rights.revoke(made, by=people.doris)
    publish.settle()
    assert kept() == bare
    said = everything()
    for gone in (picture.alt, "Lina am Fluss", picture.sha256, "Foto: Stadt"):
        assert gone not in said
    assert "Meldung 1: Brücke wieder frei" in said  # the page itself stays
    assert {row.pk: row.content for row in ReleasedPage.objects.all()} == before  # as released
    entry = Entry.objects.get(event="picture.taken_down")
    assert entry.data == {"cause": "consent_revoked", "pages": 2}


def test_it_ends_by_itself_at_local_midnight(bare: set[str], people: Cast, picture: Picture) -> None:
    with time_machine.travel("2026-06-30T21:59:00Z"):
        yes(picture.sha256, people, until=date(2026, 6, 30))
        shown_everywhere(picture)
        ticks.take_down()
        publish.settle()
        assert picture.mail_path in kept()
    with time_machine.travel("2026-06-30T22:00:20Z"):
        ticks.take_down()
        publish.settle()
        assert kept() == bare
        ticks.take_down()
        assert Entry.objects.filter(event="picture.taken_down").count() == 1


def test_looking_costs_one_query_when_nothing_ended(people: Cast, picture: Picture) -> None:
    yes(picture.sha256, people)
    with CaptureQueriesContext(connection) as asked:
        assert takedown.look() == 0
    assert len(asked) == 1


def test_another_picture_stays(bare: set[str], people: Cast, picture: Picture) -> None:
    second = media.ingest(photo(colour="#112233"), filename="markt.jpg")
    market = Picture(second.sha256, second.mime, second.width, second.height, alt="Der Markt")
    made = yes(picture.sha256, people)
    publish.put_live(message(1, hero=picture, blocks=(Block("picture", picture=market),)), DIGEST)
    publish.settle()
    rights.revoke(made, by=people.ada)
    publish.settle()
    assert market.mail_path in kept()
    assert picture.mail_path not in kept()
    assert "Der Markt" in everything()


def test_only_a_release_brings_it_back(bare: set[str], people: Cast, picture: Picture) -> None:
    yesterday = rights.today() - timedelta(days=1)
    rights.licence(picture.sha256, Licence("Foto", ALL, nobody=True), by=people.agnes)
    shown_everywhere(picture)
    rights.licence(picture.sha256, Licence("Foto", ALL, yesterday, nobody=True), by=people.agnes)
    publish.settle()
    assert kept() == bare
    rights.licence(picture.sha256, Licence("Foto", ALL, nobody=True), by=people.agnes)  # says the agency
    bake.bake_all()
    publish.put_live(message(1, hero=picture), DIGEST)  # what was released before the end, once more
    publish.settle()
    assert kept() == bare
    publish.put_live(message(1, hero=picture), OTHER)  # the municipality releases it anew
    publish.settle()
    assert picture.mail_path in kept()
    rights.end_licence(picture.sha256, by=people.ada)  # and it ends a second time
    publish.settle()
    assert kept() == bare


def test_a_release_after_the_end_shows_nothing_of_it(bare: set[str], people: Cast, picture: Picture) -> None:
    rights.revoke(yes(picture.sha256, people), by=people.ada)
    shown_everywhere(picture)
    assert kept() == bare
    assert picture.alt not in everything()


def test_whoever_is_forgotten_is_on_no_page(bare: set[str], people: Cast, picture: Picture) -> None:
    yes(picture.sha256, people)
    shown_everywhere(picture)
    privacy.erase_person("l@haus.example")
    publish.settle()
    assert kept() == bare


def test_many_pictures_at_once_make_nobody_wait(
    people: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    """One consent may cover hundreds: the pages are read once, some are made at once, the others in a worker."""
    made = yes("f" * 64, people)
    for number in range(24):
        taken = media.ingest(photo(40, 30, f"#1122{number:02x}"), filename="fest.jpg")
        shown = Picture(taken.sha256, taken.mime, taken.width, taken.height, alt=f"Fest {number}")
        rights.attach(taken.sha256, made, by=people.ada)
        publish.put_live(page(f"fest-{number}", hero=shown), DIGEST)
    with django_capture_on_commit_callbacks(execute=True), CaptureQueriesContext(connection) as asked:
        rights.revoke(made, by=people.ada)
    assert not [one for one in asked if "LIKE" in one["sql"]]
    assert ReleasedPage.objects.filter(withheld=[]).count() == 0
    still = [number for number in range(24) if "Fest " in read(f"/fest-{number}/")]
    assert len(still) == 4
    publish.settle()
    assert not [number for number in range(24) if "Fest " in read(f"/fest-{number}/")]


def read(path: str) -> str:
    found = store.read(path)
    return found[1].decode() if found else ""


def test_a_film_goes_like_a_picture(people: Cast) -> None:
    block = Block("video", file=File("f" * 64, "video/mp4", "rundgang.mp4", 9), title="Rundgang")
    rights.licence("f" * 64, Licence("Film", frozenset({Use.PRINT})), by=people.ada)
    row = publish.put_live(page("film", blocks=(*message().blocks, block)), DIGEST)
    assert row.withheld == ["f" * 64]
    assert [one.kind for one in row.shown().blocks] == ["text"]


def test_captions_go_without_their_film() -> None:
    film, captions = File("f" * 64, "video/mp4", "rundgang.mp4", 9), File("e" * 64, "text/vtt", "de.vtt", 9)
    content = page("film", blocks=(Block("video", file=film, captions=captions, title="Rundgang"),))
    assert withheld.shown(content, ["e" * 64]).media() == ["f" * 64]
    assert withheld.shown(content, ["f" * 64]).media() == []


def test_names_last_as_long_as_the_picture_is_public(people: Cast, picture: Picture) -> None:
    with time_machine.travel("2026-01-05T10:00:00Z"):
        yes(picture.sha256, people)
        shown_everywhere(picture)
    with time_machine.travel("2028-12-30T10:00:00Z"):
        ticks.note_use()
        assert MediaRights.objects.get().used_on == date(2028, 12, 30)
    with time_machine.travel("2029-06-01T10:00:00Z"):
        privacy.expire_all()
        assert Person.objects.exists()
    with time_machine.travel("2032-06-01T10:00:00Z"):  # not public since
        privacy.expire_all()
        assert not Person.objects.exists()
