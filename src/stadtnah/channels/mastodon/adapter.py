"""The channel Mastodon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any, ClassVar, Final

from stadtnah.channels import servers
from stadtnah.channels.faults import Failed
from stadtnah.channels.mastodon import render
from stadtnah.channels.mastodon.client import Client
from stadtnah.channels.mastodon.forms import FIELDS
from stadtnah.channels.short_post import same_text
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
    Unknown,
)
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding

_PAGE: Final = 40  # the most that accounts/:id/statuses gives at once
# A delivery in doubt is looked up within minutes; older posts belong to earlier deliveries.
_WINDOW: Final = timedelta(hours=48)
_DROPS: Final = {"br", "p", "div", "li"}


@dataclass(frozen=True)
class MastodonChannel(Channel):
    """Posts, corrects and deletes on one account.

    Not idempotent: an Idempotency-Key goes with every post, but servers keep it for about an hour only and some
    kinds of server ignore it. So a doubtful post is looked up (`look_up`). That is best done a few minutes after
    the try: a server that was slow may still be working on it.
    The times are for tests that cannot wait.
    """

    key: ClassVar[str] = "mastodon"
    label: ClassVar[str] = "Mastodon"
    can_update: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    preview_template: ClassVar[str] = "channels/mastodon_preview.html"
    text_field: ClassVar[str] = "Text für Mastodon"
    batch: ClassVar[int] = 5
    secret_names: ClassVar[tuple[str, ...]] = ("access_token",)
    settings_fields: ClassVar[tuple[SettingField, ...]] = FIELDS
    sender_fields: ClassVar[tuple[str, ...]] = ("server",)
    can_verify: ClassVar[bool] = True

    deadline: float = 15.0
    media_deadline: float = 60.0
    poll_pause: float = 1.0

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """See `render.render`."""
        return render.render(content, options, account)

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        """See `render.check`."""
        return render.check(content, rendered)

    def send(self, job: Job) -> Outcome:
        """One call that publishes, after the pictures are up. Only a doubtful CREATE is Unknown."""
        client = self._client(job.account)
        try:
            if job.action is Action.DELETE:
                return _delete(client, job)
            if job.action is Action.UPDATE:
                return _update(client, job)
            return _create(client, job)
        except Failed as failed:
            return failed.outcome

    def look_up(self, job: Job) -> Outcome | None:
        """Compares the account's latest posts with this one. A correction or deletion may simply be repeated."""
        if job.action is not Action.CREATE:
            return Temporary("Der Versand wurde unterbrochen und wird wiederholt.")
        client = self._client(job.account)
        try:
            me = client.json("GET", "/api/v1/accounts/verify_credentials")
            path = f"/api/v1/accounts/{me['id']}/statuses?limit={_PAGE}&exclude_reblogs=true"
            return _found(client.json("GET", path), job)
        except (Failed, KeyError, TypeError, ValueError, AttributeError):
            return None

    def settings_problems(self, config: Mapping[str, str]) -> dict[str, str]:
        """Whether the addresses can be ones."""
        given = {name: config[name] for name in ("server",) if config.get(name)}
        return {name: wrong for name, text in given.items() if (wrong := servers.problem(text))}

    def verify(self, account: Account) -> Outcome:
        """Whether the settings work: Sent with the account's id and address, else what is wrong."""
        try:
            me = self._client(account).json("GET", "/api/v1/accounts/verify_credentials")
        except Failed as failed:
            return failed.outcome
        if not isinstance(me, dict) or not me.get("id"):
            return Permanent("Unter dieser Adresse antwortet kein Mastodon-Server.", account_broken=True)
        return Sent(str(me["id"]), str(me.get("url") or ""))

    def refresh_limits(self, account: Account) -> dict[str, Any]:
        """The limits of this account's server, to be merged into `account.config`. {} when it does not answer."""
        try:
            said = self._client(account).json("GET", "/api/v2/instance")
        except Failed:
            return {}
        return _limits(said)

    def _client(self, account: Account) -> Client:
        return Client(
            account,
            deadline=self.deadline,
            upload_deadline=max(self.deadline, self.media_deadline),
            media_deadline=self.media_deadline,
            poll_pause=self.poll_pause,
        )


def _create(client: Client, job: Job) -> Outcome:
    post = _post(client, job.body) | {"visibility": job.body["visibility"]}
    headers = {"Idempotency-Key": job.delivery_id}
    return _sent(client.json("POST", "/api/v1/statuses", accepting=True, json=post, headers=headers))


def _update(client: Client, job: Job) -> Outcome:
    """PUT of the whole post: doing it twice has one effect, so a doubtful one is just repeated."""
    if not job.previous_remote_id:
        return Permanent("Der Beitrag auf Mastodon ist nicht bekannt und kann nicht berichtigt werden.")
    path = f"/api/v1/statuses/{job.previous_remote_id}"
    outcome = _sent(client.json("PUT", path, json=_post(client, job.body)))
    return Temporary(outcome.reason) if isinstance(outcome, Unknown) else outcome


def _delete(client: Client, job: Job) -> Outcome:
    if not job.previous_remote_id:
        return Permanent("Der Beitrag auf Mastodon ist nicht bekannt und kann nicht gelöscht werden.")
    try:
        client.call("DELETE", f"/api/v1/statuses/{job.previous_remote_id}")
    except Failed as failed:
        if not failed.missing:
            raise
    return Sent(job.previous_remote_id)


def _post(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    ids = [client.upload(medium) for medium in body["media"]]
    return {"status": body["text"], "language": body["language"], "media_ids": ids}


def _sent(value: Any) -> Outcome:
    if not isinstance(value, dict) or not value.get("id"):
        return Unknown("Der Mastodon-Server hat unverständlich geantwortet. Bitte sehen Sie dort nach.")
    return Sent(str(value["id"]), str(value.get("url") or value.get("uri") or ""))


def _found(statuses: Any, job: Job) -> Outcome | None:
    """The post among the latest ones; absent for sure only when they reach back far enough."""
    since = clock.now() - _WINDOW
    recent = [one for one in statuses if _written(one) >= since]
    for one in recent:
        if same_text(plain_text(one["content"]), job.body["text"]):
            return _sent(one)
    link = job.body["link"]
    if link and any(link in one["content"] or link in plain_text(one["content"]) for one in recent):
        return None  # a post about the same page with other words: a person has to look
    if len(recent) >= _PAGE:
        return None
    return Temporary("Der Beitrag ist auf Mastodon nicht zu finden und wird erneut gesendet.")


def _written(status: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(status["created_at"])


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPS:
            self.parts.append("\n")


def plain_text(html: str) -> str:
    """What a server made into HTML, as text again."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).strip()


def _limits(said: Any) -> dict[str, Any]:
    """The parts of /api/v2/instance that matter here; what is missing or senseless is left out."""
    configuration = said.get("configuration") if isinstance(said, dict) else None
    if not isinstance(configuration, dict):
        return {}
    wanted = {
        "max_characters": ("statuses", "max_characters"),
        "characters_per_url": ("statuses", "characters_reserved_per_url"),
        "max_media": ("statuses", "max_media_attachments"),
        "max_alt": ("media_attachments", "description_limit"),
        "max_bytes": ("media_attachments", "image_size_limit"),
    }
    found: dict[str, Any] = {}
    for name, (group, key) in wanted.items():
        value = (configuration.get(group) or {}).get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            found[name] = value
    mimes = (configuration.get("media_attachments") or {}).get("supported_mime_types")
    if isinstance(mimes, list) and mimes:
        found["mimes"] = [str(mime) for mime in mimes if str(mime).startswith("image/")]
    return found
