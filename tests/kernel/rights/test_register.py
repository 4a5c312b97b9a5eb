"""The register: licences, people and their consents, the scans of these, retention and erasure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock, vault
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, Given, Licence, MediaRights, Person, Scan, State, Use
from tests.factories.people import Cast, cast

pytestmark = pytest.mark.django_db
PICTURE, OTHER = "a" * 64, "b" * 64
ALL, WEB = frozenset(Use), frozenset({Use.WEBSITE})
PDF = b"%PDF-1.7 Ich, Lina Beispiel, willige ein."


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Any) -> None:
    settings.STADTNAH_KEY_FILE = tmp_path / "keys" / "town.key"


@pytest.fixture
def people() -> Cast:
    return cast()


def yes(uses: frozenset[Use] = ALL, until: date | None = None) -> Given:
    return Given("paper", date(2026, 1, 5), uses, until)


def lina() -> Person:
    return Person(name="Lina Beispiel", child=True, contact="eltern@haus.example")


def test_a_picture_stands_as_its_licence_and_its_people_say(people: Cast) -> None:
    assert rights.verdict(PICTURE).state is State.UNKNOWN
    rights.licence(PICTURE, Licence("Foto Muster", ALL, nobody=True), by=people.agnes)
    assert rights.verdict(PICTURE).state is State.FREE
    given = rights.consent(PICTURE, lina(), yes(WEB), by=people.ada)
    assert not MediaRights.objects.get(pk=PICTURE).nobody  # somebody is on it after all
    assert rights.verdict(PICTURE).uses == WEB
    assert rights.revoke(given, by=people.doris) == [PICTURE]  # whoever may see it may note a no
    assert rights.verdict(PICTURE).state is State.ENDED
    revoked_at = Consent.objects.get().revoked_at
    rights.revoke(given, by=people.freya)
    assert Consent.objects.get().revoked_at == revoked_at
    assert Entry.objects.filter(event="consent.revoked").count() == 1


def test_a_consent_ends_at_local_midnight(people: Cast) -> None:
    with time_machine.travel("2026-06-01T10:00:00Z"):
        rights.consent(PICTURE, lina(), yes(until=date(2026, 6, 30)), by=people.ada)
    with time_machine.travel("2026-06-30T21:59:00Z"):  # 23:59 in summer time
        assert rights.verdict(PICTURE).covers(Use.WEBSITE)
    with time_machine.travel("2026-06-30T22:00:00Z"):
        assert not rights.verdict(PICTURE).covers(Use.WEBSITE)


def test_the_agency_sees_no_names(people: Cast) -> None:
    for who in (people.agnes, people.clara, people.charlie):
        with pytest.raises(PermissionDenied):
            rights.consent(PICTURE, lina(), yes(), by=who)
    made = rights.consent(PICTURE, lina(), yes(), by=people.freya)  # the control
    for who in (people.agnes, people.aaron):
        with pytest.raises(PermissionDenied):
            rights.revoke(made, by=who)
    with pytest.raises(PermissionDenied):
        rights.correct(made, yes(), name="X", child=False, contact="", by=people.doris)


def test_what_ended_is_not_talked_away(people: Cast) -> None:
    made = rights.consent(PICTURE, lina(), yes(), by=people.ada)
    other = rights.consent(PICTURE, Person(name="Falsch"), yes(), by=people.ada)
    rights.detach(PICTURE, other, by=people.ada)  # the control: it was a mistake
    rights.revoke(made, by=people.ada)
    with pytest.raises(ValueError, match="bleibt beim Bild"):
        rights.detach(PICTURE, made, by=people.ada)
    with pytest.raises(ValueError, match="neuen Eintrag"):
        rights.correct(made, yes(), name="Lina Beispiel", child=True, contact="", by=people.ada)
    assert rights.verdict(PICTURE).state is State.ENDED


def test_a_licence_that_was_taken_back_comes_back_only_as_a_new_one(people: Cast) -> None:
    rights.licence(PICTURE, Licence("Foto Muster", ALL, nobody=True), by=people.ada)
    rights.end_licence(PICTURE, by=people.ada)
    assert rights.verdict(PICTURE).state is State.ENDED
    rights.licence(PICTURE, Licence("Foto Muster GmbH", None), by=people.ada)  # a name is put right
    assert rights.verdict(PICTURE).state is State.ENDED
    rights.licence(PICTURE, Licence("Foto Muster GmbH", WEB, nobody=True), by=people.ada)
    assert rights.verdict(PICTURE).state is State.FREE


def test_the_query_for_lists_says_what_the_rule_says(people: Cast) -> None:
    day, number = rights.today(), 0
    ends = [None, day - timedelta(days=1), day, day + timedelta(days=30), day + timedelta(days=31)]
    for until in ends:
        for consent_until in ["none", *ends]:
            for nobody in (True, False):
                number += 1
                digest = f"{number:064x}"
                rights.licence(digest, Licence("", ALL, until, nobody=nobody), by=people.ada)
                if consent_until != "none":
                    end = consent_until if isinstance(consent_until, date) else None
                    rights.consent(digest, Person(name="P"), yes(until=end), by=people.ada)
    rights.end_licence("c" * 64, by=people.ada)
    rights.consent("d" * 64, Person(name="P"), yes(), by=people.ada)  # nothing is said of the licence
    known = set(MediaRights.objects.values_list("pk", flat=True))
    found = {digest: verdict.state for digest, verdict in rights.verdicts(known).items()}
    for state in State:
        listed = set(rights.rows_like(state).values_list("pk", flat=True))
        assert listed == {digest for digest, one in found.items() if one is state}
        assert listed


def test_many_pictures_are_asked_for_in_two_queries(people: Cast) -> None:
    digests = [f"{number:064x}" for number in range(40)]
    for digest in digests[:20]:
        rights.consent(digest, Person(name="P"), yes(), by=people.ada)
    with CaptureQueriesContext(connection) as asked:
        assert len(rights.verdicts(digests)) == 40
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert rights.verdicts([]) == {}
    assert len(asked) == 0


def test_a_scan_is_sealed_and_whoever_opens_it_is_noted(people: Cast) -> None:
    made = rights.consent(PICTURE, lina(), yes(), by=people.ada)
    scan = rights.keep_scan(made, PDF, filename="C:\\Scans\\Einwilligung Lina.pdf", by=people.ada)
    raw = bytes(Scan.objects.get().sealed)
    assert b"Lina" not in raw
    assert PDF not in raw
    assert scan.name == "Einwilligung Lina.pdf"
    assert rights.opened_scan(Scan.objects.get(), by=people.doris) == PDF
    entry = Entry.objects.get(event="consent.opened")
    assert entry.subject == f"consent:{made.pk}"
    with pytest.raises(PermissionDenied):
        rights.opened_scan(scan, by=people.agnes)
    other = rights.keep_scan(made, b"%PDF-1.7 anderes", filename="b.pdf", by=people.ada)
    Scan.objects.filter(pk=other.pk).update(sealed=raw)  # a sealed file in another row stays shut
    with pytest.raises(vault.VaultError):
        rights.opened_scan(Scan.objects.get(pk=other.pk), by=people.doris)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leer"),
        (b"MZ\x90\x00", "Diese Art von Datei geht nicht"),
        (b"<svg onload=alert(1)>", "Diese Art von Datei geht nicht"),
        (PDF + b"0" * rights.MAX_SCAN, "zu groß"),
        (PDF, ""),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"Kosten: 5 Euro\nFrom-Feld: nein\n", "Diese Art von Datei geht nicht"),
        (b"From - Mon Nov 30\r\nX-Mozilla-Status: 0001\r\nFrom: a@b.example\r\n\r\nJa.", ""),
        (b"From: Lina <lina@haus.example>\r\nSubject: Ja\r\n\r\nJa.", ""),
        (b"MIME-Version: 1.0\r\nFrom: a@b.example\r\n\r\nJa.", ""),
    ],
)
def test_only_scans_and_mails_are_taken_in(data: bytes, said: str) -> None:
    assert said in rights.scan_problem(data)
    assert bool(said) == bool(rights.scan_problem(data))


def test_a_person_gets_everything_and_is_forgotten_without_freeing_the_picture(people: Cast) -> None:
    made = rights.consent(PICTURE, lina(), yes(WEB), by=people.ada)
    rights.attach(OTHER, made, by=people.ada)
    rights.keep_scan(made, PDF, filename="lina.pdf", by=people.ada)
    row = privacy.export_person("ELTERN@haus.example")["pictures"][0]
    assert row["name"] == "Lina Beispiel"
    assert row["consents"][0]["pictures"] == [PICTURE, OTHER]
    assert row["consents"][0]["files"][0]["name"] == "lina.pdf"
    assert privacy.erase_person("eltern@haus.example")["pictures"] == 1
    assert not Person.objects.exists()
    assert not Consent.objects.exists()
    assert not Scan.objects.exists()
    assert {rights.verdict(digest).state for digest in (PICTURE, OTHER)} == {State.ENDED}


def test_names_end_three_years_after_the_last_use(people: Cast) -> None:
    old, used = lina(), Person(name="Noch gezeigt")
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC)):
        rights.consent(PICTURE, old, yes(), by=people.ada)
        rights.consent(OTHER, used, yes(), by=people.ada)
        rights.licence(PICTURE, Licence("Foto Muster", ALL), by=people.ada)
    with time_machine.travel(datetime(2028, 12, 1, tzinfo=UTC)):
        privacy.expire_all()
        assert Person.objects.count() == 2
        MediaRights.objects.filter(pk=OTHER).update(used_on=clock.local(clock.now()).date())
    with time_machine.travel(datetime(2029, 2, 1, tzinfo=UTC)):
        privacy.expire_all()
        assert [person.name for person in Person.objects.all()] == ["Noch gezeigt"]
        assert MediaRights.objects.get(pk=PICTURE).made_by == ""
        assert rights.verdict(PICTURE).state is State.ENDED
