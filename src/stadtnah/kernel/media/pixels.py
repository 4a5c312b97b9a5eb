"""Pixels: opened within limits, turned upright, in sRGB, encoded without a word about where they come from."""

from __future__ import annotations

import functools
import io
from typing import Final

# The formats we take, named so that Pillow does not load its forty others with the first picture.
from PIL import (
    AvifImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

from stadtnah.kernel.media.errors import MediaError

MAX_PIXELS: Final = 60_000_000
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SUFFIXES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_UNREADABLE = (
    "Das Bild lässt sich nicht lesen; die Datei ist beschädigt oder unvollständig. "
    "Bitte öffnen Sie es auf Ihrem Gerät, speichern Sie es neu als JPEG und laden Sie es noch einmal hoch."
)


@functools.cache
def heif() -> tuple[str, ...]:
    """HEIC comes from phones. Its decoder is large and its pictures are rare: it is loaded with the first of them."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - see above
    except ImportError:  # the decoder is a package of its own
        return ()
    register_heif_opener()
    return ("HEIF",)


def _formats(data: bytes) -> tuple[str, ...]:
    return (*FORMATS, *heif()) if data[4:8] == b"ftyp" else FORMATS  # ISO/IEC 14496-12: HEIC and AVIF


def opened(data: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded. Raises MediaError, also above MAX_PIXELS."""
    try:
        image = Image.open(io.BytesIO(data), formats=_formats(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise MediaError(_unknown(data)) from None
    except Exception as error:
        raise MediaError(_UNREADABLE) from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    return image


def cleaned(image: Image.Image, longest: int) -> Image.Image:
    """Upright, sRGB, at most `longest` pixels a side, mode RGB or RGBA, without any metadata.

    Raises MediaError when the pixels cannot be decoded.
    """
    try:
        # JPEG decodes to a half, quarter or eighth at once: a big photo never takes its full memory.
        image.draft(None, (longest, longest))
        image.load()
        icc = image.info.get("icc_profile")
        orientation = image.getexif().get(0x0112, 1)
        plain = _eight_bit(image)
        plain.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
        plain = _upright(_in_srgb(plain, icc), orientation)
    except MemoryError:
        raise _too_many_pixels() from None
    except Exception as error:
        raise MediaError(_UNREADABLE) from error
    if plain.mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def encoded(image: Image.Image, mime: str, quality: int = 88) -> bytes:
    """The same bytes for the same pixels. `mime` is JPEG, PNG or WebP; JPEG puts transparency on white."""
    out = io.BytesIO()
    if mime == "image/jpeg":
        _on_white(image).save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    elif mime == "image/webp":
        image.save(out, "WEBP", quality=quality, method=4)
    elif mime == "image/png":
        image.save(out, "PNG", optimize=True)
    else:
        raise ValueError(f"no encoder for {mime!r}")
    return out.getvalue()


def _eight_bit(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled and colour-managed: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits a pixel: convert("L") would cut everything above 255 to white.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    transparent = image.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in image.info
    if transparent:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image.copy() if image.readonly else image
    return image.convert("RGB")


def _in_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if icc:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            changed = ImageCms.profileToProfile(
                image, source, _SRGB, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None  # a broken profile, or one for another mode: the colours as they are
        if changed is not None:
            return changed
    return image if image.mode == mode else image.convert(mode)


def _upright(image: Image.Image, orientation: object) -> Image.Image:
    exif = Image.Exif()
    exif[0x0112] = orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1  # noqa: PLR2004 - EXIF 2.32, tag 274
    image.info = {"exif": exif.tobytes()}
    return ImageOps.exif_transpose(image)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _too_many_pixels() -> MediaError:
    return MediaError(
        f"Das Bild hat mehr als {MAX_PIXELS // 1_000_000} Millionen Bildpunkte. "
        "Bitte verkleinern Sie es, zum Beispiel auf 4000 Bildpunkte in der Breite, "
        "und laden Sie es noch einmal hoch."
    )


def _unknown(data: bytes) -> str:
    head = data[:2048].lstrip().lower()
    if b"<svg" in head:
        return (
            "SVG-Zeichnungen werden nicht angenommen, weil sie Programme enthalten können. "
            "Bitte speichern Sie die Zeichnung als PNG und laden Sie diese Datei hoch."
        )
    if head.startswith(b"%pdf"):
        return (
            "Das ist ein PDF und kein Bild. Bitte speichern Sie die gewünschte Seite als PNG oder JPEG "
            "und laden Sie diese Datei hoch."
        )
    return (
        "Diese Datei ist kein Bild, das hier gelesen werden kann. "
        "Bitte laden Sie ein JPEG, PNG, WebP, GIF, HEIC oder AVIF hoch."
    )
