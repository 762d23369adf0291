"""Technology deposits accepted, for figures: size and region are those of the depositor."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.deposits.models import Deposit
from dure.apps.deposits.queries import deposits_visible_to
from dure.apps.people.queries import traits_of_organisations
from dure.foundation.measures import (
    REGION,
    SIZE,
    Counted,
    Measure,
    Record,
    Row,
    offer_measure,
    opened,
    rows_from_history,
)


def _rows() -> Iterator[Row]:
    """Contracts ever accepted, as the plan counts them: also what lapsed later."""
    traits = traits_of_organisations()

    def counted(accepted_at: datetime | None, depositor: int) -> Counted | None:
        if accepted_at is None:
            return None
        accepted_on = localdate(accepted_at)
        return Counted(accepted_on, accepted_on, traits.get(depositor, {}))

    return rows_from_history(Deposit, ("accepted_at", "depositor_id"), counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    deposits = deposits_visible_to(user)
    return opened(deposits, ids, lambda deposit: reverse("deposits:deposit", args=[deposit.pk]))


offer_measure(
    Measure("deposits_accepted", _("Technology deposits accepted"), (REGION, SIZE), _rows, _records)
)
