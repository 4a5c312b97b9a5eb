"""The pages a citizen would see, plainly labelled as a simulation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from demo.simulation.mastodon import marked
from demo.simulation.store import Store
from demo.simulation.web import Answer, Request, as_html

STYLE = (Path(__file__).parent / "style.css").read_bytes()
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
NETWORKS = {"mastodon": "Mastodon", "bluesky": "Bluesky"}
_MASTODON = re.compile(r"/@([\w.-]+)(?:/(\w+))?/?")
_BLUESKY = re.compile(r"/profile/([\w.:-]+)(?:/post/([\w.~:-]+))?/?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as the pages show it."""

    network: str
    account: str
    address: str
    html: str
    language: str
    pictures: tuple[tuple[str, str], ...]  # name of the file, alternative text
    card: dict[str, str] | None
    written: str
    edited: str
    deleted: str
    number: int


def answer(store: Store, request: Request) -> Answer:
    """The page at any address that is not part of an API."""
    if request.method != "GET":
        return _page("Nicht möglich", "<p>Hier lässt sich nur lesen.</p>", 405)
    return _file(store, request.path) or _view(_posts(store), request.path) or _missing()


def _file(store: Store, path: str) -> Answer | None:
    if path == "/style.css":
        return Answer(200, STYLE, "text/css; charset=utf-8")
    if path == "/favicon.ico":
        return Answer(204)
    found = store.picture(path.removeprefix("/bilder/")) if path.startswith("/bilder/") else None
    return Answer(200, *found) if found else None


def _view(posts: list[Shown], path: str) -> Answer | None:
    if path == "/":
        return _home(posts)
    for network, pattern in (("mastodon", _MASTODON), ("bluesky", _BLUESKY)):
        if match := pattern.fullmatch(path):
            mine = [post for post in posts if (post.network, post.account) == (network, match[1])]
            return _post(mine, path) if match[2] else _account(network, match[1], mine)
    return None


def _posts(store: Store) -> list[Shown]:
    """Every post of both networks, the newest first."""
    with store.reading() as state:
        shown = [_of_status(state, one) for one in state["statuses"].values()]
        shown += [_of_record(state, one) for one in state["records"].values()]
    return sorted(shown, key=lambda post: post.number, reverse=True)


def _of_status(state: dict[str, Any], status: dict[str, Any]) -> Shown:
    media = [state["media"][one] for one in status["media"]]
    return Shown(
        network="mastodon",
        account=status["account"],
        address=f"/@{status['account']}/{status['id']}",
        html=marked(status["text"]),
        language=status["language"],
        pictures=tuple((one["file"], one["description"]) for one in media),
        card=None,
        written=status["created_at"],
        edited=status["edited_at"],
        deleted=status["deleted_at"],
        number=int(status["id"]),
    )


def _of_record(state: dict[str, Any], stored: dict[str, Any]) -> Shown:
    record = stored["record"]
    embed = record.get("embed") or {}
    return Shown(
        network="bluesky",
        account=stored["account"],
        address=f"/profile/{stored['account']}/post/{stored['rkey']}",
        html=_faceted(record["text"], record.get("facets") or []),
        language=(record.get("langs") or ["de"])[0],
        pictures=tuple(
            (state["blobs"][one["image"]["ref"]["$link"]]["file"], one["alt"])
            for one in embed.get("images", [])
        ),
        card=embed.get("external"),
        written=stored["created_at"],
        edited="",
        deleted=stored["deleted_at"],
        number=int(stored["number"]),
    )


def _faceted(text: str, facets: list[dict[str, Any]]) -> str:
    """The text with its facets, which count bytes of UTF-8."""
    data, out, at = text.encode(), [], 0
    for facet in sorted(facets, key=lambda one: one["index"]["byteStart"]):
        start, end, feature = facet["index"]["byteStart"], facet["index"]["byteEnd"], facet["features"][0]
        out.append(escape(data[at:start].decode("utf-8", "replace")))
        shown = escape(data[start:end].decode("utf-8", "replace"))
        uri = str(feature.get("uri", ""))
        if uri.startswith(("http://", "https://")):
            out.append(f'<a href="{escape(uri)}" rel="nofollow noopener">{shown}</a>')
        else:
            out.append(f'<span class="hashtag">{shown}</span>')
        at = end
    out.append(escape(data[at:].decode("utf-8", "replace")))
    paragraphs = "".join(out).split("\n\n")
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())


