"""Which events are sessions of a council, a committee or of all citizens: they concern every street. Pure.

By their category, as people name it, or by the first words of the title. „Kappensitzung“ and „Prunksitzung“ are carnival.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_CATEGORY: Final = re.compile(
    r"(?:öffentliche )?(?:sitzung(?:en)?|(?:rats|ausschuss|ortsbeirats|gremien)sitzung(?:en)?|gremien|kommunalpolitik)"
)
_TITLE: Final = re.compile(
    r"(?:öffentliche )?(?:sitzung|(?:(?:gemeinde|stadt|kreis)?rats|gemeindevertreter|ausschuss|ortsbeirats|ortschaftsrats)sitzung"
    r"|einwohnerversammlung|bürgerversammlung)\b"
)


def is_session(title: str, categories: Iterable[str]) -> bool:
    """Whether it is one."""
    if any(_CATEGORY.fullmatch(name.strip().casefold()) for name in categories):
        return True
    return bool(_TITLE.match(title.strip().casefold()))
