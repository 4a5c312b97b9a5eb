"""The blog in the desk: its list, and the way to a first entry."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.surfaces.website.blog import founding
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage
from stadtnah.surfaces.website.models import HomePage, MessagePage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

pytestmark = pytest.mark.django_db


def entry(number: int) -> BlogEntryPage:
    index: Any = founding.blog()
    index.refresh_from_db()
    made: BlogEntryPage = index.add_child(
        instance=BlogEntryPage(
            title=f"Beitrag {number}", slug=f"b{number}", series=BlogSeriesPage.objects.get(), live=False
        )
    )
    return made


def test_the_first_entry_brings_the_blog_and_a_series(people: Cast, page: MessagePage) -> None:
    browser = as_(people.ada)
    assert "Noch kein Beitrag" in browser.get(reverse("desk_blog")).content.decode()
    answer = browser.get(reverse("desk_blog_new"))
    index, series = BlogIndexPage.objects.get(), BlogSeriesPage.objects.get()
    assert answer.headers["Location"].endswith(f"/pages/add/blog/blogentrypage/{index.pk}/")
    assert not index.live
    assert not series.live
    browser.get(reverse("desk_blog_new"))
    assert BlogSeriesPage.objects.get() == series
    form = browser.get(answer.headers["Location"]).content.decode()
    assert "Neuer Beitrag" in form
    assert f'<option value="{series.pk}" selected' in form


def test_without_a_first_page_there_is_no_blog(people: Cast) -> None:
    HomePage.objects.all().delete()
    browser = as_(people.ada)
    answer = browser.get(reverse("desk_blog_new"), follow=True)
    assert "keine Startseite" in answer.content.decode()
    assert not BlogIndexPage.objects.exists()


def test_the_list_is_searched_and_costs_the_same_however_long(people: Cast, page: MessagePage) -> None:
    browser = as_(people.ada)
    entry(1)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("desk_blog"))
        return len(queries)

    cost()
    few = cost()
    for number in range(2, 12):
        entry(number)
    assert cost() == few
    found = browser.get(reverse("desk_blog"), {"q": "Beitrag 11"}).content.decode()
    assert "Beitrag 11" in found
    assert "Beitrag 2<" not in found
