"""Everything that is released at once: kinds, areas with their days, streets. As data and as plain JSON. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from stadtnah.services.streets.domain.dates import Collection
from stadtnah.services.streets.domain.kinds import Kind
from stadtnah.services.streets.domain.register import Street, Stretch


@dataclass(frozen=True, slots=True)
class Area:
    """A collection area: its code stands in addresses. collections: in the order of days."""

    code: str
    name: str
    collections: tuple[Collection, ...] = ()

    @property
    def years(self) -> list[int]:
        """The years it has dates for."""
        return sorted({one.day.year for one in self.collections})


@dataclass(frozen=True, slots=True)
class Plan:
    """What citizens see, or shall see."""

    kinds: tuple[Kind, ...] = ()
    areas: tuple[Area, ...] = ()
    streets: tuple[Street, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "kinds": [[kind.key, kind.name, kind.advice] for kind in self.kinds],
            "areas": [
                [area.code, area.name, [[one.day.isoformat(), one.kind] for one in area.collections]]
                for area in self.areas
            ],
            "streets": [
                [street.name, street.district, [[one.area, one.first, one.last, one.side] for one in street.stretches]]
                for street in self.streets
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Plan:
        """The reverse of `to_json`."""
        areas = tuple(
            Area(code, name, tuple(Collection(date.fromisoformat(day), kind) for day, kind in days))
            for code, name, days in value.get("areas", [])
        )
        kinds = tuple(Kind(*one) for one in value.get("kinds", []))
        return cls(kinds, areas, streets_from_json(value.get("streets", [])))


def streets_from_json(value: list[Any]) -> tuple[Street, ...]:
    """The register alone, of what `Plan.to_json` wrote."""
    return tuple(
        Street(name, district, tuple(Stretch(*one) for one in stretches))
        for name, district, stretches in value
    )
