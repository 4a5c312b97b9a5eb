"""A form that was not saved names the fields that stop it, each as a link to it: the CMS says only that there are some."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from wagtail.fields import StreamField

from stadtnah.surfaces.website import form_places


class NamesMistakes:
    """For the CMS's views that keep a page."""

    request: HttpRequest
    expects_json_response: bool

    def form_invalid(self, form: Any) -> HttpResponse:
        """Beside what the CMS says."""
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # the view brings it
        wrong = [name for name in form.errors if name in form.fields]
        if wrong and not self.expects_json_response:
            labels = form_places.labels(form.instance)
            links = ((_field(form, name), labels.get(name) or form.fields[name].label) for name in wrong)
            told = format_html_join(", ", '<a href="#{}">{}</a>', links)
            messages.error(self.request, format_html("Bitte ändern Sie: {}.", told))
        return answer


def _field(form: Any, name: str) -> str:
    model = form.instance._meta  # noqa: SLF001 - Django's public way to it
    streams = {field.name for field in model.concrete_fields if isinstance(field, StreamField)}
    return f"{name}-count" if name in streams else str(form[name].auto_id)
