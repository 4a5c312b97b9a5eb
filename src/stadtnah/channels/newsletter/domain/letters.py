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
from stadtnah.publishing.channel import Job, NotWanted, Outcome, Permanent

State = Subscriber.State
_REASONS = {
    State.UNSUBSCRIBED.value: "Hat sich nach der Planung abgemeldet.",
    State.PENDING.value: "Hat die Anmeldung nicht bestätigt.",
    State.SUPPRESSED.value: "Das Postfach ist nach Rückläufern gesperrt.",
}
_GONE = "Das Abonnement wurde inzwischen gelöscht."


def letters_for(
    jobs: Sequence[Job], sender: Sender, skipped: list[tuple[str, Outcome]], few: int
) -> Iterator[list[Letter]]:
    """The mails of `jobs`, all of one body, `few` at a time; what must not be sent (any more) is put into `skipped`.

    Whom a group may go to is read when the group is asked for: who leaves is at most one group from being skipped.
    """
    skeleton = Skeleton(jobs[0].body, sender, settings.list_id(str(jobs[0].body.get("list", ""))))
    for start in range(0, len(jobs), few):
        yield _letters(jobs[start : start + few], skeleton, skipped)


def _letters(jobs: Sequence[Job], skeleton: Skeleton, skipped: list[tuple[str, Outcome]]) -> list[Letter]:
    rows = Subscriber.objects.filter(pk__in=[job.recipient for job in jobs]).values_list(
        "pk", "email", "state"
    )
    people = {str(key): (email, state) for key, email, state in rows}
    found = []
    for job in jobs:
        email, state = people.get(job.recipient, ("", ""))
        if state != State.CONFIRMED:
            skipped.append((job.delivery_id, NotWanted(_REASONS.get(state, _GONE))))
        elif not addresses.is_sendable(email):
            refused = Permanent("Die Adresse enthält Zeichen, die Mailserver nicht annehmen.")
            skipped.append((job.delivery_id, refused))
        else:
            make = partial(
                skeleton.mail,
                to=email,
                delivery_id=job.delivery_id,
                unsubscribe_url=unsubscribe_url(job.recipient),
            )
            found.append(Letter(job.delivery_id, email, skeleton.message_id(job.delivery_id), make))
    return found
