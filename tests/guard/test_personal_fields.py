"""Every field that may hold personal data has a declared purpose, or a reason why it holds none."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from django.apps import apps
from django.db import models

from stadtnah.kernel.privacy.api import PURPOSES

# What our own models keep that is no personal data, each with its reason. A pattern covers a family.
NOT_PERSONAL = {
    "access.Mandate.scopes": "names of rights",
    "audit.Entry.*": "people are named by opaque ids only",
    "jobs.*": "names of programs",
    "town.Town.*": "the municipality itself, with its official contact and representation",
    "privacy.Deletion.*": "counts",
    "publishing.Snapshot.*": "official communication; its text is what the municipality publishes",
    "publishing.ReleaseRequest.object_key": "key of a message",
    "publishing.ReleaseRequest.title": "title of a message",
    "publishing.ReleaseRequest.wish": "a time",
    "publishing.ReleaseRequest.asked": "opaque ids of people",
    "publishing.Comment.where": "name of a field",
    "publishing.Approval.role": "name of a role",
    "publishing.Revocation.why": "a code",
    "publishing.BulkRelease.*": "keys and codes",
    "publishing.BulkItem.*": "hashes, codes, sentences of ours",
    "publishing.ChannelAccount.*": "the municipality's own accounts; secrets are sealed",
    "publishing.Dispatch.*": "keys",
    "publishing.Delivery.object_key": "key of a message",
    "publishing.Delivery.account": "key of an account",
    "publishing.Delivery.channel": "name of a channel",
    "publishing.Delivery.action": "a code",
    "publishing.Delivery.claimed_by": "name of a process",
    "publishing.Delivery.remote_id": "address of our own post",
    "publishing.Delivery.url": "address of our own post",
    "publishing.Delivery.reason": "a sentence of ours about the channel",
    "publishing.Delivery.tries": "sentences of ours about the channel",
    "pagetypes.*": "content for publication",
    "membersites.*": "content for publication",
    "blog.*": "content for publication; names under a text are declared",
    "calendar.*": "content for publication; who organises and whom one asks is declared",
    "press.*": "content for publication; whom to ask is a person of the register",
    "offices.OfficeIndexPage.*": "content for publication",
    "offices.OfficePage.*": "content for publication; telephone and mail of an office, not of a person",
    "offices.PlaceIndexPage.*": "content for publication",
    "offices.PlacePage.*": "content for publication",
    "rights.MediaRights.sha256": "a hash",
    "rights.MediaRights.uses": "codes",
    "rights.Scan.mime": "a media type",
    "languages.*": "content for publication, tags of languages",
    "website.*": "the public website's own content, written for publication",
    "search.*": "what was released for publication, and words that mean the same; what is searched for is not kept",
    "newsletter.MailingList.*": "names of lists",
    "newsletter.Consent.wording_version": "which wording was shown",
    "feedback.Report.form_key": "a hash",
    "events.Submission.form_key": "a hash",
    "events.Submission.object_key": "key of a page",
    "events.Watched.*": "what was released for publication",
    "events.EventChange.*": "what was released for publication",
    "events.Reminder.form_key": "a hash",
    "legal.LegalDraft.*": "facts about the municipality, hashes, sentences of ours",
    "quality.*": "what is read in pages for publication, addresses of websites; who looked at a page or got a reminder is a foreign key to identity.User",
    "streets.*": "names of streets, days and titles of waste calendars, opaque ids of people",
    "forwarding.*": "addresses of pages, opaque ids of people",
    "helpful.PageVerdict.object_key": "key of a page; the rest are two numbers and a day",
    "moving_in.ImportRun.source_key": "a hash",
    "moving_in.ImportRun.content_type": "a media type",
    "moving_in.ImportRun.kind": "a code",
    "moving_in.ImportRun.notes": "sentences of ours about the file",
    "moving_in.ImportRun.error_de": "a sentence of ours about the file",
    "moving_in.ImportRun.options": "origin and limits of a website, sentences of ours",
    "moving_in.FoundPage.name_hash": "a hash",
    "moving_in.FoundEvent.guid_hash": "a hash",
    "moving_in.FoundEvent.when": "a day and a time",
    "moving_in.FoundPage.slug": "the last part of a page's address",
    "moving_in.FoundPage.reason_de": "a sentence of ours",
    "moving_in.FoundPage.forward_to": "the path of a page",
    "moving_in.ImportedItem.source_key": "a hash",
    "moving_in.ImportedItem.guid_hash": "a hash",
    "moving_in.ImportedItem.content_digest": "a hash",
    "moving_in.ImportedItem.object_key": "key of a page",
    "moving_in.ImportedItem.old_category": "name of a section of an old website",
    "moving_in.ImportedItem.parts": "hashes",
    "moving_in.Subscription.address_hash": "a hash",
    "moving_in.Subscription.category": "name of a category of events",
    "moving_in.Subscription.error_de": "a sentence of ours about the calendar",
    "moving_in.Subscription.etag": "a code of the other website",
    "moving_in.Subscription.last_modified": "a time",
    "moving_in.Subscription.body_digest": "a hash",
    "moving_in.Subscription.said": "a code",
    "moving_in.Question.guid_hash": "a hash",
    "moving_in.Question.answer": "a code",
    "moving_in.Question.when": "a day and a time",
    "moving_in.CategoryChoice.*": "hashes, names of sections",
    "moving_in.FetchedPicture.*": "a hash",
}
# Tables of others: the CMS and the libraries. Each says where its personal data, if any, is dealt with.
FOREIGN = {
    "wagtailusers.UserProfile.*": "preferences; the avatar is declared",
    "wagtailimages.*": "pictures for publication",
    "wagtaildocs.*": "documents for publication",
    "documents.*": "documents for publication; whoever uploaded them is a foreign key to identity.User",
    "wagtailadmin.*": "editing state, gone with the session",
    "wagtailsearch.*": "index of content for publication",
    "wagtailcore.*": "content for publication and its history; people are foreign keys to identity.User",
    "taggit.*": "tags",
    "django_tasks_database.*": "arguments are ids; rows go after two days",
    "account.EmailConfirmation.key": "a token",
    "mfa.Authenticator.data": "sealed secrets, gone with the account",
    "auth.*": "names of permissions",
    "contenttypes.*": "names of models",
    "sessions.Session.*": "opaque, ends after twelve hours",
}
_TEXT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


def suspects() -> list[str]:
    """Fields in which a person could stand: every text, file or address without fixed choices."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, _TEXT) and not field.choices and not field.remote_field
    )


