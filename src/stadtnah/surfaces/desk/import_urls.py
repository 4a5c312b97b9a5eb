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

_RUN = "uebernahme/<uuid:run_id>/"
_READ = "veranstaltungen/einlesen/"
_CALENDARS = "veranstaltungen/kalender/"
_CALENDAR = f"{_CALENDARS}<uuid:calendar_id>/"

urlpatterns: list[URLPattern] = [
    path("uebernahme/", importing.overview, name="desk_import"),
    path(_RUN, importing.view, name="desk_import_run"),
    path(f"{_RUN}stand/", importing.live, name="desk_import_live"),
    path(f"{_RUN}anhalten/", importing.stop, name="desk_import_stop"),
    path(f"{_RUN}fortsetzen/", importing.resume, name="desk_import_resume"),
    path(f"{_RUN}rubriken/", import_categories.decide, name="desk_import_categories"),
    path(f"{_RUN}auswahl/", import_site.choose, name="desk_import_choose"),
    path(f"{_RUN}vorlegen/", importing.submit, name="desk_import_submit"),
    path(f"{_RUN}freigeben/", importing.release_all, name="desk_import_release"),
    path(f"{_RUN}freigeben/anhalten/", importing.stop_releasing, name="desk_import_release_stop"),
    path(_READ, events_import.start, name="desk_events_import"),
    path(f"{_READ}vorjahr/", events_import.from_last_year, name="desk_events_last_year"),
    path(f"{_READ}<uuid:run_id>/spalten/", events_import.columns, name="desk_events_import_columns"),
    path(f"{_READ}<uuid:run_id>/auswahl/", events_import.choose, name="desk_events_import_choose"),
    path(_CALENDARS, calendars.index, name="desk_calendars"),
    path(_CALENDAR, calendars.view, name="desk_calendar"),
    path(f"{_CALENDAR}stand/", calendars.live, name="desk_calendar_live"),
    path(f"{_CALENDAR}ruhen/", calendars.pause, name="desk_calendar_pause"),
    path(f"{_CALENDAR}fortsetzen/", calendars.resume, name="desk_calendar_resume"),
    path(f"{_CALENDAR}lesen/", calendars.read, name="desk_calendar_read"),
    path(f"{_CALENDAR}abbestellen/", calendars.remove, name="desk_calendar_remove"),
    path(f"{_CALENDARS}frage/<int:question_id>/", calendars.answer, name="desk_calendar_answer"),
]
