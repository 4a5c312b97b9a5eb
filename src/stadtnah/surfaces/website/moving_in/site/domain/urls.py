"""Addresses of an old website: one spelling each, and those that lead nowhere new."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from stadtnah.surfaces.website import queries

LONGEST: Final = 500
_DEEPEST = 12  # parts of a path
# Java's way, and ASP.NET's: the session stands in the path.
_IN_PATH: Final = re.compile(
    r";(?:jsessionid|sid|phpsessid)=[^/?]*|/\([SAF]\([a-z0-9]{8,60}\)\)(?=/|$)", re.IGNORECASE
)
_PRINT_QUERY: Final = re.compile(
    r"(?:print|drucken?|druckversion|druckansicht|printview|printable|tx_ttnews\[print\]|pdf)$", re.IGNORECASE
)
_PRINT_VALUES: Final = {"type": {"98", "99"}, "view": {"print"}, "layout": {"print"}, "tmpl": {"component"}}
_PRINT_PATH: Final = re.compile(
    r"(?:/(?:print|drucken|druckversion|druckansicht)(?=/|$)|[-_.](?:print|druck|druckversion)(?=\.\w{3,5}$))",
    re.IGNORECASE,
)
_CALENDAR: Final = re.compile(
    r"(?:kalender|calendar|cal_|termine|veranstaltung|event|monat|month|jahr|year|woche|week|datum|date|ajaxcal|(?:^|[^a-z])(?:tag|day)(?:[^a-z]|$))",
    re.IGNORECASE,
)
_MACHINERY: Final = (
    (re.compile(r"/(?:wp-admin|wp-login|wp-json|xmlrpc\.php|typo3/|administrator/|user/login|login|anmelden|logout|abmelden)", re.IGNORECASE),
     "Anmeldung oder Verwaltung der alten Website"),
    (re.compile(r"/(?:feed|rss|atom)/?$|[?&](?:type=100|feed=|format=(?:feed|ical|ics|xml|raw))", re.IGNORECASE), "Feed für Programme"),
    (re.compile(r"/(?:suche|suchergebnis\w*|search)(?:[/.?]|$)|[?&](?:q|s|query|suchbegriff|searchword|tx_solr\[q\]|tx_indexedsearch\S*?)=", re.IGNORECASE),
     "Suchergebnis"),
    (re.compile(r"[?&](?:replytocom|share|sort|order|orderby|dir|filter\S{0,40}|action|add-to-cart|captcha|lightbox|sword_list\S{0,10})=", re.IGNORECASE),
     "nur eine andere Ansicht derselben Seite"),
)  # fmt: skip
_DIGITS: Final = re.compile(r"\d+")
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def origin_of(address: str) -> str:
    """Scheme and host of an address, in small letters; "" when it has none."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != usual else "")


def normal(address: str, origin: str, base: str = "") -> str:
    """The one spelling of an address of the website at `origin`; "" for other hosts, schemes, and what is no address.

    With and without „www.“, http and https are one website. Anchors, session ids and marks of campaigns are no part of it.
    """
    cleaned = address.strip().replace("\\", "/")
    if not cleaned or len(cleaned) > LONGEST * 4:
        return ""
    try:
        joined = urljoin(base or f"{origin}/", cleaned)
        parts = urlsplit(joined)
        here = _bare(origin_of(joined))
    except ValueError:
        return ""
    if not here or here != _bare(origin):
        return ""
    path = _IN_PATH.sub("", parts.path or "/") or "/"
    if "/." in path:  # what a whole address still has of „..“
        path = urlsplit(urljoin(f"{origin}/", path.lstrip("/"))).path
    path = quote(re.sub(r"/{2,}", "/", path), safe="/%-._~!$&'()*+,;=:@")
    path = re.sub(r"%[0-9a-f]{2}", lambda match: match[0].upper(), path)
    return urlunsplit((*urlsplit(origin)[:2], path, queries.normal(parts.query), ""))


def _bare(origin: str) -> str:
    return origin.partition("://")[2].removeprefix("www.")


def spellings(address: str) -> list[str]:
    """What else a link may call the same page: with or without the name of an index, the last slash, an added „.html“."""
    head, mark, query = address.partition("?")
    forms = [address]
    bare = _INDEX.sub("/", head)
    if bare != head and not query:
        forms.append(bare)
    if not query and "." not in head.rsplit("/", 1)[-1]:
        forms.append(head.rstrip("/") if head.endswith("/") else f"{head}/")
    if not query and head.endswith("/"):
        forms += [f"{head}index.{ending}" for ending in ("html", "htm", "php")]
    if not query and head.endswith(".html"):
        forms.append(head.removesuffix(".html"))
    del mark
    return list(dict.fromkeys(forms))


def print_of(address: str) -> str:
    """The address of the page that this one is the print version of; "" when it is none."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    kept = [pair for pair in pairs if not _is_print(*pair)]
    path = _PRINT_PATH.sub("", parts.path)
    if len(kept) == len(pairs) and path == parts.path:
        return ""
    query = urlencode(kept, encoding="latin-1", errors="replace")
    return urlunsplit((parts.scheme, parts.netloc, path or "/", query, ""))


def _is_print(name: str, value: str) -> bool:
    if _PRINT_QUERY.match(name):
        return value.lower() not in {"0", "false", "no", "nein"}
    return value.lower() in _PRINT_VALUES.get(name.lower(), ())


def machinery(address: str) -> str:
    """Why an address is no page for readers, German; "" when it may be one."""
    rest = address.partition("://")[2].partition("/")[2]
    found = next((reason for pattern, reason in _MACHINERY if pattern.search(f"/{rest}")), "")
    if found:
        return found
    if len(address) > LONGEST:
        return "überlange Adresse"
    parts = [part for part in urlsplit(address).path.split("/") if part]
    if len(parts) > _DEEPEST or any(parts.count(part) > 2 for part in parts):  # noqa: PLR2004 - /a/b/a/b/a/
        return "endlos verschachtelte Adresse"
    return ""


def pattern_of(address: str) -> str:
    """What addresses of one making have in common: numbers left out, the names in the query kept."""
    parts = urlsplit(address)
    names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{_DIGITS.sub('#', parts.path)}?{'&'.join(_DIGITS.sub('#', name) for name in names)}"


def is_calendar(address: str) -> bool:
    """Whether it looks like a sheet of a calendar, of which there is always one more."""
    parts = urlsplit(address)
    dated = re.search(r"(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])(?:[-/]|$)", parts.path)
    return bool(
        (_CALENDAR.search(parts.query) and _DIGITS.search(parts.query))
        or (_CALENDAR.search(parts.path) and (dated or parts.query))
    )


def parts_of(address: str) -> list[str]:
    """The parts of the path as people read them."""
    return [unquote(part) for part in urlsplit(address).path.split("/") if part]
