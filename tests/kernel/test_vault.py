"""Sealed secrets and signed links."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from stadtnah.kernel import vault

QUIET = profile(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
SECRETS = {"token": "geheim-Ü-1", "refresh": ""}


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.STADTNAH_KEY_FILE = tmp_path / "keys" / "town.key"
    return vault.create()


@QUIET
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=80), max_size=5), st.text(max_size=20))
def test_what_is_sealed_opens_again(values, purpose):
    try:
        purpose.encode()
    except UnicodeEncodeError:
        return
    assert vault.unseal(vault.seal(values, purpose=purpose), purpose=purpose) == values


def test_nothing_shows_through_and_no_two_seals_are_alike():
    first, second = vault.seal(SECRETS, purpose="channel:a"), vault.seal(SECRETS, purpose="channel:a")
    assert first != second
    assert "geheim" not in first
    assert "token" not in first


def test_a_seal_opens_only_for_its_purpose():
    sealed = vault.seal(SECRETS, purpose="channel:a")
    assert vault.unseal(sealed, purpose="channel:a") == SECRETS
    with pytest.raises(vault.VaultError, match="gehört zu etwas anderem"):
        vault.unseal(sealed, purpose="channel:b")


@QUIET
@given(st.integers(0, 10_000), st.characters(codec="ascii"))
def test_a_changed_seal_never_opens_with_other_content(place, char):
    sealed = vault.seal(SECRETS, purpose="channel:a")
    place %= len(sealed)
    changed = sealed[:place] + char + sealed[place + 1 :]
    with contextlib.suppress(vault.VaultError):
        assert vault.unseal(changed, purpose="channel:a") == SECRETS


@pytest.mark.parametrize("token", ["", "v1", "v1..", "v2.abc.def", "ü", "v1.000000000000.AAAA"])
def test_rubbish_is_refused(token):
    with pytest.raises(vault.VaultError, match="Bitte"):
        vault.unseal(token, purpose="channel:a")


def test_the_key_of_another_town_does_not_fit(settings, tmp_path):
    sealed = vault.seal(SECRETS, purpose="channel:a")
    settings.STADTNAH_KEY_FILE = tmp_path / "other.key"
    vault.create()
    with pytest.raises(vault.VaultError, match="passt nicht"):
        vault.unseal(sealed, purpose="channel:a")


def test_after_a_rotation_old_seals_open_and_new_ones_use_the_new_key(key):
    old = vault.seal(SECRETS, purpose="channel:a")
    before = key.read_text()
    vault.rotate()
    new = vault.seal(SECRETS, purpose="channel:a")
    assert vault.unseal(old, purpose="channel:a") == vault.unseal(new, purpose="channel:a") == SECRETS
    assert old.split(".")[1] != new.split(".")[1]
    assert key.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in key.parent.iterdir()] == ["town.key"]
    key.write_text(before)  # without the new key only the old seal opens
    assert vault.unseal(old, purpose="channel:a") == SECRETS
    with pytest.raises(vault.VaultError, match="passt nicht"):
        vault.unseal(new, purpose="channel:a")


def test_the_key_is_for_its_owner_only_and_never_overwritten(key):
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    with pytest.raises(vault.VaultError, match="nicht überschrieben"):
        vault.create()
    assert key.read_bytes() == before
    for mode in (0o640, 0o604, 0o660):
        key.chmod(mode)
        with pytest.raises(vault.VaultError, match="chmod 600"):
            vault.seal(SECRETS, purpose="channel:a")
    key.chmod(0o600)
    assert vault.seal(SECRETS, purpose="channel:a")


@pytest.mark.parametrize("content", [b"", b"short\n", b"\x00" * 32, b"AAAA\n"])
def test_a_damaged_key_file_is_named(key, content):
    key.write_bytes(content)
    with pytest.raises(vault.VaultError, match="beschädigt"):
        vault.seal(SECRETS, purpose="channel:a")


def test_a_missing_key_file_is_named_and_a_new_one_does_not_open_old_seals(key):
    sealed = vault.seal(SECRETS, purpose="channel:a")
    key.unlink()
    with pytest.raises(vault.VaultError, match="fehlt"):
        vault.unseal(sealed, purpose="channel:a")
    assert not key.exists()
    assert vault.seal(SECRETS, purpose="channel:a")
    with pytest.raises(vault.VaultError, match="passt nicht"):
        vault.unseal(sealed, purpose="channel:a")


def test_the_first_secret_makes_one_key_also_when_two_come_at_once(key):
    key.unlink()
    with ThreadPoolExecutor(8) as pool:
        seals = list(pool.map(lambda _: vault.seal(SECRETS, purpose="p"), range(32)))
    assert {seal.split(".")[1] for seal in seals} == {seals[0].split(".")[1]}
    assert vault.unseal(seals[-1], purpose="p") == SECRETS
    assert [file.name for file in key.parent.iterdir()] == ["town.key"]


def test_a_link_is_bound_to_purpose_and_time():
    start = datetime(2026, 11, 26, 13, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller:
        token = vault.signed("unsubscribe", {"id": 7}, timedelta(hours=1))
        assert vault.unsigned("unsubscribe", token) == {"id": 7}
        assert vault.signed("unsubscribe", {"id": 7}, start + timedelta(hours=1)) == token
        with pytest.raises(vault.LinkInvalid, match="nicht gültig"):
            vault.unsigned("confirm", token)
        traveller.shift(3599)
        assert vault.unsigned("unsubscribe", token) == {"id": 7}
        traveller.shift(1)
        with pytest.raises(vault.LinkExpired, match="15:00 Uhr"):
            vault.unsigned("unsubscribe", token)


def test_a_link_of_another_cell_is_refused(settings):
    token = vault.signed("confirm", 1, timedelta(days=1))
    settings.SECRET_KEY = "another-cell" * 5
    with pytest.raises(vault.LinkInvalid):
        vault.unsigned("confirm", token)


def test_a_naive_expiry_is_refused():
    with pytest.raises(ValueError, match="aware"):
        vault.signed("confirm", 1, datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake under test


@QUIET
@given(st.text(max_size=60) | st.text(max_size=60).map(lambda text: f"{text}.{text}"))
def test_any_forged_link_is_refused(token):
    with pytest.raises(vault.LinkInvalid):
        vault.unsigned("confirm", token)


def test_a_file_is_sealed_as_bytes_for_its_purpose_alone():
    data = b"\x00\xff." * 1000
    sealed = vault.seal_bytes(data, purpose="scan:a")
    assert data[:30] not in sealed
    assert len(sealed) < len(data) + 60  # no text in between
    assert vault.unseal_bytes(sealed, purpose="scan:a") == data
    for damaged, purpose in (
        (sealed, "scan:b"),
        (sealed[:-1], "scan:a"),
        (b"", "scan:a"),
        (b"v1..", "scan:a"),
    ):
        with pytest.raises(vault.VaultError):
            vault.unseal_bytes(damaged, purpose=purpose)
    vault.rotate()
    assert vault.unseal_bytes(sealed, purpose="scan:a") == data
