"""Just enough of the AT Protocol's repository API. A password "simulation-…" or "demo-…" signs any handle in."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from demo.simulation.store import SUFFIXES, Store, now
from demo.simulation.web import Answer, Request, as_json

PREFIX = "simulation-"
PASSWORDS = (PREFIX, "demo-")  # the second as demo/seed.py sets it up
POST = "app.bsky.feed.post"
MOST_BLOB, MOST_TEXT_BYTES, MOST_IMAGES = 1_000_000, 3000, 4
_HANDLE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_RKEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")


def answer(store: Store, request: Request) -> Answer:
    """The reply to any request below /xrpc/."""
    method = request.path.removeprefix("/xrpc/")
    if method == "com.atproto.server.createSession":
        return _create_session(request)
    handle = request.token().removeprefix(PREFIX)
    if method == "com.atproto.repo.getRecord":
        return _get(store, request)
    if method == "com.atproto.repo.describeRepo":
        return _describe(request)
    if not request.token().startswith(PREFIX) or not _HANDLE.fullmatch(handle):
        return _error(401, "AuthMissing", "Authentication Required")
    known = {
        "com.atproto.repo.uploadBlob": _upload,
        "com.atproto.repo.putRecord": _put,
        "com.atproto.repo.deleteRecord": _delete,
    }
    if method not in known or request.method != "POST":
        return _error(404, "XRPCNotSupported", "XRPCNotSupported")
    return known[method](store, request, handle)


def did(handle: str) -> str:
    return f"did:web:{handle}"


def _error(status: int, name: str, message: str) -> Answer:
    return as_json({"error": name, "message": message}, status)


def _create_session(request: Request) -> Answer:
    given = request.json()
    handle = str(given.get("identifier", "")).lower()
    if not _HANDLE.fullmatch(handle) or not str(given.get("password", "")).startswith(PASSWORDS):
        return _error(401, "AuthenticationRequired", "Invalid identifier or password")
    return as_json(
        {
            "did": did(handle),
            "handle": handle,
            "accessJwt": PREFIX + handle,
            "refreshJwt": PREFIX + handle,
            "active": True,
        }
    )


def _describe(request: Request) -> Answer:
    handle = request.query.get("repo", "").removeprefix("did:web:")
    return as_json(
        {"handle": handle, "did": did(handle), "didDoc": {}, "collections": [POST], "handleIsCorrect": True}
    )


def _cid(data: bytes, codec: int) -> str:
    """CIDv1 of the bytes, SHA-256, base32 (github.com/multiformats/cid)."""
    raw = bytes([1, codec, 0x12, 0x20]) + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(raw).decode().lower().rstrip("=")


def _upload(store: Store, request: Request, _handle: str) -> Answer:
    mime = request.headers.get("content-type", "").partition(";")[0]
    if mime not in SUFFIXES or not request.body:
        return _error(400, "InvalidMimeType", "This kind of file is not accepted")
    if len(request.body) > MOST_BLOB:
        return _error(413, "BlobTooLarge", "This file is too large")
    cid = _cid(request.body, 0x55)
    with store.changing() as state:
        state["blobs"][cid] = {"file": store.keep_picture(request.body, mime), "mime": mime}
    blob = {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(request.body)}
    return as_json({"blob": blob})


def _problem(state: dict[str, Any], record: dict[str, Any]) -> str:
    text = record.get("text")
    if record.get("$type") != POST or not isinstance(text, str) or not record.get("createdAt"):
        return "Invalid app.bsky.feed.post record"
    if len(text.encode()) > MOST_TEXT_BYTES:
        return "Record/text must not be longer than 3000 bytes"
    embed = record.get("embed") or {}
    images = embed.get("images", [])
    if len(images) > MOST_IMAGES:
        return "Record/embed/images must not have more than 4 elements"
    for image in images:
        if not isinstance(image.get("alt"), str):
            return 'Record/embed/images must have the property "alt"'
        if image.get("image", {}).get("ref", {}).get("$link") not in state["blobs"]:
            return "Could not find blob"
    return ""


def _put(store: Store, request: Request, handle: str) -> Answer:
    given = request.json()
    rkey, record = str(given.get("rkey", "")), given.get("record")
    if given.get("repo") not in {did(handle), handle} or given.get("collection") != POST:
        return _error(400, "InvalidRequest", "Could not find repo")
    if not _RKEY.fullmatch(rkey) or not isinstance(record, dict):
        return _error(400, "InvalidRequest", "Invalid record key")
    with store.changing() as state:
        before = state["records"].get(f"{handle}/{rkey}")
        there = bool(before and not before["deleted_at"])
        if "swapRecord" in given and given["swapRecord"] is None and there:
            return _error(400, "InvalidSwap", f"Record was at {before['cid']}")
        if problem := _problem(state, record):
            return _error(400, "InvalidRequest", problem)
        cid = _cid(repr(record).encode(), 0x71)
        state["records"][f"{handle}/{rkey}"] = {
            "account": handle,
            "rkey": rkey,
            "record": record,
            "cid": cid,
            "number": store.number(state),
            "created_at": now(),
            "deleted_at": "",
        }
    return as_json({"uri": f"at://{did(handle)}/{POST}/{rkey}", "cid": cid})


def _delete(store: Store, request: Request, handle: str) -> Answer:
    with store.changing() as state:
        found = state["records"].get(f"{handle}/{request.json().get('rkey', '')}")
        if found and not found["deleted_at"]:
            found["deleted_at"] = now()
    return as_json({})


def _get(store: Store, request: Request) -> Answer:
    handle = request.query.get("repo", "").removeprefix("did:web:")
    rkey = request.query.get("rkey", "")
    with store.reading() as state:
        found = state["records"].get(f"{handle}/{rkey}")
        if not found or found["deleted_at"]:
            return _error(400, "RecordNotFound", "Could not locate record")
        return as_json(
            {"uri": f"at://{did(handle)}/{POST}/{rkey}", "cid": found["cid"], "value": found["record"]}
        )
