"""What somebody wants is kept: areas, streets, words, days. Nothing of it is public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.services.streets.domain.dates import Collection
from stadtnah.services.streets.domain.kinds import KINDS, Kind
from stadtnah.services.streets.domain.plan import Area, Plan, streets_from_json
from stadtnah.services.streets.domain.register import Street, Stretch
from stadtnah.services.streets.domain.table import LONGEST
from stadtnah.services.streets.models import (
    LONGEST_CODE,
    CollectionArea,
    CollectionDay,
    KindWords,
    ReleasedPlan,
    StreetStretch,
    WorkingPlan,
)
from stadtnah.services.streets.models import Street as StreetRow

MOST_AREAS = 60
_LONGEST_ADVICE = 500


class NotKept(ValueError):
    """What was typed cannot be kept. `problems`: name of the field to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def area_names() -> dict[str, str]:
    """Code to name of each area."""
    return dict(CollectionArea.objects.values_list("code", "name"))


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the town's own words where it chose any."""
    own = {row.key: row for row in KindWords.objects.all()}
    return tuple(
        Kind(kind.key, own[kind.key].name, own[kind.key].advice) if kind.key in own else kind
        for kind in KINDS
    )


def streets() -> tuple[Street, ...]:
    """The register; two queries."""
    found = (
        Street(
            row.name,
            row.district,
            tuple(Stretch(one.area_id, one.first, one.last, one.side) for one in row.stretches.all()),
        )
        for row in StreetRow.objects.prefetch_related("stretches")
    )
    return tuple(sorted(found, key=_in_order))


def _in_order(street: Street) -> tuple[str, str]:
    """The same on every database, whatever its collation."""
    return street.name, street.district


def days_of(code: str) -> list[Collection]:
    """The days of an area."""
    rows = CollectionDay.objects.filter(area=code).order_by("day", "kind")
    return [Collection(*row) for row in rows.values_list("day", "kind")]


def wanted() -> Plan:
    """All of it as it shall be; the kinds that are collected somewhere. Five queries, however much there is."""
    days: dict[str, list[Collection]] = {}
    for code, day, kind in CollectionDay.objects.order_by("day", "kind").values_list("area", "day", "kind"):
        days.setdefault(code, []).append(Collection(day, kind))
    areas = tuple(Area(code, name, tuple(days.get(code, ()))) for code, name in area_names().items())
    used = {one.kind for area in areas for one in area.collections}
    return Plan(tuple(kind for kind in kinds() if kind.key in used), areas, streets())


def released() -> Plan:
    """What the public sees."""
    row = ReleasedPlan.objects.filter(id=1).only("data").first()
    return Plan.from_json(row.data) if row else Plan()


def released_register() -> tuple[Street, ...]:
    """The streets that the public sees, without the days: a tenth of the plan."""
    found = ReleasedPlan.objects.filter(id=1).values_list("data__streets", flat=True).first()
    return streets_from_json(found or [])


def shows(digest: str) -> bool:
    """Whether the public sees this release."""
    return ReleasedPlan.objects.filter(digest=digest).exists()


def set_released(plan: Plan, digest: str) -> None:
    """Writes down what the public sees; within the transaction in which somebody made sure that it may."""
    ReleasedPlan.objects.update_or_create(
        id=1, defaults={"digest": digest, "data": plan.to_json(), "released_at": clock.now()}
    )
    if wanted() == plan:
        WorkingPlan.objects.update(writers=[])


def writers() -> set[User]:
    """Everybody who changed something since the public saw it as it is."""
    found = WorkingPlan.objects.filter(id=1).values_list("writers", flat=True).first() or []
    return set(User.objects.filter(pk__in=found))


