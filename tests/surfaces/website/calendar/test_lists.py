"""The index of dates is made with the release, of released content alone; the lists show it and nothing else."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.surfaces.website import bake, publish, store
from stadtnah.surfaces.website.calendar import index, listing, reading
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.calendar.models import IndexedEvent, Occurrence
from stadtnah.surfaces.website.calendar.ticks import renew_dates
from stadtnah.surfaces.website.models import HomePage, ReleasedPage
from stadtnah.surfaces.website.offices.ticks import turn_the_day
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released, said, soup
from tests.surfaces.website.conftest import DIGEST, OTHER
from tests.surfaces.website.offices.conftest import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]


def days(**filters: Any) -> list[str]:
    rows = reading.between(date(2026, 11, 1), date(2027, 2, 1), most=500, filters=reading.Filters(**filters))
    return [f"{row.title} {row.starts[:10]}" for row in rows]


def gone(path: str) -> bool:
    meta = store.read_meta(path)
    return meta is None or meta.status != 200


def test_a_release_brings_the_dates_and_a_withdrawal_takes_them() -> None:
    page = event_page(**CHOIR)
    assert days() == [], "a draft has none"
    released(page)
    assert days()[:4] == [
        "Chorprobe 2026-12-01",
        "Chorprobe 2026-12-08",
        "Chorprobe 2026-12-15",
        "Chorprobe 2027-01-05",
    ]
    page.left_out += "\n08.12.2026"
    page.save()
    assert "Chorprobe 2026-12-08" in days(), "a change needs a release"
    released(page, OTHER)
    assert "Chorprobe 2026-12-08" not in days()
    publish.withdraw(page.object_key)
    assert days() == []
    assert not IndexedEvent.objects.exists()


def test_the_same_content_gives_the_same_rows_and_a_lost_index_is_made_again() -> None:
    page = released(event_page(**CHOIR))
    before = list(
        Occurrence.objects.order_by("recurrence").values_list(
            "digest", "recurrence", "begins_at", "first_day"
        )
    )
    index.make(ReleasedPage.objects.get(pk=page.object_key))
    assert (
        list(
            Occurrence.objects.order_by("recurrence").values_list(
                "digest", "recurrence", "begins_at", "first_day"
            )
        )
        == before
    )
    assert not index.due().exists()
    Occurrence.objects.all().delete()
    IndexedEvent.objects.all().delete()
    renew_dates()
    assert (
        list(
            Occurrence.objects.order_by("recurrence").values_list(
                "digest", "recurrence", "begins_at", "first_day"
            )
        )
        == before
    )


def test_moments_are_those_of_the_clocks_in_summer_and_winter() -> None:
    released(event_page(**CHOIR))
    found = {row.starts: row.begins_at.hour for row in Occurrence.objects.all()}
    assert found["2026-12-01T19:30:00"] == 18
    assert found["2027-06-01T19:30:00"] == 17


def test_the_lists_by_day_month_week_weekend_and_category() -> None:
    released(calendar())
    released(event_page(**CHOIR, categories="Musik"))
    released(event_page(categories="Konzert\nMusik"), OTHER)
    market = event_page(
        title="Weihnachtsmarkt", slug="markt", all_day=True, first_day=date(2026, 12, 4), last_day=date(2026, 12, 6), categories="Markt"
    )  # fmt: skip
    released(market, "c" * 64)
    assert "Chorprobe" in said("/veranstaltungen/")
    assert "Adventskonzert" in said("/veranstaltungen/monat/2026-12/")
    assert "Adventskonzert" not in said("/veranstaltungen/monat/2027-01/")
    assert "Weihnachtsmarkt" in said("/veranstaltungen/wochenende/"), "it began on Friday"
    assert "Chorprobe" not in said("/veranstaltungen/wochenende/")
    assert "Für heute ist nichts angekündigt." in said("/veranstaltungen/heute/")
    assert "Chorprobe" in said("/veranstaltungen/woche/2026-W49/")
    music = said("/veranstaltungen/rubrik/musik/")
    assert "Adventskonzert" in music
    assert "Weihnachtsmarkt" not in music
    assert "Events in December 2026" in said("/en/veranstaltungen/monat/2026-12/")
    cells = soup("/veranstaltungen/monat/2026-12/").select(".month a")
    assert [" ".join(cell.get_text().split()) for cell in cells][:3] == [
        "1, 1 Termin",
        "4, 1 Termin",
        "5, 1 Termin",
    ]
    targets = {cell["href"].lstrip("#") for cell in cells}
    assert targets <= {one["id"] for one in soup("/veranstaltungen/monat/2026-12/").select("[id]")}


def test_filters_take_what_has_every_tag() -> None:
    released(event_page(**CHOIR, categories="Musik", wheelchair=True, price="Eintritt frei"))
    released(event_page(categories="Musik"), OTHER)
    assert len({row.split(" ")[0] for row in days(tags=("category:musik",))}) == 2
    assert {row.split(" ")[0] for row in days(tags=("category:musik", "access:wheelchair", "free"))} == {
        "Chorprobe"
    }
    assert days(tags=("online",)) == []


def test_a_day_with_very_many_names_the_first_and_counts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PER_DAY", 2)
    for hour in (9, 11, 15):
        released(event_page(title=f"Um {hour}", slug=f"um-{hour}", begins=time(hour), ends=time(hour + 1)))
    fair = event_page(title="Messe", slug="messe", all_day=True, last_day=date(2026, 12, 8), begins=None)
    released(fair)
    (day, *later) = list(listing.at("/veranstaltungen/monat/2026-12/").days)  # type: ignore[union-attr] # there is one
    assert ([row.title for row in day.rows], day.more, later) == (["Messe", "Um 9"], 2, [])
    week = listing.at("/veranstaltungen/woche/2026-W50/")
    assert [row.title for one in week.days for row in one.rows] == ["Messe"], "it lasts"  # type: ignore[union-attr] # there is one


def test_a_change_makes_only_its_months_anew() -> None:
    released(calendar())
    released(event_page(**CHOIR))
    page = released(event_page(title="Lesung", slug="lesung", first_day=date(2027, 2, 10)), OTHER)
    page.title = "Lesung im Winter"
    publish.put_live(page.content(), "c" * 64)
    baked = set(publish.settle())
    assert "/veranstaltungen/monat/2027-02/" in baked
    assert "/veranstaltungen/" in baked
    assert "/veranstaltungen/monat/2026-12/" not in baked
    assert "/veranstaltungen/chorprobe/" not in baked


def test_the_day_goes_by_without_a_release(at: Any) -> None:
    released(calendar())
    released(event_page())
    at.move_to("2026-12-06T08:00:00+00:00")
    turn_the_day()
    publish.settle()
    assert "Adventskonzert" not in said("/veranstaltungen/")
    at.move_to("2026-12-08T08:00:00+00:00")
    renew_dates()
    turn_the_day()
    publish.settle()
    assert Occurrence.objects.exists(), "calendar programs keep what is over for a month"
    assert gone("/veranstaltungen/monat/2026-12/"), "nothing is announced any more"
    assert "Zurzeit sind keine Veranstaltungen angekündigt." in said("/veranstaltungen/")
    at.move_to("2027-01-08T08:00:00+00:00")
    renew_dates()
    assert not Occurrence.objects.exists()


def test_a_list_that_is_cut_off_leads_to_the_month_in_which_it_goes_on() -> None:
    released(calendar())
    released(event_page())
    few = listing.upcoming()
    assert 0 < few.count < listing.NEXT
    assert few.later == ""
    assert not soup("/veranstaltungen/").select(".events-later")
    released(
        event_page(**{**CHOIR, "title": "Turnen", "slug": "turnen", "repeats": "daily", "left_out": ""}),
        OTHER,
    )
    many = listing.upcoming()
    assert many.count == listing.NEXT
    following = reading.between(many.first, date(2028, 1, 1), most=listing.NEXT + 1)[-1]
    assert many.later == listing.month_path(following.first_day.replace(day=1))
    (way,) = soup("/veranstaltungen/").select(f'.events-later a[href="{many.later}"]')
    assert way.get_text(strip=True) == "Weitere Termine: Januar 2027"
    assert "Turnen" in said(many.later)


def test_a_month_that_is_nearly_over_says_so_and_leads_on(at: Any) -> None:
    released(calendar())
    released(event_page())
    at.move_to("2026-11-30T08:00:00+00:00")
    turn_the_day()
    publish.settle()
    assert "Für diesen Monat ist nichts mehr angekündigt." in said("/veranstaltungen/monat/2026-11/")
    assert soup("/veranstaltungen/monat/2026-11/").select(
        'a[rel="next"][href="/veranstaltungen/monat/2026-12/"]'
    )


def test_an_endless_series_goes_on(at: Any) -> None:
    released(event_page(**CHOIR))
    last = Occurrence.objects.order_by("-first_day").first()
    at.move_to("2027-03-01T08:00:00+00:00")
    assert index.due().exists()
    renew_dates()
    later = Occurrence.objects.order_by("-first_day").first()
    assert later.first_day > last.first_day  # type: ignore[union-attr] # both are there
    assert not index.due().exists()


def test_released_school_holidays_change_the_index() -> None:
    released(event_page(**{**CHOIR, "left_out": "", "skip_school": True}))
    assert "Chorprobe 2026-12-22" in days()
    place = calendar()
    place.school_holidays = "21.12.2026 bis 09.01.2027"
    released(place, OTHER)
    renew_dates()
    assert "Chorprobe 2026-12-22" not in days()


def test_the_number_of_queries_does_not_grow() -> None:
    released(calendar())
    counts = []
    for number in range(2):
        for one in range(1 + 6 * number):
            title = f"Konzert {number}{one}"
            hall = released(place(title=f"Saal {number}{one}", slug=f"saal-{number}{one}"), OTHER)
            page = event_page(
                title=title,
                slug=f"k-{number}-{one}",
                categories="Konzert",
                begins=time(10 + one),
                place=hall,
            )
            publish.put_live(page.content(), DIGEST)
        with CaptureQueriesContext(connection) as seen:
            for path in (
                "/veranstaltungen/",
                "/veranstaltungen/monat/2026-12/",
                "/veranstaltungen/rubrik/konzert/",
            ):
                assert bake.sheet(path)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 65


def test_the_first_page_shows_what_comes_next() -> None:
    released(event_page(**CHOIR))
    home = HomePage.objects.get()
    home.sections = [("events", {"heading": "", "count": "3"})]
    home.save()
    released(home, OTHER)
    text = said("/")
    assert "Die nächsten Veranstaltungen" in text
    assert text.count("Chorprobe") == 3


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_leads_to_the_form_for_clubs(prefix: str) -> None:
    released(event_page(**CHOIR))
    link = soup(f"{prefix}/veranstaltungen/").select_one(f'main a[href="{prefix}/veranstaltungen/melden/"]')
    assert link is not None


def test_the_way_to_later_dates_leads_somewhere_though_all_of_them_began_long_ago() -> None:
    released(calendar())
    for number in range(3):
        released(
            event_page(
                title=f"Ausstellung {number}",
                slug=f"ausstellung-{number}",
                first_day=date(2026, 10, 1),
                last_day=date(2027, 3, 1),
                all_day=True,
            ),
            f"{number}" * 64,
        )
    found = listing.upcoming(2)
    assert not found.later or listing.at(found.later) is not None, found.later


def test_a_list_that_is_just_full_and_shows_all_leads_nowhere() -> None:
    released(calendar())
    for number in range(2):
        released(event_page(title=f"Fest {number}", slug=f"fest-{number}"), f"{number}" * 64)
    assert len(reading.between(date(2026, 11, 1), date(2027, 12, 1), most=9)) == 2
    assert listing.upcoming(2).later == ""
