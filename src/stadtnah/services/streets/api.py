"""What others may call of the streets service."""

from __future__ import annotations

from stadtnah.services.streets.domain.dates import (
    Collection,
    Difference,
    Rhythm,
    Shift,
    compare,
    rhythm,
    shifted,
)
from stadtnah.services.streets.domain.kinds import KEYS, KINDS, Kind
from stadtnah.services.streets.domain.plan import Area, Plan
from stadtnah.services.streets.domain.register import Side, Street, Stretch
from stadtnah.services.streets.domain.table import LARGEST, BadLine, Read, TableWrong
from stadtnah.services.streets.domain.table import read as read_table
from stadtnah.services.streets.domain.table import write as write_table
from stadtnah.services.streets.keep import (
    NotKept,
    add_area,
    area_names,
    kinds,
    released,
    released_register,
    remove_area,
    rename_area,
    set_released,
    set_streets,
    set_words,
    shows,
    streets,
    wanted,
    writers,
)
from stadtnah.services.streets.uploads import Preview, Title, explain, forget, pending, preview, put, take

__all__ = [
    "KEYS",
    "KINDS",
    "LARGEST",
    "Area",
    "BadLine",
    "Collection",
    "Difference",
    "Kind",
    "NotKept",
    "Plan",
    "Preview",
    "Read",
    "Rhythm",
    "Shift",
    "Side",
    "Street",
    "Stretch",
    "TableWrong",
    "Title",
    "add_area",
    "area_names",
    "compare",
    "explain",
    "forget",
    "kinds",
    "pending",
    "preview",
    "put",
    "read_table",
    "released",
    "released_register",
    "remove_area",
    "rename_area",
    "rhythm",
    "set_released",
    "set_streets",
    "set_words",
    "shifted",
    "shows",
    "streets",
    "take",
    "wanted",
    "write_table",
    "writers",
]
