"""The test suite: a data folder of its own, fast hashing, nothing else different from production."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile


def _folder() -> str:
    """Gone when the process that made it ends; a forked child leaves it alone."""
    path, owner = tempfile.mkdtemp(prefix="stadtnah-test-"), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(path, ignore_errors=True)

    atexit.register(remove)
    return path


os.environ.setdefault("STADTNAH_MODE", "test")
if "STADTNAH_DATA" not in os.environ:
    os.environ["STADTNAH_DATA"] = _folder()

from stadtnah.project.settings.base import *  # noqa: E402 - reads the environment above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STADTNAH_SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
