"""Questions whose SQL is put together once: they answer as the queryset would, whatever the values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.questions import Question
from stadtnah.surfaces.website.models import OldPath, StaleUse

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, 0, 1, tzinfo=UTC)
SINCE = Question(
    lambda used, since: StaleUse.objects.filter(used__gte=used, marked_at__gte=since).order_by("used"),
    str,
    datetime,
)


@pytest.fixture(autouse=True)
def _rows() -> None:
    StaleUse.objects.bulk_create(
        StaleUse(used=used, marked_at=NOON + timedelta(days=day)) for day, used in enumerate("abc")
    )


@pytest.mark.parametrize("used", ["a", "b", "%s", "' OR 1=1 --", "stand-in 0", "ü"])
@pytest.mark.parametrize("day", [-1, 0, 1, 5])
def test_it_answers_as_the_queryset_does(used: str, day: int) -> None:
    since = NOON + timedelta(days=day)
    expected = list(StaleUse.objects.filter(used__gte=used, marked_at__gte=since).order_by("used"))

    with CaptureQueriesContext(connection) as queries:
        found = SINCE.objects(used, since)

    assert found == expected
    assert [one.marked_at for one in found] == [one.marked_at for one in expected]
    assert len(queries) == 1


def test_rows_are_what_values_list_names() -> None:
    question = Question(lambda used: StaleUse.objects.filter(used=used).values_list("used"), str)

    assert question.rows("b") == [("b",)]
    assert question.rows("x") == []


def test_it_can_be_asked_without_values_and_what_it_finds_can_be_saved() -> None:
    first = Question(lambda: StaleUse.objects.order_by("-used")[:1])

    found = first.objects()[0]
    found.marked_at = NOON
    found.save()

    assert (found.used, first.objects()[0].marked_at) == ("c", NOON)


def test_a_value_that_is_changed_on_its_way_is_refused() -> None:
    pattern = Question(lambda path: OldPath.objects.filter(path__startswith=path), str)

    with pytest.raises(TypeError, match="as it is"):
        pattern.objects("/a/")
