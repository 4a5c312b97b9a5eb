"""Small pages: no cookies, Leichte Sprache, sign language. Skeletons with hints; nothing is translated by a program."""

from __future__ import annotations

from stadtnah.surfaces.website.legal.parts import Facts, Part, gap, heading, html, text


def cookie_statement(facts: Facts) -> list[Part]:
    """True by construction: no cookie before a sign-in, and citizens do not sign in."""
    return [
        text(
            "none",
            f"Wer die Website von {facts.short_name} liest, bekommt keinen Cookie. Es wird auch sonst nichts in Ihrem Browser "
            "gespeichert, um Sie wiederzuerkennen. Deshalb gibt es hier kein Fenster, das nach einer Einwilligung fragt.",
            "Auch die Formulare kommen ohne Cookies aus. Es gibt keine Besuchszählung und keine Inhalte fremder Anbieter.",
        ),
        text(
            "staff",
            "Nur wer sich im Redaktionsbereich anmeldet, bekommt einen Cookie. Er ist für die Anmeldung nötig und gilt höchstens "
            "zwölf Stunden (§ 25 Abs. 2 Nr. 2 TDDDG).",
        ),
        text(
            "more", "Mehr dazu steht in der Datenschutzerklärung. Den Link finden Sie unten auf jeder Seite."
        ),
    ]


def easy_language(facts: Facts) -> list[Part]:
    """The three explanations that § 4 BITV 2.0 (the model of the Länder's ordinances) asks for."""
    return _explained(
        facts,
        "in Leichter Sprache",
        "Lassen Sie ihn von Fachleuten schreiben und von Menschen mit Lernschwierigkeiten prüfen.",
    )


def sign_language(facts: Facts) -> list[Part]:
    """As in easy language, as videos."""
    return _explained(
        facts,
        "in Deutscher Gebärdensprache",
        "Beauftragen Sie ein Video mit tauben Gebärdensprachdolmetscherinnen oder -dolmetschern.",
    )


def _explained(facts: Facts, how: str, hint: str) -> list[Part]:
    asked = (
        (
            "what",
            "Was Sie auf dieser Website finden",
            f"die wichtigsten Inhalte der Website von {facts.short_name}",
        ),
        ("how", "So benutzen Sie diese Website", "wie man sich auf der Website zurechtfindet"),
        ("access", "Erklärung zur Barrierefreiheit", "das Wichtigste aus der Erklärung zur Barrierefreiheit"),
        ("more", "Noch mehr", "Hinweise auf weitere Inhalte dieser Art"),
    )
    found: list[Part] = []
    for key, title, what in asked:
        found += [heading(key, title), text(key, gap(f"{what}, {how}. {hint}"))]
    return [
        *found,
        html("report", '<p><a href="/barriere-melden/">Barriere melden</a></p>'),
    ]
