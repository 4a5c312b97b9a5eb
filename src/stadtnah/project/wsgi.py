"""The application for the embedded server: stored pages first, then Django."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtnah.project.settings.base")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - needs the line above

from stadtnah.project.intake import Intake  # noqa: E402 - as above
from stadtnah.surfaces.website.serve import StoreFirst  # noqa: E402 - as above

application = StoreFirst(
    Intake(django_application, folder=settings.STADTNAH_DATA),
    settings.ALLOWED_HOSTS,
    hsts=getattr(settings, "SECURE_HSTS_SECONDS", 0),
)
