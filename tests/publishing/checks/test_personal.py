from __future__ import annotations

import pytest

from stadtnah.publishing.checks.iban import find_ibans, is_valid
from stadtnah.publishing.content import Block
from stadtnah.publishing.findings import Level
from tests.publishing.checks.saying import content, findings, said

OFFICIAL = "DE02120300000000202051"
OTHER = "DE89 3704 0044 0532 0130 00"


@pytest.mark.parametrize(
    "number",
    [
        "0171 1234567",
        "0171/1234567",
        "0171-123 45 67",
        "+49 171 1234567",
        "0049 171 1234567",
        "+49 (0)171 1234567",
        "(09998) 4321",
        "09998/43 21",
        "09998 4321-22",
        "0171.1234567",
        "+43 664 1234567",
    ],
)
def test_private_numbers_are_hints(number):
    (found,) = findings(f"<p>Fragen beantwortet Frau Muster unter {number}.</p>")
    assert (found.code, found.level, found.excerpt) == ("personal-phone", Level.HINT, number.lstrip("("))


def test_a_mobile_number_is_called_one():
    (found,) = findings("<p>Rufen Sie 0151 23456789 an.</p>")
    assert found.text.startswith("Mobilnummer 0151 23456789")


@pytest.mark.parametrize(
    "text",
    [
        "09999 123-0",
        "09999 123-45",
        "09999/123 45",
        "+49 9999 123-0",
        "(09999) 123-0",
        "+49 (0) 9999 4711",
        "09999 4711 8 bis 12 Uhr",
        "0800 1234567",
        "115",
        "116 117",
        "112",
        "am 03.12.2026",
        "01.12.2026–03.12.2026",
        "08.00-12.00 Uhr",
        "01067 Dresden",
        "Az. 0123-4567/2026",
        "Aktenzeichen: 02/1234567",
        "ISBN 0-306-40615-2",
        "0,5 Hektar",
        "1.000.000 Euro",
        "IBAN DE02 1203 0000 0000 2020 51",
    ],
)
def test_official_numbers_and_other_digits_are_fine(text):
    assert said(f"<p>Sie erreichen uns: {text}</p>", "personal-phone") == []


def test_numbers_in_a_row_are_not_lost():
    assert said("<p>0171 1234567, 0172 7654321</p>", "personal-phone") == ["0171 1234567", "0172 7654321"]
    (run_together,) = said("<p>0171 1234567 0172 7654321</p>", "personal-phone")
    assert run_together.startswith("0171 1234567")


def test_numbers_behind_links_and_in_contacts_are_found():
    assert said('<p><a href="tel:+491711234567">Frau Muster anrufen</a></p>', "personal-phone") == [
        "+491711234567"
    ]
    assert said('<p><a href="tel:+499999123-0">Rathaus anrufen</a></p>', "personal-phone") == []
    assert said(content(blocks=(Block("contact", rows=(("Mobil", "0171 1234567"),)),)), "personal-phone") == [
        "0171 1234567"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "erika.muster@web.de",
        "Erika.Muster+verein@GMX.net",
        "vorstand@verein.example",
        "erika.muster(at)web.de",
        "erika [at] web.de",
    ],
)
def test_foreign_mail_addresses_are_hints(address):
    (found,) = findings(f"<p>Schreiben Sie an {address}.</p>")
    assert (found.code, found.level) == ("personal-mail", Level.HINT)
    assert found.excerpt == address


@pytest.mark.parametrize(
    "address",
    [
        "rathaus@erlenfurt.example",
        "info@www.erlenfurt.example",
        "kita@kita.erlenfurt.example",
        "Vorzimmer@Verwaltung.example",
    ],
)
def test_own_mail_addresses_are_fine(address):
    assert said(f"<p>Schreiben Sie an {address}.</p>") == []


def test_a_host_that_only_ends_like_ours_is_foreign():
    assert said("<p>info@bad-erlenfurt.example</p>", "personal-mail") == ["info@bad-erlenfurt.example"]
    assert said(
        '<p><a href="mailto:erika@web.de?subject=x">Frau Muster schreiben</a></p>', "personal-mail"
    ) == ["erika@web.de"]


@pytest.mark.parametrize(
    "written",
    [
        OTHER,
        OTHER.replace(" ", ""),
        OTHER.lower(),
        OTHER.replace(" ", "\u00a0"),
        "AT61 1904 3002 3457 3201",
        "GB29 NWBK 6016 1331 9268 19",
    ],
)
def test_a_valid_foreign_account_stops(written):
    found = [
        item for item in findings(f"<p>Spenden an {written} BIC COBADEFF.</p>") if item.code == "iban-private"
    ]
    assert [(item.level, item.excerpt) for item in found] == [(Level.ERROR, written)]


def test_the_towns_own_account_is_fine():
    assert said("<p>IBAN: DE02 1203 0000 0000 2020 51</p>") == []
    assert said(f"<p>IBAN:{OFFICIAL}</p>") == []


def test_a_typing_error_in_an_account_is_named():
    (found,) = findings("<p>IBAN DE02 1203 0000 0000 2020 15 angeben.</p>")
    assert (found.code, found.level) == ("iban-wrong", Level.HINT)


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704",
        "Die 22 Städte",
        "DE 2026 war ein gutes Jahr",
        "ODE89370400440532013000X",
        "DE893704004405320130001",
    ],
)
def test_what_is_no_account(text):
    assert list(find_ibans(text)) == []


def test_check_digits():
    assert is_valid(OFFICIAL)
    assert not is_valid(OFFICIAL[:-1] + "2")


@pytest.mark.parametrize(
    "text", ["Erika Muster, geb. 3.5.1980", "geboren am 3. Mai 1980", "* 03.05.1980", "Geburtsdatum: 3.5.80"]
)
def test_birth_dates_are_hints(text):
    assert "personal-birth-date" in said(f"<p>{text}</p>")


@pytest.mark.parametrize(
    "text",
    [
        "geboren am 3. Mai 1880",
        "Das Fest am 3.5.1980 war schön",
        "Geburten am 3. Dezember",
        "Geborgen am 3.5.1980",
    ],
)
def test_dates_that_are_not_of_birth(text):
    assert said(f"<p>{text}</p>", "personal-birth-date") == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("Der Wagen ER-LF 123 steht", "ER-LF 123"),
        ("M-AB 1234E parkt", "M-AB 1234E"),
        ("Kennzeichen: ERL F 12", "ERL F 12"),
    ],
)
def test_number_plates_are_hints(text, plate):
    assert said(f"<p>{text}</p>", "personal-number-plate") == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "DIN-EN 301",
        "COVID-19",
        "S-Bahn 3",
        "A-B-C 12",
        "Linie U-BAHN 4",
        "CO-AB 12",
        "EU-DS 2016",
        "Kfz-Kennzeichen mitbringen",
    ],
)
def test_what_is_no_number_plate(text):
    assert said(f"<p>{text}</p>", "personal-number-plate") == []
