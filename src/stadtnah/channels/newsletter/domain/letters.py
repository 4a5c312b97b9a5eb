"""From the ledger's rows to addressed mails: who may still get one is asked right before sending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from stadtnah.channels.newsletter import settings
from stadtnah.channels.newsletter.domain import addresses
from stadtnah.channels.newsletter.domain.mails import unsubscribe_url
from stadtnah.channels.newsletter.models import Subscriber
from stadtnah.channels.newsletter.smtp.compose import Sender, Skeleton
from stadtnah.channels.newsletter.smtp.pool import Letter
from stadtnah.publishing.channel import Job, Outcome, Permanent

State = Subscriber.State
# So many addresses are read ahead: somebody who leaves meanwhile is at most this far from being skipped.
_AHEAD = 50
_REASONS = {
    State.UNSUBSCRIBED.value: "Hat sich nach der Planung abgemeldet.",
    State.PENDING.value: "Hat die Anmeldung nicht bestätigt.",
    State.SUPPRESSED.value: "Das Postfach ist nach Rückläufern gesperrt.",
}
_GONE = "Das Abonnement wurde inzwischen gelöscht."


def letters_for(jobs: Sequence[Job], sender: Sender, skipped: list[tuple[str, Outcome]]) -> Iterator[Letter]:
    """The mails of `jobs`, all of one body; what must not be sent (any more) is put into `skipped` with its reason."""
    skeleton = Skeleton(jobs[0].body, sender, settings.list_id(str(jobs[0].body.get("list", ""))))
    return _letters(jobs, skeleton, skipped)


def _letters(jobs: Sequence[Job], skeleton: Skeleton, skipped: list[tuple[str, Outcome]]) -> Iterator[Letter]:
    for start in range(0, len(jobs), _AHEAD):
        some = jobs[start : start + _AHEAD]
        rows = Subscriber.objects.filter(pk__in=[job.recipient for job in some]).values_list(
            "pk", "email", "state"
        )
        people = {str(key): (email, state) for key, email, state in rows}
        for job in some:
            email, state = people.get(job.recipient, ("", ""))
            if state != State.CONFIRMED:
                skipped.append((job.delivery_id, Permanent(_REASONS.get(state, _GONE))))
            elif not addresses.is_sendable(email):
                skipped.append(
                    (
                        job.delivery_id,
                        Permanent("Die Adresse enthält Zeichen, die Mailserver nicht annehmen."),
                    )
                )
            else:
                make = partial(
                    skeleton.mail,
                    to=email,
                    delivery_id=job.delivery_id,
                    unsubscribe_url=unsubscribe_url(job.recipient),
                )
                yield Letter(job.delivery_id, email, skeleton.message_id(job.delivery_id), make)
