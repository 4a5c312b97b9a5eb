"""A mail's own HTML, shown in a frame of the desk: no script, nothing from elsewhere, nobody's personal link."""

from __future__ import annotations

import base64
import re

from django.conf import settings
from django.http import HttpResponse

from stadtnah.kernel import media

# The address of a personal link, filled in when the mail goes out; a message itself cannot bring braces in.
_PERSONAL = re.compile(r'href="\{\{[a-z_]+\}\}"')
_PICTURE = re.compile(r'src="[^"]*/media/(?:mail/)?([0-9a-f]{64})\.[a-z]+"')


def framed(html: str) -> HttpResponse:
    """The HTML alone. Mail clients know only inline styles, so this one page may have them; it can do nothing else."""
    response = HttpResponse(_PICTURE.sub(_inside, _PERSONAL.sub('href="#"', html)))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: {settings.STADTNAH_BASE_URL}; "
        "frame-ancestors 'self'; sandbox allow-same-origin"  # so that the desk may measure its height; it has no script
    )
    return response


def small_picture(sha256: str) -> tuple[str, bytes]:
    """Media type and bytes of a picture as previews show it. Raises MediaError."""
    small = media.rendition(sha256, 960, mime="image/jpeg")
    return media.info(small)[0], media.get(small)


def _inside(match: re.Match[str]) -> str:
    """The picture itself: before the release its public address does not exist, and a frame gets no cookie."""
    try:
        kind, data = small_picture(match[1])
    except media.MediaError:
        return match[0]
    return f'src="data:{kind};base64,{base64.b64encode(data).decode()}"'
