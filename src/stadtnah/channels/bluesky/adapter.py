"""The channel Bluesky."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from stadtnah.channels import servers
from stadtnah.channels.bluesky import render, rkey
from stadtnah.channels.bluesky.client import COLLECTION, Client
from stadtnah.channels.bluesky.forms import FIELDS
from stadtnah.channels.faults import Failed
from stadtnah.kernel import clock
from stadtnah.publishing.channel import (
    Account,
    Action,
    Channel,
    Job,
    Outcome,
    Permanent,
    Rendered,
    Sent,
    SettingField,
    Temporary,
)
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding


@dataclass(frozen=True)
class BlueskyChannel(Channel):
    """Posts, replaces and deletes on one account.

    Idempotent: the record key is made from the delivery id, and the record is written only where none is yet.

    A correction is a new post, after which the old one is deleted. The protocol could overwrite the record, but
    Bluesky shows no edits: its apps and its index may go on showing the old words, and people must not be told
    that something was corrected which everyone still reads. Replies, likes and reposts stay with the deleted post.
    What leaves besides the released bytes is `createdAt`, the moment of sending, which the protocol asks for.
    """

    key: ClassVar[str] = "bluesky"
    label: ClassVar[str] = "Bluesky"
    idempotent: ClassVar[bool] = True
    can_update: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    cannot_take_back: ClassVar[str] = (
        "Bluesky zeigt geänderte Beiträge nicht an. Eine Berichtigung erscheint dort als neuer Beitrag, der alte wird "
        "gelöscht; Antworten, „Gefällt mir“ und geteilte Beiträge gehen nicht auf den neuen über."
    )
    preview_template: ClassVar[str] = "channels/bluesky_preview.html"
    text_field: ClassVar[str] = "Text für Bluesky"
    batch: ClassVar[int] = 5
    secret_names: ClassVar[tuple[str, ...]] = ("app_password",)
    settings_fields: ClassVar[tuple[SettingField, ...]] = FIELDS
    sender_fields: ClassVar[tuple[str, ...]] = ("service", "identifier")
    can_verify: ClassVar[bool] = True

    deadline: float = 15.0
    upload_deadline: float = 60.0

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """See `render.render`."""
        return render.render(content, options, account)

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        """See `render.check`."""
        return render.check(content, rendered)

    def send(self, job: Job) -> Outcome:
        """Never Unknown: whatever happened, the same delivery may be sent again."""
        client = self._client(job.account)
        if job.action is not Action.CREATE and not job.previous_remote_id:
            return Permanent("Der frühere Beitrag auf Bluesky ist nicht bekannt.")
        try:
            if job.action is Action.DELETE:
                _delete(client, job.previous_remote_id)
                return Sent(job.previous_remote_id)
            outcome = _put(client, job)
            if job.action is Action.UPDATE and isinstance(outcome, Sent):
                _delete(client, job.previous_remote_id)
        except Failed as failed:
            return failed.outcome
        return outcome

    def look_up(self, job: Job) -> Outcome | None:
        """Reads the record under this delivery's own key. A correction that is there has replaced the old post."""
        if job.action is Action.DELETE:
            return Temporary("Der Versand wurde unterbrochen und wird wiederholt.")
        client = self._client(job.account)
        try:
            found = _there(client, job)
            if job.action is Action.UPDATE and isinstance(found, Sent) and job.previous_remote_id:
                _delete(client, job.previous_remote_id)
        except Failed as failed:
            if failed.missing:
                return Temporary("Der Beitrag ist auf Bluesky nicht zu finden und wird erneut gesendet.")
            return None
        return found

    def settings_problems(self, config: Mapping[str, str]) -> dict[str, str]:
        """Whether the addresses can be ones."""
        given = {name: config[name] for name in ("service", "app_url") if config.get(name)}
        return {name: wrong for name, text in given.items() if (wrong := servers.problem(text))}

    def verify(self, account: Account) -> Outcome:
        """Whether the settings work: Sent with the account's DID and address, else what is wrong."""
        client = self._client(account)
        client.forget_session()
        try:
            session = client.session()
        except Failed as failed:
            return failed.outcome
        return Sent(session.did, f"{_app(account)}/profile/{session.handle}")

    def _client(self, account: Account) -> Client:
        return Client(account, self.deadline, max(self.deadline, self.upload_deadline))


def _put(client: Client, job: Job) -> Outcome:
    session, key = client.session(), rkey.of_delivery(job.delivery_id)
    if job.attempt > 1:  # an earlier try may have written it; then the pictures need not be uploaded again
        try:
            return _there(client, job)
        except Failed as failed:
            if not failed.missing:
                raise
    write = {
        "repo": session.did,
        "collection": COLLECTION,
        "rkey": key,
        "record": _record(client, job.body),
        "swapRecord": None,  # only where there is none yet, so that the first try's record stands
    }
    try:
        client.procedure("com.atproto.repo.putRecord", write)
    except Failed as failed:
        if failed.name != "InvalidSwap":
            raise
        return _there(client, job)
    return _sent(client, job)


def _there(client: Client, job: Job) -> Outcome:
    """Sent when this delivery's record is there. Raises Failed (`missing`) when it is not."""
    did, key = client.session().did, rkey.of_delivery(job.delivery_id)
    said = client.query("com.atproto.repo.getRecord", repo=did, collection=COLLECTION, rkey=key)
    value = said.get("value")
    if not isinstance(value, dict) or value.get("text") != job.body["text"]:
        return Permanent("Unter dem Schlüssel dieser Zustellung liegt bei Bluesky ein anderer Beitrag.")
    return _sent(client, job)


def _sent(client: Client, job: Job) -> Sent:
    session, key = client.session(), rkey.of_delivery(job.delivery_id)
    return Sent(
        f"at://{session.did}/{COLLECTION}/{key}",
        f"{_app(job.account)}/profile/{session.handle}/post/{key}",
    )


def _delete(client: Client, uri: str) -> None:
    """Deleting what is not there is no fault at this protocol."""
    body = {"repo": client.session().did, "collection": COLLECTION, "rkey": uri.rpartition("/")[2]}
    client.procedure("com.atproto.repo.deleteRecord", body)


def _record(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    record = {
        "$type": COLLECTION,
        "text": body["text"],
        "langs": body["langs"],
        "createdAt": clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
    }
    if body["facets"]:
        record["facets"] = body["facets"]
    if body["images"]:
        record["embed"] = {
            "$type": "app.bsky.embed.images",
            "images": [_image(client, image) for image in body["images"]],
        }
    elif body["card"]:
        record["embed"] = _external(client, body["card"])
    return record


def _image(client: Client, image: dict[str, Any]) -> dict[str, Any]:
    blob, width, height = client.upload(image["sha256"])
    return {"image": blob, "alt": image["alt"], "aspectRatio": {"width": width, "height": height}}


def _external(client: Client, card: dict[str, str]) -> dict[str, Any]:
    external: dict[str, Any] = {name: card[name] for name in ("uri", "title", "description")}
    if card["thumb"]:
        external["thumb"] = client.upload(card["thumb"])[0]
    return {"$type": "app.bsky.embed.external", "external": external}


def _app(account: Account) -> str:
    return str(account.config.get("app_url") or "https://bsky.app").rstrip("/")
