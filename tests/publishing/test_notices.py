"""A mail to several people of the town hall: whose mailbox is refused keeps nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from stadtnah.kernel.letters import RefusedError
from stadtnah.publishing import notices
from tests.factories.mail_servers import picky
from tests.factories.people import Cast
from tests.publishing.test_story import people

__all__ = ["people"]  # a fixture
pytestmark = pytest.mark.django_db
ADA, FREYA = "ada@stadt.example", "freya@stadt.example"


def told() -> int:
    return notices.tell_of_rights(["- „Kinder am Fluss“"], ended=True)


@pytest.mark.parametrize(("refused", "gets"), [((), {ADA, FREYA}), ((ADA,), {FREYA}), ((FREYA,), {ADA})])
def test_whoever_is_refused_keeps_nobody_else_from_hearing_it(
    people: Cast, settings: Any, caplog: Any, refused: tuple[str, ...], gets: set[str]
) -> None:
    picky(settings, *refused)
    mail.outbox.clear()
    assert told() == len(gets)
    assert {one.to[0] for one in mail.outbox} == gets
    assert "stadt.example" not in caplog.text


def test_what_nobody_got_is_said_to_whoever_tries_again(people: Cast, settings: Any) -> None:
    picky(settings, ADA, FREYA)
    mail.outbox.clear()
    with pytest.raises(RefusedError):
        told()
    settings.EMAIL_BACKEND = "tests.factories.mail_servers.NoServer"
    with pytest.raises(ConnectionRefusedError):
        told()
    assert mail.outbox == []
