"""What clubs of the demo town handed in: one waits, one was asked back, one is from a club that is trusted."""

from __future__ import annotations

from datetime import date, time, timedelta

from stadtnah.kernel.identity.models import User
from stadtnah.services.events.domain import submissions
from stadtnah.services.events.domain.entry import Entry, Repeat
from stadtnah.services.events.domain.event import Access
from stadtnah.services.events.models import Submission


def build(today: date, clerk: User) -> None:
    """As the form does it, and the links of the mails."""
    sunday = today + timedelta(days=20 - today.weekday())
    _confirmed(
        Entry(
            "Offenes Singen für alle, die sonst nur unter der Dusche singen",
            sunday - timedelta(days=5),
            begin=time(19, 30),
            end=time(21),
            repeat=Repeat.MONTHLY,
            until=sunday + timedelta(days=180),
            place="Gemeindesaal, Kirchgasse 4",
            organiser="Chorgemeinschaft Erlenfurt",
            description="Wir singen Bekanntes und Neues. Noten braucht niemand zu lesen.",
            price="frei",
            access=frozenset({Access.WHEELCHAIR}),
        ),
        "vorstand@chor.example",
    )
    asked = _confirmed(
        Entry(
            "Flohmarkt am Bahnhaltepunkt",
            sunday - timedelta(days=1),
            begin=time(9),
            end=time(14),
            place="Vorplatz am Bahnhaltepunkt",
            organiser="Förderkreis Jugendzentrum",
            description="Stände ohne Anmeldung, solange Platz ist.",
        ),
        "markt@juz.example",
    )
    submissions.ask(
        asked, "Was kostet ein Stand, und wohin können Händler ihr Auto stellen?", by=clerk, version=1
    )
    trusted = _confirmed(
        Entry(
            "Übungsabend der Feuerwehr Steinbach: Zuschauen erlaubt",
            sunday + timedelta(days=4),
            begin=time(18),
            end=time(20),
            place="Gerätehaus, Ortsteil Steinbach",
            organiser="Freiwillige Feuerwehr Erlenfurt, Einheit Steinbach",
            description="Wir üben die Rettung aus einem Fahrzeug und erklären, was wir tun.",
        ),
        "steinbach@feuerwehr.example",
    )
    assert trusted.club is not None
    submissions.trust(trusted.club, trusted=True, by=clerk)


def _confirmed(entry: Entry, email: str) -> Submission:
    return submissions.confirm(submissions.receive(entry, submissions.Sender(email), entry.title))
