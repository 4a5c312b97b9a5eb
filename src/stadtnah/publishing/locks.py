"""The last word, kept by the database itself (docs/decisions/0003-last-word.md). Imported by the models."""

from __future__ import annotations

from stadtnah.kernel import triggers

_APPROVED = "SELECT 1 FROM publishing_approval a WHERE a.digest = NEW.digest"
_REVOKED = "SELECT 1 FROM publishing_revocation r WHERE r.digest = NEW.digest"
_HALTED = "SELECT 1 FROM publishing_halt h WHERE h.digest = NEW.digest AND h.lifted_at IS NULL"
_MAY_LIFT = (
    "SELECT 1 FROM identity_user u JOIN access_membership m ON m.user_id = u.id "
    "WHERE u.id = NEW.lifted_by_id AND u.kind = 'municipality' AND u.is_active AND m.role IN ('approver', 'deputy')"
)
_MAY_RELEASE = (
    "SELECT 1 FROM identity_user u JOIN access_membership m ON m.user_id = u.id "
    "WHERE u.id = NEW.approver_id AND u.kind = 'municipality' AND u.is_active AND m.role IN ('approver', 'deputy')"
)
_OWN_WORK = (
    "SELECT 1 FROM publishing_snapshot s WHERE s.digest = NEW.digest AND s.kind <> 'withdrawal' "
    "AND (s.created_by_id = NEW.approver_id OR s.body LIKE "
    """'%"written_by":[%"' || REPLACE(CAST(NEW.approver_id AS text), '-', '') || '"%')"""
)
# Canonical JSON sorts its keys (RFC 8785), so these two stand side by side; inside a text the quotes are escaped. REPLACE
# finds exactly these letters on both databases: LIKE takes % for any text, and on SQLite capitals for small letters.
_IN_SNAPSHOT = (
    "SELECT 1 FROM publishing_snapshot s WHERE s.digest = NEW.digest AND s.object_key = NEW.object_key AND s.body <> "
    """REPLACE(s.body, '"account":"' || NEW.account || '","action":"' || NEW.action || '",', '') """
    """AND REPLACE(NEW.account || NEW.action, '"', '') = NEW.account || NEW.action"""
)
_RECEIPT_CHANGED = (
    "NEW.state <> 'sent' OR NEW.channel <> OLD.channel "
    "OR NEW.remote_id <> OLD.remote_id OR NEW.url <> OLD.url "
    "OR NEW.finished_at IS NULL OR NEW.finished_at <> OLD.finished_at"
)


def declare() -> None:
    """Declares every refusal of the publishing tables."""
    triggers.immutable("publishing_snapshot", "Fassung", "digest", "object_key, number")
    triggers.immutable("publishing_approval", "Freigabe", "digest")
    triggers.immutable("publishing_revocation", "Widerruf", "digest")
    triggers.refuse(
        "publishing_releaserequest_same_snapshot",
        "publishing_releaserequest",
        "UPDATE",
        "Anfrage: gehoert zu ihrer Fassung",
        "NEW.id <> OLD.id OR NEW.snapshot_id <> OLD.snapshot_id OR NEW.object_key <> OLD.object_key "
        "OR NEW.submitted_by_id <> OLD.submitted_by_id",
    )
    triggers.no_replace("publishing_releaserequest", "Anfrage", "id")
    _declare_approval()
    _declare_dispatch()
    _declare_delivery()
    _declare_halt()
    _declare_bulk()


def _declare_approval() -> None:
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


def _declare_dispatch() -> None:
    triggers.refuse(
        "publishing_dispatch_same_time",
        "publishing_dispatch",
        "UPDATE",
        "Versand: hat die freigegebene Zeit",
        "NEW.digest <> OLD.digest OR NEW.object_key <> OLD.object_key OR NEW.due_at <> OLD.due_at",
    )


def _declare_delivery() -> None:
    table = "publishing_delivery"
    triggers.no_replace(table, "Zustellung", "id", "digest, account, recipient")
    triggers.no_truncate(table, "Zustellung")
    triggers.refuse(
        f"{table}_approved", table, "INSERT", "Zustellung ohne Freigabe", f"NOT EXISTS ({_APPROVED})"
    )
    triggers.refuse(
        f"{table}_in_snapshot",
        table,
        "INSERT",
        "Zustellung: nicht in der Fassung",
        f"NOT EXISTS ({_IN_SNAPSHOT})",
    )
    triggers.refuse(
        f"{table}_not_revoked", table, "INSERT", "Zustellung nach Widerruf", f"EXISTS ({_REVOKED})"
    )
    triggers.refuse(f"{table}_not_halted", table, "INSERT", "Zustellung: angehalten", f"EXISTS ({_HALTED})")
    triggers.refuse(
        f"{table}_claim_halted",
        table,
        "UPDATE",
        "Versand: angehalten",
        f"NEW.state = 'sending' AND OLD.state <> 'sending' AND EXISTS ({_HALTED})",
    )
    triggers.refuse(
        f"{table}_same_digest",
        table,
        "UPDATE",
        "Zustellung: gehoert zu ihrer Fassung",
        "NEW.id <> OLD.id OR NEW.digest <> OLD.digest OR NEW.account <> OLD.account "
        "OR NEW.recipient <> OLD.recipient OR NEW.action <> OLD.action OR NEW.object_key <> OLD.object_key",
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
        f"OLD.state = 'sent' AND ({_RECEIPT_CHANGED})",
    )
    triggers.refuse(
        f"{table}_kept",
        table,
        "DELETE",
        "Zustellung: bleibt im Nachweis",
        "OLD.state IN ('sent', 'unknown', 'sending')",
    )


def _declare_halt() -> None:
    table = "publishing_halt"
    triggers.refuse(
        f"{table}_same",
        table,
        "UPDATE",
        "Anhalten: bleibt, wie es war",
        "NEW.id <> OLD.id OR NEW.digest <> OLD.digest OR NEW.at <> OLD.at OR NEW.by_id <> OLD.by_id "
        "OR OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL",
    )
    triggers.refuse(
        f"{table}_lifted_by_municipality",
        table,
        "UPDATE",
        "Fortsetzen: nur durch die Kommune",
        f"NEW.lifted_at IS NOT NULL AND NOT EXISTS ({_MAY_LIFT})",
    )
    triggers.refuse(f"{table}_no_delete", table, "DELETE", "Anhalten: bleibt im Nachweis")
    triggers.no_truncate(table, "Anhalten")
    triggers.no_replace(table, "Anhalten", "id")


def _declare_bulk() -> None:
    triggers.refuse(
        "publishing_bulkrelease_same_click",
        "publishing_bulkrelease",
        "UPDATE",
        "Gesammelte Freigabe: bleibt der Klick, der sie war",
        "NEW.by_id <> OLD.by_id OR NEW.clicked_at <> OLD.clicked_at OR NEW.second_factor <> OLD.second_factor "
        "OR (OLD.state <> 'open' AND NEW.state <> OLD.state)",
    )
    triggers.refuse(
        "publishing_bulkitem_same_digest",
        "publishing_bulkitem",
        "UPDATE",
        "Gesammelte Freigabe: gilt der gesehenen Fassung",
        "NEW.seen_digest <> OLD.seen_digest OR NEW.request_id <> OLD.request_id OR NEW.bulk_id <> OLD.bulk_id",
    )


declare()
