"""Short addresses for posters and telephone: /k/sperrmuell/. A forwarding like any other, but one that may be led elsewhere next year.

They answer 302, not 301: a browser may keep a 301 for ever and a search engine takes it as the page's new name, while the word on a poster stays ours to lead on.
"""

from __future__ import annotations

import secrets
from typing import Final

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.forwarding import edit
from stadtnah.surfaces.website.forwarding.edit import ForwardingWrong
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.leading import SHORT, to_page
from stadtnah.surfaces.website.forwarding.models import Forwarding, Origin
from stadtnah.surfaces.website.released import ReleasedPage

LONGEST: Final = 40
_SIGNS: Final = "abcdefghkmnpqrstuvwxyz23456789"  # none that is taken for another
_LENGTH: Final = 5


def make(word: str, target: str, *, by: User) -> Forwarding:
    """A short address for a page of this site; without a word five letters and digits. Raises ForwardingWrong ("word"), PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    ground = Ground.now()
    given = word.strip().removeprefix(SHORT).strip("/")
    slug = plain_slug(given) if given else _free(ground)
    if not slug or len(slug) > LONGEST:
        raise ForwardingWrong(
            {"word": f"Bitte nehmen Sie ein Wort aus Buchstaben und Ziffern, höchstens {LONGEST} Zeichen."}
        )
    path = f"{SHORT}{slug}/"
    if ground.wanted.get(path, target) != target or ground.released.get(path, target) != target:
        raise ForwardingWrong(
            {"word": f"{path} führt schon zu einer anderen Seite. Bitte nehmen Sie ein anderes Wort."}
        )
    try:
        return edit.keep(path, target, ground, by=by, elsewhere=False, origin=Origin.SHORT)
    except ForwardingWrong as wrong:
        raise ForwardingWrong({"word": str(wrong)}) from wrong


def of_page(page: ReleasedPage) -> list[Forwarding]:
    """The short addresses that shall lead to this page."""
    return list(Forwarding.objects.filter(to_page(page.path, page.pk), path__startswith=SHORT, removed=False))


def _free(ground: Ground) -> str:
    while True:
        slug = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        if f"{SHORT}{slug}/" not in ground.wanted.keys() | ground.released.keys():
            return slug
