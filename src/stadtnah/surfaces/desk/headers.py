"""The content security policy of the desk and the account pages. A view that sets one of its own keeps it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_PREFIXES = ("/desk/", "/konto/")
_BASE = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
)
POLICY = _BASE.format(scripts="'self'", styles="'self'")
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
_EDITORS = ("wagtail", "desk_create", "desk_edit")  # the CMS's own screens, and ours around its form
_INLINE = re.compile(rb"<script>([^<]+)</script>")
# The starting call of a form field of the CMS: one of these functions, the field's id, plain data.
_STARTER = re.compile(
    r'(?:new ImageChooser|new PageChooser|initDateTimeChooser|initDateChooser)\("id_[\w-]+", (\{.*\})\);'
)


class Headers:
    """Middleware: adds the headers to what the desk answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(_PREFIXES):
            name = request.resolver_match.view_name if request.resolver_match else ""
            policy = _editor_policy(response) if name.startswith(_EDITORS) else POLICY
            response.headers.setdefault("Content-Security-Policy", policy)
            response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _editor_policy(response: HttpResponse) -> str:
    """The CMS's editor sets styles on elements as it goes; of inline scripts only its field starters run, each by hash.

    Source of the hash form: CSP Level 3, section 2.3.1.
    """
    html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    starters = filter(_is_starter, _INLINE.findall(response.content) if html else [])
    hashes = (f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in starters)
    return _BASE.format(scripts=" ".join(["'self'", *hashes]), styles="'self' 'unsafe-inline'")


def _is_starter(script: bytes) -> bool:
    match = _STARTER.fullmatch(script.decode(errors="replace"))
    if match is None:
        return False
    try:
        json.loads(match[1])
    except ValueError:
        return False
    return True
