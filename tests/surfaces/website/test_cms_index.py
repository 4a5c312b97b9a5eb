"""The CMS's own search index: a save in the desk and a job of the queue meet over the same picture."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from modelsearch import index
from PIL import Image
from wagtail.search.models import IndexEntry

from stadtnah.surfaces.website.images import TownImage

pytestmark = pytest.mark.django_db(transaction=True)


def indexed_elsewhere(image: TownImage) -> threading.Thread:
    def work() -> None:
        for _ in range(200):  # the database of the tests lies in memory, where nobody waits for a lock
            try:
                index.insert_or_update_object(image)
                break
            except OperationalError:
                connection.close()
                time.sleep(0.05)
        connection.close()

    other = threading.Thread(target=work)
    other.start()
    return other


@pytest.fixture
def image(data_folder: Path) -> TownImage:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), (20, 90, 120)).save(drawn, "PNG")
    return TownImage.take(drawn.getvalue(), filename="bild.png")


def test_two_writers_of_the_same_row_do_not_fail_each_other(image: TownImage) -> None:
    """The other comes at the worst moment: after this one has looked for the row and before it adds it."""
    IndexEntry.objects.all().delete()
    looked, met = False, list[threading.Thread]()

    def between(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal looked
        if looked and not met:
            met.append(indexed_elsewhere(image))
            met[0].join(timeout=1)  # where it has to wait for this one, it does so for longer
        looked = looked or (sql.startswith("SELECT") and "indexentry" in sql)
        return execute(sql, *args)

    with connection.execute_wrapper(between):
        index.insert_or_update_object(image)
    met[0].join(timeout=20)
    assert IndexEntry.objects.filter(object_id=str(image.pk)).count() == 1
