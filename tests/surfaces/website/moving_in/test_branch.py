"""Many drafts below one page stand in the tree and in the CMS's history as if each had been added by the CMS."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageLogEntry

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.branch import Branch, first_revision
from stadtnah.surfaces.website.moving_in.drafts import freeze
from tests.factories.people import person

pytestmark = pytest.mark.django_db
_SEARCH = "modelsearch.tasks.insert_or_update_object_task"


@pytest.fixture
def place(town: Town) -> Any:
    founding.lay_tree("Willkommen", site_name="Beispielau")
    return calendar()


def draft(number: int, **fields: Any) -> EventPage:
    values = {
        "title": f"Termin {number}",
        "slug": f"termin-{number}",
        "first_day": date(2027, 1, 9),
        "all_day": True,
        **fields,
    }
    return EventPage(live=False, **values)


def history(page: Any) -> list[tuple[Any, ...]]:
    rows = PageLogEntry.objects.filter(page=page.pk)
    return list(
        rows.values_list("action", "label", "user", "content_type", "content_changed", "data", "deleted")
    )


def test_it_stands_where_the_cms_would_have_put_it(place: Any) -> None:
    by = person("Redaktion", roles=("author",))
    ours, branch = [draft(number, owner=by) for number in range(3)], Branch(place)
    for page in ours:
        branch.add(page, by)
    theirs = calendar().add_child(instance=draft(9, title="Termin 0", owner=by))
    last = draft(10, owner=by)
    branch.forget()
    branch.add(last, by)
    children = list(calendar().get_children().values_list("slug", flat=True))
    assert children == ["termin-0", "termin-1", "termin-2", "termin-9", "termin-10"]
    assert calendar().numchild == 5
    assert Page.find_problems() == ([], [], [], [], [])
    for page in (*ours, theirs, last):
        again = EventPage.objects.get(pk=page.pk)
        assert again.url_path == f"{place.url_path}{page.slug}/"
        assert again.get_parent().pk == place.pk
    assert history(ours[0]) == history(theirs) != []


def test_its_first_revision_is_the_one_that_the_cms_would_have_made(place: Any) -> None:
    by = person("Redaktion", roles=("author",))
    ours, theirs = (draft(0, slug=name, owner=by, has_unpublished_changes=True) for name in ("a", "b"))
    branch, kept = Branch(place), []
    for page in (ours, theirs):
        branch.add(page, by)
    first_revision(ours, by)
    theirs.save_revision(user=by, clean=False)
    own = {"id", "path", "page_ptr", "pk", "slug", "url_path", "uuid", "uid", "translation_key"}
    for page in (ours, theirs):
        row = EventPage.objects.get(pk=page.pk)
        (revision,) = row.revisions.all()
        assert (row.latest_revision, row.latest_revision_created_at) == (revision, revision.created_at)
        assert (page.latest_revision_id, revision.as_object().title) == (revision.pk, "Termin 0")
        assert row.has_unpublished_changes
        said = {name: value for name, value in revision.content.items() if name not in own}
        kept.append(
            (said, revision.user, revision.base_content_type, revision.content_type, revision.object_str)
        )
    assert kept[0] == kept[1]


def test_an_address_that_somebody_took_meanwhile_is_refused_and_leaves_nothing(place: Any) -> None:
    branch = Branch(place)
    branch.add(draft(1), None)
    calendar().add_child(instance=draft(2))
    branch.forget()
    with pytest.raises(ValidationError), transaction.atomic():
        branch.add(draft(3, slug="termin-2"), None)
    branch.add(draft(4), None)
    assert calendar().numchild == 3
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_place_in_the_tree_that_somebody_took_meanwhile_is_noticed(place: Any) -> None:
    branch = Branch(place)
    branch.add(draft(1), None)
    calendar().add_child(instance=draft(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        branch.add(draft(3), None)
    branch.forget()
    branch.add(draft(3), None)
    assert calendar().numchild == 3
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_draft_is_read_by_the_search_of_the_cms_once_and_again_when_its_row_has_other_words(
    place: Any,
) -> None:
    def asked() -> int:
        return DBTaskResult.objects.filter(task_path=_SEARCH).count()

    before, page = asked(), draft(1)
    Branch(place).add(page, None)
    freeze(page, None)
    assert asked() == before + 1
    page.save_revision()
    assert asked() == before + 1, "the words of the row are as they were"
    page.title = "Ein anderer Titel"
    page.save()
    assert asked() == before + 2


def test_the_next_draft_costs_no_look_at_the_tree(place: Any) -> None:
    branch = Branch(place)
    branch.add(draft(1), None)
    with CaptureQueriesContext(connection) as seen:
        branch.add(draft(2), None)
    assert not [one["sql"] for one in seen if 'ORDER BY "wagtailcore_page"."path"' in one["sql"]]
    assert len(seen) <= 11


def test_an_address_that_a_page_got_meanwhile_is_not_given_twice(place: Any) -> None:
    """An editor gives a draft that is there another address between two batches."""
    other = calendar().add_child(instance=draft(7))
    branch = Branch(calendar())
    branch.add(draft(1), None)
    other.refresh_from_db()
    other.slug = "termin-2"
    other.full_clean()
    other.save()
    with pytest.raises(ValidationError), transaction.atomic():
        branch.add(draft(2), None)
