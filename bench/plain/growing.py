"""The peer of `make bench-growth`: Wagtail by itself with as many pages, its first page, list, search and explorer.

Reads what it needs from standard input and prints one JSON line: by number of pages, what is timed, in queries and milliseconds.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from typing import Any

import django

from bench.plain import site  # configures Django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - only now
from django.core.management import call_command  # noqa: E402 - as above
from django.test import Client  # noqa: E402 - as above
from django.utils import timezone  # noqa: E402 - as above
from wagtail.models import Page  # noqa: E402 - as above

from bench.growth import figure, many  # noqa: E402 - as above
from bench.plain.models import PlainPage  # noqa: E402 - as above
from tests.factories.bulk_pages import lay_below  # noqa: E402 - as above

_AT_ONCE, _ON_A_PAGE, _IN_EXPLORER, _WORDS = 2_000, 12, 50, 60


def main() -> None:
    """Runs once."""
    given = json.load(sys.stdin)
    site.fill("Meldung", "Kurz gesagt.", ["<p>Text</p>"])
    get_user_model().objects.create_superuser("admin", "admin@demo.example", "x")
    words = " ".join(given["texts"]).split()
    found: dict[str, dict[str, Any]] = {}
    for size in given["sizes"]:
        grow(size, words)
        found[str(size)] = {name: figure(ask) for name, ask in asks().items()}
        call_command("update_index", verbosity=0, stdout=sys.stderr)
        client = Client()
        found[str(size)]["search"] = many([getting(client, "/suche/", q=q) for q in given["questions"]])
    print(json.dumps(found))


def news() -> Any:
    """The page that lists them."""
    return Page.objects.get(slug="aktuelles").specific


def grow(size: int, words: list[str]) -> None:
    """Until there are so many messages."""
    chance = random.Random(size)
    while (have := PlainPage.objects.child_of(news()).count()) < size:
        now = timezone.now()
        lay_below(
            news(),
            [
                PlainPage(
                    title=" ".join(chance.choices(words, k=5)),
                    slug=f"seite-{number}",
                    teaser=" ".join(chance.choices(words, k=12)),
                    body=[("text", f"<p>{' '.join(chance.choices(words, k=_WORDS))}</p>")],
                    first_published_at=now,
                    last_published_at=now,
                    latest_revision_created_at=now,
                )
                for number in range(have, have + min(_AT_ONCE, size - have))
            ],
        )


def asks() -> dict[str, Callable[[], object]]:
    """By name, as in `bench/cell/growing.py`."""
    client, editor, place = Client(), Client(), news()
    editor.force_login(get_user_model().objects.get())
    count = PlainPage.objects.child_of(place).count()
    return {
        "home": getting(client, "/"),
        "list": getting(client, "/aktuelles/"),
        "list, late": getting(client, "/aktuelles/", page=-(-count // _ON_A_PAGE)),
        "desk list": getting(editor, f"/admin/pages/{place.pk}/"),
        "desk list, late": getting(editor, f"/admin/pages/{place.pk}/", p=-(-count // _IN_EXPLORER)),
    }


def getting(client: Client, path: str, **query: Any) -> Callable[[], object]:
    """A page that answers."""

    def ask() -> object:
        answer = client.get(path, query)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    return ask


if __name__ == "__main__":
    main()
