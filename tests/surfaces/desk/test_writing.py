"""What the checks say while somebody writes, and the pages that stay on their way to the public."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from PIL import Image

from stadtnah.kernel import media
from stadtnah.publishing import api as publishing
from stadtnah.publishing import notices
from stadtnah.publishing.channel import Whole
from stadtnah.surfaces.desk.framed import framed
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage, TownImage
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words


def form(**values: Any) -> dict[str, Any]:
    """What the editor posts of a message."""
    body = values.pop("text", "<p>Die Umleitung ist ausgeschildert.</p>")
    raw = {"blocks": [{"key": "a", "text": body, "type": "unstyled", "depth": 0}], "entityMap": {}}
    return {
        "title": "Mühlstraße gesperrt",
        "slug": "muehlstrasse",
        "teaser": "Die Straße ist wegen Bauarbeiten gesperrt.",
        "language": "de",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps(raw),
        **values,
    }


def test_checks_speak_up_before_anything_is_saved(people: Cast, page: MessagePage) -> None:
    address = reverse("desk_check_page", args=[page.pk])
    before = page.revisions.count()
    shown = words(as_(people.ada).post(address, form(teaser="Am Montag, 24. November 2026, wird gesperrt.")))
    assert "24. November 2026" in shown  # a Tuesday
    assert "Dienstag" in shown
    assert page.revisions.count() == before
    fine = words(as_(people.ada).post(address, form()))
    assert "Dienstag" not in fine


def test_checks_of_a_message_that_was_never_saved(people: Cast, page: MessagePage) -> None:
    news = NewsIndexPage.objects.get()
    address = reverse("desk_check_new", args=["website", "messagepage", news.pk])
    number = MessagePage.objects.count()
    shown = words(as_(people.ada).post(address, form(title="", slug="", teaser="")))
    assert "Prüfung" in shown
    assert MessagePage.objects.count() == number
    assert (
        as_(people.ada).post(reverse("desk_check_new", args=["kernel", "user", news.pk]), {}).status_code
        == 404
    )


def test_checks_are_for_those_who_write(people: Cast, page: MessagePage) -> None:
    address = reverse("desk_check_page", args=[page.pk])
    assert as_(people.clara).post(address, form()).status_code in {403, 404}
    assert as_(people.aaron).post(address, form()).status_code == 403
    assert as_(people.ada).get(address).status_code == 405
    assert as_(people.ada).post(reverse("desk_check_page", args=[99999]), form()).status_code == 404
    for broken in ({"body-count": "x"}, {"title": "Nur ein Titel"}):
        assert as_(people.ada).post(address, broken).status_code == 400


def imprint() -> StandardPage:
    """A page of the town's that was never released."""
    made: StandardPage = HomePage.objects.get().add_child(
        instance=StandardPage(
            title="Impressum", slug="impressum", body=[("text", "<p>Stadt Beispielau</p>")], live=False
        )
    )
    made.save_revision()
    return made


def test_a_page_goes_the_same_way_as_a_message(people: Cast, page: MessagePage, paper: Paper) -> None:
    kept = imprint()
    ada, freya = as_(people.ada), as_(people.freya)
    assert "Impressum" in words(ada.get(reverse("desk_pages")))
    step = reverse("desk_channels_step", args=[kept.uuid])
    shown = words(ada.get(step))
    assert "Hier veröffentlichen" not in shown  # no other channel carries it
    answer = ada.post(step, {"do": "submit", "note": "Neue Telefonnummer", "on-paper": "1"})
    made = publishing.ReleaseRequest.objects.get(object_key=kept.object_key)
    assert answer.headers["Location"] == reverse("desk_request", args=[made.pk])
    assert {e["channel"] for e in publishing.opened(made.snapshot)["channels"]} <= {"website"}
    assert "Neue Telefonnummer" in words(freya.get(reverse("desk_request", args=[made.pk])))
    released = freya.post(
        reverse("desk_release", args=[made.pk]), {"when": "now", "digest": made.snapshot.digest}
    )
    assert released.headers["Location"] == reverse("desk_proof", args=[kept.uuid])
    assert words(ada.get(released.headers["Location"]))


def test_the_first_page_cannot_be_taken_back(people: Cast, page: MessagePage) -> None:
    home = HomePage.objects.get()
    answer = as_(people.freya).post(reverse("desk_withdraw", args=[home.uuid]), follow=True)
    assert "gehört fest zur Website" in words(answer)


