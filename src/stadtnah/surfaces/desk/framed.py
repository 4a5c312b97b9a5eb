"""What readers will get, shown whole in a frame of the desk: no script, nothing from elsewhere, nobody's personal link."""

from __future__ import annotations

import base64
import re
from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse

from stadtnah.kernel import media
from stadtnah.publishing.channel import Whole

# The address of a personal link, filled in when the mail goes out; a message itself cannot bring braces in.
_PERSONAL: Final = re.compile(r'href="\{\{[a-z_]+\}\}"')
_PICTURE: Final = re.compile(r'src="[^"]*/media/(?:mail/)?([0-9a-f]{64})\.[a-z]+"')
_SCRIPT: Final = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
# Where a link leads is not shown in the frame: most of it may not be framed. Places of the same page are.
_LINK: Final = re.compile(r'<a (?=[^>]*href="(?!#))(?![^>]*target=)')
_POLICY: Final = (
    "default-src 'none'; style-src {styles}; img-src 'self' data: {site}; font-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    # The same origin, so that the desk may measure its height and the fonts are there; it has no script.
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


def framed(whole: Whole | None) -> HttpResponse:
    """The HTML alone, as it is but for scripts, personal links and where pictures come from. Raises Http404 where there is nothing."""
    if whole is None:
        raise Http404
    html = _SCRIPT.sub("", _PERSONAL.sub('href="#"', whole.html))
    html = _LINK.sub('<a target="_blank" rel="noopener" ', html)
    response = HttpResponse(_PICTURE.sub(_inside, html))
    response["Content-Security-Policy"] = _POLICY.format(
        styles="'unsafe-inline'" if whole.own_styles else "'self'", site=settings.STADTNAH_BASE_URL
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
