"""What differs from what was released is found and put right, whatever brought it there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.project import cli
from stadtnah.publishing.content import Block, Picture
from stadtnah.surfaces.website import publish, renewal, store, sweep, tasks, ticks, waiting
from stadtnah.surfaces.website.models import ReleasedPage, StaleUse
from tests.surfaces.website.conftest import OTHER, message, page, released
from tests.surfaces.website.test_documents import document, offered

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"


@pytest.fixture
def website(town: Town, picture: Picture) -> Any:
    """A website that is as it was released."""
    made = message(1, hero=picture, blocks=(Block("picture", picture=picture),))
    other = page(blocks=offered(document().as_content()))
    for content in (made, message(2), other):
        publish.put_live(content, released(content))
    publish.withdraw(message(2).object_key, OTHER)
    publish.settle()
    renewal.renew()
    time_passes()
    return made


def time_passes() -> None:
    """What is young may still be under way."""
    for file in store.folder().rglob("*"):
        os.utime(file, (1, 1))


def healed() -> sweep.Differences:
    """What was found; afterwards nothing is left to be found."""
    time_passes()
    found = sweep.heal()
    StaleUse.objects.update(marked_at=F("marked_at") - timedelta(minutes=1))
    publish.settle()
    time_passes()
    assert sweep.differences() == sweep.Differences()
    return found


def test_a_website_as_released_has_no_differences(website: Any) -> None:
    assert sweep.heal() == sweep.Differences()
    assert not Entry.objects.filter(event="website.healed").exists()
    assert not StaleUse.objects.filter(used__startswith=waiting.MARK).exists()


def test_a_withdrawn_page_that_stayed_goes(website: Any, caplog: pytest.LogCaptureFixture) -> None:
    ReleasedPage.objects.filter(pk=website.object_key).update(state="withdrawn")  # and the process was killed
    found = healed()
    assert found.missing == (website.path,)
    assert not store.public_file(website.path).exists()
    assert not store.public_file(f"/en{website.path}").exists()
    assert website.path in caplog.text
    assert Entry.objects.get(event="website.healed").data["missing"] == 1


def test_files_of_a_page_withdrawn_long_ago_go(website: Any) -> None:
    gone = store.public_file(message(2).path)
    gone.write_bytes(b"withdrawn")
    gone.with_name("index.html.gz").write_bytes(b"withdrawn")
    found = healed()
    assert len(found.strays) == 2
    assert not list(gone.parent.iterdir())


def test_pictures_of_a_page_withdrawn_long_ago_go(website: Any) -> None:
    path = f"/media/{'a' * 64}.jpg"
    store.write(path, b"picture", "image/jpeg")
    document = f"/media/dokumente/{'b' * 64}/plan.pdf"
    store.write(document, b"%PDF", "application/pdf")
    assert healed().unwanted == (path, document)
    assert not store.public_file(path).exists()
    assert not store.public_file(document).exists()
    assert store.read(website.hero.mail_path) is not None  # the control: what a page shows stays


def test_a_page_that_nothing_released_goes(website: Any) -> None:
    for path in ("/nie-freigegeben/", "/en/nie-freigegeben/", "/leichte-sprache/nie/"):
        store.write(path, b"<h1>forged</h1>", HTML)
    assert len(healed().unwanted) == 3
    assert not store.public_file("/nie-freigegeben/").exists()


def test_a_feed_or_card_below_a_page_that_has_none_goes(website: Any) -> None:
    for path in (f"{website.path}atom.xml", "/nie/karte.vcf"):
        store.write(path, b"forged", "text/plain")
    assert len(healed().unwanted) == 2
    assert store.read_meta(f"{website.path}atom.xml") is None


def damage(path: str) -> Iterator[Path]:
    file = store.public_file(path)
    for one in (file, file.with_name(f"{file.name}.gz")):
        if one.exists():
            yield one


@pytest.mark.parametrize(
    "which", ["page", "list", "english", "picture", "feed", "sitemap", "index", "theme", "identity"]
)
def test_what_somebody_changed_is_made_anew(website: Any, which: str) -> None:
    theme = next(path for path in store.paths() if path.startswith("/theme/site") and path.endswith(".css"))
    path = {
        "page": website.path,
        "list": "/aktuelles/",
        "english": "/en/aktuelles/",
        "picture": website.hero.mail_path,
        "feed": "/feeds/atom.xml",
        "sitemap": "/sitemaps/page.xml",
        "index": "/sitemap.xml",
        "theme": theme,
        "identity": "/.well-known/stadtnah.json",
    }[which]
    true = {file: file.read_bytes() for file in damage(path)}
    assert true
    for file in true:
        file.write_bytes(b"forged")
    assert healed().damaged == (path,)
    made = {file: file.read_bytes() for file in true}
    assert b"forged" not in made.values()
    assert which == "index" or made == true  # the index says when its parts were written


def test_a_page_that_is_missing_comes_back(website: Any) -> None:
    store.remove(website.path)
    store.remove("/aktuelles/")
    assert set(healed().missing) == {website.path, "/aktuelles/"}
    assert store.read("/aktuelles/") is not None


def test_what_is_under_way_is_left_alone(website: Any) -> None:
    store.write(f"/media/{'a' * 64}.jpg", b"put there for a page that is being made", "image/jpeg")
    store.public_file("/neu").write_bytes(b"between two renames")
    assert sweep.heal() == sweep.Differences()
    assert store.public_file("/neu").exists()


def test_it_is_done_once_an_hour_and_not_before_the_pages_are_made(website: Any) -> None:
    ticks.sweep_store()
    ticks.sweep_store()
    assert DBTaskResult.objects.filter(task_path=tasks.sweep_store.module_path).count() == 1
    (store.folder() / "build").unlink()
    store.public_file(website.path).write_bytes(b"forged")
    time_passes()
    tasks.sweep_store.call()
    assert store.public_file(website.path).read_bytes() == b"forged"
    renewal.done()
    tasks.sweep_store.call()
    assert StaleUse.objects.filter(used__startswith=waiting.MARK).exists()


def test_the_command_names_what_differs(website: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "system"]) == 0
    store.public_file(website.path).write_bytes(b"forged")
    time_passes()
    waiting.note(["/aktuelles/"])
    assert cli.main(["check", "system"]) == 1
    said = capsys.readouterr()
    assert website.path in said.err
    assert "ließen sich zuletzt nicht erzeugen: /aktuelles/" in said.err
