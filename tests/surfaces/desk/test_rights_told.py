"""Who is told what: where a picture stands, what the proof says, and the mails before and after an end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from stadtnah.kernel import media
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Licence, Use
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website import publish, ticks
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.models import MessagePage
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
