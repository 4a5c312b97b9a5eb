"""The blob store: whole or not at all, and never other bytes than the digest says."""

from __future__ import annotations

import hashlib
import resource
import threading

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from stadtnah.kernel import media


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.binary(max_size=5000))
def test_what_is_put_comes_back_under_its_digest(data):
    digest = media.put(data)
    assert digest == hashlib.sha256(data).hexdigest() == media.put(data)
    assert media.get(digest) == data
    assert media.exists(digest)
    assert media.path(digest).name == digest
    assert media.path(digest).parent.name == digest[:2]


def test_a_missing_blob_is_said_to_be_missing():
    absent = hashlib.sha256(b"never put").hexdigest()
    assert not media.exists(absent)
    with pytest.raises(media.BlobMissing, match="Bitte"):
        media.get(absent)


@pytest.mark.parametrize(
    "name", ["", "..", "../" * 20 + "etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "/" + "a" * 63]
)
def test_only_a_digest_is_an_address(name):
    assert not media.exists(name)
    with pytest.raises(media.BlobMissing):
        media.get(name)


def test_a_changed_blob_is_never_served_and_is_healed_by_the_same_bytes():
    digest = media.put(b"as released")
    media.path(digest).write_bytes(b"as replaced")
    with pytest.raises(media.BlobDamaged, match="beschädigt"):
        media.get(digest)
    assert media.put(b"as released") == digest
    assert media.get(digest) == b"as released"


def test_a_full_disk_leaves_no_half_file(data):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    body = b"x" * 500_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(media.MediaError, match="Speicherplatz ist voll"):
            media.put(body)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [file for file in data.rglob("*") if file.is_file()] == []
    assert media.get(media.put(body)) == body  # control: with room it works


def test_a_store_that_cannot_be_written_says_so(data):
    (data / "blobs").write_bytes(b"in the way")
    with pytest.raises(media.MediaError, match="nicht beschreibbar"):
        media.put(b"anything")


def test_many_at_once_leave_one_file(data):
    threads = [threading.Thread(target=media.put, args=(b"together" * 9999,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([file for file in data.rglob("*") if file.is_file()]) == 1
