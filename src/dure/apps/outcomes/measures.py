"""Confirmed outcomes, for figures: counted, in won, and as people newly employed.

Region and size are those of the organisation whose outcome it is, as they were when it was
confirmed. Amounts in other currencies are counted, by currency, and never added to won.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.outcomes.kinds import WON, countries, kind_of
from dure.apps.outcomes.models import CountedSpan, Outcome
from dure.apps.outcomes.queries import outcomes_visible_to, spans_ever
from dure.apps.programmes.queries import name_of
from dure.foundation.measures import (
    FIELD,
    REGION,
    SIZE,
    Dimension,
    Measure,
    Record,
    Row,
    offer_measure,
    opened,
)

KIND = Dimension("kind", _("Kind"), lambda code: str(kind_of(code) or code))
PROGRAMME = Dimension("programme", _("Programme"), name_of)
CURRENCY = Dimension("currency", _("Currency"))
COUNTRY = Dimension("country", _("Country"), lambda code: countries().get(code, code))
DIMENSIONS = (KIND, PROGRAMME, FIELD, REGION, SIZE, COUNTRY)


def _rows(value: Callable[[Outcome], Any]) -> Callable[[], Iterator[Row]]:
    """The spans in which outcomes counted; of those for which `value` gives None nothing."""

    def rows() -> Iterator[Row]:
        for span in spans_ever():
            amount = value(span.outcome)
            since, until = localdate(span.starts_at), span.ends_at and localdate(span.ends_at)
            if amount is None or (until is not None and until <= since):
                continue
            yield Row(span.outcome_id, span.outcome.on, since, until, amount, _dimensions(span))

    return rows


def _dimensions(span: CountedSpan) -> dict[str, str]:
    return {
        "kind": span.outcome.kind,
        "programme": span.programme.slug if span.programme else "",
        "field": span.field,
        "region": span.region,
        "size": span.size,
        "country": span.outcome.country,
        "currency": span.outcome.currency,
    }


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(outcomes_visible_to(user), ids, Outcome.get_absolute_url)


offer_measure(
    Measure(
        "outcomes", _("Confirmed outcomes"), (*DIMENSIONS, CURRENCY), _rows(lambda _: 1), _records
    )
)
offer_measure(
    Measure(
        "outcome_amounts",
        _("Amounts of confirmed outcomes, in won"),
        (*DIMENSIONS, CURRENCY),
        _rows(lambda outcome: outcome.amount if outcome.currency == WON else None),
        _records,
        unit="won",
    )
)
offer_measure(
    Measure(
        "new_jobs",
        _("People newly employed"),
        (*DIMENSIONS, CURRENCY),
        _rows(lambda outcome: outcome.count),
        _records,
    )
)
