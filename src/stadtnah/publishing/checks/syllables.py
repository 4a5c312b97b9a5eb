"""Counts the syllables of German words by rule.

A hyphenation dictionary is no help here: it leaves out what may not be divided ("Abend", "oben") and takes some ten
megabytes of memory. The rule: a diphthong or a long vowel is one syllable, every other vowel letter one of its own;
then come the few spellings that look like a diphthong and are none.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWEL = re.compile(r"ei|ai|au|äu|eu|ie|oi|ou|aa|ee|oo|ey|ay|oy|[aeiouyäöüáàâéèêëíîïóôúû]")
_PART = re.compile(r"[a-zäöüßáàâéèêëíîïóôúû]+")
# Each puts a hyphen between two vowels that are spoken apart.
_APART = (
    (re.compile(r"^((?:un|mit|vor|wieder|neu)?(?:be|ge))(?=en[dg]|ehr|erd|erb|ebn|impf|irr|inhal|ur[tlk])"), r"\1-"),  # be-enden
    (re.compile(r"([eä])(?=um(?:s|en)?$)"), r"\1-"),  # Muse-um, Jubilä-um
    (re.compile(r"(?<!sch)(?<!w)(?<!kn)(?<!sh)i(?=en$)"), "i-"),  # Feri-en, Energi-en; not "schien", "Wien"
    (re.compile(r"((?:famil|lin|fer|med|stud|akt|ser|präm|fol|kastan|immobil|kriter|ital|komöd|tragöd|lil|petersil)i)(?=e(?!r))"), r"\1-"),
    (re.compile(r"((?:pat|kl|or|quot|hyg)i)(?=en)"), r"\1-"),  # Pati-ent, Hygi-ene
    (re.compile(r"e(?=e(?:n$|ll))"), "e-"),  # Ide-en, ide-ell
    (re.compile(r"ko(?=o[rp])"), "ko-"),  # Ko-operation
)  # fmt: skip
_ENGLISH = {
    "team": 1, "teams": 1, "online": 2, "homepage": 2, "website": 2, "websites": 2, "update": 2, "updates": 2,
    "service": 2, "services": 2, "live": 1, "software": 2, "hardware": 2, "homeoffice": 3, "email": 2, "niveau": 2,
    "mobile": 2, "steak": 1, "beach": 1, "tour": 1,
}  # fmt: skip


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """How many syllables a word has; at least one. Parts joined by hyphens or gender signs are added up."""
    return max(1, sum(_part(part) for part in _PART.findall(word.lower())))


def _part(part: str) -> int:
    if part in _ENGLISH:
        return _ENGLISH[part]
    part = part.replace("qu", "k")
    if part.startswith("y"):
        part = "j" + part[1:]
    for pattern, apart in _APART:
        part = pattern.sub(apart, part)
    return len(_VOWEL.findall(part))
