"""Imports that nobody needs, left out: a tenth of a cell's memory is what libraries load just in case.

Each of these is optional to the library that asks for it: it catches ImportError and goes on without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from stadtnah.project.settings import env

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLResolver

# Who asks for it: what for. Measured with docs/architecture/memory.md's figures.
_JUST_IN_CASE = (
    "anyio",  # httpcore: its asynchronous half
    "chardet",  # bs4: guessing how bytes are written; the CMS hands it text
    "charset_normalizer",  # bs4, as above
    "coreapi",  # rest_framework: schemas
    "coreschema",
    "httpx._main",  # httpx: its command line, with rich and pygments
    "pillow_heif",  # Willow: we hand it no HEIC, kernel.media has turned it into JPEG before
    "pygments",  # rest_framework: pages that show its answers in colours
    "requests",  # rest_framework: its test client
    "trio",  # httpcore, as above
    "uvloop",  # Granian: an event loop; WSGI has none
    "yaml",  # rest_framework: its OpenAPI renderer
)

_NOT_ON_SQLITE = (
    "django.contrib.postgres",
)  # rest_framework: fields; brings psycopg with it. On PostgreSQL the CMS's search needs it

# The CMS's interfaces for programs, with what they are made with (pydantic, ninja, rest_framework) a quarter of all imports.
# The third one writes pages past the desk and is never mounted here; what pictures and documents tell it at each start leads
# nowhere. The second one feeds the CMS's own page menu, which the desk does not have: its gateway lets nobody to it.
_THIRD = "wagtail.api.v3.api"
_TELL_THE_THIRD = ("wagtail.images.api.v3", "wagtail.documents.api.v3")
_SECOND = "wagtail.admin.api.urls"
_TEST = "django.test"  # wagtail.coreutils: a request for previews without one; brings unittest and a server for tests
_FOR_THE_SECOND = {
    "wagtail.images.api.admin.views": "ImagesAdminAPIViewSet",
    "wagtail.documents.api.admin.views": "DocumentsAdminAPIViewSet",
}


@contextmanager
def imports() -> Iterator[None]:
    """While it lasts, these modules are not found or do nothing (unless they are there already). Afterwards whoever needs one gets it."""
    unused = _JUST_IN_CASE if env.text("DATABASE") else (*_JUST_IN_CASE, *_NOT_ON_SQLITE)
    left_out = [name for name in unused if name not in sys.modules]
    blocked: dict[str, None] = dict.fromkeys(left_out)
    sys.modules.update(blocked)  # type: ignore[arg-type] # None is Python's documented way to say "not found"
    idle = {name: module for name, module in _doing_nothing().items() if name not in sys.modules}
    sys.modules.update(idle)
    try:
        yield
    finally:
        for name in left_out:
            if sys.modules.get(name, name) is None:
                del sys.modules[name]
        for name, module in idle.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _doing_nothing() -> dict[str, ModuleType]:
    """What stands in for what is not there."""
    third = _module(_THIRD, api=SimpleNamespace(add_router=lambda *_: None))
    modules = [third, _NoAddresses(_SECOND), _module(_TEST, RequestFactory=_request_factory)]
    for name in _TELL_THE_THIRD:
        modules.append(_module(f"{name}.registry", register_content_types=lambda: None))
        modules.append(_module(f"{name}.router", router=None))
    modules.extend(_module(name, **{views: None}) for name, views in _FOR_THE_SECOND.items())
    return {module.__name__: module for module in modules}


def _module(name: str, **contents: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    return module


def _request_factory(**defaults: Any) -> object:
    """Django's own, once somebody needs it."""
    if isinstance(sys.modules.get(_TEST), ModuleType) and sys.modules[_TEST].__spec__ is None:
        del sys.modules[_TEST]  # what stands in for it
    from django.test import RequestFactory  # noqa: PLC0415 - see above

    return RequestFactory(**defaults)


class _NoAddresses(ModuleType):
    """The names that the CMS's pages print, and nothing behind them."""

    @property
    def urlpatterns(self) -> list[URLResolver]:
        from django.urls import include, path  # noqa: PLC0415 - the supervisor imports this module

        kinds = [
            path(f"{kind}/", include(([path("", _nothing, name="listing")], kind)))
            for kind in ("pages", "images", "documents")
        ]
        return [path("main/", include((kinds, "wagtailadmin_api")))]


def _nothing(_request: HttpRequest) -> HttpResponse:
    from django.http import Http404  # noqa: PLC0415 - as above

    raise Http404
