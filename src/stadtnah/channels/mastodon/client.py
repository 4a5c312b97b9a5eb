"""Mastodon's client API (docs.joinmastodon.org/methods, read 2026-11), as far as posting needs it.

Every call ends in an answer or in `Failed` with what that means for the delivery.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

from stadtnah.channels.faults import Failed, not_before, of_network
from stadtnah.kernel import media, net
from stadtnah.publishing.channel import Account, Permanent, Temporary, Unknown

SUFFIXES: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _GONE, _UNPROCESSABLE, _BUSY, _SERVER = (
    401,
    403,
    404,
    410,
    422,
    429,
    500,
)
_ACCEPTED, _PARTIAL = 202, 206
# Mastodon's own defaults are larger; a phone on a slow line should still see the picture.
_MAX_BYTES: Final = 8_000_000
_MAX_SIDE: Final = 3840
_MIMES: Final = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class Client:
    """One account at one server. deadline: seconds for one call; media_deadline: until a picture is processed."""

    account: Account
    deadline: float = 15.0
    upload_deadline: float = 60.0
    media_deadline: float = 60.0
    poll_pause: float = 1.0

    @property
    def server(self) -> str:
        """The server's address without a slash at its end; https when nothing is said."""
        given = str(self.account.config.get("server", "")).strip().rstrip("/")
        return given if "://" in given or not given else f"https://{given}"

    def call(self, method: str, path: str, *, accepting: bool = False, **options: Any) -> net.Response:
        """One call; returns a 2xx answer. accepting: its success publishes something. Raises Failed."""
        token = self.account.secrets.get("access_token", "")
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            **options.pop("headers", {}),
        }
        if not self.server:
            raise Failed(
                Permanent("Beim Kanalkonto fehlt die Adresse des Mastodon-Servers.", account_broken=True)
            )
        options.setdefault("deadline", self.deadline)
        try:
            response = net.request(method, self.server + path, headers=headers, **options)
        except net.NetError as problem:
            raise Failed(of_network(problem, accepting=accepting)) from None
        if response.ok:
            return response
        missing = response.status in {_NOT_FOUND, _GONE} and bool(_said(response))
        raise Failed(self._refusal(response, accepting=accepting), missing=missing)

    def json(self, method: str, path: str, *, accepting: bool = False, **options: Any) -> Any:
        """Like `call`, the answer as JSON. An unreadable answer to an accepting call is `Unknown`."""
        return self._read(self.call(method, path, accepting=accepting, **options), accepting=accepting)

    def upload(self, medium: dict[str, Any]) -> str:
        """Uploads one picture of a body with its alternative text, waits until it is processed; its id."""
        config = self.account.config
        try:
            fitted = media.for_channel(
                medium["sha256"],
                max_bytes=min(int(config.get("max_bytes", _MAX_BYTES)), _MAX_BYTES),
                max_side=_MAX_SIDE,
                mimes=[mime for mime in _MIMES if mime in config.get("mimes", _MIMES)] or _MIMES,
            )
            data = media.get(fitted.sha256)
        except media.MediaError as problem:
            raise Failed(Permanent(str(problem))) from None
        fields = {"description": medium["alt"]} | ({"focus": medium["focus"]} if medium["focus"] else {})
        name = f"{fitted.sha256[:16]}.{SUFFIXES[fitted.mime]}"
        until = time.monotonic() + self.media_deadline
        response = self.call(
            "POST",
            "/api/v2/media",
            data=fields,
            files={"file": (name, data, fitted.mime)},
            deadline=self.upload_deadline,
        )
        number = _id(self._read(response, accepting=False))
        if response.status == _ACCEPTED:
            self._wait_for(number, until)
        return number

    def _wait_for(self, number: str, until: float) -> None:
        """Asks until the picture is processed: 206 not yet, 200 done, 422 it cannot be."""
        while self.call("GET", f"/api/v1/media/{number}").status == _PARTIAL:
            if time.monotonic() + self.poll_pause > until:
                raise Failed(
                    Temporary("Der Mastodon-Server verarbeitet das Bild noch. Es wird erneut versucht.")
                )
            time.sleep(self.poll_pause)

    def _read(self, response: net.Response, *, accepting: bool) -> Any:
        try:
            return response.json()
        except net.NetError as problem:
            raise Failed(of_network(problem, accepting=accepting)) from None

    def _refusal(self, response: net.Response, *, accepting: bool) -> Temporary | Permanent | Unknown:
        status, said = response.status, _said(response)
        if status >= _SERVER:
            return _disturbed(response, accepting=accepting)
        if status == _BUSY:
            return Temporary("Der Mastodon-Server bittet um eine Pause.", retry_at=not_before(response))
        if status == _UNAUTHORIZED or (status == _FORBIDDEN and said):
            return Permanent(self._access(status), account_broken=True)
        if status == _FORBIDDEN:  # not Mastodon's own answer: a firewall or proxy in front of it
            return Temporary("Vor dem Mastodon-Server wurde die Anfrage abgewiesen. Es wird erneut versucht.")
        reasons = {
            _UNPROCESSABLE: f"Mastodon hat den Beitrag nicht angenommen: {said or 'ohne Angabe von Gründen'}",
            _NOT_FOUND: "Mastodon findet dort nichts (404). Bitte prüfen Sie die Adresse des Servers.",
            _GONE: "Den Beitrag gibt es auf Mastodon nicht mehr (410).",
        }
        return Permanent(
            reasons.get(status) or f"Mastodon hat die Anfrage abgelehnt ({status}). {said}".strip()
        )

    def _access(self, status: int) -> str:
        host = self.server.partition("://")[2]
        if status == _UNAUTHORIZED:
            return (
                f"Mastodon lehnt das Zugriffstoken ab. Bitte erzeugen Sie auf {host} unter "
                "„Einstellungen – Entwicklung“ ein neues Token und tragen Sie es beim Kanalkonto ein."
            )
        return (
            f"Das Konto darf auf {host} nichts veröffentlichen. Bitte prüfen Sie, ob das Konto eingeschränkt ist "
            "und ob das Token die Rechte „write:statuses“ und „write:media“ hat."
        )


def _disturbed(response: net.Response, *, accepting: bool) -> Temporary | Unknown:
    """5xx: a server that fails after it stored the post says the same as one that fails before."""
    if accepting:
        return Unknown(
            f"Der Mastodon-Server meldete einen Fehler ({response.status}). "
            "Es ist nicht sicher, ob der Beitrag erschienen ist."
        )
    text = f"Der Mastodon-Server ist gestört ({response.status}). Es wird erneut versucht."
    return Temporary(text, retry_at=not_before(response))


def _id(value: Any) -> str:
    number = value.get("id") if isinstance(value, dict) else None
    if not number:
        raise Failed(
            Temporary("Der Mastodon-Server hat unverständlich geantwortet. Es wird erneut versucht.")
        )
    return str(number)


def _said(response: net.Response) -> str:
    """The server's own reason, shortened; "" when the answer is not Mastodon's JSON."""
    try:
        value = response.json()
    except net.NetError:
        return ""
    return str(value.get("error") or "")[:300] if isinstance(value, dict) else ""
