from __future__ import annotations

import pytest

from stadtnah.publishing.checks import StyleGuide
from stadtnah.publishing.content import Block
from stadtnah.publishing.findings import Level
from tests.publishing.checks.saying import content, context, findings, picture, said

WORDS = context(
    preferred={"Event": "Veranstaltung", "Location": "Ort", "mittels": "mit", "vor Ort": "am Ort"},
    forbidden=("Update", "zeitnah"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Event beginnt.", "Event"),
        ("Die Events beginnen.", "Events"),
        ("die Location des Festes", "Location"),
        ("Die Event-Reihe läuft.", "Event"),
        ("Das Sommer-Event läuft.", "Event"),
        ("Das Sommerevent läuft.", "Sommerevent"),
        ("Die Eventmanager kommen.", "Eventmanager"),
        ("Die Eventlocations sind voll.", "Eventlocations"),
        ("Ein EVENT für alle", "EVENT"),
        ("Wir öffnen mittels Chip.", "mittels"),
        ("Wir sind vor\u00a0Ort da.", "vor\u00a0Ort"),
        ("Das E\u00advent beginnt.", "Event"),
        ("Das <em>Eve</em>nt beginnt.", "Event"),
    ],
)
def test_words_to_avoid_with_the_better_one(text, found):
    (finding,) = [item for item in findings(f"<p>{text}</p>", rules=WORDS) if item.code == "word-avoid"]
    assert finding.excerpt == found
    assert finding.level is Level.HINT


def test_the_better_word_is_named():
    (finding,) = findings("<p>Das Event beginnt.</p>", rules=WORDS)
    assert finding.text == "Statt „Event“ schreibt die Kommune „Veranstaltung“."


@pytest.mark.parametrize(
    "text",
    [
        "Das ist eventuell möglich.",
        "Die Eventualität ist gering.",
        "Im Advent ist Markt.",
        "Das Konventionelle bleibt.",
        "Die Allokation steht.",
        "Das Hilfsmittel und die Mittelschule bleiben.",
        "Siehe www.event.example und #Event",
        "vor dem Ort",
        "Der Konvent tagt.",
    ],
)
def test_words_that_only_look_alike(text):
    assert said(f"<p>{text}</p>", "word-avoid", "word-forbidden", rules=WORDS) == []


def test_forbidden_words_without_substitute():
    assert said(
        "<p>Ein Update folgt zeitnah, die zeitnahe Sanierung auch.</p>", "word-forbidden", rules=WORDS
    ) == ["Update", "zeitnah", "zeitnahe"]


def test_titles_captions_and_alternative_texts_count_quotes_do_not():
    message = content(
        title="Großes Event",
        hero=picture("Ein Event am Markt"),
        blocks=(
            Block("text", html="<p>Text.</p>"),
            Block("quote", title="Die Bürgermeisterin", html="<p>Ein tolles Event, du!</p>"),
        ),
    )
    assert [(item.code, item.where) for item in findings(message, rules=WORDS)] == [
        ("word-avoid", "title"),
        ("word-avoid", "hero"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Melde dich an.",
        "Du kannst kommen.",
        "Kannst du kommen?",
        "Bring deine Freunde mit.",
        "Habt ihr Fragen?",
        "Ihr könnt kommen.",
        "Wir freuen uns auf euch.",
        "Eure Ideen zählen.",
    ],
)
def test_du_in_a_town_that_says_sie(text):
    assert len(said(f"<p>{text}</p>", "address-du")) == 1
    assert said(f"<p>{text}</p>", "address-du", rules=context(address="du")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Bitte melden Sie sich mit Ihrem Ausweis an.",
        "Die Stadt und ihr Rat laden ein.",
        "Von ihr kommt der Vorschlag.",
        "Das Projekt „Du bist Erlenfurt“ beginnt.",
        "Das Café du Nord öffnet.",
        "Er sagte: „Kommst du mit?“",
        "Die Euch-Gasse, Duisburg und Dirk Dichtl",
    ],
)
def test_texts_that_say_sie(text):
    assert said(f"<p>{text}</p>", "address-du") == []


