"""Who is told what: where a picture stands, what the proof says, and the mails before and after an end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from stadtnah.kernel import media
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Given, Licence, Person, Use
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website import publish, ticks
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.models import MessagePage, ReleasedPage
from tests.factories.messages import content, context
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all, release
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_pictures import drawn, upload

pytestmark = pytest.mark.django_db
ALL = frozenset(Use)


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.fixture
def picture(people: Cast) -> Picture:
    upload(as_(people.agnes), drawn(), title="Kinder am Fluss")
    image = TownImage.objects.get()
    assert media.exists(image.sha256)
    rights.licence(image.sha256, Licence("Foto", ALL, nobody=True), by=people.ada)
    return image.picture(alt="Kinder am Fluss")


def sent(people: Cast, picture: Picture, page: MessagePage) -> None:
    """A message with the picture, on paper and on the website."""
    said = content(hero=picture, object_key=page.object_key)
    request = publishing.submit(said, {"paper": {"on": True, "text": ""}}, by=people.agnes, context=context())
    digest = release(people, request).pk
    dispatch_all()
    publish.put_live(said, digest)
    publish.settle()


def test_page_proof_and_mail_say_where_it_was_and_still_is(
    people: Cast, page: MessagePage, picture: Picture
) -> None:
    sent(people, picture, page)
    freya, address = as_(people.freya), reverse("desk_rights", args=[picture.sha256])
    assert "Mühlstraße gesperrt zu sehen" in words(freya.get(address))
    proof = reverse("desk_proof", args=[page.uuid])
    assert "von der Website genommen" not in words(freya.get(proof))
    ticks.tell_of_rights()
    mail.outbox.clear()
    rights.end_licence(picture.sha256, by=people.ada)
    publish.settle()
    shown = words(freya.get(address))
    assert "Mühlstraße gesperrt entfernt" in shown
    assert "Papier: Mühlstraße gesperrt" in shown
    assert "von der Website genommen. Darf seit" in words(freya.get(proof))
    ticks.tell_of_rights()
    ticks.tell_of_rights()
    assert sorted(one.to[0] for one in mail.outbox) == ["ada@stadt.example", "freya@stadt.example"]
    text = str(mail.outbox[0].body)
    assert "„Kinder am Fluss“, weil das Nutzungsrecht entzogen wurde" in text
    assert "Noch zu sehen auf Papier: https://paper.example/1" in text
    publishing.withdraw(page.object_key, by=people.freya)
    dispatch_all()
    assert "Auf anderen Kanälen" not in words(freya.get(address))


def test_an_agency_ends_a_licence_at_once_and_never_unseen(
    people: Cast, page: MessagePage, picture: Picture
) -> None:
    """Decision 0037: a restriction needs no release, and nothing that it did is hidden."""
    sent(people, picture, page)
    row = ReleasedPage.objects.get(pk=page.object_key)
    assert row.shown().hero is not None, "control"
    ticks.tell_of_rights()
    mail.outbox.clear()
    assert as_(people.agnes).post(reverse("desk_licence_end", args=[picture.sha256])).status_code == 302
    row.refresh_from_db()
    assert row.shown().hero is None
    assert Content.from_json(row.content).hero is not None, "what was released stays"
    ended = Entry.objects.get(event="rights.licence_ended")
    assert (ended.actor, ended.subject) == (f"user:{people.agnes.pk}", f"picture:{picture.sha256}")
    assert Entry.objects.get(event="picture.taken_down").data == {"cause": "licence_revoked", "pages": 1}
    ticks.tell_of_rights()
    assert "freya@stadt.example" in {one.to[0] for one in mail.outbox}
    assert "„Kinder am Fluss“" in str(mail.outbox[0].body)
    rights.licence(picture.sha256, Licence("Foto", ALL, nobody=True), by=people.agnes)
    row.refresh_from_db()
    assert row.shown().hero is None, "entered anew it shows nothing"


def test_an_agency_ends_no_consent(people: Cast, picture: Picture) -> None:
    given = Given("paper", date(2026, 1, 1), ALL)
    made = rights.consent(picture.sha256, Person(name="Lina L."), given, by=people.ada)
    address = reverse("desk_consent_revoke", args=[made.pk])
    assert as_(people.agnes).post(address).status_code == 403
    made.refresh_from_db()
    assert made.revoked_at is None
    assert as_(people.doris).post(address).status_code == 302, "control: who sees it may"


def test_a_mail_comes_once_before_the_end_and_again_for_another_end(people: Cast, picture: Picture) -> None:
    mail.outbox.clear()
    ticks.tell_of_rights()
    assert mail.outbox == []  # nothing ends
    for days in (20, 20, 25):
        until = rights.today() + timedelta(days=days)
        rights.licence(picture.sha256, Licence("Foto", ALL, until, nobody=True), by=people.ada)
        ticks.tell_of_rights()
        ticks.tell_of_rights()
    assert [one.subject for one in mail.outbox] == ["Rechte an Bildern enden bald"] * 4
    assert "„Kinder am Fluss“: bis" in str(mail.outbox[0].body)
