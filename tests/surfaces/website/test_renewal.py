"""After an update the stored pages are made anew: once for each build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.audit.models import Entry
from stadtnah.surfaces.website import renewal, store, tasks, ticks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.STADTNAH_DATA = tmp_path


def test_pages_of_an_older_build_are_made_anew_once() -> None:
    renewal.done()
    (store.folder() / "build").write_text("an older build")
    store.write("/404.html", b"an older theme", "text/html; charset=utf-8", status=404)
    ticks.renew_pages()
    ticks.renew_pages()
    assert DBTaskResult.objects.filter(task_path=tasks.renew_pages.module_path).count() == 1
    tasks.renew_pages.call(renewal.build_id())
    stored = store.read("/404.html")
    assert stored is not None
    assert b"an older theme" not in stored[1]
    assert store.read("/feeds/atom.xml") is not None
    assert Entry.objects.filter(event="website.renewed").count() == 1
    tasks.renew_pages.call(renewal.build_id())  # a second worker comes too late
    assert Entry.objects.filter(event="website.renewed").count() == 1


def test_the_same_build_renews_nothing() -> None:
    renewal.done()
    ticks.renew_pages()
    assert not DBTaskResult.objects.filter(task_path=tasks.renew_pages.module_path).exists()


def test_another_address_of_the_town_is_another_build(settings: Any) -> None:
    renewal.done()
    renewal.build_id.cache_clear()
    settings.STADTNAH_BASE_URL = "https://erlenfurt.example"
    try:
        assert renewal.due()
    finally:
        renewal.build_id.cache_clear()
