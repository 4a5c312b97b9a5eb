"""The last word, kept by the database itself (docs/decisions/0003-last-word.md). Imported by the models."""

from __future__ import annotations

from stadtnah.kernel import triggers

_APPROVED = "SELECT 1 FROM publishing_approval a WHERE a.digest = NEW.digest"
_REVOKED = "SELECT 1 FROM publishing_revocation r WHERE r.digest = NEW.digest"
_MAY_RELEASE = (
    "SELECT 1 FROM identity_user u JOIN access_membership m ON m.user_id = u.id "
    "WHERE u.id = NEW.approver_id AND u.kind = 'municipality' AND u.is_active AND m.role IN ('approver', 'deputy')"
)
_OWN_WORK = (
    "SELECT 1 FROM publishing_snapshot s WHERE s.digest = NEW.digest AND s.kind <> 'withdrawal' "
    "AND s.created_by_id = NEW.approver_id"
)


def declare() -> None:
    """Declares every refusal of the publishing tables."""
    triggers.immutable("publishing_snapshot", "Fassung", key="digest")
    triggers.immutable("publishing_approval", "Freigabe", key="digest")
    triggers.immutable("publishing_revocation", "Widerruf", key="digest")
    table = "publishing_approval"
    triggers.refuse(
        f"{table}_by_municipality",
        table,
        "INSERT",
        "Freigabe: nur durch die Kommune",
        f"NOT EXISTS ({_MAY_RELEASE})",
    )
    triggers.refuse(
        f"{table}_four_eyes", table, "INSERT", "Freigabe: nicht der eigenen Arbeit", f"EXISTS ({_OWN_WORK})"
    )
    table = "publishing_delivery"
    triggers.refuse(
        f"{table}_approved", table, "INSERT", "Zustellung ohne Freigabe", f"NOT EXISTS ({_APPROVED})"
    )
    triggers.refuse(
        f"{table}_not_revoked", table, "INSERT", "Zustellung nach Widerruf", f"EXISTS ({_REVOKED})"
    )
    triggers.refuse(
        f"{table}_same_digest",
        table,
        "UPDATE",
        "Zustellung: gehoert zu ihrer Fassung",
        "NEW.digest <> OLD.digest OR NEW.account <> OLD.account OR NEW.recipient <> OLD.recipient "
        "OR NEW.action <> OLD.action",
    )
    triggers.refuse(
        f"{table}_claim_revoked",
        table,
        "UPDATE",
        "Versand nach Widerruf",
        f"NEW.state = 'sending' AND OLD.state <> 'sending' AND EXISTS ({_REVOKED})",
    )
    triggers.refuse(
        f"{table}_sent_stays",
        table,
        "UPDATE",
        "Zustellung: gesendet bleibt gesendet",
        "OLD.state = 'sent' AND NEW.state <> 'sent'",
    )
    triggers.refuse(
        f"{table}_kept",
        table,
        "DELETE",
        "Zustellung: bleibt im Nachweis",
        "OLD.state IN ('sent', 'unknown', 'sending')",
    )


declare()
