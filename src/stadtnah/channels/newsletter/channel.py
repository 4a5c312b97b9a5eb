"""The newsletter as a channel of publishing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar

from stadtnah.channels.newsletter import forms, settings
from stadtnah.channels.newsletter.domain import retention
from stadtnah.channels.newsletter.domain.letters import letters_for
from stadtnah.channels.newsletter.models import MailingList, Subscriber
from stadtnah.channels.newsletter.rendering import mail
from stadtnah.channels.newsletter.smtp.pool import Letter, Pool
from stadtnah.channels.newsletter.smtp.session import BrokenError, Session
from stadtnah.channels.newsletter.smtp.wire import LostError
from stadtnah.kernel.rights.api import Use
from stadtnah.publishing.channel import (
    Account,
    Action,
    Channel,
    Job,
    Length,
    Outcome,
    Permanent,
    Rendered,
    Sent,
    SettingField,
    Temporary,
    Whole,
)
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error, hint
from stadtnah.publishing.registry import register_channel

_CONFIRMED = Subscriber.State.CONFIRMED
_GOOD_SUBJECT = 65  # what telephones show in one or two lines; longer subjects are legal


class Newsletter(Channel):
    """Mail to everybody who confirmed. The personal part is `{{unsubscribe_url}}` in text, HTML and headers."""

    key: ClassVar[str] = "newsletter"
    label: ClassVar[str] = "Newsletter"
    use: ClassVar[Use] = Use.WEBSITE
    cannot_take_back: ClassVar[str] = (
        "Eine Mail, die im Postfach liegt, lässt sich nicht ändern oder zurückholen. "
        "Sie können eine Berichtigung als neue Mail senden."
    )
    preview_template: ClassVar[str] = "channels/newsletter_preview.html"
    text_field: ClassVar[str] = "Einleitung der Mail"
    batch: ClassVar[int] = 200
    secret_names: ClassVar[tuple[str, ...]] = ("password",)
    settings_fields: ClassVar[tuple[SettingField, ...]] = forms.FIELDS
    sender_fields: ClassVar[tuple[str, ...]] = ("from_name", "from_address", "reply_to", "list")
    can_verify: ClassVar[bool] = True

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """The mail. options: "text" (instead of the teaser), "subject" (instead of the title), "correction" (True or what was wrong)."""
        body = mail.body(content, options, account.config)
        return Rendered(self.key, account.key, body, Length(len(body["intro"]), mail.INTRO_LIMIT, "Zeichen"))

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        """Subject and introduction within their limits, alternative texts there, a list to send to."""
        where = f"channel:{rendered.account}"
        found = []
        subject = rendered.body["subject"]
        if len(subject) > mail.SUBJECT_LIMIT:
            found.append(error(
                "subject-too-long", where,
                f"Der Betreff hat {len(subject)} Zeichen, erlaubt sind {mail.SUBJECT_LIMIT}. Bitte kürzen Sie ihn.", subject,
            ))  # fmt: skip
        elif len(subject) > _GOOD_SUBJECT:
            found.append(hint(
                "subject-long", where,
                f"Der Betreff hat {len(subject)} Zeichen. Auf Telefonen sind meist nur die ersten {_GOOD_SUBJECT} zu sehen.",
                subject,
            ))  # fmt: skip
        intro = rendered.body["intro"]
        if len(intro) > mail.INTRO_LIMIT:
            found.append(
                error(
                    "text-too-long",
                    where,
                    f"Die Einleitung hat {len(intro)} Zeichen, erlaubt sind {mail.INTRO_LIMIT}. Bitte kürzen Sie sie.",
                    intro,
                )
            )
        found += [
            error(
                "alt-missing", where, "Ein Bild hat keinen Alternativtext. Viele Mailprogramme zeigen nur diesen Text.",
                picture=picture.sha256,
            )
            for picture in content.pictures() if not picture.alt and not picture.decorative
        ]  # fmt: skip
        if not rendered.body["list"]:
            found.append(error("list-missing", where, "Für dieses Konto ist kein Verteiler eingestellt."))
        return found

    def shows_whole(self, content: Content) -> bool:
        """Every mail."""
        del content
        return True

    def whole(self, content: Content, body: Mapping[str, Any]) -> Whole | None:
        """The mail's own HTML."""
        del content
        return Whole(body["html"], own_styles=True)

    def audience(self, rendered: dict[str, Any], account: Account) -> int | None:
        """How many confirmed subscribers the list has now."""
        return Subscriber.objects.filter(list__slug=_list(rendered, account), state=_CONFIRMED).count()

    def recipients(self, rendered: dict[str, Any], account: Account) -> Iterable[str]:
        """The ids of all confirmed subscribers, streamed."""
        rows = Subscriber.objects.filter(list__slug=_list(rendered, account), state=_CONFIRMED)
        return map(str, rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000))

    def deliver(
        self, jobs: Sequence[Job], *, stop: Callable[[], bool], begin: Callable[[Sequence[str]], None]
    ) -> Iterator[tuple[str, Outcome]]:
        """Sends over several connections; outcomes come in the order in which the server answers."""
        for _, same in groupby(jobs, key=lambda job: (job.account.key, job.digest, id(job.body))):
            if stop():
                return
            yield from _deliver(list(same), stop, begin)

    def send(self, job: Job) -> Outcome:
        """One mail by itself."""
        ((_, outcome),) = self.deliver([job], stop=lambda: False, begin=lambda _ids: None)
        return outcome

    def settings_problems(self, config: Mapping[str, str]) -> dict[str, str]:
        """Numbers, addresses, encryption, name of the list."""
        return forms.problems(config)

    def settings_saved(self, config: Mapping[str, str], label: str) -> None:
        """The list is there from the first account on that sends to it."""
        if config.get("list"):
            MailingList.objects.get_or_create(slug=config["list"], defaults={"name": label})

    def verify(self, account: Account) -> Outcome:
        """Connects and signs in at the mail server; sends nothing."""
        try:
            Session(settings.server(account)).close()
        except BrokenError as problem:
            return Permanent(str(problem), account_broken=True)
        except LostError as problem:
            return Temporary(str(problem))
        return Sent()

    def look_up(self, job: Job) -> Outcome | None:
        """A mail server cannot be asked what became of a mail."""
        del job
        return None


