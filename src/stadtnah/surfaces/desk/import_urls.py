"""Addresses of the takeover of an old website's messages, and of events out of files and subscribed calendars."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import calendars, events_import, import_categories, import_site, importing

ACTIONS: dict[str, Action] = {
    # Who releases sees the runs, too; starting one asks for the right of its own.
    "desk_import": Action.MESSAGE_VIEW,
    "desk_import_run": Action.MESSAGE_VIEW,
    "desk_import_live": Action.MESSAGE_VIEW,
    "desk_import_stop": Action.IMPORT_RUN,
    "desk_import_resume": Action.IMPORT_RUN,
    "desk_import_categories": Action.IMPORT_RUN,
    "desk_import_choose": Action.IMPORT_RUN,
    "desk_import_submit": Action.MESSAGE_SUBMIT,
    "desk_import_release": Action.IMPORT_RELEASE,
    "desk_import_release_stop": Action.IMPORT_RELEASE,
    "desk_events_import": Action.MESSAGE_VIEW,
    "desk_events_import_columns": Action.IMPORT_RUN,
    "desk_events_import_choose": Action.IMPORT_RUN,
    "desk_events_last_year": Action.IMPORT_RUN,
    "desk_calendars": Action.MESSAGE_VIEW,
    "desk_calendar": Action.MESSAGE_VIEW,
    "desk_calendar_live": Action.MESSAGE_VIEW,
    "desk_calendar_pause": Action.IMPORT_RUN,
    "desk_calendar_resume": Action.IMPORT_RUN,
    "desk_calendar_read": Action.IMPORT_RUN,
    "desk_calendar_remove": Action.IMPORT_RUN,
    "desk_calendar_answer": Action.IMPORT_RUN,
}

urlpatterns: list[URLPattern] = [
    path("uebernahme/", importing.overview, name="desk_import"),
    path("uebernahme/<uuid:run_id>/", importing.view, name="desk_import_run"),
    path("uebernahme/<uuid:run_id>/stand/", importing.live, name="desk_import_live"),
    path("uebernahme/<uuid:run_id>/anhalten/", importing.stop, name="desk_import_stop"),
    path("uebernahme/<uuid:run_id>/fortsetzen/", importing.resume, name="desk_import_resume"),
    path("uebernahme/<uuid:run_id>/rubriken/", import_categories.decide, name="desk_import_categories"),
    path("uebernahme/<uuid:run_id>/auswahl/", import_site.choose, name="desk_import_choose"),
    path("uebernahme/<uuid:run_id>/vorlegen/", importing.submit, name="desk_import_submit"),
    path("uebernahme/<uuid:run_id>/freigeben/", importing.release_all, name="desk_import_release"),
    path(
        "uebernahme/<uuid:run_id>/freigeben/anhalten/",
        importing.stop_releasing,
        name="desk_import_release_stop",
    ),
    path("veranstaltungen/einlesen/", events_import.start, name="desk_events_import"),
    path("veranstaltungen/einlesen/vorjahr/", events_import.from_last_year, name="desk_events_last_year"),
    path(
        "veranstaltungen/einlesen/<uuid:run_id>/spalten/",
        events_import.columns,
        name="desk_events_import_columns",
    ),
    path(
        "veranstaltungen/einlesen/<uuid:run_id>/auswahl/",
        events_import.choose,
        name="desk_events_import_choose",
    ),
    path("veranstaltungen/kalender/", calendars.index, name="desk_calendars"),
    path("veranstaltungen/kalender/<uuid:calendar_id>/", calendars.view, name="desk_calendar"),
    path("veranstaltungen/kalender/<uuid:calendar_id>/stand/", calendars.live, name="desk_calendar_live"),
    path("veranstaltungen/kalender/<uuid:calendar_id>/ruhen/", calendars.pause, name="desk_calendar_pause"),
    path(
        "veranstaltungen/kalender/<uuid:calendar_id>/fortsetzen/",
        calendars.resume,
        name="desk_calendar_resume",
    ),
    path("veranstaltungen/kalender/<uuid:calendar_id>/lesen/", calendars.read, name="desk_calendar_read"),
    path(
        "veranstaltungen/kalender/<uuid:calendar_id>/abbestellen/",
        calendars.remove,
        name="desk_calendar_remove",
    ),
    path("veranstaltungen/kalender/frage/<int:question_id>/", calendars.answer, name="desk_calendar_answer"),
]
