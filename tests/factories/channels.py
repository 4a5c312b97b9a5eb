"""A channel of the tests' own: it keeps what it was given and fails the way a test asks it to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from stadtnah.publishing.channel import Account, Channel, Job, Length, Outcome, Rendered, Sent, Stage
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error


class Paper(Channel):
    """Takes everything; `answer` may say otherwise. `taken` lists (delivery id, action, recipient, text)."""

    key: ClassVar[str] = "paper"
    label: ClassVar[str] = "Papier"
    stage: ClassVar[Stage] = Stage.OUT
    idempotent: ClassVar[bool] = False
    can_update: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    text_field: ClassVar[str] = "Text auf Papier"

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str, str]] = []
        self.readers: list[str] = [""]
        self.answer: Callable[[Job], Outcome] = lambda job: Sent(
            f"r-{job.delivery_id}", "https://paper.example/1"
        )
        self.found: Callable[[Job], Outcome | None] = lambda _job: None

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        text = options.get("text") or f"{content.title} {content.link}"
        shown = [picture.sha256 for picture in content.pictures()]
        body = {"text": text, **({"pictures": shown} if shown else {})}
        return Rendered(self.key, account.key, body, Length(len(text), 500, "Zeichen"))

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        used = rendered.length.used if rendered.length else 0
        return (
            [error("too-long", f"channel:{rendered.account}", "Der Text ist zu lang.")] if used > 500 else []
        )

    def recipients(self, rendered: dict[str, Any], account: Account) -> Iterable[str]:
        return iter(self.readers)

    def send(self, job: Job) -> Outcome:
        outcome = self.answer(job)
        if isinstance(outcome, Sent):
            self.taken.append((job.delivery_id, job.action.value, job.recipient, job.body.get("text", "")))
        return outcome

    def look_up(self, job: Job) -> Outcome | None:
        return self.found(job)

    def texts(self) -> list[str]:
        """What was taken, in order."""
        return [text for _, _, _, text in self.taken]

    def recipients_served(self) -> Iterator[str]:
        """Who got it, in order."""
        return (recipient for _, _, recipient, _ in self.taken)
