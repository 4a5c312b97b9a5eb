"""What stands at which address now, read once: the ground on which a forwarding is judged."""

from __future__ import annotations

from dataclasses import dataclass

from stadtnah.surfaces.website import kinds, queries, serve, store
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.forwarding import addresses
from stadtnah.surfaces.website.forwarding.models import Forwarding, ReleasedForwarding
from stadtnah.surfaces.website.released import OldPath, ReleasedPage


@dataclass(frozen=True, slots=True)
class Ground:
    """pages: path to whether it is public (else withdrawn). lists: pages of the website without a row. moved: former address to present one.

    wanted: the forwardings that shall be; released: those that are. hosts: the names of this website.
    """

    pages: dict[str, bool]
    lists: frozenset[str]
    moved: dict[str, str]
    wanted: dict[str, str]
    released: dict[str, str]
    hosts: frozenset[str]

    @classmethod
    def now(cls) -> Ground:
        """A handful of queries, however many addresses."""
        rows = ReleasedPage.objects.values_list("path", "state")
        return cls(
            {path: state == ReleasedPage.State.LIVE for path, state in rows},
            frozenset(kinds.list_paths()),
            dict(OldPath.objects.values_list("path", "page__path")),
            dict(Forwarding.objects.filter(removed=False).values_list("path", "target")),
            dict(ReleasedForwarding.objects.values_list("path", "target")),
            frozenset(check_context().own_hosts),
        )

    def taken(self, path: str) -> str:
        """Why nothing can lead on from this path, German; "" when something can. A page is one whatever its query says."""
        return self._stands(queries.without(path)) or self._stands(path) or self._in_the_way(path)

    def _stands(self, path: str) -> str:
        if path in self.pages:
            shown = "eine Seite der Website" if self.pages[path] else "eine zurückgezogene Seite"
            return f"Unter {path} steht {shown}. Sie darf nicht verdeckt werden."
        if path in self.lists:
            return f"Unter {path} steht eine Liste der Website. Sie darf nicht verdeckt werden."
        meta = store.read_meta(path)
        if meta is not None and not meta.location:
            return f"Unter {path} steht schon etwas auf der Website."
        return ""

    def _in_the_way(self, path: str) -> str:
        """A file cannot be a folder: "/a.html" and "/a.html/b/" do not go together."""
        parts = path.strip("/").split("/")
        above = ["/" + "/".join(parts[:number]) for number in range(1, len(parts))]
        known = self.wanted.keys() | self.released.keys()
        files = [one for one in above if one in known]
        if not files and not path.endswith("/"):
            files = [one for one in known if one.startswith(f"{path}/")][:1]
        if files:
            return f"Das verträgt sich nicht mit der Weiterleitung von {files[0]}: Eine Adresse kann nicht zugleich Datei und Ordner sein."
        if any(store.public_file(one).is_file() for one in above):
            return f"{path} liegt unter einer Datei der Website."
        return ""

    def way(self, path: str, target: str) -> list[str]:
        """Every address from `path` on, as readers would go; a circle ends with the address that is met again."""
        way, here = [path], target
        while True:
            if addresses.is_elsewhere(here):
                return [*way, here]
            page = addresses.page_of(here)
            met = page in way
            way.append(page)
            if met or page in self.pages or page not in (self.wanted.keys() | self.moved.keys()):
                return way
            here = self.wanted.get(page) or self.moved[page]

    def circle(self, path: str, target: str) -> str:
        """Why this would go round in a circle, German; "" when it does not."""
        way = self.way(path, target)
        return f"Das ergibt einen Kreis: {' → '.join(way)}" if way[-1] in way[:-1] else ""

    def exists(self, page: str) -> bool:
        """Whether readers find something at this path of the site."""
        if page in self.pages:
            return self.pages[page]
        if page in self.lists or page in serve.FORMS or page in self.moved:
            return True
        return store.stands(page)