def test_the_cms_leads_back_to_the_desk(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    for name, args, to in (
        ("wagtailadmin_explore_root", [], reverse("desk_pages")),
        ("wagtailadmin_explore", [page.get_parent().pk], reverse("desk_pages")),
        ("wagtailadmin_account", [], reverse("mfa_index")),
        ("wagtailadmin_logout", [], reverse("account_logout")),
    ):
        assert ada.get(reverse(name, args=args)).headers["Location"] == to


def test_remarks_come_back_to_their_places(people: Cast, page: MessagePage) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    ada.post(reverse("desk_channels_step", args=[page.uuid]), {"do": "submit"})
    made = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    address = reverse("desk_request", args=[made.pk])
    assert "Absatz (1) Die Umleitung ist ausgeschildert." in words(freya.get(address))
    assert "Anmerken" not in words(ada.get(address))
    mail.outbox.clear()
    freya.post(
        reverse("desk_send_back", args=[made.pk]),
        {
            "reason": "",
            "where": ["title", "teaser", "block:0", "block:99"],
            "remark": ["", "Wie lange?", "Über welche Straße?", "Irgendwo"],
        },
    )
    for shown in (
        words(ada.get(address)),
        words(ada.post(reverse("desk_check_page", args=[page.pk]), form())),
    ):
        assert "Vorspann : Wie lange?" in shown or "Vorspann: Wie lange?" in shown
        assert "Absatz (1)" in shown
        assert "Meldung als Ganzes" in shown
    assert "Text überarbeiten" in words(ada.get(address))
    notices.tell_editor(str(made.pk))
    assert "- Absatz (1): Über welche Straße?" in str(mail.outbox[-1].body)


def test_the_mail_of_a_draft_is_framed_and_harmless(people: Cast, page: MessagePage) -> None:
    account = publishing.ChannelAccount.objects.create(key="post", channel="newsletter", label="Newsletter")
    address = reverse("desk_draft_whole", args=[page.uuid, account.key])
    answer = as_(people.ada).get(address, {"text": "Liebe Leute, <script>x</script>"})
    assert answer.status_code == 200, answer.content
    html = answer.content.decode()
    assert "Liebe Leute" in html
    assert "<script" not in html
    assert "Newsletter abbestellen</a>" in html
    assert "{{" not in html  # the personal address is filled in when the mail goes out
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    typed = {"do": "preview", "on-post": "1", "text-post": ""}
    step = as_(people.ada).post(reverse("desk_channels_step", args=[page.uuid]), typed).content.decode()
    assert "Vorschautext" in step
    assert "{{unsubscribe_url}}" not in step
    assert "Abmelden (persönlicher Link)" in step
    assert f'<a href="{address}' in step  # the whole mail, also where no script gives the frame its height
    assert as_(people.ada).get(reverse("desk_draft_whole", args=[page.uuid, "paper"])).status_code == 404
    assert as_(people.clara).get(address).status_code in {403, 404}


def test_the_mail_of_a_draft_shows_its_picture(people: Cast, data_folder: Path) -> None:
    """Its public address exists only once it is released."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "#8a6").save(out, "JPEG")
    sha256 = media.ingest(out.getvalue(), filename="neu.jpg").sha256
    for where in ("media", "media/mail"):
        html = framed(
            Whole(f'<img src="https://stadt.example/{where}/{sha256}.jpg" alt="">')
        ).content.decode()
        assert 'src="data:image/jpeg;base64,' in html


def test_the_preview_of_the_website_shows_where_and_until_when(people: Cast, page: MessagePage) -> None:
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    page.place = "Am Mühlwehr"
    page.save_revision(user=people.ada)
    shown = as_(people.ada).get(reverse("desk_draft_whole", args=[page.uuid, "website"]))
    assert shown.status_code == 200
    assert "<dt>Wo</dt><dd>Am Mühlwehr</dd>" in shown.content.decode()


def as_read(html: str) -> str:
    """A page less what a preview cannot have: its day (also on paper), the form of readers, scripts; where pictures and links go."""
    soup = BeautifulSoup(html, "html.parser")
    for gone in soup.select("head, script, .message__dates, .page-foot, .print-foot"):
        gone.decompose()
    for source in soup.select("source, img"):
        for name in ("src", "srcset"):
            source.attrs.pop(name, None)
    for link in soup.select("a"):
        link.attrs.pop("target", None)
        link.attrs.pop("rel", None)
    return re.sub(r"\s+", " ", str(soup.body))


@pytest.fixture
def website(db: None) -> None:
    """The channels that every town has."""
    for key, label in (("website", "Website"), ("feeds", "Feeds")):
        publishing.ChannelAccount.objects.create(key=key, channel=key, label=label)


def photographed(page: MessagePage) -> MessagePage:
    """With a picture that nobody but the desk has."""
    out = io.BytesIO()
    Image.new("RGB", (1800, 1000), "#268").save(out, "JPEG")
    page.hero_image = TownImage.take(out.getvalue(), filename="neu.jpg", title="Neu")
    page.hero_alt = "Die gesperrte Straße"
    page.save_revision()
    return page


def test_the_whole_page_is_seen_as_a_release_bakes_it(people: Cast, page: MessagePage, website: None) -> None:
    """By whoever writes and by whoever releases; of another state of the draft nothing is seen in the release."""
    ada, freya = as_(people.ada), as_(people.freya)
    photographed(page)
    step = reverse("desk_channels_step", args=[page.uuid])
    draft = reverse("desk_draft_whole", args=[page.uuid, "website"])
    assert f'src="{draft}"' in ada.get(step).content.decode()
    ada.post(step, {"do": "submit"})
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    page.title = "Ganz anders"
    page.save_revision()
    whole = reverse("desk_whole", args=[row.pk, "website"])
    assert f'src="{whole}"' in freya.get(reverse("desk_request", args=[row.pk])).content.decode()
    seen = freya.get(whole)
    assert "Ganz anders" in ada.get(draft).content.decode()
    assert "Ganz anders" not in seen.content.decode()
    freya.post(reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id})
    dispatch_all()
    (baked,) = [path for path in store.paths() if path.endswith("/muehlstrasse/") and path.startswith("/akt")]
    made = store.read(baked)
    assert made is not None
    assert as_read(seen.content.decode()) == as_read(made[1].decode())


def test_the_whole_page_has_its_pictures_and_no_script(
    people: Cast, page: MessagePage, website: None
) -> None:
    ada = as_(people.ada)
    photographed(page)
    answer = ada.get(reverse("desk_draft_whole", args=[page.uuid, "website"]))
    soup = BeautifulSoup(answer.content, "html.parser")
    shown = soup.select_one("main img")
    assert shown is not None
    assert str(shown["src"]).startswith("data:image/jpeg;base64,")
    assert shown["alt"] == "Die gesperrte Straße"
    assert soup.select("script") == []
    assert {link.get("target") for link in soup.select("a") if not str(link["href"]).startswith("#")} == {
        "_blank"
    }
    assert not soup.select('a[href^="#"][target]')
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy  # what is not named is not allowed: default-src
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_whole_page_is_for_those_who_may_see_it(people: Cast, page: MessagePage, website: None) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    ada.post(reverse("desk_channels_step", args=[page.uuid]), {"do": "submit"})
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    draft = reverse("desk_draft_whole", args=[page.uuid, "website"])
    whole = reverse("desk_whole", args=[row.pk, "website"])
    assert [as_(one).get(draft).status_code for one in (people.ada, people.aaron, people.clara)] == [
        200,
        403,
        403,
    ]
    assert [as_(one).get(whole).status_code for one in (people.freya, people.aaron)] == [200, 403]
    assert ada.get(reverse("desk_draft_whole", args=[page.uuid, "feeds"])).status_code == 404
    assert freya.get(reverse("desk_whole", args=[row.pk, "unbekannt"])).status_code == 404


def test_each_finding_leads_to_its_field(people: Cast, page: MessagePage) -> None:
    """Beside the form by a link with the words it is about; from the channels by a button that keeps what was typed."""
    ada = as_(people.ada)
    page.teaser = wrong = "Am Montag, 24. November 2026, wird gesperrt."
    page.body = [("text", '<p>Zum <a href="http://www.amt.example/">Antrag auf Sperrung</a>.</p>')]
    page.save_revision(user=people.ada)
    step = reverse("desk_channels_step", args=[page.uuid])
    shown = ada.get(step).content.decode()
    for field, place in (("id_teaser", "Vorspann"), ("body-count", "Text")):
        assert f'name="do" value="text:{field}">{place}<' in shown
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = ada.post(step, {"do": "text:id_teaser", "note": "Bitte bald"})
    assert answer["Location"] == f"{editor}#id_teaser"
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().note == "Bitte bald"
    assert ada.post(step, {"do": "text:javascript"})["Location"] == editor  # only fields that there are
    link = ada.post(reverse("desk_check_page", args=[page.pk]), form(teaser=wrong)).content.decode()
    assert '<a href="#id_teaser" data-excerpt="' in link


def test_the_day_of_old_messages_is_asked_for_only_with_them(people: Cast, page: MessagePage) -> None:
    address, ada = reverse("wagtailadmin_pages:edit", args=[page.pk]), as_(people.ada)
    assert 'name="dated"' not in ada.get(address).content.decode()
    run = ImportRun.objects.create(source="https://alt.example/feed", source_key="alt")
    ImportedItem.objects.create(
        run=run, source_key="alt", guid_hash="a", position=1, state="created", object_key=page.object_key
    )
    assert 'name="dated"' in ada.get(address).content.decode()  # one without a day needs one
