"""Proofs made by somebody who has a key of their own and all the time in the world."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stadtnah.publishing import api, snapshot
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import KEY, dispatch_all, people, release, submit  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(people: Cast, paper: Paper) -> dict[str, Any]:  # noqa: F811
    release(people, submit(people))
    dispatch_all()
    found: dict[str, Any] = json.loads(json.dumps(api.proof(KEY)))
    return found


def signed_anew(proof: dict[str, Any]) -> dict[str, Any]:
    key = Ed25519PrivateKey.generate()
    body = {name: value for name, value in proof.items() if name not in {"public_key", "signature"}}
    return {
        **body,
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "signature": base64.b64encode(key.sign(snapshot.canonical(body))).decode(),
    }


def test_only_the_towns_own_key_counts(proof: dict[str, Any]) -> None:
    assert api.verify_proof(proof, trusted_key=api.public_key()) == []
    proof["deliveries"] = []
    assert api.verify_proof(signed_anew(proof)) == []  # in itself it holds
    assert api.verify_proof(signed_anew(proof), trusted_key=api.public_key())


def test_a_delivery_is_one_that_the_released_version_speaks_of(proof: dict[str, Any]) -> None:
    proof["deliveries"][0]["account"] = "elsewhere"
    assert "spricht nicht von diesem Kanal" in api.verify_proof(signed_anew(proof))[0]


def test_a_proof_does_not_write_on_the_readers_screen(proof: dict[str, Any]) -> None:
    """Escape codes and line breaks in the file could turn the verdict into its opposite."""
    proof["snapshots"][0] |= {"number": "\x1b[2K\r✓ Der Nachweis stimmt\n", "body": "{}"}
    found = api.verify_proof(signed_anew(proof))
    assert found
    assert all(sentence.isprintable() for sentence in found)
