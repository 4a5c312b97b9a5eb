"""From a calendar file to what citizens see of their street, and never past the release."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Membership
from stadtnah.publishing import api as publishing
from stadtnah.services.streets import api as streets
from stadtnah.services.streets.models import CollectionDay, StreetStretch
from stadtnah.surfaces.website import kinds, publish, store
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.mystreet import pages, reading
from stadtnah.surfaces.website.mystreet import release as way
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_, page
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.forwarding.conftest import ask
from tests.surfaces.website.mystreet.conftest import URL, file_of, release, send, soon

__all__ = ["page"]
pytestmark = pytest.mark.django_db


def take(people: Cast, text: str, area: str = "nord") -> str:
    """Uploads and takes; what the desk says in between."""
    answer = send(people, "kalender/", text, "abfuhr.ics", area=area)
    assert answer.status_code == 302, words(answer)
    shown = words(as_(people.agnes).get(answer["Location"]))
    as_(people.agnes).post(f"{answer['Location']}uebernehmen/")
    return shown


def test_a_file_is_looked_through_released_and_then_public_in_both_languages(town: Cast) -> None:
    text = file_of((soon(3), "Leerung: Biomüll (Nord)"), (soon(9), "Papier & Gelber Sack"), broken=True)
    shown = take(town, text)
    assert "3 neu" in shown
    assert "Zur Seite gelegt: 1" in shown
    assert "Ohne Tag" in shown
    publish.settle()
    assert ask("/meine-strasse/")[0] == 404  # wanted is not released
    release(town)
    status, _headers, body = ask("/meine-strasse/")
    page = body.decode()
    assert status == 200
    for link in (
        "/meine-strasse/nord/#ahornweg",
        "/meine-strasse/nord/#bahnhofstrasse-1",
        "/meine-strasse/sud/",
    ):
        assert link in page or link.replace("sud", "sued") in page
    assert "Hausnummern 1 bis 49" in page
    nord = ask("/meine-strasse/nord/")[2].decode()
    assert "Bioabfall" in nord
    assert 'id="ahornweg"' in nord
    assert clock.german_date(soon(3)) in nord
    english = ask("/en/meine-strasse/nord/")[2].decode()
    assert "Next collections" in english
    assert clock.english_date(soon(3)) in english
    assert "House numbers 1 to 49" in ask("/en/meine-strasse/")[2].decode()
    south = ask("/meine-strasse/sued/")[2].decode()
    assert "zurzeit keine Termine veröffentlicht" in south
    assert "/meine-strasse/nord/" in kinds.list_paths()


def test_the_calendar_to_subscribe_is_read_by_others_and_by_us(town: Cast) -> None:
    take(town, file_of((soon(3), "Restmüll"), (soon(9), "Papier & Gelber Sack")))
    release(town)
    status, headers, body = ask("/meine-strasse/nord/abfuhr.ics")
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = list(icalendar.Calendar.from_ical(body).walk("VEVENT"))
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in events] == [
        ("Restmüll", soon(3)), ("Gelber Sack", soon(9)), ("Papier", soon(9)),
    ]  # fmt: skip
    days, aside = reading.read(body, soon(0), clock.town_zone())
    assert (len(days), aside) == (3, [])
    # Nothing for an area without days.
    assert ask("/meine-strasse/sued/abfuhr.ics")[0] == 404


def test_what_is_not_understood_is_asked_once(town: Cast) -> None:
    text = file_of((soon(3), "Restmüll"), (soon(4), "Grüne Tonne"), (soon(5), "Betriebsausflug"))
    first = send(town, "kalender/", text, "a.ics", area="nord")["Location"]
    shown = words(as_(town.agnes).get(first))
    assert "2 Bezeichnungen bitte zuordnen" in shown
    assert "übernehmen" not in shown.split("Was sich ändert")[1]
    assert as_(town.agnes).post(f"{first}uebernehmen/")["Location"] == first
    assert not CollectionDay.objects.exists()
    found = streets.preview(next(iter(_uploads())), reading.understand)
    assert found
    typed = {}
    for number, title in enumerate(found.titles):
        if title.open:
            typed |= {
                f"name-{number}": title.key,
                f"titel-{number}": "garden" if "Tonne" in title.text else "-",
            }
    as_(town.agnes).post(f"{first}zuordnen/", typed)
    as_(town.agnes).post(f"{first}uebernehmen/")
    assert [(row.kind, row.day) for row in CollectionDay.objects.all()] == [
        ("residual", soon(3)), ("garden", soon(4)),
    ]  # fmt: skip
    again = send(town, "kalender/", text.replace("Grüne", "GRÜNE"), "b.ics", area="sued")["Location"]
    assert "bitte zuordnen" not in words(as_(town.agnes).get(again))


def _uploads() -> list[object]:
    from stadtnah.services.streets.models import CalendarUpload

    return list(CalendarUpload.objects.values_list("pk", flat=True))


def test_a_later_file_says_what_it_changes_and_leaves_other_days(town: Cast) -> None:
    take(town, file_of((soon(3), "Restmüll"), (soon(10), "Restmüll"), (soon(90), "Restmüll")))
    shown = take(town, file_of((soon(3), "Restmüll"), (soon(11), "Restmüll"), (soon(20), "Papier")))
    assert all(one in shown for one in ("1 neu", "1 verschoben", "0 entfallen", "1 unverändert"))
    assert list(CollectionDay.objects.values_list("day", flat=True)) == [
        soon(3),
        soon(11),
        soon(20),
        soon(90),
    ]


@pytest.mark.parametrize(
    ("text", "area", "said"),
    [
        ("kein Kalender", "nord", "Datei:"),
        (file_of((date(2019, 1, 1), "Restmüll")), "nord", "kein Termin"),
        (file_of(), "", "Bitte wählen Sie einen Abfuhrbezirk"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(town: Cast, text: str, area: str, said: str) -> None:
    answer = send(town, "kalender/", text, "x.ics", area=area)
    assert answer.status_code == 422
    assert said in words(answer)


def test_wrong_lines_of_the_register_stop_it_unless_they_are_left_out(town: Cast) -> None:
    text = "Straße;Bezirk\nHohlweg;Nord\nSteg;Mitte\n"
    answer = send(town, "strassen/datei/", text, "s.csv")
    assert answer.status_code == 422
    assert "Mitte" in words(answer)
    assert len(streets.streets()) == 3
    assert send(town, "strassen/datei/", text, "s.csv", without="1").status_code == 302
    assert [street.name for street in streets.streets()] == ["Hohlweg"]


def test_an_area_with_streets_stays_and_a_name_is_there_once(town: Cast) -> None:
    client = as_(town.agnes)
    client.post(f"{URL}bezirk/entfernen/", {"bezirk": "nord"})
    assert "nord" in streets.area_names()
    answer = client.post(f"{URL}bezirk/", {"name": "Nord"})
    assert answer.status_code == 422
    assert "gibt es schon" in words(answer)
    client.post(f"{URL}bezirk/", {"name": "Mitte"})
    client.post(f"{URL}bezirk/entfernen/", {"bezirk": "mitte"})
    assert list(streets.area_names()) == ["nord", "sued"]


def test_nobody_releases_what_they_wrote_and_an_agency_nothing(town: Cast) -> None:
    Membership.objects.create(user=town.freya, role="author")
    take(town, file_of((soon(3), "Restmüll")))
    as_(town.freya).post(f"{URL}bezirk/?bezirk=nord", {"name": "Norden"})
    as_(town.agnes).post(f"{URL}vorlegen/")
    row = publishing.ReleaseRequest.objects.get(state="open")
    for who in ("agnes", "ada", "freya"):
        answer = as_(getattr(town, who)).post(
            reverse("desk_release", args=[row.pk]), {"when": "now", "digest": row.snapshot_id}
        )
        assert answer.status_code == 403, who
    assert as_(town.clara).get(URL).status_code == 200
    assert as_(town.clara).post(f"{URL}bezirk/", {"name": "X"}).status_code == 403


def test_the_release_shows_what_changes(town: Cast) -> None:
    take(town, file_of((soon(3), "Restmüll"), (soon(10), "Papier")))
    release(town)
    take(town, file_of((soon(3), "Restmüll"), (soon(10), "Papier"), (soon(12), "Sperrmüll")))
    assert "Nord: 1 neuer Termin." in words(as_(town.agnes).get(URL))
    as_(town.agnes).post(f"{URL}vorlegen/")
    row = publishing.ReleaseRequest.objects.get(state="open")
    shown = words(as_(town.freya).get(reverse("desk_request", args=[row.pk])))
    assert "Nord: 1 neuer Termin." in shown
    assert "Sperrmüll" in shown
    take(town, file_of((soon(3), "Restmüll"), (soon(10), "Papier"), (soon(12), "keine Abfuhr: Papier")))


def test_words_of_the_town_are_public_after_the_release(town: Cast) -> None:
    take(town, file_of((soon(3), "Gelber Sack")))
    typed = {f"name-{kind.key}": kind.name for kind in streets.KINDS}
    typed |= {f"advice-{kind.key}": kind.advice for kind in streets.KINDS}
    assert as_(town.agnes).post(f"{URL}arten/", {**typed, "name-packaging": ""}).status_code == 422
    as_(town.agnes).post(f"{URL}arten/", {**typed, "name-packaging": "Gelbe Tonne"})
    release(town)
    assert "Gelbe Tonne" in ask("/meine-strasse/nord/")[2].decode()


def test_every_value_of_the_plan_is_read_in_the_text_that_is_released(town: Cast) -> None:
    take(town, file_of((soon(3), "Restmüll"), (soon(10), "Papier")))
    data = streets.wanted().to_json()
    usual = way.content(streets.Plan.from_json(data)).blocks
    changed = []
    for part, at in [(name, at) for name in data for at in range(len(data[name]))]:
        for place in range(len(data[part][at])):
            value = data[part][at][place]
            if isinstance(value, str) and (part, place) != ("kinds", 0):
                other = [*data[part][at][:place], f"{value}x", *data[part][at][place + 1 :]]
                changed.append({**data, part: [*data[part][:at], other, *data[part][at + 1 :]]})
    days = data["areas"][0][2]
    others = (days[1:], [[soon(4).isoformat(), "residual"], *days[1:]], [[days[0][0], "paper"], *days[1:]])
    first, *rest = data["areas"]
    changed += [{**data, "areas": [[*first[:2], new], *rest]} for new in others]
    (name, district, _parts), *more = data["streets"]
    whole = (
        ["sued", None, None, "all"],
        ["nord", 1, None, "all"],
        ["nord", 1, 9, "all"],
        ["nord", 1, 9, "odd"],
    )
    changed += [{**data, "streets": [[name, district, [one]], *more]} for one in whole]
    assert len(changed) > 15
    seen = [way.content(streets.Plan.from_json(one)).blocks for one in changed]
    for one, other in itertools.combinations([usual, *seen], 2):
        assert one != other


def test_the_year_that_is_missing_is_named_from_november_on(town: Cast) -> None:
    day = date(2027, 1, 4)
    assert pages._missing([pages.Day(day, [])], date(2026, 11, 1)) is None
    assert pages._missing([pages.Day(day - timedelta(30), [])], date(2026, 11, 1)) == 2027
    assert pages._missing([pages.Day(day - timedelta(30), [])], date(2026, 10, 31)) is None


def test_on_the_next_day_the_page_is_made_anew(town: Cast) -> None:
    from stadtnah.surfaces.website.models import PageUse
    from stadtnah.surfaces.website.offices import view

    take(town, file_of((soon(3), "Restmüll")))
    release(town)
    assert PageUse.objects.filter(path="/meine-strasse/nord/", used=view.day_use()).exists()


def test_a_plan_that_shrinks_takes_its_pages_along(town: Cast) -> None:
    take(town, file_of((soon(3), "Restmüll")))
    release(town)
    assert store.stands("/meine-strasse/sued/")
    send(town, "strassen/datei/", "Straße;Bezirk\nHohlweg;Nord\n", "s.csv")
    as_(town.agnes).post(f"{URL}bezirk/entfernen/", {"bezirk": "sued"})
    release(town)
    assert not store.stands("/meine-strasse/sued/")
    assert store.stands("/meine-strasse/nord/")


def test_many_streets_cost_no_more_questions(town: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert as_(town.agnes).get(URL).status_code == 200
            assert as_(town.agnes).get(f"{URL}strassen/").status_code == 200
            way.content(streets.wanted())
        return len(found)

    take(town, file_of((soon(3), "Restmüll")))
    few = asked()
    text = "Straße;Bezirk\n" + "".join(f"Weg {number};Nord\n" for number in range(300))
    send(town, "strassen/datei/", text, "s.csv")
    take(town, file_of(*((soon(number), "Restmüll") for number in range(1, 300))))
    assert asked() == few


def test_the_database_refuses_what_cannot_be(town: Cast) -> None:
    street = StreetStretch.objects.filter(first__isnull=True).first()
    assert street
    for wrong in (
        lambda: CollectionDay.objects.create(area_id="nord", day=soon(), kind="laub"),
        lambda: StreetStretch.objects.create(street=street.street, area_id="nord"),
        lambda: StreetStretch.objects.create(street=street.street, area_id="nord", first=9, last=1),
        lambda: StreetStretch.objects.create(street=street.street, area_id="nord", side="odd"),
        lambda: StreetStretch.objects.create(street=street.street, area_id="nord", last=4),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    StreetStretch.objects.create(street=street.street, area_id="nord", first=1, last=9)  # the control


def test_a_message_that_names_a_street_stands_on_the_page_of_its_area_while_it_holds(
    town: Cast,
    page: MessagePage,
) -> None:
    text = "Straße;Bezirk\nMühlstraße;Nord\nMühl;Süd\n"
    send(town, "strassen/datei/", text, "s.csv")
    take(town, file_of((soon(3), "Restmüll")))
    release(town)
    said = replace(page.content(), valid_until=soon(2).isoformat())
    assert said.title == "Mühlstraße gesperrt"
    publish.put_live(said, "b" * 64)
    publish.settle()
    shown = ask("/meine-strasse/nord/")[2].decode()
    assert f'href="{said.path}"' in shown
    assert said.path not in ask("/meine-strasse/sued/")[2].decode()  # „Mühl“ is another street
    publish.put_live(replace(said, valid_until=soon(-1).isoformat()), "c" * 64)
    publish.settle()
    assert said.path not in ask("/meine-strasse/nord/")[2].decode()


def test_a_message_makes_the_pages_of_the_areas_anew_whose_streets_it_names(
    town: Cast, page: MessagePage
) -> None:
    send(
        town, "strassen/datei/", "Straße;Bezirk\nMühlstraße;Nord\nAm Markt;Nord\nAm Markt Ost;Süd\n", "s.csv"
    )
    take(town, file_of((soon(3), "Restmüll")))
    release(town)
    said = replace(
        page.content(), title="Der Haushalt", teaser="Er ist da.", place="", valid_until=soon(2).isoformat()
    )

    def made(digest: str, **changed: Any) -> set[str]:
        publish.put_live(replace(said, **changed), digest * 64)
        return {path for path in publish.settle() if path.startswith(pages.PATH)}

    north, south = "/meine-strasse/nord/", "/meine-strasse/sued/"
    assert made("a") == set()
    assert made("b", teaser="In der Mühlstraße ist er ausgelegt.") == {north}
    assert made("c", place="Am Markt Ost") == {north, south}  # „Am Markt“ is another street
    assert said.path in ask(south)[2].decode()
    assert said.path not in ask(north)[2].decode()
    assert made("d", place="Am Markt Ost", valid_until=soon(-1).isoformat()) == {south}
    assert made("e", place="Am Markt Ost", valid_until=soon(1).isoformat()) == {south}  # it holds again
    publish.withdraw(said.object_key)
    assert {path for path in publish.settle() if path.startswith(pages.PATH)} == {south}
    assert said.path not in ask(south)[2].decode()
