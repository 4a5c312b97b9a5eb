from __future__ import annotations

import pytest

from stadtnah.publishing.checks.document import Document, Passage, Role
from stadtnah.publishing.checks.readability import measure, measured
from stadtnah.publishing.checks.sentences import sentences, words
from stadtnah.publishing.checks.syllables import syllables
from stadtnah.publishing.content import Block
from tests.publishing.checks.saying import content, context, findings, said

COUNTED = """
1 Haus Uhr Knie die wie Zoo See Meer Wien Typ Ei Dienst|
2 Abend Bürger Straße erschien Bienen Dienstag Feier Freiheit neue Treue Idee Beere Quelle Yoga System Online E-Mail geimpft
  geehrt Klavier Rathaus Haushalt Euro Bäume Häuser Juni August Reihe gehen früher Schuhe Eier Bayern Tourist oben Bauamt|
3 Mühlstraße Ferien Museum Theater Gemeinde geeignet beenden Feuerwehr Europa Nation sozial aktuell Januar Ideen Seeufer
  Linie Energie Industrie studieren Studie Patient Beamte Vakuum Umleitung Aktien Medien Region Stadion September eröffnen
  Qualität Dezember Ehrenamt Neuigkeit geöffnet beeilen Verordnung|
4 Bürgerinnen Bürgerbüro Familie Familien Jubiläum Gemeinderat beinhalten beurteilen Linienbus Energien Hygiene Bahnhofstraße
  Italien Beerdigung beauftragen Bürger*innen Bürger:innen|
5 Ferienprogramm Information kooperieren Immobilie Straßenbeleuchtung Wasserversorgung Lesepatinnen|
6 Familienzentrum Koordination Materialien Wohnungsbauförderung|
7 Kindertageseinrichtung
"""
TABLE = [(word, int(row.split()[0])) for row in COUNTED.split("|") for word in row.split()[1:]]


@pytest.mark.parametrize(("word", "number"), TABLE)
def test_syllables(word, number):
    assert syllables(word) == number


@pytest.mark.parametrize(
    "text",
    [
        "Bringen Sie z. B. einen Ausweis mit.",
        "Bringen Sie z.B. einen Ausweis, ggf. eine Vollmacht usw. mit.",
        "Am 3. Dezember um 14.30 Uhr tagt der 2. Ausschuss.",
        "Die Mühlstr. 12 und die Bahnhofstr. 3 sind gesperrt.",
        "Dr. Muster und Prof. Dr. Beispiel sprechen im Haus Nr. 5.",
        "Das kostet ca. 14,2 Mio. Euro inkl. Steuern.",
        "Nach § 3 Abs. 2 BauGB gilt das bis 31.12.2026 um 24:00 Uhr.",
        "Am Mo. 3.12. und Di. 4.12. ist zu.",
        "Die Adresse lautet www.erlenfurt.example/rathaus.",
        "Sie rief „Halt!“ und ging weiter.",
        "Der St. Nikolaus kommt.",
    ],
)
def test_one_sentence_stays_one(text):
    assert list(sentences(text)) == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Heute ist zu. Morgen ist auf.", 2),
        ("Ist morgen auf? Ja! Kommen Sie.", 3),
        ("Sie sagte: „Wir öffnen.“ Das freut alle.", 2),
        ("Sie finden uns in der Mühlstr. Der Eingang ist hinten.", 2),
        ("Die Frist endet am 3.12. Die Unterlagen gibt es online.", 2),
        ("Wir bieten Kuchen, Kaffee usw. Der Eintritt ist frei.", 2),
        ("Erster Punkt\nZweiter Punkt", 2),
        ("Erster Punkt\ngeht weiter", 1),
        ("Und dann … Es kam anders.", 2),
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences(text, number):
    assert len(list(sentences(text))) == number


def test_words():
    assert words("Am 3.12. öffnen 14 Bürger*innen-Büros um 8:00 Uhr.") == [
        "Am",
        "öffnen",
        "Bürger*innen-Büros",
        "um",
        "Uhr",
    ]


