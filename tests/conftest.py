"""What every test may use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from django.urls import set_script_prefix
from hypothesis import HealthCheck, settings
from PIL.Image import Image
from wagtail.models import Collection, Locale, Page

from stadtnah.kernel import flood, triggers
from stadtnah.publishing.registry import CHANNELS
from stadtnah.surfaces.website import share_drawing
from tests.factories.channels import Paper
from tools import installed

# A busy machine is no finding.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

_OF_CELLS = Path(__file__).parent / "project"
_MACHINE = Path(__file__).parent / "publishing" / "test_state_machine.py"
# What these are about is what pages, files and mails show, whatever the database: once, on SQLite, is enough. What they rest on
# (release, index, constraints, search) runs on both.
ONCE = frozenset(
    Path(__file__).parent / f"{name}.py"
    for name in (
        "guard/test_urls",
        "project/test_lean",
        *(
            f"surfaces/desk/test_{one}"
            for one in ("bad_input", "editor", "events_print", "languages", "legal", "quality")
        ),
        *(f"surfaces/website/calendar/test_{one}" for one in ("near", "out", "pages")),
        *(f"surfaces/website/languages/test_{one}" for one in ("blog_press_glossary", "public")),
        "surfaces/website/moving_in/site/test_site",
        "surfaces/website/mystreet/test_mystreet",
        "surfaces/website/offices/test_pages",
        "surfaces/website/search/test_sites",
        *(
            f"surfaces/website/test_{one}"
            for one in (
                *("blog", "faithful", "feeds_of_sites", "findable", "membersites", "messages_on_sites"),
                *("pictures_gone", "press", "sitemaps", "sweep"),
            )
        ),
    )
)
_STARTED_BY = {"browser": ("chromium",), "pds": ("node", "pds")}

_flush = TransactionTestCase._fixture_teardown


def _flush_without_locks(self: TransactionTestCase) -> None:
    """The ledger refuses to be emptied; between tests, and only there, its triggers are dropped and made anew."""
    for name in self._databases_names(include_mirrors=False):
        database = connections[name]
        with database.cursor() as cursor:
            for trigger in triggers.declared():
                if database.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
    _flush(self)
    for name in self._databases_names(include_mirrors=False):
        triggers.install(name)
        _roots(name)


def _roots(using: str) -> None:
    """What the CMS's migrations put in and a flush takes away: the roots of pages and collections."""
    Locale.objects.using(using).get_or_create(language_code="de")
    if not Page.objects.using(using).filter(depth=1).exists():
        Page.add_root(instance=Page(title="Website", slug="root"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


TransactionTestCase._fixture_teardown = _flush_without_locks

_draw = share_drawing.draw


@lru_cache(maxsize=256)
def _drawn(card: share_drawing.Card) -> bytes:
    return _draw(card, None, None)


def _draw_once(card: share_drawing.Card, arms: Image | None, hero: Image | None) -> bytes:
    """Each test's empty store asks for the same cards again, which took a fifteenth of the suite's time."""
    return _draw(card, arms, hero) if arms or hero else _drawn(card)


share_drawing.draw = _draw_once


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there now stays, and is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Chooses what can run here.

    What is about the other database, or on PostgreSQL about none, runs in the other half of `make test`. What needs a
    program that is not on this machine is left out, and the run says so at its end.
    """
    elsewhere = [item for item in items if not _runs_here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
    left = set(items).difference(elsewhere)
    # What takes minutes comes first: as the last, it would keep one of two workers waiting for the other.
    long = {item.path for item in left if _takes_long(item)}
    items[:] = sorted((item for item in items if item in left), key=lambda item: item.path not in long)


def _takes_long(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("slow", "e2e", "peer"))
    return marked or _OF_CELLS in item.path.parents or item.path == _MACHINE


def _runs_here(item: pytest.Item) -> bool:
    return (
        all(mark.args[0] == connection.vendor for mark in item.iter_markers("only_on"))
        and (connection.vendor != "postgresql" or _asks_a_database(item))
        and not installed.lacking(*needed(item))
    )


def needed(item: pytest.Item) -> list[str]:
    """The programs of others that a test names (`needs`), or that one of its fixtures starts."""
    named = [name for mark in item.iter_markers("needs") for name in mark.args]
    return named + [
        name for fixture in getattr(item, "fixturenames", ()) for name in _STARTED_BY.get(fixture, ())
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which programs are not here, and with them the tests that need them."""
    for name in installed.KNOWN:
        if why := installed.lacking(name):
            terminalreporter.write_line(f"Left out, with every test that needs it: {why}")


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether the database matters. Also to the tests of whole cells and of backups, which say by themselves what they start."""
    if item.path in ONCE:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return (
        bool(fixtures & {"db", "transactional_db"})
        or item.get_closest_marker("django_db") is not None
        or _OF_CELLS in item.path.parents
    )


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The CMS remembers its sites in the cache, the forms what a network sent, Django below which address a cell's door was asked, beyond the test that made them."""
    cache.clear()
    set_script_prefix("/")
    flood.forget()


@pytest.fixture
def paper() -> Iterator[Paper]:
    """A channel of the tests' own that keeps what it was given; its account is "paper"."""
    channel = Paper()
    CHANNELS.register(channel.key, channel)
    yield channel
    CHANNELS.unregister(channel.key)


@pytest.fixture
def full_disk() -> Iterator[None]:
    """SQLite refuses every page more than it has now, as it does when the disk is full: mark the test `only_on`."""
    assert connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("PRAGMA max_page_count = 1")  # as few as it has
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {before}")
