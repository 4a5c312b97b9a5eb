"""What is true of this cell right now, and which of it each page speaks of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from stadtnah.kernel.access import api as access
from stadtnah.kernel.land import api as laender
from stadtnah.kernel.privacy.api import PURPOSES
from stadtnah.kernel.town import api as towns
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Stage
from stadtnah.surfaces.website.legal.accessibility import accessibility_statement
from stadtnah.surfaces.website.legal.entries import cookie_statement, easy_language, sign_language
from stadtnah.surfaces.website.legal.imprint import imprint
from stadtnah.surfaces.website.legal.parts import Facts, Part, Processing
from stadtnah.surfaces.website.legal.privacy_notice import privacy_notice


@dataclass(frozen=True, slots=True)
class LegalKind:
    """A page that can be generated. `yearly`: the law wants it looked at every year."""

    key: str
    title: str
    slug: str
    teaser: str
    order: int  # in the footer
    make: Callable[[Facts], list[Part]]
    yearly: bool = False


KINDS: Final = {
    kind.key: kind
    for kind in (
        LegalKind("imprint", "Impressum", "impressum", "Wer diese Website anbietet und wer für ihre Inhalte verantwortlich ist.", 10, imprint),
        LegalKind("privacy", "Datenschutzerklärung", "datenschutz", "Welche Daten wir verarbeiten, warum, wie lange, und welche Rechte Sie haben.", 20, privacy_notice),
        LegalKind("accessibility", "Erklärung zur Barrierefreiheit", "barrierefreiheit", "Wie zugänglich diese Website ist, was noch fehlt und wie Sie eine Barriere melden.", 30, accessibility_statement, yearly=True),
        LegalKind("easy", "Leichte Sprache", "leichte-sprache", "", 40, easy_language),
        LegalKind("sign", "Gebärdensprache", "gebaerdensprache", "", 50, sign_language),
        LegalKind("cookies", "Diese Website kommt ohne Cookies aus", "cookies", "Warum hier kein Fenster nach einer Einwilligung fragt.", 60, cookie_statement),
    )
}  # fmt: skip


def facts() -> Facts:
    """Reads them: what is released, set up and running, nothing that is only planned."""
    town = towns.town()
    return Facts(
        name=town.name,
        short_name=town.short_name,
        street=town.street,
        postcode=town.postcode,
        phone=town.phone,
        mail=town.mail,
        represented_by=town.represented_by,
        host=urlsplit(towns.base_url()).netloc,
        land=laender.profile(town.land),
        purposes=tuple(
            Processing(one.key, one.title, one.notice, one.legal_basis, one.retention)
            for one in PURPOSES
            if one.in_use()
        ),
        networks=tuple(_networks()),
        agencies=tuple(access.acting_agencies()),
    )


def _networks() -> list[str]:
    rows = publishing.ChannelAccount.objects.exclude(channel="newsletter").order_by("label")
    return [
        row.label
        for row in rows
        if (found := publishing.CHANNELS.get(row.channel)) is not None and found.stage == Stage.OUT
    ]


def known(kind: LegalKind, now: Facts) -> dict[str, str]:
    """What this page speaks of, label to value: when one of them changes, the page is no longer true."""
    own = {
        "Name": now.name,
        "Anschrift": f"{now.street}, {now.postcode}",
        "Telefon": now.phone,
        "E-Mail": now.mail,
    }
    land = {f"Rechtslage in {now.land.name}": now.land.version}
    by_kind: dict[str, dict[str, str]] = {
        "imprint": {**own, "Vertretung": now.represented_by},
        "privacy": {
            **own,
            **land,
            **{f"Verarbeitung „{one.title}“": _digest(one) for one in now.purposes},
            "Soziale Netzwerke": ", ".join(now.networks),
            "Agenturen": ", ".join(now.agencies),
        },
        "accessibility": {**own, **land, "Adresse der Website": now.host},
    }
    return by_kind.get(kind.key, {"Kurzname": now.short_name})


def differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The labels of what is another now, or new, or gone."""
    labels = dict.fromkeys([*before, *now])
    return [label for label in labels if before.get(label) != now.get(label)]


def _digest(one: Processing) -> str:
    words = json.dumps([one.title, one.notice, one.legal_basis, one.retention], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