def declared() -> set[str]:
    return {field for purpose in PURPOSES for field in purpose.fields}


def covered(field: str, patterns: dict[str, str]) -> bool:
    return any(fnmatchcase(field, pattern) for pattern in patterns)


def test_every_field_has_a_purpose_or_a_reason() -> None:
    loose = [
        f
        for f in suspects()
        if f not in declared() and not covered(f, NOT_PERSONAL) and not covered(f, FOREIGN)
    ]
    assert loose == [], "declare a Purpose (privacy.py of the app) or give a reason here"


def test_a_new_field_would_be_found() -> None:
    assert not covered("reports.Report.phone", NOT_PERSONAL | FOREIGN)
    assert "identity.User.email" in suspects()


def test_names_and_addresses_are_never_excused() -> None:
    """Whatever is called an e-mail address in a table of ours is declared."""
    mails = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField)
    ]
    assert set(mails) - declared() == {
        "town.Town.mail",
        "offices.OfficePage.mail",
        "membersites.MemberSitePage.mail",
    }


def test_purposes_name_fields_that_exist() -> None:
    for field in sorted(declared()):
        label, name = field.rsplit(".", 1)
        assert apps.get_model(label)._meta.get_field(name), field


def test_no_excuse_is_left_over() -> None:
    known = suspects()
    unused = [p for p in NOT_PERSONAL | FOREIGN if not any(fnmatchcase(f, p) for f in known)]
    assert unused == []


@pytest.mark.parametrize("purpose", list(PURPOSES), ids=lambda p: p.key)
def test_a_purpose_says_everything(purpose: object) -> None:
    for part in ("title", "legal_basis", "retention"):
        assert getattr(purpose, part)
    # What never reaches a table has no fields, and says so.
    assert purpose.fields or "nur im Arbeitsspeicher" in purpose.retention  # type: ignore[attr-defined]
    assert "DSGVO" in purpose.legal_basis or "TDDDG" in purpose.legal_basis  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", list(PURPOSES), ids=lambda p: p.key)
def test_a_purpose_works_on_an_empty_database(purpose: object) -> None:
    assert list(purpose.export("niemand@stadt.example")) == []  # type: ignore[attr-defined]
    assert purpose.erase("niemand@stadt.example") == 0  # type: ignore[attr-defined]
    assert purpose.expire() == 0  # type: ignore[attr-defined]
