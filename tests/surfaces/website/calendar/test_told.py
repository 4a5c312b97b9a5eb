"""What posts, mails and calendar programs are told of an event: when and where, and first what no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from stadtnah.channels import short_post
from stadtnah.channels.newsletter.rendering import mail
from stadtnah.publishing import occasion
from stadtnah.surfaces.website.calendar import drafts
from tests.factories.messages import content as a_message
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
OFF = {"status": "EventCancelled", "status_note": "Der Chor ist krank."}


def test_a_post_says_when_and_where_and_first_that_it_is_off() -> None:
    shown = event_page().content()
    where = "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr, Stadtkirche"
    said = short_post.compose(shown, "", 500, len).split("\n\n")
    assert said[0] == "Adventskonzert"
    assert said[1].startswith(where)
    assert said[-1].startswith(shown.link)
    off = event_page(slug="ab", **OFF).content()
    assert short_post.compose(off, "", 500, len).startswith("Fällt aus: Adventskonzert\n\n")
    assert short_post.compose(off, "Kommt alle!", 500, len).startswith("Fällt aus: Kommt alle!\n\n")
    assert short_post.compose(off, "Fällt aus!", 500, len).startswith("Fällt aus!\n\n")
    weekly = short_post.compose(event_page(**CHOIR).content(), "", 500, len).split("\n\n")
    assert weekly[1].startswith("jeden Dienstag")
    for room in range(len(off.link) + 10, 300, 7):
        assert len(short_post.compose(off, "", room, len)) <= room


def test_a_mail_has_the_facts_and_says_in_its_subject_that_it_is_off() -> None:
    made = mail.body(event_page().content(), {}, {"from_name": "Stadt"})
    assert made["subject"] == "Adventskonzert"
    assert "Wann: Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in made["text"]
    assert "Samstag, 5. Dezember 2026" in made["html"]
    off = mail.body(event_page(slug="ab", **OFF).content(), {}, {"from_name": "Stadt"})
    assert off["subject"] == "Fällt aus: Adventskonzert"
    assert "Fällt aus: Adventskonzert</h1>" in off["html"]
    assert "Der Chor ist krank." in off["text"]


def test_what_is_no_event_is_called_as_it_was() -> None:
    said = a_message()
    assert (occasion.headline(said), occasion.when_and_where(said), occasion.told(said)) == (
        said.title,
        "",
        [],
    )


def test_who_reads_that_it_is_off_reads_why_and_not_what_was_announced() -> None:
    teaser, why = "Drei Chöre singen, bitte warm anziehen.", OFF["status_note"]
    on, off = (
        event_page(slug=slug, teaser=teaser, **more).content() for slug, more in (("an", {}), ("ab", OFF))
    )
    for content, said, unsaid in ((on, teaser, why), (off, why, teaser)):
        mailed = mail.body(content, {}, {"from_name": "Stadt"})
        assert (mailed["preheader"], mailed["intro"]) == (said, said)
        for text in (short_post.compose(content, "", 500, len), mailed["text"]):
            assert text.count(said) == 1, text
            assert unsaid not in text


def test_an_own_subject_and_text_of_a_mail_say_what_became_of_it() -> None:
    own = {"subject": "Singen im Advent", "text": "Kommen Sie!"}
    off = mail.body(event_page(slug="ab", **OFF).content(), own, {"from_name": "Stadt"})
    assert (off["subject"], off["intro"]) == ("Fällt aus: Singen im Advent", "Fällt aus: Kommen Sie!")
    assert OFF["status_note"] in off["text"]
    on = mail.body(event_page(slug="an").content(), own, {"from_name": "Stadt"})
    assert (on["subject"], on["intro"]) == ("Singen im Advent", "Kommen Sie!"), "the control"


def test_a_calendar_program_reads_why_it_is_off() -> None:
    on, off = (
        drafts.event_of(event_page(slug=slug, **more).content()) for slug, more in (("an", {}), ("ab", OFF))
    )
    assert off.description.startswith("Fällt aus: Der Chor ist krank.")
    assert "Fällt aus" not in on.description


@pytest.mark.parametrize(
    ("own", "marked"),
    [
        ("Fällt aus!", False),
        ("fällt aus: Der Chor ist krank.", False),
        ("Fällt aus", False),
        ("Die Gebühr entfällt aus Anlass des Jubiläums.", True),
        ("Kein Konzert fällt aus.", True),
        ("Fällt aus, wenn es regnet.", True),
    ],
)
def test_only_a_text_that_begins_with_it_says_by_itself_what_became_of_it(own: str, marked: bool) -> None:
    content = event_page(**OFF).content()
    assert occasion.marked(content, own) == (f"Fällt aus: {own}" if marked else own)


def test_a_correction_of_a_long_title_fits_into_a_subject() -> None:
    title = "Große Prunksitzung der Karnevalsgesellschaft mit Gästen aus allen Ortsteilen und Musik bis in die Nacht"
    for status in ("EventPostponed", "EventCancelled"):
        content = event_page(slug=status.lower(), title=title, status=status).content()
        made = mail.body(content, {"correction": "Neu."}, {"from_name": "Stadt"})
        assert len(made["subject"]) <= mail.SUBJECT_LIMIT
        assert made["subject"].startswith(f"Berichtigung: {occasion.headline(content)[:30]}")


def test_a_series_tells_its_rhythm_with_the_time_of_day_and_no_date_that_may_be_over() -> None:
    weekly = event_page(**{**CHOIR, "left_out": ""}).content()
    assert occasion.when(weekly) == "jeden Dienstag, 19:30 bis 21:00 Uhr"
    assert "Wiederholt sich: jeden Dienstag, 19:30 bis 21:00 Uhr" in occasion.told(weekly)
    assert not any("2026" in line for line in occasion.told(weekly))
    rule = "FREQ=MONTHLY;BYMONTHDAY=-2,-5,15;BYDAY=MO,TU,WE,FR;BYSETPOS=1,3"
    odd = event_page(slug="selten", first_day=date(2020, 1, 31), repeats="rule", rrule=rule)
    said = odd.content()
    assert said.detail["repeats"].startswith("nach einer Regel"), "the words that are looked for"
    assert occasion.when(said).startswith("mehrere Termine")
    assert "2020" not in short_post.compose(said, "", 500, len)


def test_a_place_that_does_not_fit_leaves_the_date() -> None:
    content = event_page(place_name="Haus " * 50, address="").content()
    post = short_post.compose(content, "", 160, len)
    assert content.detail["when"] in post
    assert "Haus Haus" not in post


def test_what_no_longer_holds_is_not_told_as_if_it_did() -> None:
    postponed = event_page(slug="verschoben", status="EventPostponed").content()
    assert occasion.when(postponed).startswith("Neuer Termin noch nicht bekannt, ursprünglich geplant: ")
    assert occasion.headline(postponed) == f"Verschoben: {postponed.title}"
    assert any(line.startswith("Ursprünglich geplant: ") for line in occasion.told(postponed))
    weekly = event_page(**{**CHOIR, "left_out": ""}, status="EventPostponed").content()
    assert occasion.when(weekly).endswith("ursprünglich geplant: jeden Dienstag, 19:30 bis 21:00 Uhr")
    assert "Ursprünglich geplant: jeden Dienstag, 19:30 bis 21:00 Uhr" in occasion.told(weekly)
    online = event_page(
        slug="online", status="EventMovedOnline", online="https://konferenz.example/", place_name="Saal"
    ).content()
    assert "Saal" not in " ".join([occasion.when_and_where(online), *occasion.told(online)])
    assert "Online: https://konferenz.example/" in occasion.told(online)


def test_a_fact_without_end_is_cut_in_a_mail() -> None:
    content = event_page().content()
    changes = [["changes", "Andere Termine", "statt am 1.12.2026 am 2.12.2026; " * 900]]
    long = replace(content, extra={**content.extra, "details": [*content.extra["details"], *changes]})
    assert len(mail.body(long, {}, {"from_name": "Stadt"})["html"]) < 95_000
    assert any(line.startswith("Andere Termine: statt am 1.12.2026") for line in occasion.told(long))
