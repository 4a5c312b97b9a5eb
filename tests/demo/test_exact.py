"""What is baked after a release is what baking everything would give: no page shows what its marks do not know of.

With the whole demo town, because each kind of page shows others in places that only a town that is full has.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from demo import seed
from stadtnah.surfaces.website import bake, founding, kinds, publish, store
from stadtnah.surfaces.website.models import ReleasedPage

pytestmark = pytest.mark.django_db
OTHER = "b" * 64


def stale() -> list[str]:
    """The stored pages that differ from what making them now gives."""
    publish.settle()
    before = {path: store.read_meta(path) for path in store.paths()}
    bake.bake_all()
    after = {path: store.read_meta(path) for path in store.paths()}
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def beside_the_menu() -> dict[str, ReleasedPage]:
    """One of each kind whose change leaves the menus alone: a change of a menu makes every page anew and would hide all else."""
    rows = ReleasedPage.objects.filter(state=ReleasedPage.State.LIVE).order_by("object_key")
    menu = {row.path for row in rows if row.content["extra"].get("menu")}
    return {row.kind: row for row in rows if not {row.path, row.parent_path} & menu}


@pytest.mark.slow
def test_each_kind_of_page_is_taken_back_and_comes_again_and_nothing_is_stale() -> None:
    seed.seed(lambda _text: None, social="http://127.0.0.1:9", mail_port=9, older=14, readers=2)
    assert stale() == []
    rows = beside_the_menu()
    assert len(rows) > 8, sorted(rows)  # the control: it is the whole town
    fixed = {kind.key for kind in kinds.KINDS if kind.fixed}
    for kind, row in rows.items():
        if kind not in fixed:
            publish.withdraw(row.pk)
            publish.settle()
    assert stale() == []
    for row in rows.values():
        content = row.shown()
        publish.put_live(replace(content, title=f"Anders: {content.title}"), OTHER)
        publish.settle()
    assert stale() == []


def test_control_a_page_that_was_changed_behind_its_back_is_found() -> None:
    founding.lay_tree("Willkommen", site_name="Ort")
    bake.bake_all()
    meta = store.read_meta("/404.html")
    assert meta
    assert stale() == []
    store.write("/404.html", b"<!doctype html><title>Anders</title>", content_type="text/html", status=404)
    assert stale() == ["/404.html"]
