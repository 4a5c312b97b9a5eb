"""Everything one can do in the desk, and who may. The one table of rights."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role in the municipality. Agencies have none: they act under a mandate's scopes."""

    AUTHOR = "author"
    APPROVER = "approver"
    DEPUTY = "deputy"
    CLERK = "clerk"
    DSB = "dsb"
    ADMIN = "admin"


ROLE_LABELS = {
    Role.AUTHOR: "Redaktion",
    Role.APPROVER: "Freigabe",
    Role.DEPUTY: "Vertretung der Freigabe",
    Role.CLERK: "Sachbearbeitung",
    Role.DSB: "Datenschutz",
    Role.ADMIN: "Verwaltung des Systems",
}


class Scope(StrEnum):
    """What a mandate allows an agency's person."""

    WRITE = "write"
    IMPORT = "import"
    REPORT = "report"


SCOPE_LABELS = {
    Scope.WRITE: "Meldungen schreiben und zur Freigabe geben",
    Scope.IMPORT: "Alte Meldungen übernehmen",
    Scope.REPORT: "Auswertungen und Nachweise ansehen",
}


class Action(StrEnum):
    """A verb of the desk."""

    DESK_OPEN = "desk.open"
    MESSAGE_VIEW = "message.view"
    MESSAGE_EDIT = "message.edit"
    MESSAGE_SUBMIT = "message.submit"
    MESSAGE_COMMENT = "message.comment"
    MESSAGE_RELEASE = "message.release"
    MESSAGE_WITHDRAW = "message.withdraw"
    DISPATCH_STOP = "dispatch.stop"
    DISPATCH_RESOLVE = "dispatch.resolve"
    PROOF_VIEW = "proof.view"
    MEDIA_EDIT = "media.edit"
    CONSENTS_VIEW = (
        "consents.view"  # names of people on pictures; whoever sees them may note that one said no
    )
    CONSENTS_EDIT = "consents.edit"
    IMPORT_RUN = "import.run"
    IMPORT_RELEASE = "import.release"
    CHANNELS_MANAGE = "channels.manage"
    GUIDE_EDIT = "guide.edit"
    TOWN_EDIT = "town.edit"
    PEOPLE_MANAGE = "people.manage"
    MANDATES_MANAGE = "mandates.manage"
    SUBSCRIBERS_VIEW = "subscribers.view"
    FEEDBACK_VIEW = "feedback.view"
    FEEDBACK_ANSWER = "feedback.answer"
    EVENTS_MODERATE = "events.moderate"
    EVENTS_ANSWER = "events.answer"  # what is written to who handed it in, in the name of the municipality
    CLUBS_TRUST = "clubs.trust"  # who stands behind an event that was handed in, and how far they are trusted
    PRIVACY_VIEW = "privacy.view"
    AUDIT_VIEW = "audit.view"


_READ = {Action.DESK_OPEN, Action.MESSAGE_VIEW, Action.PROOF_VIEW}
_WRITE = _READ | {Action.MESSAGE_EDIT, Action.MESSAGE_SUBMIT, Action.MESSAGE_COMMENT, Action.MEDIA_EDIT}
_CONSENTS = {Action.CONSENTS_VIEW, Action.CONSENTS_EDIT}
_LAST_WORD = _READ | {
    *_CONSENTS,
    Action.MESSAGE_COMMENT,
    Action.MESSAGE_RELEASE,
    Action.MESSAGE_WITHDRAW,
    Action.DISPATCH_STOP,
    Action.DISPATCH_RESOLVE,
    Action.IMPORT_RELEASE,
    Action.EVENTS_MODERATE,
    Action.EVENTS_ANSWER,
    Action.CLUBS_TRUST,
}

ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.AUTHOR: frozenset(
        _WRITE
        | _CONSENTS
        | {
            Action.IMPORT_RUN,
            Action.DISPATCH_STOP,
            Action.EVENTS_MODERATE,
            Action.EVENTS_ANSWER,
            Action.CLUBS_TRUST,
        }
    ),
    Role.APPROVER: frozenset(_LAST_WORD | {Action.GUIDE_EDIT, Action.MANDATES_MANAGE, Action.AUDIT_VIEW}),
    Role.DEPUTY: frozenset(_LAST_WORD),
    Role.CLERK: frozenset(
        _READ
        | {
            Action.SUBSCRIBERS_VIEW,
            Action.FEEDBACK_VIEW,
            Action.FEEDBACK_ANSWER,
            Action.EVENTS_MODERATE,
            Action.EVENTS_ANSWER,
            Action.CLUBS_TRUST,
        }
    ),
    Role.DSB: frozenset(
        _READ
        | {
            Action.PRIVACY_VIEW,
            Action.AUDIT_VIEW,
            Action.SUBSCRIBERS_VIEW,
            Action.FEEDBACK_VIEW,
            Action.CONSENTS_VIEW,
        }
    ),
    Role.ADMIN: frozenset(
        _READ
        | {
            Action.CHANNELS_MANAGE,
            Action.GUIDE_EDIT,
            Action.TOWN_EDIT,
            Action.PEOPLE_MANAGE,
            Action.MANDATES_MANAGE,
            Action.AUDIT_VIEW,
            Action.FEEDBACK_VIEW,
            Action.FEEDBACK_ANSWER,
            Action.DISPATCH_STOP,
        }
    ),
}

SCOPE_ACTIONS: dict[Scope, frozenset[Action]] = {
    Scope.WRITE: frozenset(
        {
            Action.DESK_OPEN,
            Action.MESSAGE_VIEW,
            Action.MESSAGE_EDIT,
            Action.MESSAGE_SUBMIT,
            Action.MESSAGE_COMMENT,
            Action.MEDIA_EDIT,
            Action.PROOF_VIEW,
            Action.DISPATCH_STOP,
            Action.EVENTS_MODERATE,
        }
    ),
    Scope.IMPORT: frozenset({Action.DESK_OPEN, Action.MESSAGE_VIEW, Action.IMPORT_RUN}),
    Scope.REPORT: frozenset({Action.DESK_OPEN, Action.MESSAGE_VIEW, Action.PROOF_VIEW}),
}

# No scope may ever hold one of these (tests/guard/test_last_word.py).
MUNICIPALITY_ONLY = frozenset(
    {
        Action.MESSAGE_RELEASE,
        Action.MESSAGE_WITHDRAW,
        Action.IMPORT_RELEASE,
        Action.CHANNELS_MANAGE,
        Action.MANDATES_MANAGE,
        Action.PEOPLE_MANAGE,
        Action.TOWN_EDIT,
        Action.GUIDE_EDIT,
        # What citizens write is for the town hall.
        Action.FEEDBACK_VIEW,
        Action.FEEDBACK_ANSWER,
        Action.SUBSCRIBERS_VIEW,
        # No agency writes to citizens in the municipality's name: nobody released those words.
        Action.EVENTS_ANSWER,
        # Whose events need a glance only is for the municipality to say.
        Action.CLUBS_TRUST,
        # Who is on a picture is for the town hall, too.
        Action.CONSENTS_VIEW,
        Action.CONSENTS_EDIT,
    }
)
