"""What can be counted; an app's `measures.py` says which facts of its own.

Indicators add them up (`engines/measuring`). An app gives every fact there ever was, with the day
since which it is known and the day on which it ceased to hold: so a figure of a past day stays.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Choices, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.engines.measuring import YEAR, Fact
from dure.foundation import programmes, vocabularies
from dure.foundation.history import spells
from dure.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what facts can be told apart; `name` says what a value is called."""

    code: str
    label: Promise | str
    name: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure, as a reader may open it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: the record it is of, its day, since when and until when it was known.

    `value` is 1 for what is only counted; money is in won.
    """

    record: int | str
    on: date
    known_from: date
    known_until: date | None = None
    value: Decimal | int = 1
    dimensions: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of fact.

    `rows()` gives all facts of the kind; `records(user, ids)` those records among `ids` that a
    reader may open, by id; `unit` is "count" or "won".
    """

    code: str
    label: Promise
    dimensions: tuple[Dimension, ...]
    rows: Callable[[], Iterable[Row]]
    records: Callable[[Any, Collection[str]], Mapping[str, Record]]
    unit: str = "count"

    def facts(self) -> Iterator[Fact]:
        """Every fact of the kind, for the engine."""
        for row in self.rows():
            yield Fact(
                self.code,
                str(row.record),
                row.on,
                row.known_from,
                row.known_until,
                row.value,
                row.dimensions or {},
            )

    def dimension(self, code: str) -> Dimension | None:
        """One of the dimensions, the year among them."""
        dimensions = (
            dimension for dimension in (YEARS, *self.dimensions) if dimension.code == code
        )
        return next(dimensions, None)


def _vocabulary(name: str) -> Callable[[str], str]:
    return lambda code: vocabularies.name_of(name, code, get_language()) if code else ""


def chosen(code: str, label: Promise | str, choices: type[Choices]) -> Dimension:
    """A dimension whose values are those of a list of choices."""
    return listed(code, label, choices.choices)


def listed(code: str, label: Promise | str, values: Iterable[tuple[Any, Any]]) -> Dimension:
    """A dimension whose values are listed with what each is called."""
    labels = {str(value): name for value, name in values}
    return Dimension(code, label, lambda value: str(labels.get(value, value)))


YEARS = Dimension(YEAR, _("Year"))
REGION = Dimension("region", _("Region"), _vocabulary("regions"))
FIELD = Dimension("field", _("Field"), _vocabulary("fields"))
SIZE = Dimension(
    "size",
    pgettext_lazy("of an organisation", "Size"),
    lambda code: programmes.name("size", code, get_language()),
)
ROLE = Dimension("role", _("Role"), lambda code: programmes.name("role", code, get_language()))


def _faults(measure: Measure) -> Iterator[str]:
    if measure.unit not in {"count", "won"}:
        yield f"has the unit {measure.unit!r}, which is neither count nor won"
    codes = [dimension.code for dimension in (YEARS, *measure.dimensions)]
    yield from (f"has the dimension {code!r} twice" for code in set(codes) if codes.count(code) > 1)


MEASURES = Registry[Measure]("measure", _faults)


def offer_measure(measure: Measure) -> Measure:
    """Let a kind of fact be counted."""
    return MEASURES.add(measure.code, measure)


def opened(
    records: "QuerySet[Any]", ids: Collection[str], address: Callable[[Any], str]
) -> dict[str, Record]:
    """Those of `found`, what a reader may see, that are among `ids`, each with its address."""
    numbers = [int(record_id) for record_id in ids]
    wanted: Iterable[Model] = records.filter(pk__in=numbers)
    return {str(record.pk): Record(str(record), address(record)) for record in wanted}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a record was at a time: its day, since when it was known, its value, its dimensions.

    `record` is where the fact leads, if not to the record that it was read from. A `backdated` fact
    is known from its day even where it was written later; else from when it was written.
    """

    on: date
    known_from: date
    dimensions: Mapping[str, str]
    value: Decimal | int = 1
    record: int | None = None
    backdated: bool = True


def rows_from_history(
    model: type[Model],
    fields: Collection[str],
    counted: Callable[..., Counted | None],
) -> Iterator[Row]:
    """Every fact that the history of a tracked model tells, each as long as it stood so.

    `counted` gets the values of `fields` and says what they count as; None: as nothing. A fact is
    known from the day that `counted` says, though the record may have been written before or after.
    """
    seen: set[int] = set()
    for spell in spells(model, *fields):
        count = counted(*spell.values)
        if count is None:
            continue
        is_first = count.backdated and spell.pk not in seen
        since = count.known_from if is_first else max(spell.since, count.known_from)
        if spell.until is not None and spell.until <= since:
            continue
        seen.add(spell.pk)
        record = spell.pk if count.record is None else count.record
        yield Row(record, count.on, since, spell.until, count.value, count.dimensions)
