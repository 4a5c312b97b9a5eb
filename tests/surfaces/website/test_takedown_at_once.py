"""A page goes public while somebody takes a consent back: neither stops the other, and the picture never stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from stadtnah.kernel import clock, media
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, Given, Licence, MediaRights, Person, Use
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.models import ReleasedPage, StaleUse
from tests.factories.people import Cast, cast
from tests.surfaces.website.conftest import DIGEST, OTHER, message, photo

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.only_on(
        "postgresql", "the SQLite of the tests lies in memory, where nobody waits for a lock"
    ),
]
ALL = frozenset(Use)


@pytest.fixture
def people(town: Town) -> Cast:
    return cast()


def yes(picture: Picture, people: Cast, until: date | None = None) -> Consent:
    return rights.consent(
        picture.sha256, Person(name="Lina"), Given("paper", date(2026, 1, 1), ALL, until), by=people.ada
    )


class Beside(threading.Thread):
    """Somebody else at work, with a connection of their own."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._work, self.failed = work, ""

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            self.failed = repr(error)
        finally:
            connection.close()

    def ended(self) -> str:
        self.join(timeout=30)
        return "still at it" if self.is_alive() else self.failed


def beside(work: Callable[[], object]) -> Beside:
    """It has begun, and waits for what the test holds."""
    other = Beside(work)
    other.start()
    other.join(timeout=2)
    return other


def test_a_withdrawal_and_a_release_wait_for_each_other_in_one_order(people: Cast, picture: Picture) -> None:
    second = media.ingest(photo(colour="#112233"), filename="markt.jpg")
    market = Picture(second.sha256, second.mime, second.width, second.height, alt="Der Markt")
    first, last = sorted((picture, market), key=lambda one: one.sha256)
    both = (Block("picture", picture=first), Block("picture", picture=last))
    rights.licence(first.sha256, Licence("Foto", ALL, nobody=True), by=people.ada)
    made = yes(last, people)
    publish.put_live(message(1, blocks=both), DIGEST)
    with transaction.atomic():
        MediaRights.objects.select_for_update().get(pk=first.sha256)  # the release gets as far as this
        release = beside(lambda: publish.put_live(message(1, blocks=both), OTHER))
        withdrawal = beside(lambda: rights.revoke(made, by=people.ada))
    assert (release.ended(), withdrawal.ended()) == ("", "")
    assert ReleasedPage.objects.get().withheld == [last.sha256]


def test_a_picture_nobody_had_entered_yet_goes_when_it_is_entered_as_ended(
    people: Cast, picture: Picture
) -> None:
    yesterday = rights.today() - timedelta(days=1)
    content = message(1, hero=picture)
    StaleUse.objects.create(used=content.object_key, marked_at=clock.now())
    with transaction.atomic():
        StaleUse.objects.select_for_update().get()  # the release has asked for the rights, and waits here
        release = beside(lambda: publish.put_live(content, DIGEST))
        entry = beside(lambda: yes(picture, people, yesterday))
    assert (release.ended(), entry.ended()) == ("", "")
    assert ReleasedPage.objects.get().withheld == [picture.sha256]
