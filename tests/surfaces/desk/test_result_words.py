"""Title and description for search engines: written in the editor, released with the page, nowhere on the page itself."""

from __future__ import annotations

import re

from django.urls import reverse

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import publish, store
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.result_words import DESCRIPTION, TITLE
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_deciding import hand_in
from tests.surfaces.desk.test_writing import form

SAID = {
    "seo_title": "Mühlstraße in Beispielau gesperrt",
    "search_description": "Wie lange gesperrt ist,\n und wo Sie fahren.",
}


def test_they_go_from_the_editor_through_the_release_to_the_head_of_the_page(
    people: Cast, page: MessagePage
) -> None:
    ada = as_(people.ada)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert ada.post(edit, form(**SAID)).status_code == 302
    seen = words(ada.get(reverse("desk_finding", args=[page.uuid])))
    assert "Mühlstraße in Beispielau gesperrt" in seen
    assert "Wie lange gesperrt ist, und wo Sie fahren." in seen
    request = hand_in(ada, page)
    asked = as_(people.freya).get(reverse("desk_request", args=[request.pk]))
    for label, text in ((TITLE[1], SAID["seo_title"]), (DESCRIPTION[1], "Wie lange gesperrt ist")):
        assert label in words(asked)
        assert text in words(asked)
    publish.put_live(publishing.content_of(request.snapshot), request.snapshot_id)
    publish.settle()
    found = store.read(MessagePage.objects.get().public_path())
    assert found is not None
    html = found[1].decode()
    assert "<title>Mühlstraße in Beispielau gesperrt</title>" in html
    assert '<meta name="description" content="Wie lange gesperrt ist, und wo Sie fahren.">' in html
    assert '<meta property="og:title" content="Mühlstraße in Beispielau gesperrt">' in html
    assert '"description":"Wie lange gesperrt ist, und wo Sie fahren."' in html.replace('": "', '":"')
    body = re.sub(r"<script.*?</script>", "", html[html.index("<main") :], flags=re.DOTALL)
    assert "wo Sie fahren" not in body


def test_what_is_too_long_is_said_and_stays(people: Cast, page: MessagePage) -> None:
    ada, edit = as_(people.ada), reverse("wagtailadmin_pages:edit", args=[page.pk])
    long = "Mühlstraße " * 20
    answer = ada.post(edit, form(seo_title=long, search_description="x " * 300))
    assert answer.status_code == 200
    seen = words(answer)
    assert "Der Titel in Suchmaschinen hat 219 Zeichen. Bitte kürzen Sie auf höchstens 120" in seen
    assert "Die Beschreibung in Suchmaschinen hat 599 Zeichen." in seen
    assert long.strip() in answer.content.decode()
