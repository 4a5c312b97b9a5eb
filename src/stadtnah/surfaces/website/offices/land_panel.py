"""A field of the editor that is there in some Länder only."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel

from stadtnah.kernel.land.holidays import local_choices
from stadtnah.kernel.town.api import town


class LocalHolidayPanel(FieldPanel):
    """Asks for a holiday that only some municipalities of a Land have, where there is such a choice."""

    def __init__(self, field_name: str, holiday: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.holiday = holiday

    def clone_kwargs(self) -> dict[str, Any]:
        """As Wagtail copies panels."""
        return {**super().clone_kwargs(), "holiday": self.holiday}

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel for one form."""

        def is_shown(self) -> bool:
            """Whether the town's Land leaves it to its municipalities."""
            asked = {key for key, _name in local_choices(town().land)}
            return bool(super().is_shown()) and self.panel.holiday in asked
