"""Categories of old websites: one of the same name is taken, a new public one only when somebody says so."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from stadtnah.surfaces.website.models import Category, HomePage, MessagePage, NewsIndexPage
from stadtnah.surfaces.website.moving_in import categories, command, load, tasks
from stadtnah.surfaces.website.moving_in.categories import key_of
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path) -> Cast:
    settings.STADTNAH_DATA = tmp_path
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Start", slug="start"))
    home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    Category.objects.create(slug="strassenbau", label="Straßenbau")
    Category.objects.create(slug="kultur", label="Kultur")
    return cast()


def feed(*labels: tuple[str, ...]) -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>Meldung {n}</title><pubDate>2024-03-01</pubDate>"
        f"<description>Der Markt am Rathaus war gut besucht.</description>"
        f"{''.join(f'<category>{label}</category>' for label in found)}</item>"
        for n, found in enumerate(labels)
    )
    return f"<rss><channel><title>Altes Rathaus</title>{items}</channel></rss>".encode()


def taken(data: bytes, **options: bool) -> ImportRun:
    run = load.start(data, source="alt.xml", by=None, pictures=False, **options)
    load.advance(run.pk)
    run.refresh_from_db()
    return run


def found(number: int) -> str:
    page = MessagePage.objects.get(title=f"Meldung {number}")
    draft = page.get_latest_revision_as_object()
    assert draft.category_id == page.category_id
    return page.category.label if page.category else ""


@pytest.mark.parametrize("name", ["Straßenbau", "STRASSENBAU", "strassen-bau", " Straßenbau "])
def test_case_umlauts_and_signs_make_no_other_category(people: Cast, name: str) -> None:
    taken(feed((name,)))
    assert found(0) == "Straßenbau"
    assert Category.objects.count() == 2


def test_names_that_differ_are_not_the_same() -> None:
    assert key_of("Straßenbau") != key_of("Straßenbahn")
    assert key_of("???") != key_of("!!!")
    assert len(key_of("ß" * 80)) <= 80


def test_a_category_that_is_not_here_is_asked_about_and_not_made(people: Cast) -> None:
    run = taken(feed(("Vereine",), ("Vereine", "Kultur"), ("Aus dem Rat",), ("vereine",), ()))
    assert [found(n) for n in range(5)] == ["", "Kultur", "", "", ""]  # the first name that is known
    assert Category.objects.count() == 2
    asked = {key: number for key, _name, number in categories.undecided(run)}
    assert asked == {"vereine": 2, "ausdemrat": 1}
    said = " ".join(command.report(run))
    assert "ereine (2), Aus dem Rat (1)" in said
    assert "--neue-rubriken" in said


def test_with_the_option_they_are_made(people: Cast) -> None:
    run = taken(feed(("Vereine",), ("vereine",), ("Aus dem Rat",)), new_categories=True)
    assert [found(n) for n in range(3)] == ["Vereine", "Vereine", "Aus dem Rat"]
    assert set(Category.objects.values_list("slug", flat=True)) == {
        "strassenbau",
        "kultur",
        "vereine",
        "aus-dem-rat",
    }
    assert categories.undecided(run) == []


def test_what_was_decided_goes_into_the_drafts_and_holds_for_later_runs(people: Cast) -> None:
    run = taken(feed(("Vereine",), ("Aus dem Rat",), ("Sonstiges",)))
    kultur = Category.objects.get(slug="kultur")
    categories.decide(
        run, {"vereine": kultur, "sonstiges": None}, {"ausdemrat": "Aus dem Rat"}, by=people.ada
    )
    tasks.sort_in.call(str(run.pk), str(people.ada.pk))
    assert [found(n) for n in range(3)] == ["Kultur", "Aus dem Rat", ""]
    assert categories.undecided(run) == []
    again = taken(feed(("Vereine",), ("Aus dem Rat",), ("Sonstiges",), ("Vereine",), ("Sonstiges",)))
    assert (again.created, again.unchanged) == (2, 3)
    assert [found(n) for n in (3, 4)] == ["Kultur", ""]
    assert categories.undecided(again) == []
    assert categories.sort_in(run.pk, people.ada) == 0  # nothing is left to do


def test_sorting_in_can_be_broken_off(people: Cast) -> None:
    run = taken(feed(("Vereine",), ("Vereine",), ("Vereine",)))
    categories.decide(run, {"vereine": Category.objects.get(slug="kultur")}, {}, by=people.ada)
    looks = iter([False, True])
    assert categories.sort_in(run.pk, people.ada, ending=lambda: next(looks)) == 1
    assert categories.sort_in(run.pk, people.ada) == 2


@pytest.mark.parametrize(("problem", "again"), [("", True), ("builtins.ValueError", False)])
def test_sorting_in_goes_on_when_its_worker_was_killed(people: Cast, problem: str, again: bool) -> None:
    run = taken(feed(("Vereine",)))
    tasks.sort_in.enqueue(str(run.pk), str(people.ada.pk))
    rows = DBTaskResult.objects.filter(task_path=tasks.sort_in.module_path)
    rows.update(status="FAILED", exception_class_path=problem)
    tasks.wake()
    tasks.wake()
    assert [row.status for row in rows.all()] == ["READY" if again else "FAILED"]
    assert rows.get().args_kwargs["args"] == [str(run.pk), str(people.ada.pk)]


def test_an_edited_draft_keeps_its_words_and_a_category_it_has(people: Cast) -> None:
    run = taken(feed(("Vereine",), ("Vereine",)))
    first, second = MessagePage.objects.order_by("title")
    draft = first.get_latest_revision_as_object()
    draft.teaser = "Von Hand."
    draft.save_revision(user=people.ada)
    other = second.get_latest_revision_as_object()
    other.category = Category.objects.get(slug="strassenbau")
    other.save_revision(user=people.ada)
    categories.decide(run, {"vereine": Category.objects.get(slug="kultur")}, {}, by=people.ada)
    assert categories.sort_in(run.pk, people.ada) == 1
    draft, other = (page.get_latest_revision_as_object() for page in MessagePage.objects.order_by("title"))
    assert (draft.teaser, draft.category.slug) == ("Von Hand.", "kultur")
    assert other.category.slug == "strassenbau"
    assert not ImportedItem.objects.exclude(old_category="").exists()


def test_who_may_not_take_over_decides_nothing(people: Cast) -> None:
    run = taken(feed(("Vereine",)))
    with pytest.raises(PermissionDenied):
        categories.decide(run, {}, {"vereine": "Vereine"}, by=people.freya)
    assert categories.sort_in(run.pk, people.freya) == 0
    assert Category.objects.count() == 2
