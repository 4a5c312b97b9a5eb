"""State constants, with the groups that rules speak of."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Lane(IntEnum):
    """Lower goes first."""

    ALERT = 0
    TRANSACTIONAL = 1
    NEWS = 2

    @property
    def queue(self) -> str:
        """The name of the task queue of this lane."""
        return self.name.lower()


class Kind(StrEnum):
    """What a snapshot is."""

    MESSAGE = "message"
    WITHDRAWAL = "withdrawal"


class RequestState(StrEnum):
    """A release request waits, was decided, or lost its object."""

    OPEN = "open"
    RELEASED = "released"
    REFUSED = "refused"
    RETURNED = "returned"
    REPLACED = "replaced"
    VOID = "void"


class BulkState(StrEnum):
    """Several requests are released by one click: it goes on, is through, was stopped, or lost its approver's right."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"
    BROKEN = "broken"


class BulkItemState(StrEnum):
    """One of the requests of such a click."""

    WAITING = "waiting"
    RELEASED = "released"
    LEFT = "left"


class DispatchState(StrEnum):
    """What was released waits for its time, is planned, or is over."""

    WAITING = "waiting"
    PLANNED = "planned"
    ENDED = "ended"


class DeliveryState(StrEnum):
    """One row of the ledger."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"


# Nothing more happens by itself.
SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.STOPPED)
# Work for the dispatcher.
RUNNING = (DeliveryState.PLANNED, DeliveryState.SENDING)


class Ended(StrEnum):
    """Why a release no longer holds."""

    EDITED = "edited"
    REVOKED = "revoked"
    MANDATE = "mandate"
    REPLACED = "replaced"
