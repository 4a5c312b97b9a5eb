"""Just enough of Mastodon's client API.

A token "simulation-NAME" signs in as NAME, "demo-token" as the demo town; any other is refused.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from demo.simulation.store import SUFFIXES, Store, now
from demo.simulation.web import Answer, Request, as_json

PREFIX = "simulation-"
DEMO_TOKEN = "demo-token"  # as demo/seed.py sets it up
LINK = re.compile(r"https?://[^\s<>\"„“”]*[^\s<>\"„“”.,;:!?)\]’'»]")
HASHTAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d_])(\w+)")
MOST_CHARACTERS, MOST_PICTURES, MOST_ALT = 500, 4, 1500
_STATUS = re.compile(r"/api/v1/statuses/(\w+)")
_MEDIUM = re.compile(r"/api/v1/media/(\w+)")
_TIMELINE = re.compile(r"/api/v1/accounts/([\w.-]+)/statuses")


def answer(store: Store, request: Request) -> Answer:
    """The reply to any request below /api/."""
    if (request.method, request.path) == ("GET", "/api/v2/instance"):
        return as_json(_instance(request))
    name = _account(request)
    if not name:
        return as_json({"error": "The access token is invalid"}, 401)
    fixed = {
        ("GET", "/api/v1/accounts/verify_credentials"): lambda: as_json(_account_json(name, request)),
        ("POST", "/api/v2/media"): lambda: _upload(store, request, name),
        ("POST", "/api/v1/statuses"): lambda: _post(store, request, name),
    }
    if act := fixed.get((request.method, request.path)):
        return act()
    return _numbered(store, request, name) or as_json({"error": "Record not found"}, 404)


def _numbered(store: Store, request: Request, name: str) -> Answer | None:
    """Addresses with an id in them."""
    if found := _TIMELINE.fullmatch(request.path):
        return _timeline(store, request, found[1])
    if found := _MEDIUM.fullmatch(request.path):
        return _medium(store, request, found[1])
    if found := _STATUS.fullmatch(request.path):
        return _one(store, request, name, found[1])
    return None


def marked(text: str) -> str:
    """The text as HTML: escaped, links and hashtags marked, lines kept."""
    out, at = [], 0
    hits = sorted([*LINK.finditer(text), *HASHTAG.finditer(text)], key=lambda hit: hit.start())
    for hit in hits:
        if hit.start() < at:
            continue
        out.append(escape(text[at : hit.start()]))
        shown = escape(hit.group())
        if hit.group().startswith("#"):
            out.append(f'<span class="hashtag">{shown}</span>')
        else:
            out.append(f'<a href="{shown}" rel="nofollow noopener">{shown}</a>')
        at = hit.end()
    out.append(escape(text[at:]))
    paragraphs = "".join(out).split("\n\n")
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())


def _account(request: Request) -> str:
    if request.token() == DEMO_TOKEN:
        return "erlenfurt"
    name = request.token().removeprefix(PREFIX)
    return name if request.token().startswith(PREFIX) and re.fullmatch(r"[\w.-]+", name) else ""


def _instance(request: Request) -> dict[str, Any]:
    return {
        "domain": request.base.partition("://")[2],
        "title": "Simulation – kein echtes Netzwerk",
        "version": "4.4.0",
        "configuration": {
            "statuses": {
                "max_characters": MOST_CHARACTERS,
                "max_media_attachments": MOST_PICTURES,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "description_limit": MOST_ALT,
                "image_size_limit": 16_777_216,
                "supported_mime_types": list(SUFFIXES),
            },
        },
    }


def _account_json(name: str, request: Request) -> dict[str, Any]:
    return {"id": name, "username": name, "acct": name, "url": f"{request.base}/@{name}"}


def _upload(store: Store, request: Request, name: str) -> Answer:
    fields, files = request.form()
    mime, data = files.get("file", ("", b""))
    if mime not in SUFFIXES or not data:
        return as_json({"error": "Validation failed: File content type is invalid"}, 422)
    if len(fields.get("description", "")) > MOST_ALT:
        return as_json(
            {"error": f"Validation failed: Description is too long (maximum is {MOST_ALT} characters)"}, 422
        )
    with store.changing() as state:
        number = store.number(state)
        state["media"][number] = {
            "id": number,
            "account": name,
            "file": store.keep_picture(data, mime),
            "mime": mime,
            "description": fields.get("description", ""),
        }
        return as_json(_medium_json(state["media"][number], request))


def _medium(store: Store, request: Request, number: str) -> Answer:
    with store.reading() as state:
        medium = state["media"].get(number)
        return (
            as_json(_medium_json(medium, request)) if medium else as_json({"error": "Record not found"}, 404)
        )


def _medium_json(medium: dict[str, Any], request: Request) -> dict[str, Any]:
    return {
        "id": medium["id"],
        "type": "image",
        "url": f"{request.base}/bilder/{medium['file']}",
        "description": medium["description"],
    }


def _invalid(state: dict[str, Any], given: dict[str, Any], name: str) -> str:
    text, ids = str(given.get("status") or ""), given.get("media_ids") or []
    if not text.strip() and not ids:
        return "Text can't be blank"
    if len(LINK.sub("x" * 23, text)) > MOST_CHARACTERS:
        return f"Text character limit of {MOST_CHARACTERS} exceeded"
    if not isinstance(ids, list) or len(ids) > MOST_PICTURES:
        return f"Cannot attach more than {MOST_PICTURES} files"
    if any(state["media"].get(str(one), {}).get("account") != name for one in ids):
        return "Media not found"
    return ""


def _post(store: Store, request: Request, name: str) -> Answer:
    given, key = request.json(), request.headers.get("idempotency-key", "")
    with store.changing() as state:
        if key:
            for status in state["statuses"].values():
                if status["key"] == key and status["account"] == name and not status["deleted_at"]:
                    return as_json(_status_json(state, status, request))
        if problem := _invalid(state, given, name):
            return as_json({"error": f"Validation failed: {problem}"}, 422)
        number = store.number(state)
        state["statuses"][number] = {
            "id": number,
            "account": name,
            "text": str(given.get("status") or ""),
            "media": [str(one) for one in given.get("media_ids") or []],
            "language": str(given.get("language") or "de"),
            "visibility": str(given.get("visibility") or "public"),
            "created_at": now(),
            "edited_at": "",
            "deleted_at": "",
            "key": key,
        }
        return as_json(_status_json(state, state["statuses"][number], request))


def _timeline(store: Store, request: Request, name: str) -> Answer:
    limit = int(request.query.get("limit", "20")) if request.query.get("limit", "20").isdigit() else 20
    with store.reading() as state:
        mine = [one for one in state["statuses"].values() if one["account"] == name and not one["deleted_at"]]
        newest = sorted(mine, key=lambda one: int(one["id"]), reverse=True)[: min(limit, 40)]
        return as_json([_status_json(state, one, request) for one in newest])


def _one(store: Store, request: Request, name: str, number: str) -> Answer:
    with store.changing() as state:
        status = state["statuses"].get(number)
        if not status or status["deleted_at"]:
            return as_json({"error": "Record not found"}, 404)
        if request.method != "GET" and status["account"] != name:
            return as_json({"error": "This action is not allowed"}, 403)
        if request.method == "PUT":
            given = request.json()
            if problem := _invalid(state, given, name):
                return as_json({"error": f"Validation failed: {problem}"}, 422)
            status["text"] = str(given.get("status") or "")
            status["media"] = [str(one) for one in given.get("media_ids") or []]
            status["language"] = str(given.get("language") or status["language"])
            status["edited_at"] = now()
        elif request.method == "DELETE":
            status["deleted_at"] = now()
        elif request.method != "GET":
            return as_json({"error": "Not found"}, 404)
        return as_json(_status_json(state, status, request))


def _status_json(state: dict[str, Any], status: dict[str, Any], request: Request) -> dict[str, Any]:
    return {
        "id": status["id"],
        "created_at": status["created_at"],
        "edited_at": status["edited_at"] or None,
        "language": status["language"],
        "visibility": status["visibility"],
        "url": f"{request.base}/@{status['account']}/{status['id']}",
        "uri": f"{request.base}/@{status['account']}/{status['id']}",
        "content": marked(status["text"]),
        "media_attachments": [_medium_json(state["media"][one], request) for one in status["media"]],
        "account": _account_json(status["account"], request),
    }
