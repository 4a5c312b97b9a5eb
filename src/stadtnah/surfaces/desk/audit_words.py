"""The log in German: what each event and each kind of object is called.

The codes stay in the log for ever; only the words here may change. A test holds every recorded event against them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.privacy.api import PURPOSES
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk.works import key_of, titles_of

EVENTS = {
    "absence.entered": "Abwesenheit eingetragen",
    "absence.removed": "Abwesenheit gelöscht",
    "account.added": "Kanal eingerichtet",
    "account.changed": "Einstellungen des Kanals geändert",
    "account.switched_off": "Kanal ausgeschaltet",
    "account.switched_on": "Kanal eingeschaltet",
    "account.taken_up": "Kanal wieder aufgenommen",
    "agency.added": "Agentur angelegt",
    "bulk.broken": "Gesammelte Freigabe abgebrochen: Das Recht dazu endete",
    "bulk.done": "Gesammelte Freigabe abgeschlossen",
    "bulk.open": "Gesammelte Freigabe begonnen",
    "bulk.stopped": "Gesammelte Freigabe angehalten",
    "calendar.answered": "Frage zu einem Kalender beantwortet",
    "calendar.paused": "Kalender ruht",
    "calendar.removed": "Kalender abbestellt",
    "calendar.resumed": "Kalender wieder gelesen",
    "calendar.subscribed": "Kalender abonniert",
    "cell.restored": "Sicherung zurückgespielt",
    "club.distrusted": "Absender nicht mehr vertraut",
    "club.trusted": "Absender vertraut",
    "consent.attached": "Einwilligung einem Bild zugeordnet",
    "consent.changed": "Einwilligung geändert",
    "consent.detached": "Einwilligung von einem Bild gelöst",
    "consent.opened": "Nachweis einer Einwilligung geöffnet",
    "consent.recorded": "Einwilligung eingetragen",
    "consent.revoked": "Einwilligung widerrufen",
    "consent.scan": "Nachweis einer Einwilligung aufgenommen",
    "consents.exported": "Verzeichnis der Einwilligungen heruntergeladen",
    "delivery.resolved": "Ungeklärte Zustellung entschieden",
    "dispatch.planned": "Versand begonnen",
    "dispatch.scheduled": "Versand eingeplant",
    "feedback.answered": "Rückmeldung beantwortet",
    "feedback.closed": "Rückmeldung erledigt",
    "feedback.reopened": "Rückmeldung wieder geöffnet",
    "forwardings.changed": "Weiterleitungen geändert",
    "waste.changed": "Abfuhrkalender geändert",
    "guide.changed": "Stilregeln geändert",
    "import.done": "Übernahme abgeschlossen",
    "import.failed": "Übernahme abgebrochen",
    "import.running": "Übernahme läuft",
    "import.sorted": "Rubriken einer Übernahme zugeordnet",
    "import.found": "Alte Website gelesen",
    "import.started": "Übernahme begonnen",
    "import.stopped": "Übernahme angehalten",
    "import.waiting": "Übernahme wartet",
    "legal.drafted": "Entwurf einer Rechtsseite erzeugt",
    "mail.sent_again": "Ungeklärte E-Mail noch einmal gesendet",
    "mail.taken_as_sent": "Ungeklärte E-Mail als gesendet angesehen",
    "mandate.ended": "Vollmacht beendet",
    "mandate.granted": "Vollmacht erteilt",
    "page.check_on": "Tag der nächsten Prüfung einer Seite gewählt",
    "page.checked": "Seite geprüft: stimmt noch",
    "page.discarded": "Entwurf verworfen",
    "page.moved": "Seite verschoben",
    "person.activated": "Konto wieder geöffnet",
    "person.added": "Person angelegt",
    "person.changed": "Angaben zur Person geändert",
    "person.deactivated": "Konto geschlossen",
    "person.factor_added": "Zweiten Faktor eingerichtet",
    "person.factor_removed": "Zweiten Faktor entfernt",
    "person.factor_renewed": "Wiederherstellungscodes neu erzeugt",
    "person.invited": "Einladung verschickt",
    "person.password": "Kennwort festgelegt",
    "picture.changed": "Alternativtext, Bildnachweis oder Ausschnitt geändert",
    "picture.taken_down": "Bild entfernt, weil Recht oder Einwilligung endete",
    "privacy.deleted": "Personenbezogene Daten gelöscht",
    "quality.rules": "Regeln der Qualitätsprüfung geändert",
    "release.edited": "Freigabe durch eine Änderung erloschen",
    "release.mandate": "Freigabe mit der Vollmacht beendet",
    "release.replaced": "Freigabe durch eine neue Fassung ersetzt",
    "release.resumed": "Versand fortgesetzt",
    "release.revoked": "Freigabe widerrufen",
    "release.stopped": "Versand angehalten",
    "released": "Freigegeben",
    "request.open": "Zur Freigabe offen",
    "request.refused": "Freigabe abgelehnt",
    "request.released": "Anfrage freigegeben",
    "request.replaced": "Anfrage durch eine neue Fassung ersetzt",
    "request.returned": "Zur Überarbeitung zurückgegeben",
    "request.submitted": "Zur Freigabe vorgelegt",
    "request.void": "Anfrage hinfällig",
    "rights.licence": "Nutzungsrecht an einem Bild angegeben",
    "rights.licence_ended": "Nutzungsrecht an einem Bild beendet",
    "role.granted": "Rolle vergeben",
    "role.revoked": "Rolle entzogen",
    "search.words": "Wörter der Suche geändert",
    "submission.accepted": "Gemeldete Veranstaltung übernommen",
    "submission.asked": "Zu gemeldeter Veranstaltung nachgefragt",
    "submission.refused": "Gemeldete Veranstaltung abgelehnt",
    "town.changed": "Angaben der Kommune geändert",
    "town.languages": "Sprachen der Website gewählt",
    "website.healed": "Abweichungen der Website behoben",
    "website.put_back": "Öffentlichen Stand auf die Freigabe zurückgesetzt",
    "website.renewed": "Website neu aufgebaut",
}

SUBJECTS = {
    "account": "Kanal",
    "agency": "Agentur",
    "club": "Absender",
    "consent": "Einwilligung",
    "forwardings": "Weiterleitungen",
    "import": "Übernahme",
    "mandate": "Vollmacht",
    "message": "Meldung",
    "page": "Seite",
    "picture": "Bild",
    "purpose": "Personenbezogene Daten",
    "report": "Rückmeldung",
    "submission": "Gemeldete Veranstaltung",
    "subscription": "Abonnierter Kalender",
    "town": "Angaben der Kommune",
    "user": "Person",
    "move": "Umzug einer Seite",
    "waste": "Abfuhrkalender",
}
_WORKS = ("message", "page", "town", "forwardings", "waste", "move")
_NAMED = {*_WORKS, "user", "account"}


def rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries for a template: event, who, subject, key (of the proof, or empty). Three queries, however many entries."""
    entries = list(entries)
    seen: dict[str, set[str]] = {}
    for entry in entries:
        for reference in (entry.actor, entry.subject):
            seen.setdefault(reference.partition(":")[0], set()).add(reference)
    people = User.objects.filter(pk__in=map(key_of, seen.get("user", ()))).values_list("pk", "name")
    accounts = publishing.ChannelAccount.objects.filter(pk__in=map(key_of, seen.get("account", ())))
    names = {
        **{f"user:{pk}": name for pk, name in people},
        **{f"account:{row.pk}": f"Kanal {row.label}" for row in accounts},
        **{f"purpose:{purpose.key}": purpose.title for purpose in PURPOSES},
        **titles_of(key for kind in _WORKS for key in seen.get(kind, ())),
    }
    return [_row(entry, names) for entry in entries]


def _row(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    kind = entry.subject.partition(":")[0]
    name, noun = names.get(entry.subject, ""), SUBJECTS.get(kind, "")
    return {
        "entry": entry,
        "event": EVENTS.get(entry.event, ""),
        "who": "System" if entry.actor == "system" else names.get(entry.actor, "Konto gelöscht"),
        "subject": name or (f"{noun} (nicht mehr vorhanden)" if kind in _NAMED else noun),
        "key": key_of(entry.subject) if kind in _WORKS and name else "",
    }
