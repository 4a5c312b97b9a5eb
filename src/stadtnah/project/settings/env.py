"""Settings read from the environment, each in one place, each documented in docs/betrieb/einstellungen.md."""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[4]

Mode = Literal["production", "demo", "test"]


def text(name: str, default: str = "") -> str:
    """The value of STADTNAH_<name>, stripped."""
    return os.environ.get(f"STADTNAH_{name}", default).strip()


def listed(name: str, default: str = "") -> list[str]:
    """A comma separated value as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def networks(name: str, default: str = "") -> list[str]:
    """Addresses and networks (CIDR); raises ImproperlyConfigured that names the setting."""
    found = listed(name, default)
    for one in found:
        try:
            ip_network(one, strict=False)
        except ValueError:
            raise ImproperlyConfigured(
                f"STADTNAH_{name}: „{one}“ ist keine IP-Adresse und kein Netz."
            ) from None
    return found


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured that names the setting."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"STADTNAH_{name}: „{value}“ ist keine ganze Zahl.") from None


def flag(name: str, *, default: bool) -> bool:
    """1/ja/true/on or 0/nein/false/off."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "ja", "true", "on", "yes"}:
        return True
    if value in {"0", "nein", "false", "off", "no", ""}:
        return False
    raise ImproperlyConfigured(f"STADTNAH_{name}: „{value}“ ist weder ja noch nein.")


def mode() -> Mode:
    """How this cell runs; production unless said otherwise."""
    value = text("MODE", "production")
    if value not in {"production", "demo", "test"}:
        raise ImproperlyConfigured(f"STADTNAH_MODE: „{value}“ gibt es nicht (production oder demo).")
    return value  # type: ignore[return-value] # narrowed above


def data_folder() -> Path:
    """Where everything of this town lives: database, keys, media, page store."""
    folder = Path(text("DATA") or ROOT / ".data").resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_file(path: Path) -> str:
    """A secret made once and kept beside the data, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
