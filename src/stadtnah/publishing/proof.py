"""The proof of a message: who released which bytes, and what became of each delivery. Checked offline."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from stadtnah.kernel import clock
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town import api as town
from stadtnah.publishing import signs, snapshot
from stadtnah.publishing.models import Approval, Delivery, Halt, Snapshot

SCHEMA = "stadtnah.proof/1"


def proof(object_key: str) -> dict[str, Any]:
    """Everything about one message as plain JSON, signed with the cell's key (Ed25519, RFC 8032)."""
    body = {
        "schema": SCHEMA,
        "town": town.town().name,
        "object": object_key,
        "made_at": clock.now().isoformat(),
        "snapshots": [
            _snapshot(s) for s in Snapshot.objects.filter(object_key=object_key).order_by("number")
        ],
        "approvals": [_approval(a) for a in _approvals(object_key)],
        "deliveries": [_delivery(d) for d in _deliveries(object_key)],
        "audit": [_entry(e) for e in Entry.objects.filter(subject=object_key).order_by("seq")],
    }
    return {**body, "public_key": public_key(), "signature": _b64(_key().sign(snapshot.canonical(body)))}


def public_key() -> str:
    """The municipality's own (Ed25519, Base64): who compares it knows that a proof is from here."""
    return _b64(_key().public_key().public_bytes_raw())


def key_here() -> str:
    """The public key of the cell on this machine; "" where none has signed anything yet. Makes none."""
    return public_key() if _key_file().exists() else ""


def _approvals(object_key: str) -> Iterator[Approval]:
    rows = Approval.objects.filter(snapshot__object_key=object_key)
    yield from (
        rows.select_related("approver", "snapshot", "revocation__by")
        .prefetch_related("halts__by", "halts__lifted_by")
        .order_by("at")
    )


def _deliveries(object_key: str) -> Iterator[Delivery]:
    rows = Delivery.objects.filter(object_key=object_key).order_by(
        "approval__at", "stage", "account", "finished_at"
    )
    yield from rows.iterator(chunk_size=2000)


def _snapshot(row: Snapshot) -> dict[str, Any]:
    return {
        "digest": row.digest,
        "number": row.number,
        "kind": row.kind,
        "created_at": row.created_at.isoformat(),
        "body": row.body,
    }


def _approval(row: Approval) -> dict[str, Any]:
    revocation = getattr(row, "revocation", None)
    return {
        "digest": row.pk,
        "number": row.snapshot.number,
        "approver": row.approver.name,
        "role": row.role,
        "at": row.at.isoformat(),
        "second_factor": row.second_factor,
        "revoked_at": revocation.at.isoformat() if revocation else None,
        "revoked_why": revocation.why if revocation else None,
        "halts": [_halt(halt) for halt in row.halts.all()],
    }


def _halt(row: Halt) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "by": row.by.name,
        "lifted_at": row.lifted_at.isoformat() if row.lifted_at else None,
        "lifted_by": row.lifted_by.name if row.lifted_by else None,
    }


def _delivery(row: Delivery) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "digest": row.approval_id,
        "account": row.account,
        "recipient": row.recipient,
        "action": row.action,
        "state": row.state,
        "attempts": row.attempts,
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "url": row.url,
        "remote_id": row.remote_id,
        "reason": row.reason,
        "tries": row.tries,
    }


def _entry(row: Entry) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(timespec="microseconds"),
        "event": row.event,
        "actor": row.actor,
        "subject": row.subject,
        "data": row.data,
        "previous": row.previous,
        "digest": row.digest,
    }


def _key() -> Ed25519PrivateKey:
    """The cell's signing key, made once, readable by its owner only."""
    path = _key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with tempfile.NamedTemporaryFile(dir=path.parent) as draft:  # readable by its owner alone
            draft.write(made)
            draft.flush()
            with contextlib.suppress(FileExistsError):  # web and worker may both be the first
                os.link(draft.name, path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("proof.key ist kein Ed25519-Schlüssel.")
    return key


def _key_file() -> Path:
    return Path(settings.STADTNAH_KEY_FILE).with_name("proof.key")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def read(text: str) -> dict[str, Any]:
    """A proof out of its file. Raises ValueError when it is no JSON, or says something twice (RFC 7493, 2.3)."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise SaidTwice
        return found

    value = json.loads(text, object_pairs_hook=once, parse_constant=_no_number)
    return value if isinstance(value, dict) else {}


def _no_number(name: str) -> None:
    raise ValueError(name)


class SaidTwice(ValueError):
    """A name stands twice in one object: who reads the first and who reads the last read two proofs."""


def verify(value: dict[str, Any], *, trusted_key: str = "") -> list[str]:
    """Checks a proof without any database; returns German sentences about what does not hold, each one line.

    They quote the file: no sign in it may turn the line on the reader's screen into another.

    `trusted_key` is the town's public key (base64) as it published it; without it only the inner consistency is shown.
    """
    if value.get("schema") != SCHEMA:
        return ["Das ist kein Nachweis von Stadtnah (stadtnah.proof/1)."]
    try:
        found = [*_signature(value, trusted_key), *_bytes(value), *_rows(value), *_log(value)]
        return [" ".join(signs.plain(sentence).split()) for sentence in found]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return [f"Der Nachweis ist unvollständig oder beschädigt ({type(problem).__name__})."]


def _signature(value: dict[str, Any], trusted_key: str) -> Iterator[str]:
    body = {k: v for k, v in value.items() if k not in {"public_key", "signature"}}
    if trusted_key and trusted_key.strip() != value["public_key"]:
        yield "Der Nachweis wurde nicht mit dem Schlüssel dieser Kommune unterschrieben."
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(value["public_key"], validate=True))
        key.verify(base64.b64decode(value["signature"], validate=True), snapshot.canonical(body))
    except InvalidSignature:
        yield "Die Unterschrift passt nicht: Der Nachweis wurde nach dem Ausstellen verändert."


def _bytes(value: dict[str, Any]) -> Iterator[str]:
    for row in value["snapshots"]:
        if snapshot.digest_of(row["body"].encode("utf-8")) != row["digest"]:
            yield f"Fassung {row['number']}: Die Prüfsumme passt nicht zum Inhalt."
        read(row["body"])


def _rows(value: dict[str, Any]) -> Iterator[str]:
    known = {row["digest"]: _spoken_of(row["body"]) for row in value["snapshots"]}
    approved = {row["digest"] for row in value["approvals"]}
    logged = {e["data"].get("digest") for e in value["audit"] if e["event"] == "released"}
    for digest in approved - set(known):
        yield f"Freigabe {digest[:12]}: Die freigegebene Fassung fehlt."
    for digest in approved - logged:
        yield f"Freigabe {digest[:12]}: Im Protokoll steht sie nicht."
    for row in value["deliveries"]:
        if row["digest"] not in approved:
            yield f"Zustellung {row['id']}: Es gibt keine Freigabe dafür."
        elif (row["account"], row["action"]) not in known.get(row["digest"], set()):
            yield f"Zustellung {row['id']}: Die freigegebene Fassung spricht nicht von diesem Kanal."


def _spoken_of(body: str) -> set[tuple[str, str]]:
    """(account, action) of everything that a version says goes out."""
    return {(entry["account"], entry["action"]) for entry in read(body).get("channels", [])}


def _log(value: dict[str, Any]) -> Iterator[str]:
    for entry in value["audit"]:
        fields = {k: v for k, v in entry.items() if k != "digest"}
        if snapshot.digest_of(snapshot.canonical(fields)) != entry["digest"]:
            yield f"Protokolleintrag {entry['seq']} wurde verändert."