def test_the_formulas_on_a_text_counted_by_hand():
    """Two sentences, 8 words; syllables 1 1 2 1 / 1 4 1 3: three or more 2/8, single 5/8, long words 2/8."""
    result = measure([Passage("body", Role.PROSE, "Das Haus heute zu. Die Familie hat Gemeinde.")])
    assert result is not None
    assert (result.words, result.sentences, result.sentence_length) == (8, 2, 4.0)
    raw = 0.1935 * 25 + 0.1672 * 4 + 0.1297 * 25 - 0.0327 * 62.5 - 0.875
    assert result.grade == pytest.approx(max(4.0, raw))
    assert result.ease == pytest.approx(min(100.0, 180 - 4 - 58.5 * 14 / 8))
    assert result.lix == pytest.approx(4 + 25)


HARD = (
    "<p>Die Verwaltungsgemeinschaft beabsichtigt im Zusammenhang mit der Fortschreibung des Flächennutzungsplans, unter "
    "Berücksichtigung naturschutzrechtlicher Bestimmungen und wasserwirtschaftlicher Rahmenbedingungen, eine frühzeitige "
    "Öffentlichkeitsbeteiligung durchzuführen. Stellungnahmen sind innerhalb der Auslegungsfrist schriftlich einzureichen, "
    "wobei nicht fristgerecht abgegebene Stellungnahmen bei der Beschlussfassung über den Bauleitplan unberücksichtigt bleiben "
    "können. Eine Einsichtnahme ist ausschließlich nach vorheriger Terminvereinbarung während der Dienststunden möglich.</p>"
)
EASY = (
    "<p>Wir bauen in der Mühle neu. Das Haus ist alt. Es braucht ein neues Dach. Die Arbeit fängt im März an. Sie dauert "
    "drei Monate. Der Weg am Fluss bleibt frei. Sie können ihn nutzen. Der Laden im Haus ist zu. Sie finden ihn am Markt. "
    "Wir danken für Ihre Geduld. Bei Fragen rufen Sie uns an. Wir sind von acht bis zwölf Uhr da.</p>"
)


def test_a_hard_text_gets_a_hint_with_grade_and_sentences():
    found = [item for item in findings(HARD) if item.code == "readability"]
    assert len(found) == 1
    assert found[0].text.startswith("Schulstufe 15: für die meisten zu schwer.")
    assert found[0].text.count(" Wörter)") == 3
    assert "Wiener Sachtextformel" in found[0].text


def test_an_easy_text_gets_none_and_the_measures_agree():
    assert said(EASY) == []
    easy, hard = measured(Document.of(content(EASY))), measured(Document.of(content(HARD)))
    assert easy is not None
    assert hard is not None
    assert (easy.grade < 6, hard.grade > 12) == (True, True)
    assert (easy.ease > 60, hard.ease < 20) == (True, True)
    assert (easy.lix < 35, hard.lix > 60) == (True, True)


def test_short_texts_other_languages_and_headings_are_not_measured():
    assert (
        said("<p>Die Öffentlichkeitsbeteiligung zur Flächennutzungsplanung beginnt.</p>", "readability") == []
    )
    assert said(content(HARD, language="en"), "readability") == []
    headings = tuple(
        Block("heading", title="Öffentlichkeitsbeteiligung Flächennutzungsplanung") for _ in range(40)
    )
    assert said(content(blocks=(Block("text", html=EASY), *headings)), "readability") == []


def test_the_limit_belongs_to_the_town():
    assert said(EASY, "readability", rules=context(max_grade=3)) != []
    assert said(HARD, "readability", rules=context(max_grade=0)) == []


def test_a_single_long_sentence_is_named():
    long = "Wir " + "gehen und " * 18 + "kommen."
    assert len(said(f"<p>{long}</p>", "sentence-long")) == 1
    assert said(f"<p>{long}</p>".replace("und gehen", ". Wir gehen", 9), "sentence-long") == []


def test_paragraphs_and_list_items_end_sentences():
    items = "".join(f"<li>{'Wort ' * 8}</li>" for _ in range(6))
    assert said(f"<ul>{items}</ul>", "sentence-long") == []
