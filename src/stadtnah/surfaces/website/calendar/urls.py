"""The address of the calendar's search (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.surfaces.website.calendar import site

app_name = "calendar"
urlpatterns = [
    path("", site.search, name="search"),
    path("termine.ics", site.calendar, name="calendar"),
]
