"""Mails to approvers and editors. Nothing is released by a click in a mail: mail scanners click too."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.html import strip_tags

from stadtnah.kernel import clock, letters
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Role
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import snapshot
from stadtnah.publishing.content import Content
from stadtnah.publishing.models import ReleaseRequest
from stadtnah.publishing.places import place
from stadtnah.publishing.states import RequestState

logger = logging.getLogger(__name__)


def release_address(request: ReleaseRequest) -> str:
    """Where the release view of this request is."""
    return f"{settings.STADTNAH_BASE_URL}/desk/freigabe/{request.pk}/"


def ask_approvers(request_id: str, *, reminder: bool = False, escalated: bool = False) -> int:
    """Sends the request to everyone who may release now; returns how many mails. Who has it already only gets a `reminder`."""
    request = ReleaseRequest.objects.select_related("snapshot", "submitted_by").filter(pk=request_id).first()
    if request is None or request.state != RequestState.OPEN.value:
        return 0
    writers = [u for u in access.holders(Role.APPROVER, Role.DEPUTY) if snapshot.wrote(u, request.snapshot)]
    people = access.approvers_to_ask(escalated=escalated, without=writers)
    others = [u.name for u in access.approvers_to_ask(escalated=True, without=writers) if u not in people]
    text = _request_text(request, others)
    to = [u for u in people if reminder or str(u.pk) not in request.asked]
    sent = _send(to, ("Erinnerung: " if reminder else "") + _subject(request), text)
    asked = [*request.asked, *(str(u.pk) for u in people if str(u.pk) not in request.asked)]
    ReleaseRequest.objects.filter(pk=request.pk).update(asked=asked)
    return sent


def _subject(request: ReleaseRequest) -> str:
    when = f" bis {clock.german_short(clock.parse_wall(request.wish))}" if request.wish else ""
    return f"Bitte freigeben{when}: {request.title}"


def _request_text(request: ReleaseRequest, others: list[str]) -> str:
    body = snapshot.opened(request.snapshot)
    content = Content.from_json(body["content"])
    channels = ", ".join(
        f"{entry['label']} (Berichtigung)" if entry["again"] and not entry["kept"] else entry["label"]
        for entry in body["channels"]
    )
    when = (
        clock.german_datetime(clock.parse_wall(request.wish)) if request.wish else "sofort nach der Freigabe"
    )
    parts = [
        f"{request.submitted_by.name} bittet um Ihre Freigabe.",
        f"Ansehen und entscheiden:\n{release_address(request)}",
        f"Kanäle: {channels}\nErscheint: {when}",
        f"Hinweis der Redaktion: {request.note}" if request.note else "",
        "-" * 60,
        content.title,
        "\n".join(f"{label}: {value}" for _key, label, value in content.details if label and value),
        content.teaser,
        *(plain_block(content)),
        "-" * 60,
        f"Wenn niemand antwortet, wird auch gefragt: {', '.join(others)}." if others else "",
        "Ein Klick in dieser Mail gibt nichts frei. Sie entscheiden erst auf der Freigabeseite.",
    ]
    return "\n\n".join(part for part in parts if part)


def plain_block(content: Content) -> list[str]:
    """The body of a message as plain paragraphs."""
    found = []
    for block in content.blocks:
        if block.said_title():
            found.append(block.said_title())
        if block.html:
            found.append(strip_tags(block.html.replace("</p>", "</p>\n").replace("</li>", "</li>\n")).strip())
        if block.picture:
            found.append(f"[Bild: {block.picture.alt}]")
        found += [": ".join(row) for row in block.rows]
    return found


def ask_for_many(number: int, address: str, *, by: User, names: tuple[str, str]) -> int:
    """One mail about many requests, to everyone who may release now; returns how many mails.

    names: what one is called, and what several are called.
    """
    one, many = names
    what = f"Eine alte {one} wartet" if number == 1 else f"{number} alte {many} warten"
    text = (
        f"{by.name} hat {many} der alten Website übernommen und bittet um Ihre Freigabe für die Website.\n\n"
        f"Ansehen und entscheiden:\n{settings.STADTNAH_BASE_URL}{address}\n\n"
        "Ein Klick in dieser Mail gibt nichts frei. Sie entscheiden erst auf der Seite der Übernahme."
    )
    return _send(access.approvers_to_ask(escalated=False, without=[by]), f"{what} auf Ihre Freigabe", text)


def ask_for_basket(titles: Sequence[str], address: str, *, by: User) -> int:
    """One mail about several changed pages, to everyone who may release now; returns how many mails."""
    number = len(titles)
    what = "Eine geänderte Seite wartet" if number == 1 else f"{number} geänderte Seiten warten"
    text = (
        f"{by.name} bittet um Ihre Freigabe für die Website:\n\n"
        + "\n".join(f"- {title}" for title in titles)
        + f"\n\nVorher und nachher ansehen und gemeinsam entscheiden:\n{settings.STADTNAH_BASE_URL}{address}\n\n"
        "Ein Klick in dieser Mail gibt nichts frei. Sie entscheiden erst im Freigabekorb."
    )
    return _send(access.approvers_to_ask(escalated=False, without=[by]), f"{what} auf Ihre Freigabe", text)


_NAMED = 20  # pages in a mail; the rest is on the screen


def ask_to_look(person: User, pages: Sequence[str], address: str) -> int:
    """One mail about pages whose day has come; returns how many mails."""
    number = len(pages)
    subject = "Eine Seite ist zu prüfen" if number == 1 else f"{number} Seiten sind zu prüfen"
    more = f"\n- und {number - _NAMED} weitere" if number > _NAMED else ""
    text = (
        "Bitte sehen Sie nach, ob noch stimmt, was hier steht:\n\n"
        + "\n".join(f"- {page}" for page in pages[:_NAMED])
        + f"{more}\n\nStimmt alles, genügt ein Klick auf „Geprüft, stimmt noch“; sonst bearbeiten Sie die Seite:\n"
        f"{settings.STADTNAH_BASE_URL}{address}\n\n"
        "Diese Erinnerung kommt höchstens einmal in der Woche."
    )
    return _send([person], subject, text)


def tell_of_rights(lines: Sequence[str], *, ended: bool) -> int:
    """Which pictures may soon not be shown any more, or were taken from the website; returns how many mails."""
    if ended:
        subject = "Bilder von der Website genommen"
        what = "Diese Bilder dürfen nicht mehr gezeigt werden und sind von der Website genommen:"
        then = (
            "Beiträge auf anderen Kanälen verschwinden nicht von selbst. Berichtigen Sie sie mit einem anderen Bild, oder ziehen Sie sie "
            "zurück. In Mails, die schon angekommen sind, lässt sich nichts ändern."
        )
    else:
        subject = "Rechte an Bildern enden bald"
        what = "Diese Bilder dürfen bald nicht mehr gezeigt werden:"
        then = "Danach nimmt Stadtnah sie von selbst von der Website. Lassen Sie die Erlaubnis verlängern, oder wählen Sie andere Bilder."
    address = f"{settings.STADTNAH_BASE_URL}/desk/einwilligungen/?status={'ended' if ended else 'soon'}"
    text = "\n\n".join([what, "\n".join(lines), then, f"Rechte und Einwilligungen:\n{address}"])
    return _send(access.holders(Role.APPROVER, Role.AUTHOR), subject, text)


_DECIDED = {
    RequestState.RELEASED.value: "Freigegeben",
    RequestState.REFUSED.value: "Abgelehnt",
    RequestState.RETURNED.value: "Zurück an Redaktion",
}


def tell_editor(request_id: str) -> int:
    """Tells the editor what was decided and why; returns how many mails."""
    request = (
        ReleaseRequest.objects.select_related("submitted_by", "decided_by", "snapshot")
        .filter(pk=request_id)
        .first()
    )
    if (
        request is None
        or request.state not in _DECIDED
        or not access.can(request.submitted_by, access.Action.DESK_OPEN)
    ):
        return 0
    content = snapshot.content_of(request.snapshot)
    remarks = [f"- {place(c.where, content).label}: {c.text}" for c in request.comments.all()]
    who = request.decided_by.name if request.decided_by else "Die Kommune"
    text = "\n\n".join(
        part
        for part in [
            f"{who}: {_DECIDED[request.state]}.",
            f"„{request.reason}“" if request.reason else "",
            "\n".join(remarks),
            f"Ansehen:\n{release_address(request)}",
        ]
        if part
    )
    return _send([request.submitted_by], f"{_DECIDED[request.state]}: {request.title}", text)


def _send(people: Iterable[User], subject: str, text: str) -> int:
    """To each by themselves; how many went. Whose mail is not taken keeps nobody else's; raised is what went wrong only when nobody got it."""
    one_line, sent, problem = " ".join(subject.split()), 0, None
    for person in people:
        try:
            letters.hand_over(EmailMessage(one_line, text, to=[person.email]))
            sent += 1
        except (letters.RefusedError, OSError) as fault:
            logger.warning("a notice did not go: %s", fault)
            problem = fault
            if not isinstance(fault, letters.RefusedError):
                break  # nobody listens: the next one would wait as long
    if problem and not sent:
        raise problem
    return sent
