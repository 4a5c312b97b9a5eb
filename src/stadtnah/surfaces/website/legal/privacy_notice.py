"""Datenschutzerklärung after Art. 13 and 14 GDPR, from the processing register: what this cell really does."""

from __future__ import annotations

from html import escape
from typing import Final

from stadtnah.surfaces.website.legal.parts import (
    Facts,
    Part,
    Processing,
    authority,
    contact,
    gap,
    heading,
    html,
    own_contact,
    text,
)

_SHORT: Final = (
    "<ul><li>Sie können diese Website lesen, ohne sich anzumelden und ohne Namen zu nennen.</li>"
    "<li>Beim Lesen setzen wir keine Cookies und messen nicht, wer was liest.</li>"
    "<li>Schriften, Bilder und Skripte kommen von unserem eigenen Server. Ihr Browser fragt keine fremden Dienste.</li>"
    "</ul>"
)
_RIGHTS: Final = (
    "<ul><li>Auskunft über Ihre Daten (Art. 15 DSGVO)</li>"
    "<li>Berichtigung (Art. 16), Löschung (Art. 17) und Einschränkung der Verarbeitung (Art. 18)</li>"
    "<li>Übertragung Ihrer Daten, wenn Sie eingewilligt haben (Art. 20)</li>"
    "<li>Widerspruch gegen eine Verarbeitung im öffentlichen Interesse (Art. 21)</li>"
    "<li>Widerruf einer Einwilligung für die Zukunft (Art. 7 Abs. 3)</li></ul>"
)


def privacy_notice(facts: Facts) -> list[Part]:
    """Who is responsible, what is processed why and how long, who gets it, which rights there are."""
    return [
        Part("short", "callout", {"title": "Kurz gesagt", "text": _SHORT}),
        heading("controller", "Verantwortlich"),
        own_contact("controller", facts),
        heading("officer", "Datenschutzbeauftragte oder Datenschutzbeauftragter"),
        contact("officer", ("Kontakt", gap("Telefon und E-Mail der oder des Datenschutzbeauftragten"))),
        heading("visit", "Wenn Sie diese Website aufrufen"),
        text(
            "visit",
            "Ihr Browser sendet Ihre IP-Adresse, die gewünschte Seite und Angaben zum Browser. Wir verarbeiten sie, um Ihnen "
            "die Seite zu schicken (Art. 6 Abs. 1 Buchst. e DSGVO). Die Anwendung dieser Website schreibt kein "
            "Zugriffsprotokoll und speichert Ihre IP-Adresse nicht. Nur bei Anmeldungen zum Redaktionsbereich zählt sie "
            "Fehlversuche je IP-Adresse, für einige Minuten.",
        ),
        text(
            "host-log",
            gap(
                "Welche Protokolle das Rechenzentrum oder ein vorgeschalteter Webserver führt, was darin steht und wann sie "
                "gelöscht werden. Gibt es keine, löschen Sie diesen Absatz."
            ),
        ),
        *(part for purpose in facts.purposes for part in _purpose(purpose)),
        *_networks(facts),
        heading("receivers", "Wer Daten in unserem Auftrag verarbeitet"),
        *_agencies(facts),
        text(
            "receivers",
            gap(
                "Wer die Anwendung betreibt (Rechenzentrum), mit dem Vertrag nach Art. 28 DSGVO. Betreibt die Kommune sie selbst, schreiben Sie das."
            ),
        ),
        heading("rights", "Ihre Rechte"),
        html("rights", _RIGHTS),
        text("complaint", "Sie können sich außerdem bei der Aufsichtsbehörde beschweren:"),
        authority("complaint-to", facts.land.data_protection, facts.land, "data_protection"),
    ]


def _purpose(purpose: Processing) -> list[Part]:
    key = f"purpose.{purpose.key}"
    lines = [
        *([escape(purpose.notice, quote=False)] if purpose.notice else []),
        f"<b>Rechtsgrundlage:</b> {escape(purpose.legal_basis, quote=False)}",
        f"<b>Aufbewahrung:</b> {escape(purpose.retention, quote=False)}",
    ]
    return [heading(key, purpose.title), html(key, "".join(f"<p>{line}</p>" for line in lines))]


def _networks(facts: Facts) -> list[Part]:
    if not facts.networks:
        return []
    return [
        heading("networks", "Soziale Netzwerke"),
        text(
            "networks",
            f"Wir veröffentlichen Meldungen auch hier: {', '.join(facts.networks)}. Was dort steht, finden Sie vollständig auf "
            "dieser Website. Besuchen Sie ein Netzwerk, gelten dessen eigene Regeln. Auf unserer Website ist nichts davon "
            "eingebunden.",
        ),
    ]


def _agencies(facts: Facts) -> list[Part]:
    if not facts.agencies:
        return []
    return [
        text(
            "agencies",
            f"Texte schreibt in unserem Auftrag: {', '.join(facts.agencies)}. Adressen des Newsletters und Ihre Rückmeldungen "
            "kann eine Agentur technisch nicht sehen.",
        )
    ]
