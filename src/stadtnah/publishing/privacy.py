"""Personal data in release and dispatch."""

from __future__ import annotations

from typing import Any, ClassVar

from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.publishing.models import Comment, ReleaseRequest


class ReleaseRecord(Purpose):
    """Who asked for a release, who decided, and what they wrote to each other."""

    key: ClassVar[str] = "release"
    title: ClassVar[str] = "Freigabe und Nachweis"
    legal_basis: ClassVar[str] = "Art. 6 Abs. 1 Buchst. e DSGVO (Nachweis amtlicher Mitteilungen)"
    retention: ClassVar[str] = "Solange die Meldung besteht; Anmerkungen werden auf Antrag gelöscht."
    fields: ClassVar[tuple[str, ...]] = (
        "publishing.Comment.text",
        "publishing.ReleaseRequest.note",
        "publishing.ReleaseRequest.reason",
        "publishing.Delivery.recipient",
    )

    def export(self, email: str) -> list[dict[str, Any]]:
        comments = Comment.objects.filter(author__email=email).values("at", "where", "text")
        requests = ReleaseRequest.objects.filter(submitted_by__email=email).values(
            "submitted_at", "title", "note"
        )
        decided = (
            ReleaseRequest.objects.filter(decided_by__email=email)
            .exclude(reason="")
            .values("decided_at", "title", "reason")
        )
        return [
            *({**d, "decided_at": d["decided_at"].isoformat()} for d in decided if d["decided_at"]),
            *({**c, "at": c["at"].isoformat()} for c in comments),
            *({**r, "submitted_at": r["submitted_at"].isoformat()} for r in requests),
        ]

    def erase(self, email: str) -> int:
        done = Comment.objects.filter(author__email=email).update(text="[gelöscht]")
        done += ReleaseRequest.objects.filter(decided_by__email=email).exclude(reason="").update(reason="")
        return done + ReleaseRequest.objects.filter(submitted_by__email=email).exclude(note="").update(
            note=""
        )

    def expire(self) -> int:
        return 0


register(ReleaseRecord())