def _deliver(
    jobs: list[Job], stop: Callable[[], bool], begin: Callable[[Sequence[str]], None]
) -> Iterator[tuple[str, Outcome]]:
    if jobs[0].action is not Action.CREATE:
        for job in jobs:
            yield job.delivery_id, Permanent(Newsletter.cannot_take_back)
        return
    account = jobs[0].account
    try:
        server = settings.server(account)
        pool = Pool(server, min(settings.connections(account), -(-len(jobs) // 10)))
        skipped: list[tuple[str, Outcome]] = []
        letters = letters_for(jobs, settings.sender(account), skipped, pool.ahead)
    except BrokenError as problem:
        for job in jobs:
            yield job.delivery_id, Permanent(str(problem), account_broken=True)
        return
    yield from _run(pool, letters, {job.delivery_id: job.recipient for job in jobs}, skipped, stop, begin)


def _run(
    pool: Pool,
    letters: Iterable[list[Letter]],
    people: dict[str, str],
    skipped: list[tuple[str, Outcome]],
    stop: Callable[[], bool],
    begin: Callable[[Sequence[str]], None],
) -> Iterator[tuple[str, Outcome]]:
    reached: list[str] = []
    refused: dict[str, list[str]] = {"hard": [], "soft": []}
    for letter, verdict in pool.run(letters, stop, begin):
        person = people[letter.delivery_id]
        if verdict.bounce:
            refused[verdict.bounce].append(person)
        elif isinstance(verdict.outcome, Sent):
            reached.append(person)
        yield letter.delivery_id, verdict.outcome
        while skipped:
            yield skipped.pop()
    yield from skipped
    # Once per batch: a killed worker forgets these, and hears them again with the next newsletter.
    retention.bounced(refused["hard"], hard=True)
    retention.bounced(refused["soft"], hard=False)
    retention.delivered(reached)


def _list(rendered: dict[str, Any], account: Account) -> str:
    return str(rendered.get("list") or account.config.get("list", ""))


register_channel(Newsletter())
