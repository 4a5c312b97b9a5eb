"""Addresses below /newsletter/ (and, in English, /en/newsletter/)."""

from __future__ import annotations

from django.urls import path

from stadtnah.channels.newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("", views.signup, name="signup"),
    path("danke/", views.thanks, name="thanks"),
    path("bestaetigen/<str:token>/", views.confirm, name="confirm"),
    path("abmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
