"""Erklärung zur Barrierefreiheit after the model of Implementing Decision (EU) 2018/1523 and the law of the Land."""

from __future__ import annotations

from django.utils.text import capfirst

from stadtnah.kernel.land.api import Profile
from stadtnah.kernel.town.grammar import named
from stadtnah.surfaces.website.legal.parts import (
    STATUS_CHOICES,
    Facts,
    Part,
    authority,
    contact,
    gap,
    heading,
    html,
    said,
    text,
)


def accessibility_statement(facts: Facts) -> list[Part]:
    """The compulsory parts of the model's section 1, in its order."""
    land, here = facts.land, named(facts.name)
    law = land.law + (f" und der Verordnung dazu: {land.ordinance}" if land.ordinance else "")
    return [
        text(
            "intro",
            f"{capfirst(here.nominative)} ist bemüht, {here.possessive}e Website barrierefrei zugänglich zu machen. Grundlage ist das Recht des Landes "
            f"{land.name}, das die Richtlinie (EU) 2016/2102 umsetzt: {law}.",
            f"Diese Erklärung gilt für {facts.host}.",
        ),
        heading("status", "Stand der Vereinbarkeit mit den Anforderungen"),
        text(
            "status",
            "Maßstab ist die Europäische Norm EN 301 549 mit den WCAG, Stufe AA. Diese Website ist damit: "
            + gap(STATUS_CHOICES),
        ),
        heading("content", "Nicht barrierefreie Inhalte"),
        Part(
            "content",
            "table",
            {
                "caption": "Bekannte Barrieren",
                "rows": "Inhalt | Barriere | Grund | Alternative und Zeitplan\n"
                + " | ".join(
                    (
                        gap("Inhalt"),
                        gap("was nicht geht"),
                        gap("Unvereinbarkeit, unverhältnismäßige Belastung oder nicht erfasst"),
                        gap("barrierefreie Alternative, bis wann behoben"),
                    )
                ),
            },
        ),
        heading("made", "Erstellung dieser Erklärung"),
        text(
            "made",
            f"Diese Erklärung wurde erstellt am: {gap('Datum')}",
            f"Sie beruht auf: {gap('Selbstbewertung oder Bewertung durch Dritte (wer, Datum, Verfahren)')}",
            "Wir überprüfen sie mindestens einmal im Jahr.",
        ),
        heading("feedback", "Feedback und Kontaktangaben"),
        html(
            "feedback",
            '<p>Haben Sie eine Barriere gefunden oder brauchen Sie einen Inhalt in anderer Form? <a href="/barriere-melden/">'
            f"Melden Sie uns die Barriere.</a> Wir antworten innerhalb von {land.answer_days} Tagen.</p>",
        ),
        contact(
            "feedback-to",
            ("Stelle", facts.name),
            ("Telefon", said(facts.phone, "Telefon (unter „Kommune“ eintragen)")),
            ("E-Mail", said(facts.mail, "E-Mail (unter „Kommune“ eintragen)")),
        ),
        heading("enforcement", "Durchsetzungsverfahren"),
        text("enforcement", _turn_to(land), land.procedure),
        authority("enforcement-to", land.enforcement, land, "enforcement"),
    ]


def _turn_to(land: Profile) -> str:
    basis = f" ({land.answer_basis})" if land.answer_basis else ""
    return (
        f"Antworten wir nicht innerhalb von {land.answer_days} Tagen{basis} oder hilft Ihnen unsere Antwort nicht, können Sie sich "
        f"an diese {land.enforcement_kind} wenden."
    )
