"""Addresses for handing in events and for reminders (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.services.events import reminder_site, site

app_name = "events"
urlpatterns = [
    path("melden/", site.report, name="report"),
    path("melden/danke/", site.thanks, name="thanks"),
    path("melden/<str:token>/", site.submission, name="submission"),
    path("melden/<str:token>/aendern/", site.change, name="change"),
    path("melden/<str:token>/zurueckziehen/", site.withdraw, name="withdraw"),
    path("erinnern/danke/", reminder_site.thanks, name="reminder_thanks"),
    path("erinnern/<str:token>/", reminder_site.reminder, name="reminder"),
    path("erinnern/<str:token>/beenden/", reminder_site.stop, name="stop"),
]
