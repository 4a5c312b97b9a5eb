"""The application for the embedded server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtnah.project.settings.base")
application = get_wsgi_application()
