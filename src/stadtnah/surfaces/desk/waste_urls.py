"""Addresses of streets and days of collection."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import waste, waste_files

ACTIONS: dict[str, Action] = {
    "desk_waste": Action.MESSAGE_VIEW,
    "desk_waste_area": Action.MESSAGE_EDIT,
    "desk_waste_area_remove": Action.MESSAGE_EDIT,
    "desk_waste_kinds": Action.MESSAGE_EDIT,
    "desk_waste_streets": Action.MESSAGE_VIEW,
    "desk_waste_csv": Action.MESSAGE_VIEW,
    "desk_waste_streets_file": Action.MESSAGE_EDIT,
    "desk_waste_calendar": Action.MESSAGE_EDIT,
    "desk_waste_preview": Action.MESSAGE_EDIT,
    "desk_waste_explain": Action.MESSAGE_EDIT,
    "desk_waste_take": Action.MESSAGE_EDIT,
    "desk_waste_forget": Action.MESSAGE_EDIT,
    "desk_waste_submit": Action.MESSAGE_SUBMIT,
}

urlpatterns: list[URLPattern] = [
    path("abfuhr/", waste.index, name="desk_waste"),
    path("abfuhr/bezirk/", waste.area, name="desk_waste_area"),
    path("abfuhr/bezirk/entfernen/", waste.remove, name="desk_waste_area_remove"),
    path("abfuhr/arten/", waste.kinds, name="desk_waste_kinds"),
    path("abfuhr/strassen/", waste.streets_list, name="desk_waste_streets"),
    path("abfuhr/strassen.csv", waste_files.table, name="desk_waste_csv"),
    path("abfuhr/strassen/datei/", waste_files.streets_file, name="desk_waste_streets_file"),
    path("abfuhr/kalender/", waste_files.calendar, name="desk_waste_calendar"),
    path("abfuhr/kalender/<uuid:upload>/", waste_files.preview, name="desk_waste_preview"),
    path("abfuhr/kalender/<uuid:upload>/zuordnen/", waste_files.explain, name="desk_waste_explain"),
    path("abfuhr/kalender/<uuid:upload>/uebernehmen/", waste_files.take, name="desk_waste_take"),
    path("abfuhr/kalender/<uuid:upload>/verwerfen/", waste_files.forget, name="desk_waste_forget"),
    path("abfuhr/vorlegen/", waste.submit, name="desk_waste_submit"),
]
