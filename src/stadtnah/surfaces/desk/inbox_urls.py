"""Addresses of what citizens wrote."""

from __future__ import annotations

from django.urls import URLPattern, path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import inbox, unclear_mail

ACTIONS: dict[str, Action] = {
    "desk_inbox": Action.FEEDBACK_VIEW,
    "desk_report": Action.FEEDBACK_VIEW,
    "desk_report_answer": Action.FEEDBACK_ANSWER,
    "desk_report_close": Action.FEEDBACK_ANSWER,
    "desk_report_reopen": Action.FEEDBACK_ANSWER,
    "desk_report_mail": Action.FEEDBACK_ANSWER,
    "desk_answer_mail": Action.FEEDBACK_ANSWER,
}

urlpatterns: list[URLPattern] = [
    path("rueckmeldungen/", inbox.index, name="desk_inbox"),
    path("rueckmeldungen/<uuid:report_id>/", inbox.view, name="desk_report"),
    path("rueckmeldungen/<uuid:report_id>/antworten/", inbox.answer, name="desk_report_answer"),
    path("rueckmeldungen/<uuid:report_id>/erledigt/", inbox.close, name="desk_report_close"),
    path("rueckmeldungen/<uuid:report_id>/oeffnen/", inbox.reopen, name="desk_report_reopen"),
    path("rueckmeldungen/<uuid:report_id>/mail/", unclear_mail.report, name="desk_report_mail"),
    path(
        "rueckmeldungen/<uuid:report_id>/mail/<int:answer_id>/", unclear_mail.answer, name="desk_answer_mail"
    ),
]
