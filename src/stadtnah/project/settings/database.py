"""SQLite in the data folder, or PostgreSQL by STADTNAH_DATABASE=postgresql://user:password@host:port/name."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from stadtnah.project.settings import env

# A claim or an outcome that a power cut forgets would be sent twice: synchronous=FULL.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA mmap_size=134217728; "
    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=ON;"
)


def sqlite(path: str) -> dict[str, Any]:
    """SQLite for several processes: WAL, IMMEDIATE (no upgrade deadlock), 20 s patience for the write lock."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
    }


def postgresql(address: str) -> dict[str, Any]:
    """PostgreSQL from an address; options of the query string go to libpq."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "STADTNAH_DATABASE: erwartet wird postgresql://benutzer:kennwort@host:port/name"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


_address = env.text("DATABASE")
DATABASES = {
    "default": postgresql(_address) if _address else sqlite(str(env.data_folder() / "stadtnah.sqlite3"))
}
