"""While somebody writes in the editor: what the checks say of the text as it stands in the form, saved or not."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import found
from stadtnah.surfaces.website import kinds
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.pages import PublicPage, SentFields


class _Checking:
    """The CMS's own way from an unsaved form to a page, with findings in place of a picture of it."""

    http_method_names = ("post",)
    object: Any

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """A piece of HTML for the panel beside the form. Nothing is kept."""
        if not isinstance(self.object, PublicPage):
            raise Http404
        form = self.get_form(request.POST)  # type: ignore[attr-defined]  # the views below bring it
        try:
            valid = self.validate_form(form)  # type: ignore[attr-defined]
        except (MultiValueDictKeyError, ValueError):  # not all fields of the text are there (yet)
            return HttpResponseBadRequest()
        back = found.returned(self.object.object_key)
        state = publishing.status(self.object.object_key).state
        if not valid:
            return render(request, "desk/writing.html", {**_problems(form), "back": back})
        page = form.save(commit=False)
        content = page.content()
        plan = page.channel_plan if isinstance(page, SentFields) else {}
        entries = publishing.compose_draft(content, plan)
        findings = publishing.findings_of(content, entries, check_context())
        shown = _calm(
            found.by_level(findings, entries, page, by=request.user),
            titled=bool(request.POST.get("title", "").strip()),
        )
        return render(
            request,
            "desk/writing.html",
            {
                **shown,
                "to_change": len(shown["needed"]) + len(shown["errors"]),
                "back": back,
                "told": kinds.of_page(page).told(page),
                "planned": state == "scheduled",
                "submitted": state == "submitted",
            },
        )


# What nobody has written yet is no mistake.
_NOT_YET = frozenset({"title-missing", "teaser-missing", "body-empty", "part-missing"})


# The CMS gives a page without a title one of its own before anything is checked.
_TITLE = {"field": "id_title", "place": "Überschrift", "text": "Schreiben Sie, worum es geht."}


def _calm(shown: dict[str, list[dict[str, Any]]], *, titled: bool) -> dict[str, list[dict[str, Any]]]:
    """`needed`: what is still to be written, apart from `errors`, which are about what was written."""
    errors = shown["errors"]
    return {
        "needed": [*([] if titled else [_TITLE]), *(row for row in errors if row["code"] in _NOT_YET)],
        "errors": [row for row in errors if row["code"] not in _NOT_YET],
        "hints": shown["hints"],
    }


def _problems(form: Any) -> dict[str, list[tuple[str, str]]]:
    """Field and mistake, as the editor itself will say when it is saved."""
    return {
        "problems": [
            (str(form.fields[name].label) if name in form.fields else "", str(mistake))
            for name, mistakes in form.errors.items()
            for mistake in mistakes
        ]
    }


class CheckPage(_Checking, PreviewOnEditView):
    """A page that was saved before."""


class CheckNew(_Checking, PreviewOnCreateView):
    """A page that was never saved."""
