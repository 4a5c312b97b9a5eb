"""A change that overtakes a baking: whatever is written last, the public sees what is released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, overtaken, publish, renewal, store
from stadtnah.surfaces.website.models import ChangedUse
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page

pytestmark = pytest.mark.django_db


def live(*contents: Any) -> None:
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()


def shown(path: str) -> str:
    found = store.read(path)
    return found[1].decode() if found else ""


def between(monkeypatch: pytest.MonkeyPatch, path: str, act: Callable[[], object]) -> list[str]:
    """Another lane acts once, and whole, when this one has made the page at `path` and not written it yet."""
    real, acted = store.write, []

    def write(at: str, *args: Any, **more: Any) -> bool:
        if at == path and not acted:
            acted.append(at)
            act()
        return real(at, *args, **more)

    monkeypatch.setattr(store, "write", write)
    return acted


def nothing_is_stale() -> None:
    while publish.due():
        publish.settle()
    before = {path: store.read_meta(path) for path in store.paths()}
    bake.bake_all()
    assert {path: store.read_meta(path) for path in store.paths()} == before


def taken_back() -> None:
    publish.withdraw(message(2).object_key)
    publish.settle()


def test_a_list_that_was_under_way_does_not_bring_back_what_was_withdrawn(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(message(1), message(2, title="Zurückgenommen"))
    acted = between(monkeypatch, "/aktuelles/", taken_back)
    publish.put_live(message(1, teaser="Anders."), OTHER)
    publish.settle()
    assert acted
    assert "Zurückgenommen" in shown("/aktuelles/")  # the control: it was written over
    nothing_is_stale()
    assert "Zurückgenommen" not in shown("/aktuelles/")


def test_a_page_under_way_does_not_stay_as_it_was_before_it_changed_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(message(1))

    def newer() -> None:
        publish.put_live(message(1, teaser="Das Neueste."), "c" * 64)
        publish.settle()

    acted = between(monkeypatch, message(1).path, newer)
    publish.put_live(message(1, teaser="Von vorhin."), OTHER)
    assert acted
    nothing_is_stale()
    assert "Das Neueste." in shown(message(1).path)
    assert "Von vorhin." not in shown(message(1).path)


def test_a_renewal_does_not_go_on_with_what_it_knew_at_its_start(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = message(2, category="umwelt", category_label="Umwelt")
    live(message(1), alone, page())
    acted = between(monkeypatch, "/404.html", taken_back)
    renewal.renew()
    assert acted
    nothing_is_stale()
    assert "/aktuelles/rubrik/umwelt/" not in shown("/aktuelles/")
    assert store.read("/aktuelles/rubrik/umwelt/") is None


def test_who_was_not_overtaken_marks_nothing(town: Town) -> None:
    live(message(1))
    publish.put_live(message(1, teaser="Anders."), OTHER)
    publish.settle()
    assert not publish.due()


def test_lines_go_after_a_day(town: Town) -> None:
    overtaken.changed({"town"})
    overtaken.forget()
    assert ChangedUse.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=1, hours=1)):
        overtaken.forget()
    assert not ChangedUse.objects.exists()
