"""The inbox: who sees it, what is answered, and when it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from stadtnah.kernel import clock
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.town.models import Town
from stadtnah.services.feedback import api as feedback
from stadtnah.services.feedback.domain import reports
from stadtnah.services.feedback.domain.reports import Sent
from stadtnah.services.feedback.models import Answer, Report
from tests.channels.newsletter.citizens import work
from tests.factories.people import Cast, cast
from tests.surfaces.desk.conftest import as_, data_folder  # noqa: F401 - a fixture for all tests here

INBOX = "/desk/rueckmeldungen/"


@pytest.fixture
def people(db: None) -> Cast:
    Town.objects.update_or_create(
        id=1, defaults={"name": "Stadt Beispielau", "short_name": "Beispielau", "mail": "post@stadt.example"}
    )
    return cast()


def report(number: int = 1, **changes: Any) -> Report:
    values = {"kind": "barrier", "text": f"Barriere {number}", "email": "anna@bei.example", "name": "Anna"}
    return reports.receive(Sent(**{**values, **changes}), f"form {number}")


def test_agencies_and_strangers_see_nothing(people: Cast) -> None:
    row = report()
    for user in (people.clara, people.anton, people.doris):
        assert "Barriere 1" in as_(user).get(INBOX).content.decode()
        assert as_(user).get(f"{INBOX}{row.pk}/").status_code == 200
    for user in (people.agnes, people.ada, people.freya, people.charlie):
        client = as_(user)
        assert client.get(INBOX).status_code in {302, 403}
        assert client.get(f"{INBOX}{row.pk}/").status_code in {302, 403}
        assert client.post(f"{INBOX}{row.pk}/antworten/", {"text": "Nein"}).status_code in {302, 403}
    assert not Answer.objects.exists()


def test_the_data_protection_officer_reads_but_does_not_answer(people: Cast) -> None:
    row = report()
    assert as_(people.doris).post(f"{INBOX}{row.pk}/antworten/", {"text": "Hallo"}).status_code == 403
    with pytest.raises(PermissionDenied):
        feedback.close(row, by=people.doris)


def test_an_answer_goes_out_by_mail(people: Cast) -> None:
    row = report(language="en")
    work()
    mail.outbox.clear()
    client = as_(people.clara)
    client.post(f"{INBOX}{row.pk}/antworten/", {"text": "Wir haben es behoben."})
    work()
    (letter,) = mail.outbox
    assert letter.to == ["anna@bei.example"]
    assert letter.reply_to == ["post@stadt.example"]
    assert "Wir haben es behoben." in letter.body
    assert letter.subject.startswith("Your message")
    row.refresh_from_db()
    assert (row.state, row.closed_at is not None) == ("answered", True)
    page = client.get(f"{INBOX}{row.pk}/").content.decode()
    assert "gesendet am" in page
    entry = Entry.objects.get(event="feedback.answered")
    assert entry.subject == f"report:{row.pk}"
    assert "anna" not in str(entry.data)


def unclear_answer(people: Cast) -> Answer:
    """Taken by a worker an hour ago, and never noted as sent."""
    row = report()
    work()
    made = feedback.answer(row, "Wir haben es behoben.", by=people.clara)
    Answer.objects.update(taken_at=clock.now() - timedelta(hours=1))
    work()
    mail.outbox.clear()
    return made


def test_a_mail_that_may_have_gone_is_settled_by_the_municipality(people: Cast) -> None:
    made = unclear_answer(people)
    page, clara = f"{INBOX}{made.report_id}/", as_(people.clara)
    settle = f"{page}mail/{made.pk}/"
    assert f'href="{settle}"' in clara.get(page).content.decode()
    assert "Ging diese E-Mail hinaus?" in clara.get(settle).content.decode()
    assert clara.post(settle, {"do": "vielleicht"}).status_code == 404
    assert clara.post(settle, {"do": "gesendet"}).headers["Location"] == page
    work()
    assert mail.outbox == []
    shown = clara.get(page).content.decode()
    assert "gesendet am" in shown
    assert settle not in shown
    entry = Entry.objects.get(event="mail.taken_as_sent")
    assert (entry.subject, entry.actor) == (f"report:{made.report_id}", f"user:{people.clara.pk}")
    assert "schon geklärt" in clara.post(settle, {"do": "noch-einmal"}, follow=True).content.decode()
    work()
    assert mail.outbox == []


def test_or_it_goes_once_more(people: Cast) -> None:
    made = unclear_answer(people)
    settle = f"{INBOX}{made.report_id}/mail/{made.pk}/"
    as_(people.clara).post(settle, {"do": "noch-einmal"})
    assert not feedback.settle(made, arrived=False, by=people.clara)  # asked by two at once
    work()
    assert [letter.to for letter in mail.outbox] == [["anna@bei.example"]]
    assert Entry.objects.filter(event="mail.sent_again").count() == 1
    told = Report.objects.get()
    Report.objects.update(mailed_at=None, taken_at=clock.now() - timedelta(hours=1))
    as_(people.clara).post(f"{INBOX}{told.pk}/mail/", {"do": "noch-einmal"})
    work()
    assert mail.outbox[-1].to == ["post@stadt.example"]


def test_only_who_answers_settles(people: Cast) -> None:
    made = unclear_answer(people)
    page = f"{INBOX}{made.report_id}/"
    for user in (people.agnes, people.ada, people.freya, people.doris, people.charlie):
        for address in (f"{page}mail/", f"{page}mail/{made.pk}/"):
            for answer in (as_(user).get(address), as_(user).post(address, {"do": "gesendet"})):
                assert answer.status_code in {302, 403}
        with pytest.raises(PermissionDenied):
            feedback.settle(made, arrived=True, by=user)
    assert "mail/" not in as_(people.doris).get(page).content.decode()  # she reads it
    made.refresh_from_db()
    assert made.unclear


def test_without_an_address_there_is_no_answer_but_an_end(people: Cast) -> None:
    row = report(email="")
    client = as_(people.clara)
    answer = client.post(f"{INBOX}{row.pk}/antworten/", {"text": "Hallo"})
    assert answer.status_code == 422
    client.post(f"{INBOX}{row.pk}/erledigt/")
    row.refresh_from_db()
    assert row.state == "closed"
    client.post(f"{INBOX}{row.pk}/oeffnen/")
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("open", None)


def test_an_empty_answer_is_refused(people: Cast) -> None:
    row = report()
    answer = as_(people.clara).post(f"{INBOX}{row.pk}/antworten/", {"text": "  "})
    assert answer.status_code == 422
    assert "Bitte schreiben Sie eine Antwort." in answer.content.decode()


def test_the_urgent_stands_first_and_late_is_said(people: Cast) -> None:
    late, done, fresh = report(1), report(2), report(3, kind="contact")
    Report.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(days=1))
    feedback.close(done, by=people.clara)
    assert list(feedback.inbox()) == [late, fresh, done]
    page = as_(people.clara).get(INBOX).content.decode()
    assert page.count("Die Frist ist abgelaufen") == 1
    assert "<p>Barriere 2</p>" in page
    assert "<p>Barriere 2</p>" not in as_(people.clara).get(f"{INBOX}?status=open").content.decode()


def test_the_list_costs_the_same_however_long(people: Cast, django_assert_num_queries: Any) -> None:
    client = as_(people.clara)
    client.get(INBOX)
    report(1)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(INBOX)
    for number in range(2, 12):
        report(number)
    with django_assert_num_queries(len(one)):
        client.get(INBOX)


def test_export_erasure_and_end(people: Cast) -> None:
    row = report()
    other = report(2, email="bert@bei.example")
    feedback.answer(row, "Danke.", by=people.clara)
    (found,) = privacy.export_person("Anna@bei.example")["feedback"]
    assert found["answers"][0]["text"] == "Danke."
    assert privacy.erase_person("anna@bei.example")["feedback"] == 1
    assert list(Report.objects.all()) == [other]
    feedback.close(other, by=people.clara)
    for days, left in ((364, 1), (366, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            privacy.expire_all()
        assert Report.objects.count() == left


def test_nothing_stays_for_ever_even_unanswered(people: Cast) -> None:
    report()
    with time_machine.travel(timezone.now() + timedelta(days=3 * 365 + 1), tick=False):
        privacy.expire_all()
    assert not Report.objects.exists()
