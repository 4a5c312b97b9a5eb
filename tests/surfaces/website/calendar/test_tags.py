"""Dates under the tags of their events: exactly what the two tables say, and what lists with filters are read from."""

from __future__ import annotations

import random
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.calendar import index
from stadtnah.surfaces.website.calendar.models import EventTag, Occurrence, TaggedDate
from stadtnah.surfaces.website.calendar.ticks import renew_dates
from stadtnah.surfaces.website.models import ReleasedPage
from tests.factories import plans
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR
from tests.surfaces.website.conftest import DIGEST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
FILL = import_module("stadtnah.surfaces.website.calendar.migrations.0004_dates_by_tag").FILL
CATEGORIES = ("Konzert", "Markt", "Vortrag")


def said() -> set[tuple[Any, ...]]:
    """What the dates and the tags of their events say together."""
    tags = list(EventTag.objects.values_list("page_id", "key"))
    return {
        (one.pk, key, one.first_day, one.starts)
        for one in Occurrence.objects.all()
        for page, key in tags
        if page == one.page_id
    }


def kept() -> set[tuple[Any, ...]]:
    rows = list(TaggedDate.objects.values_list("date_id", "key", "first_day", "starts"))
    assert len(rows) == len(set(rows))
    return set(rows)


def live(page: Any) -> Any:
    publish.put_live(page.content(), DIGEST)
    return page


def test_whatever_happens_to_events_it_is_what_dates_and_tags_say(at: Any) -> None:
    chance = random.Random(7)
    pages = [live(event_page(title=f"Termin {number}", slug=f"t-{number}")) for number in range(4)]
    for turn in range(40):
        page = chance.choice(pages)
        if chance.random() < 0.2:
            publish.withdraw(page.object_key)
        else:
            page.categories = "\n".join(chance.sample(CATEGORIES, chance.randrange(3)))
            page.wheelchair, page.price = chance.random() < 0.5, chance.choice(["Eintritt frei", "5 Euro"])
            page.first_day = date(2026, 12, 1) + timedelta(days=chance.randrange(30))
            page.repeats, page.times = chance.choice([("", None), ("weekly", 5)])
            page.save()
            live(page)
        if turn == 30:
            assert len(kept()) > 10
            at.move_to("2027-01-20T08:00:00+00:00")
            renew_dates()
        assert kept() == said(), turn


def test_many_at_once_and_a_cell_that_had_none_get_the_same() -> None:
    live(event_page(**CHOIR, categories="Konzert\nMarkt", wheelchair=True))
    before = kept()
    assert before == said()
    Occurrence.objects.all().delete()
    assert not TaggedDate.objects.exists()
    EventTag.objects.all().delete()
    ReleasedPage.objects.get(kind="event").indexed.delete()
    index.fill(ReleasedPage.objects.filter(kind="event"))
    assert kept() == said()
    assert {row[1:] for row in kept()} == {row[1:] for row in before}
    TaggedDate.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    assert kept() == said() != set()


def test_the_database_takes_only_what_dates_and_tags_say() -> None:
    live(event_page(categories="Konzert"))
    row = TaggedDate.objects.get(key="category:konzert")
    true = {"date_id": row.date_id, "key": row.key, "first_day": row.first_day, "starts": row.starts}
    for wrong in (
        {"key": "category:markt"},
        {"first_day": row.first_day + timedelta(days=1)},
        {"starts": "2026-12-05T09:00:00"},
    ):
        with pytest.raises(DatabaseError, match="Termine nach Merkmalen"), transaction.atomic():
            TaggedDate.objects.create(**{**true, **wrong})
        with pytest.raises(DatabaseError, match="Termine nach Merkmalen"), transaction.atomic():
            TaggedDate.objects.filter(pk=row.pk).update(**wrong)
    row.delete()
    TaggedDate.objects.create(**true)


def test_a_list_with_filters_is_read_under_the_tag_that_has_fewest() -> None:
    for number in range(3):
        live(event_page(title=f"Markt {number}", slug=f"m-{number}", price="frei", wheelchair=True))
    live(event_page(categories="Konzert", price="frei", wheelchair=True))
    queries = _asked("frei=1&rubrik=konzert&zugang=wheelchair&zeit=monat")
    (found,) = [sql for sql in queries if "INNER JOIN" in sql and "tagged" in sql and "ORDER BY" in sql]
    assert found.index("'category:konzert'") < found.index("EXISTS"), found
    steps = " ".join(plans.plan(found))
    assert "tagged_date_order" in steps, steps
    assert plans.read_whole(found, ("calendar_occurrence", "calendar_taggeddate", "calendar_eventtag")) == []
    for sql in queries:
        assert plans.read_whole(sql, ("calendar_occurrence", "calendar_taggeddate")) == [], sql


def test_a_list_without_filters_is_read_in_its_order_and_what_lasts_by_itself() -> None:
    live(event_page(**CHOIR))
    of_dates = [
        sql for sql in _asked("zeit=wochenende") if "calendar_occurrence" in sql and "RECURSIVE" not in sql
    ]
    assert len(of_dates) == 2
    for sql, name in zip(of_dates, ("occurrence_under_way", "occurrence_order"), strict=True):
        steps = " ".join(plans.plan(sql))
        assert name in steps, steps
        assert "TEMP B-TREE" not in steps
        assert "Sort" not in steps


def test_filters_cost_as_many_queries_whatever_there_is() -> None:
    counts = {}
    for number in range(2):
        for one in range(1 + 20 * number):
            live(event_page(title=f"Konzert {number}{one}", slug=f"k-{number}-{one}", categories="Konzert", price="frei", wheelchair=True))  # fmt: skip
        for query in (
            "",
            "rubrik=konzert",
            "rubrik=konzert&frei=1",
            "rubrik=konzert&frei=1&zugang=wheelchair",
        ):
            counts.setdefault(query, []).append(len(_asked(query)))
    assert all(few == many for few, many in counts.values()), counts
    assert counts["rubrik=konzert"][0] == counts[""][0]
    assert counts["rubrik=konzert&frei=1&zugang=wheelchair"][0] == counts[""][0] + 1


def _asked(query: str) -> list[str]:
    Client().get("/veranstaltungen/suche/")
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(f"/veranstaltungen/suche/?{query}").status_code == 200
    return [one["sql"] for one in seen]
