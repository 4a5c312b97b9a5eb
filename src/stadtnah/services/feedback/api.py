"""What others may call of the feedback service."""

from __future__ import annotations

from stadtnah.services.feedback.domain.reports import (
    CannotAnswerError,
    answer,
    close,
    inbox,
    reopen,
    settle,
)
from stadtnah.services.feedback.models import Answer, Report

BARRIER_PATH = "/barriere-melden/"
CONTACT_PATH = "/nachricht/"

__all__ = [
    "BARRIER_PATH",
    "CONTACT_PATH",
    "Answer",
    "CannotAnswerError",
    "Report",
    "answer",
    "close",
    "inbox",
    "reopen",
    "settle",
]
