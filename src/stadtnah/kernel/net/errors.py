"""What can go wrong on the way to another server, told apart by what the other side may have done."""

from __future__ import annotations

from typing import Literal

Kind = Literal["refused", "timeout_before", "unknown", "too_large", "blocked"]


class NetError(Exception):
    """A request without a usable answer.

    kind:
      refused         nothing was sent: no such name, connection refused, certificate not valid
      timeout_before  nothing was sent, the time ran out before
      blocked         nothing was sent to this address: our own rules forbid it
      unknown         the request, or part of it, was sent; whether it was carried out is not known
      too_large       the answer is larger than the caller takes; the request was carried out or refused there

    reason_de is a German sentence for people; it names the host, never a path, a query or a token.
    status is the HTTP status when the head of an answer had arrived.
    """

    def __init__(self, reason_de: str, kind: Kind, status: int | None = None) -> None:
        super().__init__(reason_de)
        self.reason_de = reason_de
        self.kind: Kind = kind
        self.status = status

    @property
    def maybe_done(self) -> bool:
        """Whether the other side may have carried the request out: then it is not repeated blindly."""
        return self.kind in {"unknown", "too_large"}
