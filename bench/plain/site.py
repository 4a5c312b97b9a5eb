"""Settings, addresses and application of the peer. PLAIN_DATA is its folder, PLAIN_CACHE=1 puts Django's cache middleware in front,
PLAIN_ADMIN=1 brings Wagtail's admin and search."""

# ruff: noqa: PLC0415 - Django can only be imported when it is set up

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

DATA = Path(os.environ["PLAIN_DATA"])
_CACHED = os.environ.get("PLAIN_CACHE") == "1"
_OWN = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_BEFORE = ["django.middleware.cache.UpdateCacheMiddleware"] if _CACHED else []
_SIGNED_IN = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
_ADMIN = os.environ.get("PLAIN_ADMIN") == "1"
_CONTEXT = [
    "django.template.context_processors.request",
    *(
        ["django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]
        if _ADMIN
        else ()
    ),
]
_AFTER = ["django.middleware.cache.FetchFromCacheMiddleware"] if _CACHED else []

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.plain.urls",
    WAGTAIL_SITE_NAME="Bench",
    WAGTAILADMIN_BASE_URL="http://localhost",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    STATIC_URL="/static/",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    CACHE_MIDDLEWARE_SECONDS=3600,
    MIDDLEWARE=[*_BEFORE, *_OWN, *(_SIGNED_IN if _ADMIN else ()), *_AFTER],
    WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "wagtail.search.backends.database"}},
    INSTALLED_APPS=[
        "bench.plain", "wagtail.sites", "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.search",
        "wagtail.admin", "wagtail", "modelcluster", "taggit", "django_tasks", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": _CONTEXT},
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "plain.sqlite3"}},
)  # fmt: skip
application = get_wsgi_application()


def fill(title: str, teaser: str, texts: list[str]) -> None:
    """Makes the site: a menu of six sections, twelve messages, the last of them /meldung/."""
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from bench.plain.models import PlainHome, PlainList, PlainPage

    call_command("migrate", verbosity=0)
    top = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    top.refresh_from_db()

    def page(above: Page, name: str, slug: str, *, menu: bool = False) -> PlainPage:
        made = PlainPage(
            title=name, slug=slug, teaser=teaser, body=[("text", text) for text in texts], show_in_menus=menu
        )
        above.add_child(instance=made)
        made.save_revision().publish()
        above.refresh_from_db()
        return made

    home = PlainHome(title="Startseite", slug="start")
    top.add_child(instance=home)
    home.save_revision().publish()
    home.refresh_from_db()
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    for number in range(6):
        page(home, f"Bereich {number}", f"bereich-{number}", menu=True)
    for number in range(12):
        page(home, f"{title} {number}", f"meldung-{number}")
    page(home, title, "meldung")
    home.add_child(instance=PlainList(title="Aktuelles", slug="aktuelles"))


if __name__ == "__main__":
    django.setup()
    fill(sys.argv[1], sys.argv[2], sys.argv[3:])
