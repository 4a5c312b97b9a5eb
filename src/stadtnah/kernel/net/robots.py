"""What a website asks programs to leave alone (RFC 9309), and how long it wants them to wait."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urlsplit

NAME: Final = "stadtnah"  # the first word of `net.user_agent()`
_LARGEST: Final = 500_000  # characters; the RFC wants at least as many bytes read
_MOST_RULES: Final = 2_000
_LONGEST_WAIT: Final = 20.0


@dataclass(frozen=True, slots=True)
class Rule:
    """allow or not, for paths that begin with these pieces in their order, anything between; the longest rule counts."""

    allow: bool
    length: int
    pieces: tuple[str, ...]
    whole: bool = False  # „$“: the path ends there

    def matches(self, path: str) -> bool:
        """Each piece is looked for once: no rule can make this slow."""
        if not path.startswith(self.pieces[0]):
            return False
        at = len(self.pieces[0])
        for number, piece in enumerate(self.pieces[1:], 2):
            last = self.whole and number == len(self.pieces)
            found = max(at, len(path) - len(piece)) if last else path.find(piece, at)
            if found < 0 or not path.startswith(piece, found):
                return False
            at = found + len(piece)
        return not self.whole or at == len(path)


@dataclass(slots=True)
class Robots:
    """delay: seconds between two requests; maps: addresses of sitemaps as written."""

    rules: list[Rule] = field(default_factory=list)
    delay: float = 0.0
    maps: list[str] = field(default_factory=list)

    def allows(self, address: str) -> bool:
        """Whether we may ask for it. Of two rules of one length the friendlier counts (2.2.2)."""
        parts = urlsplit(address)
        path = _plain(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        found = [rule for rule in self.rules if rule.matches(path)]
        best = max(found, key=lambda rule: (rule.length, rule.allow), default=None)
        return best is None or best.allow


def nothing() -> Robots:
    """Of a website that does not answer: nobody may ask it for anything (2.3.1.4)."""
    return Robots([_rule("/", allow=False)])


def read(text: str) -> Robots:
    """The rules of the group for us, else of the one for everybody."""
    found = Robots()
    groups: dict[str, tuple[list[Rule], list[float]]] = {}
    names: list[str] = []
    begun = False  # whether a rule came after the names
    for line in text[:_LARGEST].lstrip("\ufeff").splitlines():
        key, sign, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not sign:
            continue
        if key == "sitemap":
            found.maps.append(value)
        elif key == "user-agent":
            names = [*([] if begun else names), _product(value)]
            begun = False
            groups.setdefault(names[-1], ([], []))
        elif key in {"allow", "disallow", "crawl-delay"}:
            begun = True
            for name in names:
                _take(key, value, *groups[name])
    rules, delays = groups.get(NAME, groups.get("*", ([], [])))
    found.rules, found.delay = rules, max(delays, default=0.0)
    return found


def _take(key: str, value: str, rules: list[Rule], delays: list[float]) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value):
            delays.append(min(float(value), _LONGEST_WAIT))
    elif value and len(rules) < _MOST_RULES:  # an empty „Disallow:“ forbids nothing
        rules.append(_rule(value, allow=key == "allow"))


def _product(value: str) -> str:
    """„Stadtnah/1.0 (…)“ names the same program as „stadtnah“ (2.2.1)."""
    return re.split(r"[/\s]", value.lower(), maxsplit=1)[0] or "*"


def _rule(value: str, *, allow: bool) -> Rule:
    told = value[:500]
    pieces = tuple(_plain(piece) for piece in told.removesuffix("$").split("*"))
    return Rule(allow, len(told), pieces, told.endswith("$"))


def _plain(path: str) -> str:
    """One spelling: what is written out and what is percent-encoded mean the same (2.2.2)."""
    return quote(unquote(path, errors="replace"), safe="/?&=*$-._~!'()+,;:@%[]")