def add_area(code: str, name: str, *, by: User) -> None:
    """A new area. Raises NotKept, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    problems = _name_problem(name)
    if not problems and (not code or len(code) > LONGEST_CODE):
        problems["name"] = (
            "Aus diesem Namen lässt sich keine Adresse bilden. Bitte nehmen Sie Buchstaben und Ziffern."
        )
    if not problems and CollectionArea.objects.filter(code=code).exists():
        problems["name"] = "Einen Abfuhrbezirk mit diesem Namen gibt es schon."
    if not problems and CollectionArea.objects.count() >= MOST_AREAS:
        problems["name"] = f"Mehr als {MOST_AREAS} Abfuhrbezirke sind nicht vorgesehen."
    if problems:
        raise NotKept(problems)
    _write_area(code, name, by)


def rename_area(code: str, name: str, *, by: User) -> None:
    """Another name; the address stays. Raises NotKept, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    if problems := _name_problem(name):
        raise NotKept(problems)
    _write_area(code, name, by)


def _write_area(code: str, name: str, by: User) -> None:
    try:
        with transaction.atomic():
            CollectionArea.objects.update_or_create(code=code, defaults={"name": name})
            touched(by)
    except IntegrityError as taken:
        raise NotKept({"name": "Einen Abfuhrbezirk mit diesem Namen gibt es schon."}) from taken


def _name_problem(name: str) -> dict[str, str]:
    if not name:
        return {"name": "Bitte geben Sie dem Abfuhrbezirk einen Namen, zum Beispiel „Bezirk 1“."}
    if len(name) > LONGEST:
        return {"name": f"Dieser Name ist zu lang; möglich sind {LONGEST} Zeichen."}
    return {}


def remove_area(code: str, *, by: User) -> None:
    """Takes an area away with its days; not while a street belongs to it. Raises NotKept, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        if StreetStretch.objects.filter(area=code).exists():
            raise NotKept(
                {
                    "name": "Zu diesem Abfuhrbezirk gehören noch Straßen. Ordnen Sie sie zuerst einem anderen zu."
                }
            )
        CollectionArea.objects.filter(code=code).delete()
        touched(by)


def set_streets(new: Iterable[Street], *, by: User) -> None:
    """The register as a whole. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    rows = list(new)
    with transaction.atomic():
        StreetRow.objects.all().delete()
        made = StreetRow.objects.bulk_create(StreetRow(name=one.name, district=one.district) for one in rows)
        StreetStretch.objects.bulk_create(
            StreetStretch(street=row, area_id=part.area, first=part.first, last=part.last, side=part.side)
            for row, street in zip(made, rows, strict=True)
            for part in street.stretches
        )
        touched(by)


def set_days(code: str, days: Iterable[Collection], first_last: tuple[object, object], *, by: User) -> None:
    """The days of an area between two days, both included, are these. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        CollectionDay.objects.filter(area=code, day__range=first_last).delete()
        CollectionDay.objects.bulk_create(
            CollectionDay(area_id=code, day=one.day, kind=one.kind) for one in sorted(set(days))
        )
        touched(by)


def set_words(typed: Mapping[str, tuple[str, str]], *, by: User) -> None:
    """Names and advice by key of the kind. Raises NotKept, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    problems: dict[str, str] = {}
    for key, (name, advice) in typed.items():
        if not name or len(name) > LONGEST:
            problems[f"name-{key}"] = f"Bitte geben Sie einen Namen mit höchstens {LONGEST} Zeichen an."
        if len(advice) > _LONGEST_ADVICE:
            problems[f"advice-{key}"] = f"Dieser Hinweis ist zu lang; möglich sind {_LONGEST_ADVICE} Zeichen."
    if problems:
        raise NotKept(problems)
    usual = {kind.key: (kind.name, kind.advice) for kind in KINDS}
    with transaction.atomic():
        KindWords.objects.all().delete()
        KindWords.objects.bulk_create(
            KindWords(key=key, name=name, advice=advice)
            for key, (name, advice) in typed.items()
            if key in usual and usual[key] != (name, advice)
        )
        touched(by)


def touched(by: User) -> None:
    """Remembers who changed something."""
    row, _made = WorkingPlan.objects.select_for_update().get_or_create(id=1)
    row.writers = sorted({*row.writers, by.pk.hex})
    row.save(update_fields=["writers"])
