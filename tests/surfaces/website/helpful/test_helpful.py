"""Two numbers for each page, counted without a person, a cookie or a script; what is no answer counts nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.surfaces.website import publish, store
from stadtnah.surfaces.website.helpful import counts, site
from stadtnah.surfaces.website.helpful.models import PageVerdict
from stadtnah.surfaces.website.models import MessagePage, ReleasedPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words

URL, DESK = "/hilfreich/", "/desk/bewertungen/"


def say(key: str, answer: str, address: str = "203.0.113.7", **headers: str) -> int:
    sent = Client().post(URL, {"seite": key, "antwort": answer}, REMOTE_ADDR=address, headers=headers)
    return sent.status_code


def test_the_form_stands_on_the_page_and_counts(website: str, page: MessagePage) -> None:
    found = store.read(website)
    assert found is not None
    html = found[1].decode()
    assert 'action="/hilfreich/"' in html
    hidden = re.findall(r'name="seite" value="([^"]+)"', html)
    assert hidden == [page.object_key]
    english = store.read(f"/en{website}")
    assert english is not None
    assert 'action="/en/hilfreich/"' in english[1].decode()
    client = Client()
    sent = client.post(URL, {"seite": hidden[0], "antwort": "nein"})
    assert sent.status_code == 303
    assert not sent.cookies
    thanks = client.get(sent["Location"])
    assert "Möchten Sie uns sagen, was fehlt?" in words(thanks)
    assert f'href="/nachricht/?seite={website}"' in thanks.content.decode()
    assert f'href="{website}"' in thanks.content.decode()
    assert thanks["Cache-Control"] == "no-store"
    assert client.post(URL, {"seite": hidden[0], "antwort": "ja"}).status_code == 303
    row = PageVerdict.objects.get()
    assert (row.yes, row.no) == (1, 1)
    assert {field.name for field in PageVerdict._meta.get_fields()} == {"object_key", "yes", "no", "since"}


@pytest.mark.parametrize("path", ["/", "/aktuelles/", "/404.html"])
def test_lists_and_errors_do_not_ask(website: str, path: str) -> None:
    found = store.read(path)
    assert found is not None
    assert "/hilfreich/" not in found[1].decode()


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("", "ja"),
        ("page:gibt-es-nicht", "ja"),
        ("x" * 5000, "ja"),
        ("<script>", "ja"),
        ("HERE", ""),
        ("HERE", "vielleicht"),
        ("HERE", "ja' OR 1=1"),
    ],
)
def test_what_is_no_answer_counts_nothing(website: str, page: MessagePage, key: str, answer: str) -> None:
    assert say(key.replace("HERE", page.object_key), answer) == 422
    assert say(page.object_key, "ja", **{"sec-fetch-site": "cross-site"}) == 422
    assert not PageVerdict.objects.exists()
    assert say(page.object_key, "ja", **{"sec-fetch-site": "same-origin"}) == 303  # the control


def test_nothing_from_the_address_is_shown_or_followed(website: str) -> None:
    answer = Client().get(f"{URL}danke/", {"seite": "//boese.example/", "antwort": '"><script>'})
    assert answer.status_code == 200
    assert b"boese" not in answer.content
    assert b"><script>" not in answer.content.replace(b'<script src="/theme', b"")
    assert Client().get(URL).status_code == 200
    assert Client().put(URL).status_code == 405


def test_one_network_cannot_fill_it_for_the_others(
    website: str,
    page: MessagePage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(site.GATE, "most", 2)
    assert [say(page.object_key, "nein", f"198.51.100.{n}") for n in (1, 2, 3)] == [303, 303, 429]
    assert say(page.object_key, "ja", "198.51.101.1") == 303
    row = PageVerdict.objects.get()
    assert (row.yes, row.no) == (1, 2)


def test_a_withdrawn_page_cannot_be_judged_and_is_not_listed(
    website: str,
    page: MessagePage,
    people: Cast,
) -> None:
    say(page.object_key, "nein")
    assert "1 Nein" in words(as_(people.agnes).get(DESK))
    publish.withdraw(page.object_key)
    assert say(page.object_key, "nein") == 422
    assert "Noch keine Antwort" in words(as_(people.agnes).get(DESK))
    found = store.read(website)
    assert found is not None
    assert "/hilfreich/" not in found[1].decode()


def test_the_report_shows_the_worst_first_and_begins_anew(
    website: str,
    page: MessagePage,
    people: Cast,
) -> None:
    other = replace(page.content(), object_key="page:anders", path="/anders/", title="Anderes")
    publish.put_live(other, "b" * 64)
    for answer in (*["nein"] * 6, *["ja"] * 3):
        say("page:anders", answer)
    say(page.object_key, "nein")
    shown = words(as_(people.clara).get(DESK))
    assert shown.index("Anderes") < shown.index("Mühlstraße gesperrt")
    assert "von 100" not in shown  # of nine answers no share is told
    say("page:anders", "nein")
    shown = words(as_(people.clara).get(DESK))
    assert "7 Nein , 3 Ja (70 von 100 sagen Nein)" in shown.replace("  ", " ")
    assert "Von vorn" not in shown
    assert as_(people.clara).post(f"{DESK}von-vorn/", {"page": "page:anders"}).status_code == 403
    ReleasedPage.objects.filter(pk="page:anders").update(updated_at=clock.now() + timedelta(days=2))
    assert "überarbeitet am" in words(as_(people.agnes).get(DESK))
    answer = as_(people.agnes).post(f"{DESK}von-vorn/", {"page": "page:anders"}, follow=True)
    assert "Anderes" not in words(answer)
    assert "Mühlstraße" in words(answer)
    assert "Mühlstraße" in words(as_(people.agnes).get(DESK, {"q": "mühl"}))


def test_the_report_needs_as_many_queries_for_many_as_for_few(website: str, page: MessagePage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            counts.verdicts()
        return len(seen)

    say(page.object_key, "nein")
    few = queries()
    for number in range(12):
        publish.put_live(
            replace(page.content(), object_key=f"page:{number}", path=f"/{number}/"), f"{number:064}"
        )
        say(f"page:{number}", "nein")
    assert queries() == few == 2
