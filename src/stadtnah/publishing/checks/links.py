"""Links: they lead somewhere, safely, and say where."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import OWN_WORDS, Document, excerpt
from stadtnah.publishing.checks.markup import Link
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint

_VAGUE = frozenset(
    (
        "hier", "hier klicken", "klicken sie hier", "klick hier", "klicke hier", "link", "dieser link", "diesem link",
        "mehr", "mehr dazu", "mehr erfahren", "mehr infos", "mehr informationen", "weiter", "weiterlesen", "weitere informationen",
        "weitere infos", "details", "lesen sie mehr", "read more", "click here", "here", "dort", "website", "webseite", "download",
        "zum artikel", "zur seite", "infos", "info", "diese seite", "dieser seite",
    )
)  # fmt: skip
_BARE_URL = re.compile(r"(?i)^(?:https?://|www\.)\S+$")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.\-]*):")
_DROPPED = re.compile(r"[\x00-\x20\u00a0]+")  # browsers ignore these inside of a scheme
_MAIL = re.compile(r"^[^\s@,;:<>()\"]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}$")
_PHONE = re.compile(r"^\+?[\d\s()./\-]{3,30}(?:;ext=\d+)?$")
_HOST = re.compile(r"^(?:[\w-]{1,63}\.)+[\w-]{2,63}$")
# As people type addresses into a text; mail programs and social media make links of them.
_TYPED = re.compile(
    r"(?i)(?<![@\w./-])(?:https?://|(?=(?:[\w-]{1,63}\.){1,8}[a-z]{2,63}/))[^\s<>\"„“”»«]{1,500}"
)
_Exists = Callable[[str], bool]
_INTERNAL_NAMES = (".local", ".intern", ".internal", ".lan", ".intranet", ".localhost", ".home.arpa")


@check(
    "link-empty", "link-scheme", "link-insecure", "link-broken", "link-dead", "link-coming", "link-not-public", "link-anchor",
    "link-mail", "link-phone", "link-phone-national", "link-typed-dead", "link-typed-insecure",
)  # fmt: skip
def targets(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Every link has a target that exists, as far as can be known without asking the network."""
    known: dict[str, bool] = {}

    def exists(path: str) -> bool:
        if path not in known:
            known[path] = path == unquote(document.content.path) or context.link_exists(path)
        return known[path]

    for link in document.links:
        for finding in _target(link, document, context, exists):
            yield replace(finding, where=link.where)
    yield from _typed(document, context, exists)


def _typed(document: Document, context: CheckContext, exists: _Exists) -> Iterator[Finding]:
    """Addresses that stand in the text without being links (mail programs make some of them); those of links are judged above."""
    linked = {link.text.strip() for link in document.links}
    own = {host.removeprefix("www.") for host in context.own_hosts}
    for passage in document.of_role(OWN_WORDS):
        for match in _TYPED.finditer(passage.text):
            typed = match[0].rstrip(".,;:!?)…")
            try:
                parts = urlsplit(typed if "://" in typed else f"https://{typed}")
                host = (parts.hostname or "").removeprefix("www.")
            except ValueError:
                continue
            if parts.scheme.lower() == "http" and typed not in linked:
                yield hint(
                    "link-typed-insecure",
                    passage.where,
                    f"{excerpt(typed)} beginnt mit „http://“ und ist unverschlüsselt. Schreiben Sie „https://“ und prüfen Sie das Ziel, oder verlinken Sie die Seite.",
                    excerpt(typed),
                )
            if host in own and typed not in linked and not exists(unquote(parts.path) or "/"):
                yield hint(
                    "link-typed-dead",
                    passage.where,
                    f"Die Adresse {excerpt(typed)} gehört zu dieser Website, aber die Seite gibt es nicht. Prüfen Sie sie, oder verlinken Sie die Seite.",
                    excerpt(typed),
                )


def _target(link: Link, document: Document, context: CheckContext, exists: _Exists) -> Iterator[Finding]:
    href = (link.href or "").strip()
    name = _name(link)
    if not href or href == "#":
        yield error(
            "link-empty",
            "body",
            f"{name} führt nirgendwohin. Wählen Sie ein Ziel oder entfernen Sie den Link.",
            link.text,
        )
        return
    scheme = _SCHEME.match(_DROPPED.sub("", href))
    kind = scheme[1].lower() if scheme else ""
    if kind == "http":
        yield _insecure(href, name)
    if kind in {"", "https", "http"}:  # what is unencrypted may lead nowhere, too
        anchor = href.startswith("#")
        found = _anchor(href[1:], name, document) if anchor else _page(href, name, document, context, exists)
    elif kind in _SHAPES:
        found = _SHAPES[kind](href, name)
    else:
        found = error(
            "link-scheme",
            "body",
            f"{name} nutzt „{kind}:“. Erlaubt sind https-Adressen, Seiten dieser Website, E-Mail und Telefon.",
            excerpt(href),
        )
    if found:
        yield found


def _name(link: Link) -> str:
    return f"Der Link „{excerpt(link.text)}“" if link.text else "Ein Link"


