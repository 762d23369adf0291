"""Technology deposits that lists tell of, for figures."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import traits_of_organisations
from dure.apps.registers.models import RecordedFact
from dure.apps.registers.queries import facts_visible_to
from dure.foundation.measures import (
    REGION,
    SIZE,
    Counted,
    Measure,
    Record,
    Row,
    offer_measure,
    rows_from_history,
)

LOOKED_AT = ("fact", "value", "as_of", "recorded_at", "withdrawn_at", "organisation_id")


def _rows() -> Iterator[Row]:
    traits = traits_of_organisations()

    def counted(
        fact: str,
        value: str,
        as_of: date,
        recorded_at: datetime,
        withdrawn_at: datetime | None,
        firm: int,
    ) -> Counted | None:
        if (fact, value) != ("technology_deposit", "yes") or withdrawn_at is not None:
            return None
        return Counted(
            as_of, localdate(recorded_at), {"organisation": str(firm), **traits.get(firm, {})}
        )

    return rows_from_history(RecordedFact, LOOKED_AT, counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    facts = facts_visible_to(user).filter(pk__in=[int(pk) for pk in ids])
    return {
        str(fact.pk): Record(
            str(fact.organisation), reverse("registers:organisation", args=[fact.organisation_id])
        )
        for fact in facts
    }


offer_measure(
    Measure("deposits", _("Technology deposits in force"), (REGION, SIZE), _rows, _records)
)
