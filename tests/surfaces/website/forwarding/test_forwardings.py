"""A forwarding by hand is public once released, leads in one step to where its page is now, and never hides a page."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel.access.models import Membership
from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import mirror, publish, store, sweep
from stadtnah.surfaces.website.forwarding import release as list_release
from stadtnah.surfaces.website.forwarding.models import Forwarding, ReleasedForwarding
from stadtnah.surfaces.website.models import MessagePage, OldPath
from stadtnah.surfaces.website.moving_in.models import ImportedItem, hashed
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.forwarding.conftest import URL, ask, release, waiting, wish


def test_it_is_public_once_released_in_both_languages(people: Cast, website: str) -> None:
    assert wish(people, "/rathaus/muell.html", website).status_code == 302
    publish.settle()
    assert ask("/rathaus/muell.html")[0] == 404  # wished is not released
    release(people)
    status, headers, body = ask("/rathaus/muell.html")
    assert (status, headers["Location"]) == (301, website)
    assert f'href="{website}"' in body.decode()
    assert ask("/en/rathaus/muell.html")[1]["Location"] == f"/en{website}"
    entry = Entry.objects.get(event="forwardings.changed")
    assert entry.data["number"] == 1
    shown = words(as_(people.freya).get(reverse("desk_proof", args=[list_release.KEY])))
    assert "Weiterleitungen" in shown
    assert "Freya" in shown


def test_an_agency_cannot_release_it_and_whoever_wrote_it_neither(people: Cast, website: str) -> None:
    Membership.objects.create(user=people.freya, role="author")
    as_(people.freya).post(f"{URL}bearbeiten/", {"path": "/alt/", "target": website})
    as_(people.agnes).post(f"{URL}vorlegen/")
    row = waiting()
    for who in ("agnes", "ada", "freya"):
        answer = as_(getattr(people, who)).post(
            reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id}
        )
        assert answer.status_code == 403, who
    assert as_(people.clara).get(f"{URL}bearbeiten/").status_code == 403
    assert as_(people.clara).get(URL).status_code == 200


def author_and_approver(people: Cast) -> None:
    Membership.objects.create(user=people.freya, role="author")


def laid_before(people: Cast) -> tuple[int, int]:
    """What Freya and Viktor get who want to release the list as Agnes lays it before."""
    as_(people.agnes).post(f"{URL}vorlegen/")
    row = waiting()
    url, said = reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id}
    freya, viktor = (as_(one).post(url, said).status_code for one in (people.freya, people.viktor))
    dispatch_all()
    publish.settle()
    return freya, viktor


def test_whoever_wrote_a_line_that_was_held_back_does_not_release_it_later(
    people: Cast, website: str, page: MessagePage
) -> None:
    author_and_approver(people)
    as_(people.freya).post(f"{URL}bearbeiten/", {"path": "/alt/", "target": "/kommt/"})
    wish(people, "/b/", website)
    release(people)  # she may: her own line stays behind
    assert [path for path, *_ in list_release.public_rows()] == ["/b/"]
    there = replace(page.content(), object_key="page:00000000-0000-4000-8000-0000000000aa", path="/kommt/")
    publish.put_live(there, "b" * 64)
    assert laid_before(people) == (403, 302)
    assert [path for path, *_ in list_release.public_rows()] == ["/alt/", "/b/"]


def test_whoever_wrote_a_line_that_another_changed_does_not_release_it(people: Cast, website: str) -> None:
    author_and_approver(people)
    as_(people.freya).post(f"{URL}bearbeiten/", {"path": "/alt/", "target": website})
    wish(people, "/alt/", f"{website}#termin")
    assert laid_before(people) == (403, 302)
    wish(people, "/alt/", website)  # the control: what she wrote is public, this is another change
    assert laid_before(people)[0] == 302


def test_what_was_taken_back_counts_for_nobody(people: Cast, website: str) -> None:
    author_and_approver(people)
    wish(people, "/alt/", website)
    release(people)
    freya = as_(people.freya)
    freya.post(f"{URL}entfernen/", {"path": "/alt/"})
    freya.post(f"{URL}behalten/", {"path": "/alt/"})
    wish(people, "/b/", website)
    assert laid_before(people)[0] == 302
    freya.post(f"{URL}entfernen/", {"path": "/alt/"})
    assert laid_before(people)[0] == 403


def test_what_is_public_and_nobody_wishes_any_more_is_wished_again(people: Cast, website: str) -> None:
    wish(people, "/alt/", website)
    release(people)
    Forwarding.objects.all().delete()  # as a backup from before does
    approval = publishing.Approval.objects.get()
    list_release.put_live(publishing.content_of(approval.snapshot), approval.pk)
    row = Forwarding.objects.get()
    assert (row.path, row.target, row.origin, row.writers) == ("/alt/", website, "hand", [])
    assert "nichts vorzulegen" in words(as_(people.agnes).post(f"{URL}vorlegen/", follow=True))


def test_the_basket_shows_each_line_and_warns_of_another_website(people: Cast, website: str) -> None:
    wish(people, "/fest/", "https://verein.example/fest", elsewhere="1")
    wish(people, "/alt/", website)
    as_(people.agnes).post(f"{URL}vorlegen/")
    shown = words(as_(people.freya).get(reverse("desk_basket")))
    assert f"/alt/ | {website}" in shown
    assert "/fest/ | https://verein.example/fest" in shown
    assert "Führt von der Website fort" in shown


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "Bitte geben Sie die alte Adresse an"),
        ("/", "Die Startseite lässt sich nicht weiterleiten"),
        ("/index.html", "Die Startseite lässt sich nicht weiterleiten"),
        ("/aktuelles/", "steht eine Liste der Website"),
        ("/desk/geheim/", "braucht die Website selbst"),
        ("/media/bild.jpg", "braucht die Website selbst"),
        ("/en/about.html", "von selbst mit weitergeleitet"),
        ("/404.html", "steht schon etwas"),
        ("/robots.txt", "steht schon etwas"),
        ("/?id=12", "auch nicht mit einem Fragezeichen"),
        ("/aktuelles/?id=12", "steht eine Liste der Website"),
        ("/index.php?id=" + "1" * 500, "zu lang"),
        ("//boese.example/", "nicht mit //"),
        ("/a/../desk/", "nicht möglich"),
        ("/a%2f..%2fdesk/", "nicht möglich"),
        ("/a%0d%0aSet-Cookie:x=1", "nicht möglich"),
        ("/a\r\nX: y", "in keiner Adresse stehen"),
        ("/a\\b", "in keiner Adresse stehen"),
        ("/.git/config", "braucht die Website selbst"),
        ("/" + "a" * 400, "zu lang"),
        ("/ein/" + "ä" * 120 + "/", "nicht möglich"),
    ],
)
def test_an_old_address_that_cannot_be_one_is_refused(
    people: Cast, website: str, path: str, reason: str
) -> None:
    store.write("/robots.txt", b"User-agent: *", "text/plain")
    answer = wish(people, path, website)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert not Forwarding.objects.exists()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("", "Bitte geben Sie das Ziel an"),
        ("https://boese.example/", "außerhalb der Website"),
        ("//boese.example/", "nicht mit //"),
        ("/\\boese.example/", "in keiner Adresse stehen"),
        ("http://verein.example/", "beginnt mit https://"),
        ("javascript:alert(1)", "beginnt mit / oder mit https://"),
        ("data:text/html,x", "beginnt mit / oder mit https://"),
        ("https://localhost@boese.example/", "keinen gültigen Namen"),
        ("https://10.0.0.1/", "keinen gültigen Namen"),
        ("https://[::1]/", "keinen gültigen Namen"),
        ("https://[::1", "keine Adresse"),
        ("/a%0d%0aSet-Cookie:x=1", "nicht möglich"),
        ("/a%23b/", "nicht möglich"),
        ('/a/#"><script>', "keine Stelle einer Seite"),
        ("/alt/", "Das ergibt einen Kreis: /alt/ → /alt/"),
    ],
)
def test_a_target_that_cannot_be_one_is_refused(people: Cast, website: str, target: str, reason: str) -> None:
    answer = wish(people, "/alt/", target)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert not Forwarding.objects.exists()


def test_what_was_typed_stays_and_the_tick_lets_another_website_through(people: Cast, website: str) -> None:
    answer = wish(people, "/alt/", "https://verein.example/fest?jahr=2027&x=%0d%0aSet-Cookie:y=1")
    assert 'value="/alt/"' in answer.content.decode()
    assert wish(people, "/alt/", "https://verein.example/f%0d%0aX:y/", elsewhere="1").status_code == 302
    release(people)
    status, headers, _body = ask("/alt/")
    assert (status, headers["Location"]) == (301, "https://verein.example/f%0D%0AX%3Ay/")
    assert (
        ask("/alt/", "ziel=https://boese.example/")[1]["Location"] == headers["Location"]
    )  # no open redirect


def test_a_page_is_never_hidden_and_a_later_one_wins(people: Cast, website: str, page: MessagePage) -> None:
    assert "steht eine Seite der Website" in words(wish(people, website, "/"))
    assert wish(people, "/fest/", website).status_code == 302
    release(people)
    assert ask("/fest/")[0] == 301
    other = replace(page.content(), object_key="page:00000000-0000-4000-8000-0000000000aa", path="/fest/")
    publish.put_live(other, "b" * 64)
    publish.settle()
    assert ask("/fest/")[0] == 200
    assert "steht inzwischen eine Seite" in words(as_(people.agnes).get(f"{URL}?status=problem"))


def test_the_file_of_a_folder_is_the_folder_and_stays_when_the_store_is_swept(
    people: Cast, website: str, page: MessagePage
) -> None:
    wish(people, "/kontakt/index.html", website)
    release(people)
    assert list(ReleasedForwarding.objects.values_list("path", flat=True)) == ["/kontakt/"]
    for file in store.folder().rglob("*"):
        os.utime(file, (1, 1))  # what is young is left alone
    assert sweep.heal().unwanted == ()
    for path in ("/kontakt/index.html", "/kontakt/"):
        assert ask(path)[:2][1]["Location"] == website, path
    later = replace(page.content(), object_key="page:00000000-0000-4000-8000-0000000000aa", path="/kontakt/")
    publish.put_live(later, "b" * 64)
    publish.settle()
    assert ask("/kontakt/")[0] == 200


def test_chains_end_in_one_step_and_follow_a_page_that_moves(
    people: Cast, website: str, page: MessagePage
) -> None:
    wish(people, "/zwei/", website)
    wish(people, "/eins/", "/zwei/#termin")
    assert "Kette: /eins/ → /zwei/ → " in words(as_(people.agnes).get(URL))
    assert "Kreis" in words(wish(people, "/zwei/", "/eins/"))
    release(people)
    assert ask("/eins/")[1]["Location"] == f"{website}#termin"
    publish.put_live(replace(page.content(), path="/aktuelles/2026/neu/"), "b" * 64)
    publish.settle()
    for path, end in (("/eins/", "/aktuelles/2026/neu/#termin"), ("/zwei", "/aktuelles/2026/neu/")):
        assert ask(path)[:2][1]["Location"] == end, path
    assert ask(website)[1]["Location"] == "/aktuelles/2026/neu/"
    assert "weil die Seite umgezogen ist" in words(as_(people.agnes).get(f"{URL}?status=moved"))


def test_a_circle_that_a_move_closes_leads_nowhere_and_is_named(
    people: Cast, website: str, page: MessagePage
) -> None:
    wish(people, "/fest/", website)
    release(people)
    publish.put_live(replace(page.content(), path="/fest-neu/"), "b" * 64)
    ReleasedForwarding.objects.create(path="/x/", target="/y/", origin="hand")
    ReleasedForwarding.objects.create(path="/y/", target="/x/", origin="hand")
    Forwarding.objects.bulk_create(
        Forwarding(path=row.path, target=row.target, changed_at=Entry.objects.latest("pk").at)
        for row in ReleasedForwarding.objects.exclude(path="/fest/")
    )
    publish.touch("theme")
    assert ask("/x/")[0] == 404
    assert ask("/fest/")[1]["Location"] == "/fest-neu/"
    assert "Kreis: /x/ → /y/ → /x/" in words(as_(people.agnes).get(URL))


def test_a_target_that_is_gone_is_named(people: Cast, website: str, page: MessagePage) -> None:
    wish(people, "/alt/", website)
    release(people)
    publish.withdraw(page.object_key)
    assert "ist zurückgezogen" in words(as_(people.agnes).get(URL))
    assert ask(ask("/alt/")[1]["Location"])[0] == 410


def test_what_has_no_target_yet_stays_behind(people: Cast, website: str) -> None:
    answer = as_(people.agnes).post(
        f"{URL}bearbeiten/", {"path": "/a/", "target": "/kommt-noch/"}, follow=True
    )
    assert "sobald ihr Ziel öffentlich ist" in words(answer)
    wish(people, "/b/", website)
    release(people)
    assert list(ReleasedForwarding.objects.values_list("path", flat=True)) == ["/b/"]
    assert "nichts vorzulegen" in words(as_(people.agnes).post(f"{URL}vorlegen/", follow=True))
    assert "gibt es nicht oder noch nicht" in words(as_(people.agnes).get(URL))


def test_it_is_taken_away_by_a_release_too(people: Cast, website: str) -> None:
    wish(people, "/alt/", website)
    wish(people, "/bleibt/", website)
    release(people)
    agnes = as_(people.agnes)
    agnes.post(f"{URL}entfernen/", {"path": "/alt/"})
    assert ask("/alt/")[0] == 301
    agnes.post(f"{URL}behalten/", {"path": "/alt/"})
    assert not Forwarding.objects.filter(removed=True).exists()
    agnes.post(f"{URL}entfernen/", {"path": "/alt/"})
    assert "fällt mit der nächsten Freigabe weg" in words(agnes.get(URL))
    release(people)
    assert ask("/alt/")[0] == 404
    assert ask("/en/alt/")[0] == 404
    assert ask("/bleibt/")[0] == 301
    assert not Forwarding.objects.filter(path="/alt/").exists()


def test_an_automatic_one_can_be_led_elsewhere(people: Cast, website: str, page: MessagePage) -> None:
    publish.put_live(replace(page.content(), path="/aktuelles/2026/neu/"), "b" * 64)
    publish.settle()
    assert OldPath.objects.filter(path=website).exists()
    assert wish(people, website, "/aktuelles/").status_code == 302
    release(people)
    assert ask(website)[1]["Location"] == "/aktuelles/"


def test_what_is_released_twice_or_given_back_changes_nothing(people: Cast, website: str) -> None:
    wish(people, "/alt/", website)
    as_(people.agnes).post(f"{URL}vorlegen/")
    assert "wartet auf die Freigabe" in words(as_(people.agnes).get(URL))
    row = waiting()
    as_(people.freya).post(reverse("desk_send_back", args=[row.pk]), {"reason": "Bitte mit Anker."})
    shown = as_(people.agnes).get(reverse("desk_request", args=[row.pk])).content.decode()
    assert URL in shown
    release(people)
    released = publishing.content_of(publishing.Approval.objects.get().snapshot)
    list_release.put_live(released, publishing.Approval.objects.get().pk)
    assert Entry.objects.filter(event="forwardings.changed").count() == 1
    proof = reverse("desk_proof", args=[list_release.KEY])
    freya = as_(people.freya)
    freya.post(reverse("desk_withdraw", args=[list_release.KEY]))
    assert "gehört fest zur Website" in words(freya.get(proof))
    dispatch_all()


def load(people: Cast, data: bytes, **more: str) -> str:
    file = SimpleUploadedFile("alt.csv", data, "text/csv")
    return words(as_(people.agnes).post(f"{URL}datei/", {"file": file, **more}))


def test_a_file_is_read_line_by_line_with_a_report(people: Cast, website: str) -> None:
    lines = [
        "alt;neu",
        f"/alt/eins.html;{website}",
        f"https://www.alte-stadt.example/B%C3%BCrger.htm;http://localhost:8000{website}",
        "/nur-eine-spalte",
        f"/alt/eins.html;{website}",
        f"/desk/;{website}",
        f"/?id=3;{website}",
        "/fremd;https://verein.example/",
        "/kommt;/noch-nicht/",
        "/kreis/;/kreis",
        "",
    ]
    shown = load(people, "\r\n".join(lines).encode("cp1252"))
    assert "3 Weiterleitungen aufgenommen" in shown
    assert "6 Zeilen ausgelassen" in shown
    for reason in (
        "4 /nur-eine-spalte Hier fehlt",
        "Diese alte Adresse steht schon in Zeile 2",
        "braucht die Website selbst",
        "Fragezeichen",
        "Bitte bestätigen Sie",
        "Kreis",
        "erst vorgelegt, wenn ihr Ziel öffentlich ist: /kommt/",
    ):
        assert reason in shown, reason
    assert set(Forwarding.objects.values_list("path", "target", "origin")) == {
        ("/alt/eins.html", website, "file"),
        ("/Bürger.htm", website, "file"),
        ("/kommt/", "/noch-nicht/", "file"),
    }
    again = load(people, "\n".join(lines).encode("utf-16"), elsewhere="1")
    assert "1 Weiterleitung aufgenommen" in again
    assert "3 gab es schon genau so" in again
    release(people)
    assert ask("/Bürger.htm")[1]["Location"] == website
    assert ask("/B\u00fcrger.htm/")[0] == 404


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "leer"),
        (b"   \n\n", "leer"),
        (b"\x00" * 50, "leer"),
        (b"a;b\n" * 5001, "5000"),
        (b"x" * 2_000_001, "2 MB"),
    ],
)
def test_a_file_that_is_none_is_refused(people: Cast, website: str, data: bytes, reason: str) -> None:
    assert reason in load(people, data)
    assert not Forwarding.objects.exists()


def test_a_file_and_a_folder_cannot_share_an_address(people: Cast, website: str) -> None:
    wish(people, "/alt.html", website)
    assert "nicht zugleich Datei und Ordner" in words(wish(people, "/alt.html/mehr/", website))
    wish(people, "/neu.html/mehr/", website)
    assert "nicht zugleich Datei und Ordner" in words(wish(people, "/neu.html", website))


def test_a_large_file_takes_a_number_of_queries_that_follows_its_lines_only_in_writing(
    people: Cast, website: str
) -> None:
    def queries(number: int) -> int:
        lines = "\n".join(f"/alt-{number}/{one}.html;{website}" for one in range(number))
        with CaptureQueriesContext(connection) as seen:
            load(people, lines.encode())
        return len(
            [q for q in seen if q["sql"].startswith("SELECT") and "forwarding_forwarding" not in q["sql"]]
        )

    assert queries(5) == queries(60)


def test_the_screen_needs_as_many_queries_for_many_as_for_few(people: Cast, website: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert as_(people.agnes).get(URL).status_code == 200
        return len(seen)

    load(people, f"/a.html;{website}\n/b.html;/a.html".encode())
    few = queries()
    load(people, "\n".join(f"/alt/{one}.html;{website}" for one in range(200)).encode())
    assert queries() == few


def test_addresses_of_the_old_website_are_taken_over(people: Cast, website: str, page: MessagePage) -> None:
    for number, link in enumerate(
        ("https://www.alte-stadt.example/news/41.html", "https://www.alte-stadt.example/index.php?id=4", "")
    ):
        ImportedItem.objects.create(
            source_key="a",
            guid_hash=hashed(str(number)),
            link=link,
            object_key=page.object_key,
            state="created",
        )
        assert ("übernommene Seite ist öffentlich" in words(as_(people.agnes).get(URL))) == (number == 0)
        as_(people.agnes).post(f"{URL}uebernahme/")
    assert list(Forwarding.objects.values_list("path", "target", "origin")) == [
        ("/news/41.html", website, "old")
    ]


def test_a_copy_of_the_website_leads_on_as_well(people: Cast, website: str, tmp_path: Path) -> None:
    wish(people, "/rathaus/muell.html", website)
    wish(people, "/fest/", "https://verein.example/fest", elsewhere="1")
    release(people)
    mirror.export(tmp_path / "kopie")
    assert f'url={website}"' in (tmp_path / "kopie/rathaus/muell.html").read_text()
    assert 'url=https://verein.example/fest"' in (tmp_path / "kopie/fest/index.html").read_text()
    listed = json.loads((tmp_path / "kopie" / mirror.LIST).read_bytes())["redirects"]
    assert listed["/rathaus/muell.html"] == {"to": website, "status": 301}
    assert not (tmp_path / "store/public/fest").exists()
    assert (tmp_path / "store/moved/fest/index.html").is_file()