def _page(href: str, name: str, document: Document, context: CheckContext, exists: _Exists) -> Finding | None:
    try:
        parts = urlsplit(urljoin(document.content.path or "/", href))
        host, user = (parts.hostname or "").rstrip("."), parts.username
        _ = parts.port
    except ValueError:
        return error(
            "link-broken",
            "body",
            f"{name} hat eine Adresse, die es so nicht geben kann. Kopieren Sie sie neu aus dem Browser.",
            excerpt(href),
        )
    if (not parts.netloc and not parts.scheme) or host in context.own_hosts:
        path = unquote(parts.path) or "/"
        if exists(path):
            return None
        if context.link_coming(
            path
        ):  # no error: of two new pages that link to each other one has to be first
            return hint(
                "link-coming", "body", f"{name} führt zu einer Seite, die noch nicht öffentlich ist: {excerpt(href)}. Geben Sie beide miteinander frei; bis dahin führt er ins Leere.", excerpt(href)
            )  # fmt: skip
        return error(
            "link-dead", "body", f"{name} führt zu einer Seite dieser Website, die es nicht gibt: {excerpt(href)}. Wählen Sie die Seite neu aus.", excerpt(href)
        )  # fmt: skip
    if _not_public(host):
        return error(
            "link-not-public",
            "body",
            f"{name} zeigt auf „{host}“, das nur im eigenen Netz erreichbar ist. Verwenden Sie eine öffentliche Adresse.",
            excerpt(href),
        )
    if user is not None or not _HOST.match(host) or _DROPPED.search(href):
        return error(
            "link-broken",
            "body",
            f"{name} hat eine Adresse, die es so nicht geben kann. Kopieren Sie sie neu aus dem Browser.",
            excerpt(href),
        )
    return None


def _not_public(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(_INTERNAL_NAMES) or (bool(host) and "." not in host)


def _anchor(name: str, link: str, document: Document) -> Finding | None:
    wanted = unquote(name).casefold()
    headings = {_slug(heading.text) for heading in document.headings}
    if wanted in {anchor.casefold() for anchor in document.anchors} or _slug(wanted) in headings:
        return None
    return hint(
        "link-anchor",
        "body",
        f"{link} springt zu „#{excerpt(name)}“; diese Stelle gibt es in der Meldung nicht. Wählen Sie ein anderes Ziel.",
        excerpt(f"#{name}"),
    )


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _mail(href: str, name: str) -> Finding | None:
    addresses = unquote(href.split(":", 1)[1].split("?", 1)[0]).split(",")
    if all(_MAIL.match(address.strip()) for address in addresses):
        return None
    return error(
        "link-mail",
        "body",
        f"{name} hat keine gültige E-Mail-Adresse. Sie sieht so aus: name@beispiel.de.",
        excerpt(href),
    )


def _phone(href: str, name: str) -> Finding | None:
    number = unquote(href.split(":", 1)[1])
    if not _PHONE.match(number):
        return error(
            "link-phone",
            "body",
            f"{name} hat keine gültige Telefonnummer. Sie sieht so aus: tel:+49 und dann die Nummer ohne die erste 0.",
            excerpt(href),
        )
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or len(digits) <= 6:  # noqa: PLR2004 - 110, 112, 115, 116117
        return None
    return hint(
        "link-phone-national",
        "body",
        f"{name} funktioniert nur im Inland. Schreiben Sie die Nummer im Link mit +49 und ohne die erste 0.",
        excerpt(href),
    )


def _insecure(href: str, name: str) -> Finding:
    return error(
        "link-insecure",
        "body",
        f"{name} beginnt mit „http://“ und ist unverschlüsselt. Ersetzen Sie den Anfang durch „https://“ und prüfen Sie das Ziel.",
        excerpt(href),
    )


_SHAPES: dict[str, Callable[[str, str], Finding | None]] = {"mailto": _mail, "tel": _phone}


@check("link-text-empty", "link-text-vague", "link-text-url", "link-text-same")
def texts(document: Document, _context: CheckContext) -> Iterator[Finding]:
    """Who has only the link read out knows where it leads (WCAG 2.2, 2.4.4)."""
    targets_of: dict[str, set[str]] = defaultdict(set)
    for link in document.links:
        text = link.text.replace("\n", " ").strip(" .…:»›>→\u00a0")
        if not text:
            yield error(
                "link-text-empty",
                link.where,
                "Ein Link hat keinen Text und lässt sich nicht vorlesen. Schreiben Sie, wohin er führt.",
                excerpt(link.href or ""),
            )
        elif text.casefold() in _VAGUE:
            yield hint(
                "link-text-vague",
                link.where,
                f"Der Linktext „{text}“ sagt nicht, wohin er führt. Nennen Sie das Ziel, zum Beispiel „Antrag auf Wohngeld“.",
                text,
            )
        elif _BARE_URL.match(text):
            yield hint(
                "link-text-url",
                link.where,
                "Eine Internetadresse als Linktext wird Zeichen für Zeichen vorgelesen. Nennen Sie stattdessen das Ziel.",
                excerpt(text),
            )
        elif link.href:
            key = text.casefold()
            targets_of[key].add(link.href.strip())
            if len(targets_of[key]) == 2:  # noqa: PLR2004 - said once, at the second target
                yield hint(
                    "link-text-same",
                    link.where,
                    f"Zwei Links heißen „{excerpt(text)}“, führen aber zu verschiedenen Zielen. Benennen Sie sie unterschiedlich.",
                    excerpt(text),
                )
