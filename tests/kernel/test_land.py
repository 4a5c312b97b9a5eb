"""The profiles of the sixteen Länder: whole, dated, with sources, and honest about what was not checked."""

from __future__ import annotations

import pytest

from stadtnah.kernel.land import api as laender

_DATA = ("mail", "phone", "street", "place", "url", "contact")


@pytest.mark.parametrize("code", laender.LAENDER)
def test_a_profile_says_everything_a_statement_needs(code: str) -> None:
    found = laender.profile(code)
    assert found.code == code
    assert found.law
    assert found.enforcement.name
    assert found.procedure.endswith(".")
    assert found.data_protection.name
    assert found.sources
    assert 14 <= found.answer_days <= 42
    assert found.as_of.year >= 2026


@pytest.mark.parametrize("code", laender.LAENDER)
def test_what_is_unverified_names_fields_and_no_contact_is_kept_back_silently(code: str) -> None:
    found = laender.profile(code)
    known = {"answer_days"} | {
        f"{authority}.{field}" for authority in ("enforcement", "data_protection") for field in _DATA
    }
    assert found.unverified <= known
    way = found.enforcement.url or found.enforcement.mail or found.enforcement.phone
    assert way or "enforcement.contact" in found.unverified
    assert found.answer_basis or "answer_days" in found.unverified


def test_there_is_no_seventeenth() -> None:
    with pytest.raises(KeyError):
        laender.profile("XX")


def test_the_version_follows_the_bytes() -> None:
    assert len({laender.profile(code).version for code in laender.LAENDER}) == 16