@pytest.mark.parametrize(
    "text", ["Bitte melden Sie sich an.", "Wir helfen Ihnen.", "Bring mit, was Ihre Kinder brauchen."]
)
def test_sie_in_a_town_that_says_du(text):
    assert len(said(f"<p>{text}</p>", "address-sie", rules=context(address="du"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Sie kommen aus Steinbach.",
        "Melde dich an. Sie helfen dir.",
        "Er fragt: Sie weiß es.",
        "Wir sehen sie und ihre Kinder.",
    ],
)
def test_they_are_not_addressed(text):
    assert said(f"<p>{text}</p>", "address-sie", rules=context(address="du")) == []


def test_hashtags():
    assert said(content(hashtags=("Erlenfurt", "Mühlstraße", "Umleitung"))) == []
    assert said(content(hashtags=("Erlenfurt", "A", "B", "C"))) == ["hashtag-count"]
    assert said(content(hashtags=("Umleitung", "Erlenfurt"))) == ["hashtag-first"]
    assert said(content(hashtags=("#erlenfurt",))) == []
    assert said(content(hashtags=("Erlenfurt", "Umleitung", "umleitung"))) == ["hashtag-twice"]
    assert said(content("<p>Mehr unter #Eins #Zwei #Drei. Siehe Punkt #4.</p>", hashtags=("Erlenfurt",))) == [
        "hashtag-count"
    ]


@pytest.mark.parametrize("tag", ["Neue Mühlstraße", "Mühl-Straße", "2026", "", "Umleitung!", "a" * 101])
def test_hashtags_that_no_channel_takes_stop(tag):
    found = [
        item for item in findings(content(hashtags=("Erlenfurt", tag))) if item.code == "hashtag-characters"
    ]
    assert [(item.level, item.where) for item in found] == [(Level.ERROR, "hashtags")]


def test_exclamation_marks():
    assert said("<p>Kommen Sie vorbei!</p>") == ["exclamation-mark"]
    assert said("<p>Kommen Sie vorbei!</p>", rules=context(no_exclamation_marks=False)) == []
    assert said("<p>Sie rief „Halt!“ und ging.</p>") == []
    assert said("<p>Wirklich?! Ja.</p>") == ["punctuation-repeated"]
    assert said("<p>Frei!!!</p>", rules=context(no_exclamation_marks=False)) == ["punctuation-repeated"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACHTUNG: Sperrung", "ACHTUNG"),
        ("Das ist SEHR WICHTIG heute", "SEHR WICHTIG"),
        ("STRAẞENSPERRUNG", "STRAẞENSPERRUNG"),
    ],
)
def test_capitals_shout(text, found):
    assert said(f"<p>{text}</p>", "capitals") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Die VHS, das THW und die BAföG-Stelle",
        "LEADER-Förderung und ELSTER",
        "Kita NRW II",
        "Das DRK und DLRG helfen",
        "IBAN DE02 1203",
    ],
)
def test_acronyms_do_not(text):
    assert said(f"<p>{text}</p>", "capitals") == []


DISTRICTS = context(districts=("Steinbach", "Hinterweide", "Oberholz"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der Bus fährt nach Steinbach.", "Steinbach"),
        ("Steinbach bekommt Glasfaser.", "Steinbach"),
        ("in Oberholz und im Ortsteil Steinbach", "Oberholz"),
    ],
)
def test_districts_need_ortsteil(text, found):
    assert said(f"<p>{text}</p>", "district-without-ortsteil", rules=DISTRICTS) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "im Ortsteil Steinbach",
        "in den Ortsteilen Steinbach und Hinterweide",
        "die Ortsteile Steinbach, Hinterweide und Oberholz",
        "Die Kita Steinbach öffnet.",
        "in der Steinbacher Straße",
        "Erlenfurt-Steinbach",
        "die Steinbach-Halle",
        "Der Stadtteil Oberholz wächst.",
    ],
)
def test_districts_that_have_it_or_are_names(text):
    assert said(f"<p>{text}</p>", "district-without-ortsteil", rules=DISTRICTS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Alle Bürger*innen",
        "Die Bürger:innen",
        "BürgerInnen",
        "Bürger/-innen",
        "Liebe Bürger, kommen Sie",
        "Wir danken den Bürgern",
        "Bürger können spenden",
        "Bürger und Einwohner sind eingeladen",
        "Es geht los. Bürger aus Steinbach kommen mit",
        "Hier können Bürger mitreden",
        "Ein Angebot für Bürger",
        "Das Gespräch mit Bürgern",
    ],
)
def test_other_wordings_for_the_citizens(text):
    assert len(said(f"<p>{text}</p>", "citizens-wording")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Bürgerinnen und Bürger",
        "die Bürgerinnen und Bürger",
        "den Bürgerinnen und Bürgern",
        "die Bürger und Bürgerinnen",
        "Das Bürgerbüro",
        "Ein Bürger fragt",
        "der Bürgermeister",
        "die Bürgerversammlung",
        "Bürgerbüro geöffnet",
        "Bürger-App",
        "Bürgerinnen und Bürger können spenden",
        "Bürgerinnen sowie Bürger können spenden",
        "ein Angebot für Bürgerinnen und Bürger",
        "Bürger und Bürgerinnen können spenden",
        "Herr Bürger kommt",
        "Gottfried August Bürger schrieb",
        "Bürger für Erlenfurt stellen den Antrag",
        "die Freien Bürger Erlenfurt",
        "Jeder Bürger darf kommen",
        "als Bürger der Stadt",
        "Gibt es Fragen? Bürgermeisterin Lenz antwortet",
    ],
)
def test_the_towns_wording_and_names(text):
    assert said(f"<p>{text}</p>", "citizens-wording") == []


