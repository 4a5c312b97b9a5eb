"""The archive reads like a year of a real town: nothing twice, nothing empty, every date right."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from demo import pictures
from demo.content.archive import FIRST_DAY, LAST_DAY, archive
from demo.content.archive_parts import written
from demo.content.messages import messages
from stadtnah.surfaces.website.founding import CATEGORIES
from tests.demo.test_content import texts, wrong_dates, wrong_style

ARCHIVE = archive()


@pytest.fixture(params=ARCHIVE, ids=lambda message: message["key"])
def message(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_a_full_year_without_repetition() -> None:
    assert len(ARCHIVE) == 128
    assert archive() == ARCHIVE
    for field in ("key", "title", "teaser"):
        values = [m[field] for m in [*ARCHIVE, *messages()]]
        assert [value for value, n in Counter(values).items() if n > 1 and field != "teaser"] == []
    days = [m["dated"] for m in ARCHIVE]
    assert days == sorted(days)
    assert days[0] >= FIRST_DAY
    assert days[-1] <= LAST_DAY
    assert {day[:7] for day in days} >= {f"2026-{month:02d}" for month in range(1, 12)} | {"2025-12"}


def test_fewer_are_spread_over_the_year_and_more_are_refused() -> None:
    some = archive(12)
    assert len({m["dated"][:7] for m in some}) >= 9
    with pytest.raises(ValueError, match="Das Archiv hat"):
        archive(10_000)


def test_every_category_lives() -> None:
    used = Counter(m["category"] for m in ARCHIVE)
    assert set(used) == {slug for slug, _label, _colour in CATEGORIES}
    assert min(used.values()) >= 4


def test_lengths_and_kinds_differ() -> None:
    assert {len(m["blocks"]) for m in ARCHIVE} >= {2, 3, 4, 5}
    kinds = Counter(block["kind"] for m in ARCHIVE for block in m["blocks"])
    assert set(kinds) >= {"text", "heading", "contact", "callout"}
    assert sum(m["hero"] is not None for m in ARCHIVE) > 60


def test_archived_message_is_whole(message: dict[str, Any]) -> None:
    assert 60 <= len(message["teaser"]) <= 280
    assert 2 <= len(message["blocks"]) <= 6
    assert message["place"]
    assert len(message["place"]) <= 160
    assert message["hashtags"][0] == "Erlenfurt"
    assert date.fromisoformat(message["dated"]).weekday() < 5, "clerks write on working days"
    assert not message["valid_until"] or message["valid_until"][:10] >= message["dated"]
    state = message["state"]
    assert state["created_at"] < state["submitted_at"] < state["released_at"] <= state["send_at"]
    if message["hero"]:
        assert message["hero"]["alt"]
        assert (pictures.FOLDER / message["hero"]["file"]).is_file()


def test_archived_message_obeys_the_style_guide(message: dict[str, Any]) -> None:
    assert {text: wrong for text in texts(message) if (wrong := wrong_style(text))} == {}
    assert not [text for text in texts(message) if "[" in text], "a day was not written out"


def test_archived_dates_are_right(message: dict[str, Any]) -> None:
    near = date.fromisoformat(message["dated"])
    assert [error for text in texts(message) for error in wrong_dates(text, near)] == []


def test_days_are_written_out_with_the_year_only_when_it_differs() -> None:
    assert written(date(2026, 3, 15), 2026) == "Sonntag, 15. März"
    assert written(date(2027, 1, 9), 2026) == "Samstag, 9. Januar 2027"


def test_the_lifted_boil_notice_was_given_before() -> None:
    titles = [m["title"] for m in ARCHIVE]
    assert "Trinkwasser im Ortsteil Steinbach bitte abkochen" in titles
