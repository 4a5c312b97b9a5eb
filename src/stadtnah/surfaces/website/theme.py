"""The look: the town's colours with their contrast, and the style sheet, fonts and script as stored files."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from stadtnah.kernel import media
from stadtnah.kernel.town.api import Town, base_url
from stadtnah.surfaces.website import store

ASSETS: Final = Path(__file__).resolve().parents[4] / "assets"
_SCRIPTS: Final = ("js/site.js", "js/search.js", "js/streets.js", "js/display.js", "js/nearby.js")
TEXT_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST: Final = 3.0  # WCAG 2.2, 1.4.11
_LIGHT: Final = ("#ffffff", "#f4f5f8")
_DARK: Final = ("#10121c", "#1a1d2b")
_FACES: Final = (("400", "normal"), ("400", "italic"), ("600", "normal"))
_published: dict[tuple[str, ...], dict[str, str]] = {}
_LOOKS: Final = 64  # the municipality's and those of its districts; a process that has seen more forgets them
_FALLBACK_ARMS: Final = "arms/neutral.svg"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ("#rrggbb"), 1 to 21 (WCAG 2.2, relative luminance). Raises ValueError."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def on(colour: str) -> str:
    """Black or white, whichever reads better on `colour`; one of both always has at least 4.5."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, colour))


def readable(colour: str, grounds: tuple[str, ...], least: float = TEXT_CONTRAST) -> str:
    """`colour`, moved towards black or white just as far as it reads on all of `grounds`."""
    target = "#000000" if _luminance(grounds[0]) > 0.18 else "#ffffff"  # noqa: PLR2004 - where black and white read alike
    for step in range(0, 101, 2):
        mixed = mix(colour, target, step / 100)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return target


def mix(colour: str, other: str, share: float) -> str:
    """`share` (0..1) of `other` in `colour`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def colour_problem(colour: str) -> str:
    """What to say to whoever picks this colour for the town, German; "" when it is fine on white."""
    try:
        ratio = contrast(colour, "#ffffff")
    except ValueError:
        return f"„{colour[:20]}“ ist keine Farbe. Bitte geben Sie sie so an: #14532d."
    if ratio >= TEXT_CONTRAST:
        return ""
    shown = f"{ratio:.1f}".replace(".", ",")
    return (
        f"Diese Farbe hat auf Weiß nur einen Kontrast von {shown} zu 1; nötig sind 4,5 zu 1 (WCAG 2.2, 1.4.3). "
        f"Nehmen Sie zum Beispiel {readable(colour, ('#ffffff',))}."
    )


def town_css(town: Town) -> str:
    """The town's colours as custom properties, light and dark; paper is light."""
    light = _properties(town.colour, town.accent, _LIGHT)
    dark = _properties(town.colour, town.accent, _DARK)
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def _site_css(base: str) -> str:
    """Where the website is, for addresses on paper (`print.css`)."""
    said = re.sub(r"[^A-Za-z0-9:/.\[\]_-]", "", base)
    return f':root{{--site:"{said}"}}\n'


def _properties(colour: str, accent: str, grounds: tuple[str, ...]) -> str:
    dark = grounds is _DARK
    action = readable(colour, grounds, 5.5)
    band = mix(colour, "#0c0d14", 0.45) if dark else colour
    values = {
        "town": readable(colour, grounds, PART_CONTRAST),
        "town-band": band,
        "town-on-band": on(band),
        "town-action": action,
        "town-on-action": on(action),
        "town-accent": readable(accent, grounds),
        "town-tint": mix(colour, grounds[0], 0.84 if dark else 0.92),
        "town-foot": readable(mix(colour, "#0a0b10", 0.72 if dark else 0.45), ("#ffffff",), 7.0),
        "town-foot-line": mix(mix(colour, "#0a0b10", 0.45), "#ffffff", 0.25),
    }
    return "".join(f"--{name}:{value};" for name, value in values.items())


def publish(town: Town) -> dict[str, str]:
    """Writes style sheet, fonts, script and arms to the store; returns their addresses by name.

    Addresses carry the digest of the bytes: they may be kept for ever, and an older page keeps its own look.
    """
    key = (str(store.folder()), base_url(), town.colour, town.accent, town.arms_sha256)
    known = _published.get(key)
    if known and all(store.holds(address) for address in known.values()):
        return known
    if len(_published) >= _LOOKS:
        _published.clear()
    _published[key] = _written(town)
    return _published[key]


def _written(town: Town) -> dict[str, str]:
    fonts = {
        face: _keep(f"fira-sans-{'-'.join(face)}", "woff2", _asset(_face(face)), "font/woff2")
        for face in _FACES
    }
    style = "\n".join(
        [
            *(_font_face(face, address) for face, address in fonts.items()),
            *(
                _asset(name).decode()
                for name in (
                    "vendor/kern/kern.css",
                    "css/site.css",
                    "css/blocks.css",
                    "css/search.css",
                    "css/offices.css",
                    "css/blog.css",
                    "css/events.css",
                    "css/events-out.css",
                    "css/display.css",
                    "css/home.css",
                    "css/streets.css",
                    "css/page-foot.css",
                    "css/print.css",
                )
            ),
            town_css(town),
            _site_css(base_url()),
        ]
    )
    return {
        "css": _keep("site", "css", style.encode(), "text/css; charset=utf-8"),
        "js": _keep("site", "js", b"".join(map(_asset, _SCRIPTS)), "text/javascript; charset=utf-8"),
        "font": fonts[("400", "normal")],
        "font_bold": fonts[("600", "normal")],
        "arms": _arms(town),
        "icon": _icon(town),
    }


def _arms(town: Town) -> str:
    if town.arms_sha256 and media.exists(town.arms_sha256):
        digest = media.rendition(town.arms_sha256, 240, mime="image/webp")
        return _keep("wappen", "webp", media.get(digest), "image/webp")
    return _keep("wappen", "svg", _asset(_FALLBACK_ARMS), "image/svg+xml")


def _icon(town: Town) -> str:
    if town.arms_sha256 and media.exists(town.arms_sha256):
        digest = media.rendition(town.arms_sha256, 96, ratio=1.0, mime="image/png")
        return _keep("icon", "png", media.get(digest), "image/png")
    return _keep("icon", "svg", _asset(_FALLBACK_ARMS), "image/svg+xml")


def _face(face: tuple[str, str]) -> str:
    return f"vendor/fonts/fira-sans-{face[0]}-{face[1]}.woff2"


def _font_face(face: tuple[str, str], address: str) -> str:
    weight, style = face
    return (
        f'@font-face{{font-family:"Fira Sans";font-style:{style};font-weight:{weight};font-display:swap;'
        f'src:url("{address}") format("woff2")}}'
    )


def _keep(name: str, suffix: str, data: bytes, content_type: str) -> str:
    path = f"/theme/{name}-{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
    store.write(path, data, content_type, cache=store.FOREVER)
    return path


@lru_cache(maxsize=32)
def _asset(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour[:20]!r} is no colour #rrggbb")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
