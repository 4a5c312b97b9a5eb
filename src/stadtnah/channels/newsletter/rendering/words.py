"""The fixed words of a newsletter.

Not in the catalogue: what was released must not change with the language of whoever looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass

from stadtnah.publishing.content import CREDIT


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in one language."""

    correction: str
    correction_note: str
    place: str
    valid: str
    valid_from: str
    valid_until: str
    picture: str
    credit: str
    video: str
    read: str
    why: str
    unsubscribe: str
    imprint: str
    privacy: str


GERMAN = Words(
    correction="Berichtigung",
    correction_note="Diese Mail berichtigt eine frühere Mail zum selben Thema. Es gilt, was hier steht.",
    place="Ort",
    valid="Gilt von {start} bis {end}",
    valid_from="Gilt ab {start}",
    valid_until="Gilt bis {end}",
    picture="Bild",
    credit=CREDIT["de"],
    video="Video",
    read="Auf der Website lesen",
    why="Sie erhalten diese Mail, weil Sie den Newsletter von „{name}“ bestellt haben.",
    unsubscribe="Newsletter abbestellen",
    imprint="Impressum",
    privacy="Datenschutz",
)
ENGLISH = Words(
    correction="Correction",
    correction_note="This mail corrects an earlier mail on the same subject. What you read here is what counts.",
    place="Place",
    valid="Valid from {start} to {end}",
    valid_from="Valid from {start}",
    valid_until="Valid until {end}",
    picture="Picture",
    credit=CREDIT["en"],
    video="Video",
    read="Read on the website",
    why="You receive this mail because you subscribed to the newsletter of “{name}”.",
    unsubscribe="Unsubscribe from the newsletter",
    imprint="Imprint",
    privacy="Privacy",
)


def words(language: str) -> Words:
    """The labels for a language code; German unless it is English."""
    return ENGLISH if language.lower().startswith("en") else GERMAN
