"""The AT Protocol calls that posting needs (docs.bsky.app, com.atproto.server and .repo, read 2026-11).

Every call ends in an answer or in `Failed` with what that means for the delivery. Nothing here is ever Unknown:
all writes go to a record key of our own, so repeating them is harmless.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from stadtnah.channels.faults import Failed, not_before, of_network
from stadtnah.kernel import media, net
from stadtnah.publishing.channel import Account, Permanent, Temporary

COLLECTION: Final = "app.bsky.feed.post"
MAX_BLOB: Final = 1_000_000  # bytes, lexicon app.bsky.embed.images
_MAX_SIDE: Final = 2000
_MIMES: Final = ("image/jpeg", "image/png", "image/webp")
_BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _BUSY, _SERVER = 400, 401, 403, 404, 429, 500
_STALE: Final = {"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"}


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in account. Kept in memory only."""

    did: str
    handle: str
    token: str = field(repr=False)


# Signing in is limited (30 in five minutes, 300 a day), so a session is used again until the server refuses it.
_sessions: dict[tuple[str, str, str], Session] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Client:
    """One account at one server. deadline: seconds for one call."""

    account: Account
    deadline: float = 15.0
    upload_deadline: float = 60.0

    @property
    def service(self) -> str:
        """The server's address without a slash at its end; Bluesky's own when nothing is said."""
        given = str(self.account.config.get("service") or "https://bsky.social").strip().rstrip("/")
        return given if "://" in given else f"https://{given}"

    def session(self) -> Session:
        """The session kept for these settings, or a new one. Raises Failed."""
        key = self._key()
        with _lock:
            kept = _sessions.get(key)
        if kept:
            return kept
        made = self._sign_in()
        with _lock:
            _sessions[key] = made
        return made

    def forget_session(self) -> None:
        """The next call signs in anew."""
        with _lock:
            _sessions.pop(self._key(), None)

    def query(self, method: str, **parameters: str) -> Any:
        """A reading call. Raises Failed; `missing` when the record does not exist."""
        return self._signed("GET", f"{method}?{urlencode(parameters)}")

    def procedure(self, method: str, body: dict[str, Any]) -> Any:
        """A writing call with JSON."""
        return self._signed("POST", method, json=body)

    def upload(self, sha256: str) -> tuple[dict[str, Any], int, int]:
        """Uploads one picture of a body, made small enough; its blob reference, width and height."""
        try:
            fitted = media.for_channel(sha256, max_bytes=MAX_BLOB, max_side=_MAX_SIDE, mimes=_MIMES)
            data = media.get(fitted.sha256)
        except media.MediaError as problem:
            raise Failed(Permanent(str(problem))) from None
        said = self._signed(
            "POST",
            "com.atproto.repo.uploadBlob",
            content=data,
            headers={"Content-Type": fitted.mime},
            deadline=self.upload_deadline,
        )
        blob = said.get("blob")
        if not isinstance(blob, dict):
            raise Failed(_garbled())
        return blob, fitted.width, fitted.height

    def _signed(self, verb: str, path: str, **options: Any) -> dict[str, Any]:
        """With the kept session; when the server no longer takes it, once more with a new one."""
        for again in (True, False):
            headers = {"Authorization": f"Bearer {self.session().token}", **options.get("headers", {})}
            response = self._ask(verb, path, **{**options, "headers": headers})
            if response.ok:
                return _object(response)
            stale = response.status in {_BAD_REQUEST, _UNAUTHORIZED} and _error(response)[0] in _STALE
            if not (stale and again):
                break
            self.forget_session()
        name, _ = _error(response)
        raise Failed(self._refusal(response), missing=name == "RecordNotFound", name=name)

    def _sign_in(self) -> Session:
        identifier = str(self.account.config.get("identifier", "")).strip().lstrip("@")
        body = {"identifier": identifier, "password": self.account.secrets.get("app_password", "")}
        response = self._ask("POST", "com.atproto.server.createSession", json=body)
        if not response.ok:
            raise Failed(self._refusal(response))
        said = _object(response)
        try:
            return Session(str(said["did"]), str(said["handle"]), str(said["accessJwt"]))
        except KeyError:
            raise Failed(_garbled()) from None

    def _ask(self, verb: str, path: str, **options: Any) -> net.Response:
        options.setdefault("deadline", self.deadline)
        try:
            return net.request(verb, f"{self.service}/xrpc/{path}", **options)
        except net.NetError as problem:
            raise Failed(of_network(problem, accepting=False)) from None

    def _key(self) -> tuple[str, str, str]:
        password = self.account.secrets.get("app_password", "")
        digest = hashlib.sha256(password.encode()).hexdigest()
        return self.service, str(self.account.config.get("identifier", "")), digest

    def _refusal(self, response: net.Response) -> Temporary | Permanent:
        status = response.status
        name, said = _error(response)
        if status in {_UNAUTHORIZED, _FORBIDDEN} and name:
            return Permanent(_access(name), account_broken=True)
        if status in {
            _UNAUTHORIZED,
            _FORBIDDEN,
        }:  # not the server's own answer: a firewall or proxy before it
            return Temporary("Vor dem Bluesky-Server wurde die Anfrage abgewiesen. Es wird erneut versucht.")
        if status == _BUSY:
            return Temporary("Der Bluesky-Server bittet um eine Pause.", retry_at=not_before(response))
        if status >= _SERVER:
            return Temporary(
                f"Der Bluesky-Server ist gestört ({status}). Es wird erneut versucht.", not_before(response)
            )
        if status == _NOT_FOUND:
            return Permanent("Unter dieser Adresse antwortet kein Bluesky-Server.", account_broken=True)
        reason = said or name or "ohne Angabe von Gründen"
        return Permanent(f"Bluesky hat den Beitrag nicht angenommen ({status}): {reason}")


def _access(name: str) -> str:
    if name == "AccountTakedown":
        return (
            "Das Bluesky-Konto ist gesperrt. Bitte melden Sie sich bei Bluesky an und prüfen Sie die Gründe."
        )
    return (
        "Bluesky lehnt die Anmeldung ab. Bitte erzeugen Sie bei Bluesky unter „Einstellungen – Datenschutz und "
        "Sicherheit – App-Passwörter“ ein neues App-Passwort und tragen Sie es beim Kanalkonto ein."
    )


def _garbled() -> Temporary:
    return Temporary("Der Bluesky-Server hat unverständlich geantwortet. Es wird erneut versucht.")


def _object(response: net.Response) -> dict[str, Any]:
    """The answer as a JSON object; an empty body (deleteRecord at older servers) is an empty one."""
    if not response.body:
        return {}
    try:
        value = response.json()
    except net.NetError:
        raise Failed(_garbled()) from None
    if not isinstance(value, dict):
        raise Failed(_garbled())
    return value


def _error(response: net.Response) -> tuple[str, str]:
    """The error's name and the server's sentence; both "" when the answer is not the protocol's JSON."""
    try:
        value = response.json()
    except net.NetError:
        return "", ""
    if not isinstance(value, dict):
        return "", ""
    return str(value.get("error") or ""), str(value.get("message") or "")[:300]
