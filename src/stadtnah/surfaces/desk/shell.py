"""What every desk page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.town import api as town
from stadtnah.publishing.models import ReleaseRequest
from stadtnah.services.feedback import api as feedback

# Label, address, the rights of which one is enough.
_ENTRIES: tuple[tuple[str, str, Action, *tuple[Action, ...]], ...] = (
    ("Übersicht", "desk_home", Action.DESK_OPEN),
    ("Meldungen", "desk_messages", Action.MESSAGE_VIEW),
    ("Seiten", "desk_pages", Action.MESSAGE_VIEW),
    ("Dienstleistungen", "desk_services", Action.MESSAGE_VIEW),
    ("Ämter und Orte", "desk_offices", Action.MESSAGE_VIEW),
    ("Veranstaltungen", "desk_events", Action.MESSAGE_VIEW),
    ("Blog", "desk_blog", Action.MESSAGE_VIEW),
    ("Rückmeldungen", "desk_inbox", Action.FEEDBACK_VIEW),
    ("Gemeldete Veranstaltungen", "desk_handed_in", Action.EVENTS_MODERATE),
    ("Abfuhrkalender", "desk_waste", Action.MESSAGE_VIEW),
    ("Weiterleitungen", "desk_forwardings", Action.MESSAGE_VIEW),
    ("Qualität", "desk_quality", Action.MESSAGE_VIEW),
    ("Bewertungen", "desk_verdicts", Action.MESSAGE_VIEW),
    ("Rechtliches", "desk_legal", Action.MESSAGE_VIEW),
    ("Übersetzungen", "desk_translations", Action.MESSAGE_VIEW),
    ("Bilder", "desk_pictures", Action.MEDIA_EDIT),
    ("Dateien", "desk_files", Action.MEDIA_EDIT),
    ("Einwilligungen", "desk_consents", Action.CONSENTS_VIEW),
    ("Freigaben", "desk_requests", Action.MESSAGE_RELEASE),
    ("Abwesenheit", "desk_absence", Action.MESSAGE_RELEASE),
    ("Übernahme", "desk_import", Action.IMPORT_RUN, Action.IMPORT_RELEASE),
    ("Kanäle", "desk_channels", Action.CHANNELS_MANAGE),
    ("Kommune", "desk_town", Action.TOWN_EDIT),
    ("Sprachen", "desk_languages", Action.TOWN_EDIT),
    ("Stilregeln", "desk_style", Action.GUIDE_EDIT),
    ("Suche", "desk_search", Action.GUIDE_EDIT),
    ("Personen", "desk_people", Action.PEOPLE_MANAGE),
    ("Vollmachten", "desk_mandates", Action.MANDATES_MANAGE),
    ("Datenschutz", "desk_privacy", Action.PRIVACY_VIEW),
    ("Protokoll", "desk_audit", Action.AUDIT_VIEW),
)

# What is needed every day; everything else is one click further away.
_DAILY = frozenset(
    {"desk_home", "desk_messages", "desk_pages", "desk_requests", "desk_services", "desk_inbox"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    url: str
    current: bool
    count: int = 0


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, town and person, for desk pages only."""
    if not request.path.startswith(("/desk/", "/konto/")):
        return {}
    found: dict[str, Any] = {"desk_town": town.town(), "desk_demo": settings.STADTNAH_DEMO}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return found
    actions = access.actions_of(user)
    waiting: dict[str, int] = {}
    if Action.MESSAGE_RELEASE in actions:
        waiting["desk_requests"] = ReleaseRequest.objects.filter(state="open").count()
    if Action.FEEDBACK_ANSWER in actions:
        waiting["desk_inbox"] = feedback.inbox("open").count()
    menu: list[Entry] = []
    more: list[Entry] = []
    for label, name, *needed in _ENTRIES:
        if actions & set(needed):
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            current = request.path == url if name == "desk_home" else request.path.startswith(url)
            (menu if name in _DAILY else more).append(Entry(label, url, current, waiting.get(name, 0)))
    return {
        **found,
        "desk_menu": menu,
        "desk_more": more,
        "desk_actions": {action.value for action in actions},
    }
