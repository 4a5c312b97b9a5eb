"""When it ends if only a time of day was given: the same day, or the morning after. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

_ONE_DAY: Final = timedelta(days=1)
LONGEST_NIGHT: Final = timedelta(hours=12)  # 20:00 to 02:00 is a night; 19:00 to 18:00 is a slip


def end_at(start: datetime, ends: time) -> datetime:
    """The end of what begins at `start`; an earlier time of day is one of the next day."""
    end = datetime.combine(start.date(), ends)
    return end + _ONE_DAY if end < start else end


def is_slip(start: datetime, ends: time) -> bool:
    """Whether somebody who typed this has to say on which day it ends: as a night it would be too long."""
    end = datetime.combine(start.date(), ends)
    return end <= start and end + _ONE_DAY - start > LONGEST_NIGHT
