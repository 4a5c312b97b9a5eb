"""The log: tampering is found, and erasing a person leaves every hash as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.kernel import triggers
from stadtnah.kernel.audit import anchors, api
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.privacy.api import erase_person
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def unlocked(statement: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        for one in triggers.declared():
            if one.table == "audit_entry":
                where = "" if connection.vendor == "sqlite" else " ON audit_entry"
                cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}{where}")
        cursor.execute(statement)


@pytest.fixture
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STADTNAH_DATA = tmp_path
    return tmp_path


@pytest.fixture
def chain() -> list[Entry]:
    return [api.record("event", subject=f"thing:{number}", data={"n": number}) for number in range(5)]


def test_an_untouched_chain_holds(chain: list[Entry]) -> None:
    assert list(api.verify()) == []
    assert chain[0].previous == api.GENESIS
    assert [e.previous for e in chain[1:]] == [e.digest for e in chain[:-1]]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'thing:9' WHERE seq = 3",
        "UPDATE audit_entry SET at = '2001-01-01 00:00:00+00:00' WHERE seq = 3",
        "UPDATE audit_entry SET actor = 'user:1' WHERE seq = 5",
        "DELETE FROM audit_entry WHERE seq = 3",
        "DELETE FROM audit_entry WHERE seq = 1",
    ],
)
def test_tampering_is_found(chain: list[Entry], statement: str) -> None:
    unlocked(statement)
    assert list(api.verify())


def test_a_log_whose_end_was_cut_off_is_found(chain: list[Entry], data_folder: Path) -> None:
    anchors.drop()
    anchors.drop()
    assert len(list(anchors.noted())) == 1  # nothing happened in between
    elsewhere = anchors.Anchor.read(f"{chain[-1].seq}:{chain[-1].digest}")
    with (data_folder / "audit" / "anchors").open("a") as file:
        file.write("7 abgeri")  # a crash while writing
    assert list(anchors.missed([*anchors.noted(), elsewhere])) == []  # the control
    unlocked(f"DELETE FROM audit_entry WHERE seq > {chain[2].seq}")
    assert list(api.verify()) == []  # the chain itself holds
    assert [damage.seq for damage in anchors.missed(anchors.noted())] == [chain[-1].seq]
    assert [damage.seq for damage in anchors.missed([elsewhere])] == [chain[-1].seq]
    triggers.install()
    for _ in range(3):
        api.record("other")
    assert list(anchors.missed(anchors.noted()))  # written anew up to the same number


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.text(max_size=8), st.text(max_size=20) | st.integers(-(2**53) + 1, 2**53 - 1) | st.none()
    )
)
def test_any_data_verifies_after_the_database_had_it(data: dict[str, Any]) -> None:
    clean = {k.replace("\0", ""): v.replace("\0", "") if isinstance(v, str) else v for k, v in data.items()}
    api.record("event", data=clean)
    assert list(api.verify()) == []


def test_erasing_a_person_leaves_every_hash(chain: list[Entry]) -> None:
    erna = person("Erna", roles=("author",))
    api.record("released", actor=erna, subject="thing:1")
    before = list(Entry.objects.order_by("seq").values_list("digest", flat=True))
    assert erase_person("erna@stadt.example")["staff"] == 1
    assert list(Entry.objects.order_by("seq").values_list("digest", flat=True))[: len(before)] == before
    assert list(api.verify()) == []
    assert Entry.objects.order_by("-seq")[0].event == "privacy.deleted"
