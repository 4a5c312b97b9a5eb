"""Public addresses that Django answers: none. The store answers ahead of it (serve.py).

`project.urls` takes `handler404` and `handler500` from here. Nothing of the CMS's own front end is mounted: no page
serving, no pictures, no documents; those would show what was not released.
"""

from __future__ import annotations

from django.urls import URLPattern

handler404 = "stadtnah.surfaces.website.views.not_found"
handler500 = "stadtnah.surfaces.website.views.server_error"

urlpatterns: list[URLPattern] = []
