"""The test suite: a data folder of its own, fast hashing, nothing else different from production."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("STADTNAH_MODE", "test")
os.environ.setdefault("STADTNAH_DATA", tempfile.mkdtemp(prefix="stadtnah-test-"))

from stadtnah.project.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STADTNAH_SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
