"""Names stand as a German dictionary sorts them (DIN 5007-1), wherever readers see them in a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import lists, publish
from stadtnah.surfaces.website.site import Frame
from tests.surfaces.website.conftest import DIGEST, message, page

pytestmark = pytest.mark.django_db


def test_categories(town: Town) -> None:
    for number, label in enumerate(("Verkehr", "Öffentliches", "Politik"), start=1):
        publish.put_live(replace(message(number), category=f"r{number}", category_label=label), DIGEST)
    assert [label for _slug, label, _number in lists.categories()] == ["Öffentliches", "Politik", "Verkehr"]


def test_menus(town: Town) -> None:
    for slug, title in (("z", "Zahlen"), ("ae", "Ämter"), ("b", "Bauen")):
        menu = {"kind": "page", "menu": "main", "menu_order": 100}
        publish.put_live(replace(page(slug), title=title, extra=menu), DIGEST)
    assert [title for title, _path in Frame.now().menu[""]] == ["Ämter", "Bauen", "Zahlen"]
