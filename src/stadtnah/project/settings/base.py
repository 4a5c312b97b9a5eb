"""What every cell has in common. One file per concern; `env` reads the environment."""

from __future__ import annotations

from stadtnah.project.settings import env
from stadtnah.project.settings.apps import *
from stadtnah.project.settings.database import *
from stadtnah.project.settings.logs import *
from stadtnah.project.settings.mail import *
from stadtnah.project.settings.security import *

ROOT = env.ROOT
STADTNAH_MODE = env.mode()
STADTNAH_DEMO = STADTNAH_MODE == "demo"
STADTNAH_DATA = env.data_folder()
STADTNAH_TIME_ZONE = env.text("TIME_ZONE", "Europe/Berlin")

DEBUG = False
ROOT_URLCONF = "stadtnah.project.urls"
WSGI_APPLICATION = "stadtnah.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
LOCALE_PATHS = [env.ROOT / "src" / "stadtnah" / name for name in ("locale", "locale_staff")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = STADTNAH_TIME_ZONE

STATIC_URL = "/static/"
STATICFILES_DIRS = [env.ROOT / "assets"]
STATIC_ROOT = STADTNAH_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "stadtnah.project.static.ReleasedStatic"},
}
# Uploads are working material: served to signed-in staff only (surfaces/desk), never at a public address.
MEDIA_ROOT = STADTNAH_DATA / "uploads"
MEDIA_URL = "/desk/-/uploads/"

WAGTAIL_SITE_NAME = "Stadtnah"
WAGTAILADMIN_COMMENTS_ENABLED = False  # remarks belong to the release view
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://localhost:8000")
STADTNAH_BASE_URL = WAGTAILADMIN_BASE_URL.rstrip("/")
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request to a third party
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to a third party
WAGTAIL_WORKFLOW_ENABLED = False  # release is ours: publishing.approval
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_BUTTON = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_MODEL = "website.TownImage"
WAGTAILDOCS_DOCUMENT_MODEL = "documents.TownDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "stadtnah.surfaces.website.documents.form.TownDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "stadtnah.surfaces.website.imageform.TownImageForm"
WAGTAIL_APPEND_SLASH = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "stadtnah.surfaces.website.cms_index"}}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "alert", "transactional", "news", "takeover"],
    }
}

STADTNAH_NET_ALLOW = env.listed("NET_ALLOW")
STADTNAH_INDEXNOW = env.flag("INDEXNOW", default=False)
STADTNAH_INDEXNOW_URL = env.text("INDEXNOW_URL", "https://api.indexnow.org/indexnow")
