"""Impressum after § 5 DDG and § 18 Abs. 2 MStV."""

from __future__ import annotations

from typing import Final

from django.utils.text import capfirst

from stadtnah.kernel.town.grammar import named
from stadtnah.surfaces.website.legal.parts import Facts, Part, gap, heading, html, own_contact, said, text

_OFFICE_AND_NAME: Final = 2  # „Bürgermeisterin Muster“: fewer words with a capital are an office alone


def _representative(who: str) -> str:
    """Office and name (§ 5 Abs. 1 Nr. 1 DDG asks for the person), or a gap for what is missing of them."""
    if who and sum(word[0].isupper() for word in who.split()) < _OFFICE_AND_NAME:
        return f"{who}, {gap('Name der Person.')}"
    return said(who, "Amt und Name der Person, die die Kommune gesetzlich vertritt.")


def imprint(facts: Facts) -> list[Part]:
    """Who offers this website, who represents it, who answers for what it says."""
    here = named(facts.name)
    return [
        text("intro", "Angaben nach § 5 des Digitale-Dienste-Gesetzes (DDG)"),
        heading("provider", "Anbieter"),
        own_contact("provider", facts),
        text(
            "represented",
            f"{capfirst(here.nominative)} ist eine Körperschaft des öffentlichen Rechts. {capfirst(here.pronoun)} wird vertreten durch: "
            + _representative(facts.represented_by),
        ),
        heading("responsible", "Verantwortlich für journalistisch-redaktionelle Inhalte"),
        text(
            "responsible",
            "Verantwortlich nach § 18 Abs. 2 des Medienstaatsvertrags (MStV): "
            + gap("Name und Anschrift einer Person, die in Deutschland wohnt und voll geschäftsfähig ist."),
        ),
        heading("supervision", "Aufsicht"),
        text(
            "supervision",
            f"Rechtsaufsicht: {gap('zuständige Kommunalaufsicht, zum Beispiel das Landratsamt.')}",
        ),
        heading("vat", "Umsatzsteuer-Identifikationsnummer"),
        text("vat", gap("Nummer nach § 27a UStG. Hat die Kommune keine, löschen Sie diesen Abschnitt.")),
        heading("contact", "Schreiben Sie uns"),
        html(
            "contact",
            '<p>Nachrichten nehmen wir auch über das <a href="/nachricht/">Formular</a> entgegen. Barrieren auf dieser '
            'Website können Sie <a href="/barriere-melden/">hier melden</a>.</p>',
        ),
    ]
