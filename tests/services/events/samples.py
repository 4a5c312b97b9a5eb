"""Calendars of our own making in the shapes in which real ones come, awkward as they are."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.ics.read import Calendar, read

BERLIN = ZoneInfo("Europe/Berlin")
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str, uid: str = "chor-1@verein.example", title: str = "Chorprobe") -> str:
    head = [f"UID:{uid}", "DTSTAMP:20260101T000000Z"] if uid else ["DTSTAMP:20260101T000000Z"]
    return "\n".join(["BEGIN:VEVENT", *head, *([f"SUMMARY:{title}"] if title else []), *lines, "END:VEVENT"])


def calendar(*events: str, head: str = "") -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Verein//Kalender//DE",
        *head.splitlines(),
        *events,
        "END:VCALENDAR",
        "",
    ]
    return "\n".join(lines).replace("\n", "\r\n").encode()


def taken(*events: str, head: str = "") -> Calendar:
    return read(calendar(*events, head=head), BERLIN)