def test_the_wording_is_the_towns_choice():
    assert said(
        "<p>Bürgerinnen und Bürger</p>", "citizens-wording", rules=context(citizens="Bürger*innen")
    ) == ["Bürgerinnen und Bürger"]
    assert said("<p>Bürger*innen und die Bürger</p>", "citizens-wording", rules=context(citizens="")) == []


def test_the_style_guide_survives_json():
    guide = StyleGuide(
        address="du",
        preferred={"Event": "Fest"},
        forbidden=("Update",),
        max_hashtags=2,
        first_hashtag="Erlenfurt",
        districts=("Oberholz",),
        max_grade=9,
    )
    assert StyleGuide.from_json(guide.to_json()) == guide
    assert StyleGuide.from_json({}) == StyleGuide.default()
    assert (
        StyleGuide.from_json({"first_hashtag": "#Erlenfurt", "of_tomorrow": 1}).first_hashtag == "Erlenfurt"
    )


@pytest.mark.parametrize(
    "value",
    [
        {"address": "Ihr"},
        {"max_hashtags": "viele"},
        {"max_grade": -1},
        {"forbidden": "Event"},
        {"preferred": ["Event"]},
    ],
)
def test_a_style_guide_that_cannot_be_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        StyleGuide.from_json(value)


def test_headings():
    assert said("<p>a.</p><h3>A</h3><p>b.</p>") == ["heading-skipped"]
    sound = (
        Block("heading", title="A"),
        Block("text", html="<h3>B</h3><p>b.</p><h4>C</h4><p>c.</p>"),
        Block("heading", title="D"),
        Block("text", html="<p>d.</p>"),
    )
    assert said(content(blocks=sound)) == []
    skipped = (Block("heading", title="A"), Block("text", html="<h4>C</h4><p>c.</p>"))
    assert said(content(blocks=skipped), "heading-skipped") == ["C"]


def test_empty_headings_stop():
    found = findings(
        content(
            "<p>a.</p><h3> </h3><p>b.</p>",
            blocks=(Block("heading", title=" "), Block("text", html="<p>a.</p><h3><br></h3>")),
        )
    )
    assert [(item.code, item.level) for item in found] == [("heading-empty", Level.ERROR)]


def test_bold_paragraphs_that_play_heading():
    assert said("<p><strong>Umleitung</strong></p><p>Text.</p>") == ["heading-fake"]
    assert (
        said(
            "<p><strong>Bitte kochen Sie das Wasser ab.</strong></p><p><strong>Ab sofort</strong> gilt das.</p>"
        )
        == []
    )


def test_tables():
    rows = (("Tag", "Ort"), ("Montag", "Markt"))
    assert said(content(blocks=(Block("table", title="Termine", rows=rows),))) == []
    assert said(content(blocks=(Block("table", rows=rows),))) == ["table-caption"]
    assert said(content(blocks=(Block("table", title="Termine", rows=(("Tag", ""), *rows[1:])),))) == [
        "table-head"
    ]


def test_emoji_and_fancy_letters():
    assert said("<p>Frühlingsfest 🌷🌷🌷</p>") == ["emoji-run"]
    assert said("<p>Fest 👩‍👩‍👧 👍🏽 🎉</p>") == ["emoji-run"]
    assert said("<p>Frühlingsfest 🌷 am Markt 🎉</p>") == []
    assert said("<p>𝗪𝗶𝗰𝗵𝘁𝗶𝗴</p>", "letters-fancy") == ["𝗪𝗶𝗰𝗵𝘁𝗶𝗴"]