def _home(posts: list[Shown]) -> Answer:
    accounts: dict[tuple[str, str], int] = {}
    for post in posts:
        key = (post.network, post.account)
        accounts[key] = accounts.get(key, 0) + (not post.deleted)
    items = "".join(
        f'<li><a href="{_home_of(*key)}">{NETWORKS[key[0]]}: @{escape(key[1])}</a>'
        f'<span class="count">{count} {"Beitrag" if count == 1 else "Beiträge"}</span></li>'
        for key, count in sorted(accounts.items())
    )
    body = (
        f'<ul class="accounts">{items}</ul>'
        if items
        else (
            '<p class="empty">Noch ist nichts erschienen. Geben Sie in Stadtnah eine Meldung frei: '
            "Sie sehen sie dann hier.</p>"
        )
    )
    return _page("Was in den sozialen Netzwerken steht", body)


def _home_of(network: str, account: str) -> str:
    return f"/@{escape(account)}" if network == "mastodon" else f"/profile/{escape(account)}"


def _account(network: str, account: str, posts: list[Shown]) -> Answer:
    visible = [post for post in posts if not post.deleted]
    body = "".join(_article(post, heading=2) for post in visible) or (
        '<p class="empty">Dieses Konto hat noch keine Beiträge.</p>'
    )
    return _page(f"@{account} auf {NETWORKS[network]}", f"{_back('/', 'Alle Konten')}{body}")


def _post(posts: Iterable[Shown], path: str) -> Answer:
    post = next((one for one in posts if one.address == path.rstrip("/")), None)
    if post is None:
        return _missing()
    back = _back(_home_of(post.network, post.account), f"Alle Beiträge von @{escape(post.account)}")
    title = f"Beitrag von @{post.account} auf {NETWORKS[post.network]}"
    if post.deleted:
        text = f'<p class="empty">Dieser Beitrag wurde am {_when(post.deleted)} gelöscht.</p>'
        return _page(title, back + text, 410)
    return _page(title, back + _article(post, heading=0))


def _article(post: Shown, *, heading: int) -> str:
    when = f'<time datetime="{post.written}">{_when(post.written)}</time>'
    edited = f'<p class="edited">Berichtigt am {_when(post.edited)}</p>' if post.edited else ""
    head = (
        f'<h{heading}><a href="{escape(post.address)}">{when}</a></h{heading}>'
        if heading
        else f"<p>{when}</p>"
    )
    pictures = "".join(_picture(*one) for one in post.pictures)
    return (
        f'<article class="post"><header><span class="avatar" aria-hidden="true">{escape(post.account[:1].upper())}'
        f'</span><div><p class="name">@{escape(post.account)}</p>{head}{edited}</div></header>'
        f'<div class="text" lang="{escape(post.language)}">{post.html}</div>'
        f"{pictures}{_card(post.card)}</article>"
    )


def _picture(name: str, alt: str) -> str:
    return (
        f'<figure><img src="/bilder/{escape(name)}" alt="{escape(alt)}" loading="lazy">'
        f'<figcaption><span class="label">Alternativtext:</span> {escape(alt) or "fehlt"}</figcaption></figure>'
    )


def _card(card: dict[str, str] | None) -> str:
    if not card or not str(card.get("uri", "")).startswith(("http://", "https://")):
        return ""
    return (
        f'<p class="card"><a href="{escape(card["uri"])}" rel="nofollow noopener">{escape(card["title"])}</a>'
        f"<span>{escape(card['description'])}</span></p>"
    )


def _back(address: str, label: str) -> str:
    return f'<nav aria-label="Zurück"><a href="{address}">← {label}</a></nav>'


def _missing() -> Answer:
    return _page(
        "Das gibt es hier nicht",
        f'{_back("/", "Alle Konten")}<p class="empty">Unter dieser Adresse ist nie etwas erschienen.</p>',
        404,
    )


def _page(title: str, body: str, status: int = 200) -> Answer:
    return as_html(
        '<!doctype html><html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} – Simulation</title>"
        '<link rel="stylesheet" href="/style.css"></head><body>'
        '<header class="notice" role="banner"><p><strong>Simulation – kein echtes Netzwerk</strong> '
        "Diese Seite zeigt, was Stadtnah gesendet hat. Nichts davon hat diesen Rechner verlassen.</p></header>"
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>",
        status,
    )


def _when(moment: str) -> str:
    try:
        zone: Any = ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        zone = UTC
    local = datetime.fromisoformat(moment).astimezone(zone)
    return f"{local.day}. {MONTHS[local.month - 1]} {local.year}, {local:%H:%M} Uhr"
