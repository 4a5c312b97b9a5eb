"""What citizens ask is answered by one of the first three results: questions written by hand, as awkward as real ones."""

from __future__ import annotations

import pytest
import time_machine

from stadtnah.surfaces.website.search import find, index
from tests.factories import demo_town
from tests.surfaces.website.search.questions import halves, missed, questions

pytestmark = pytest.mark.django_db
GOAL = 0.9


def first(text: str) -> list[str]:
    return [entry.path for entry in find.entries(find.ask(text).ranked[:3])]


@pytest.mark.slow
def test_nine_of_ten_questions_are_answered_at_the_top() -> None:
    with time_machine.travel("2026-11-23T11:00:00Z"):
        demo_town.released()
        index.catch_up()
        for half in halves():
            wrong = missed(half, first)
            assert 1 - len(wrong) / len(half) >= GOAL, [question.text for question, _ in wrong]
        # A search that always shows the same is no search.
        same = first("Rathaus")
        assert len(missed(questions(), lambda _text: same)) > len(questions()) / 2


def test_there_are_enough_questions_and_each_has_an_answer() -> None:
    every = questions()
    assert len(every) >= 200
    assert len({question.text for question in every}) == len(every)
    assert all(question.answers for question in every)
