"""Who signs in to the demo cell, the agency, and whom the newsletter reaches. Every name is invented."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

AGENCY: dict[str, Any] = {
    "name": "Redaktionsbüro Weidental",
    "contact": "Uferstraße 7, 35998 Weidental, redaktion@weidental.example",
}

# `roles` are values of `kernel.access` roles; an agency's person has none, but a mandate.
USERS: list[dict[str, Any]] = [
    {
        "email": "agentur@demo.example",
        "name": "Mira Federlein",
        "position": "Redakteurin, Redaktionsbüro Weidental",
        "roles": [],
        "mandate": {"scopes": ["write", "import", "report"], "starts": "2026-01-01", "ends": None},
    },
    {
        "email": "agentur-alt@demo.example",
        "name": "Jonas Federkiel",
        "position": "früherer Redakteur, Redaktionsbüro Weidental",
        "roles": [],
        "mandate": {"scopes": ["write"], "starts": "2025-03-01", "ends": "2026-06-30"},
    },
    {
        "email": "redaktion@demo.example",
        "name": "Nele Wortmann",
        "position": "Redakteurin in der Pressestelle",
        "roles": ["author"],
    },
    {
        "email": "freigabe@demo.example",
        "name": "Karla Rathausen",
        "position": "Leiterin des Hauptamts",
        "roles": ["approver"],
    },
    {
        "email": "vertretung@demo.example",
        "name": "Emil Marktwald",
        "position": "Erster Stadtrat",
        "roles": ["deputy"],
    },
    {
        "email": "sachbearbeitung@demo.example",
        "name": "Selma Aktenau",
        "position": "Sachbearbeiterin im Bürgerbüro",
        "roles": ["clerk"],
    },
    {
        "email": "dsb@demo.example",
        "name": "Tilda Datenhain",
        "position": "Datenschutzbeauftragte",
        "roles": ["dsb"],
    },
    {
        "email": "admin@demo.example",
        "name": "Bruno Serverau",
        "position": "Betreuung der Informationstechnik",
        "roles": ["admin"],
    },
]

_FIRST = (
    "adelina", "balduin", "cordula", "dankmar", "edeltraud", "fridolin", "gunda", "hartwin", "isolde", "jorinde",
    "kilian", "leonore", "magnus", "notburga", "ottokar", "philippa", "quirin", "roswitha", "sigmund", "theda",
    "ulrike", "veit", "wiebke", "xaver", "yvonne", "zacharias",
)  # fmt: skip
_LAST = (
    "erlenbach", "weidengrund", "muehlenrain", "steinwiese", "oberholzer", "marktgasse", "brueckner-au", "deichgraf",
    "furtmann", "auenhof", "lindenried", "gerbergass", "wiesental", "kirchpfad", "angermoor", "hangwald",
)  # fmt: skip
_DOMAINS = ("example.org", "example.net", "example.com")
TOPICS = ("verkehr", "bauen-wohnen", "buergerservice", "kinder-schule", "kultur-freizeit", "umwelt", "haushalt", "sicherheit", "ehrenamt")  # fmt: skip


def subscribers(count: int = 900) -> list[dict[str, Any]]:
    """Invented confirmed subscribers: mail, confirmed_on (ISO day), topics (slugs; empty means everything).

    Args:
        count: how many, at most 26 x 16 x 3 = 1248.
    """
    rng = random.Random(412)
    addresses = [f"{first}.{last}@{domain}" for domain in _DOMAINS for last in _LAST for first in _FIRST]
    rng.shuffle(addresses)
    if count > len(addresses):
        raise ValueError(f"Es gibt nur {len(addresses)} erfundene Adressen.")
    people = []
    for mail in addresses[:count]:
        day = date(2024, 2, 1) + timedelta(days=rng.randrange(1000))
        topics = sorted(rng.sample(TOPICS, rng.randint(1, 4))) if rng.random() < 0.4 else []
        people.append({"mail": mail, "confirmed_on": day.isoformat(), "topics": topics})
    return people
