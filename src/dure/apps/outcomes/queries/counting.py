"""What counts: confirmed outcomes as countable facts, as of any day.

This is for measuring, where the reader's right to the figures is judged; a single outcome opens
only to those whom `outcomes_visible_to` shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.timezone import make_aware

from dure.apps.outcomes.models import CountedSpan


@dataclass(frozen=True, slots=True)
class Counted:
    """A confirmed outcome as it counts.

    Amounts of different currencies are never added. `size` is that of the
    organisation whose outcome it is, in the words of programme files; `programme` is the slug, empty where it came of none.
    """

    id: int
    kind: str
    on: date
    amount: Decimal | None
    currency: str
    count: int | None
    country: str
    programme: str
    organisation: int
    region: str
    field: str
    size: str


def counted_as_of(day: date) -> QuerySet[CountedSpan]:
    """The spans of the outcomes that counted at the end of a day, one for each outcome.

    What was confirmed, withdrawn or merged later changes nothing of a day that is past.
    """
    ends = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    spans = CountedSpan.objects.filter(starts_at__lt=ends, outcome__on__lte=day)
    return spans.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=ends)).order_by("outcome")


def spans_ever() -> QuerySet[CountedSpan]:
    """Every span in which an outcome counted, over or not."""
    return CountedSpan.objects.select_related("outcome", "programme").order_by("pk")


def counted(day: date) -> Iterator[Counted]:
    """The same as plain facts, for measuring."""
    rows = counted_as_of(day).values_list(
        "outcome_id", "outcome__kind", "outcome__on", "outcome__amount", "outcome__currency",
        "outcome__count", "outcome__country", F("programme__slug"), "outcome__organisation_id",
        "region", "field", "size",
    )  # fmt: skip
    for pk, kind, on, amount, currency, count, country, programme, organisation, *rest in rows:
        region, field, size = rest
        yield Counted(
            pk, kind, on, amount, currency, count, country, programme or "", organisation,
            region, field, size,
        )  # fmt: skip
