"""A website that grows, and what `bench/growth.py` asks of it."""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.cell import opening

_AT_ONCE = 2_000
_LAST_PAGE = 20  # of the list of messages; older ones stand in the archive


class Website:
    """A cell in a folder, with people and the places of pages; empty at first."""

    def __init__(self, folder: Path) -> None:
        opening.migrated(folder)
        self.texts = self._words()
        self.have = 0
        from bench.searching.pages import Writer
        from tests.factories.people import cast

        self._people = cast()
        self._writer = Writer(self.texts)

    @staticmethod
    def _words() -> list[str]:
        """The words of the demo town, which then makes room for others; its categories and places stay."""
        from stadtnah.surfaces.website.models import MessagePage, ReleasedPage, ServicePage
        from stadtnah.surfaces.website.search import entries, index
        from tests.factories import demo_town

        rows = demo_town.released()
        found = [" ".join((one.title, one.lead, *one.text)) for row in rows for one in entries.of_row(row)]
        gone = ReleasedPage.objects.filter(kind__in=["message", "service"])
        gone.delete()
        for kind in (MessagePage, ServicePage):
            for page in kind.objects.all():
                page.delete()
        index.catch_up()
        return found

    def grow(self, size: int) -> None:
        """Until there are so many pages."""
        from bench.searching.filling import Filling, without_indexes
        from stadtnah.surfaces.website.search.models import Misspelling, Posting
        from tests.factories import many

        filling = Filling()
        with without_indexes(Posting, Misspelling):
            while self.have < size:
                count = min(_AT_ONCE, size - self.have)
                written = [
                    many.dated(replace(one, object_key=f"message:{one.object_key.partition(':')[2]}"), number)
                    if one.extra["kind"] == "message"
                    else one
                    for number, one in enumerate(self._writer.pages(self.have, count), start=self.have)
                ]
                digests = many.released(written, by=self._people.ada, approver=self._people.freya)
                filling.add(many.public(written, digests))
                many.drafts([one for one in written if one.extra["kind"] == "message"])
                self.have += count

    def asks(self) -> dict[str, Callable[[], object]]:
        """By name, what is timed."""
        late = f"/aktuelles/seite/{min(_LAST_PAGE, self._pages())}/"
        made = {
            "home": "/",
            "list": "/aktuelles/",
            "list, late": late,
            "list of a category": "/aktuelles/rubrik/verkehr/",
            "archive": "/aktuelles/archiv/",
        }
        last = -(-self._messages() // 25)
        desk = {
            "desk": "/desk/",
            "desk list": "/desk/meldungen/",
            "desk list, late": f"/desk/meldungen/?seite={last}",
            "desk pages": "/desk/seiten/",
        }
        client = self._client()
        return {
            **{name: opening.making(path) for name, path in made.items()},
            "home, served": self._serving("/"),
            "list, served": self._serving("/aktuelles/"),
            **{name: self._getting(client, path) for name, path in desk.items()},
        }

    def _messages(self) -> int:
        from stadtnah.surfaces.website.models import MessagePage

        return int(MessagePage.objects.count())

    def _pages(self) -> int:
        return -(-self._messages() // 12)

    def _client(self) -> Any:
        from django.test import Client

        client = Client()
        client.force_login(self._people.ada, backend="django.contrib.auth.backends.ModelBackend")
        return client

    @staticmethod
    def _getting(client: Any, path: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return ask

    @staticmethod
    def _serving(path: str) -> Callable[[], object]:
        from django.conf import settings
        from django.test import RequestFactory

        from stadtnah.surfaces.website import bake
        from stadtnah.surfaces.website.serve import StoreFirst

        bake.bake([path])
        server = StoreFirst(_nobody, settings.ALLOWED_HOSTS)
        environ = RequestFactory().get(path).environ

        def ask() -> object:
            said: list[str] = []
            body = b"".join(server(dict(environ), lambda status, _headers: said.append(status)))
            assert said == ["200 OK"], (path, said)
            return body

        return ask

    def questions(self, count: int) -> list[Callable[[], object]]:
        """A page of results for each of the first questions of citizens."""
        from stadtnah.surfaces.website.search import results
        from tests.surfaces.website.search.questions import questions

        return [
            lambda text=one.text: results.show(results.Wanted(text))  # type: ignore[misc] # bound now
            for one in questions()[:count]
        ]


def _nobody(_environ: Any, _start: Any) -> Iterator[bytes]:
    raise AssertionError("the page is not in the store")
