"""Addresses of the two forms (and, in English, the same below /en/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.services.feedback import site

app_name = "feedback"
urlpatterns = [
    path("barriere-melden/", site.barrier, name="barrier"),
    path("barriere-melden/danke/<str:token>/", site.barrier_done, name="barrier_done"),
    path("nachricht/", site.contact, name="contact"),
    path("nachricht/danke/<str:token>/", site.contact_done, name="contact_done"),
]
