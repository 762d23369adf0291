"""Meetings placed and consultations held, for figures.

Region and size are those of the small firm, the field that of the need that was talked about.
"""

import itertools
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.consultations.models import ConsultationRecord, NextStep, Outcome
from dure.apps.consultations.queries import meetings_ever_released, records_visible_to
from dure.apps.fairs.models import FreedReason, Meeting
from dure.apps.fairs.queries import pairs_visible_to
from dure.apps.people.queries import traits_of_organisations
from dure.foundation.measures import (
    FIELD,
    REGION,
    SIZE,
    Counted,
    Dimension,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    opened,
    rows_from_history,
)

RECORDED = (
    "outcome",
    "next_step",
    "recorded_at",
    "meeting__slot__starts_at",
    "pair__need__field",
    "pair__supply__organisation_id",
    "introduction__need__field",
    "introduction__technology__organisation_id",
)
ORIGIN = Dimension("origin", _("Meeting after"), lambda code: str(ORIGINS.get(code, code)))
ORIGINS = {"fair": _("a fair"), "introduction": _("an introduction")}


def _records_kept() -> Iterator[Row]:
    traits = traits_of_organisations()

    def counted(
        outcome: str,
        step: str,
        recorded_at: datetime,
        met_at: datetime | None,
        fair_field: str | None,
        fair_firm: int | None,
        field: str | None,
        firm: int | None,
    ) -> Counted:
        known = localdate(recorded_at)
        dimensions = {
            "field": fair_field or field or "",
            "outcome": outcome,
            "next_step": step,
            "origin": "introduction" if firm else "fair",
            **traits.get(fair_firm or firm or 0, {}),
        }
        return Counted(localdate(met_at) if met_at else known, known, dimensions)

    return rows_from_history(ConsultationRecord, RECORDED, counted)


def _placed() -> Iterator[Row]:
    """Each pair as long as it stood in the timetable that was released."""
    traits = traits_of_organisations()
    meetings = list(meetings_ever_released())
    replaced = _replaced(meetings)
    for meeting in meetings:
        timetable, pair = meeting.timetable, meeting.pair
        ends = [replaced.get(timetable.pk)]
        if meeting.freed_at and meeting.freed_reason == FreedReason.CANCELLED:
            ends.append(localdate(meeting.freed_at))
        yield Row(
            pair.pk,
            localdate(meeting.slot.starts_at),
            localdate(meeting.placed_at or timetable.released_at),
            min((end for end in ends if end), default=None),
            dimensions={
                "field": pair.need.field if pair.need else "",
                **traits.get(pair.supply.organisation_id, {}),
            },
        )


def _replaced(meetings: list[Meeting]) -> dict[int, date]:
    """The day on which each timetable gave way to the next one of its fair."""
    released = {meeting.timetable_id: meeting.timetable for meeting in meetings}
    ordered = sorted(released.values(), key=lambda meeting: (meeting.fair_id, meeting.released_at))
    return {
        meeting.pk: localdate(after.released_at)
        for meeting, after in itertools.pairwise(ordered)
        if meeting.fair_id == after.fair_id
    }


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(records_visible_to(user), ids, ConsultationRecord.get_absolute_url)


def _pairs(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    pairs = pairs_visible_to(user).filter(pk__in=[int(pk) for pk in ids])
    return {
        str(pair.pk): Record(
            " – ".join(str(side) for side in pair.sides),
            reverse("consultations:record", args=[pair.pk]),
        )
        for pair in pairs.select_related("demand__organisation", "supply__organisation")
    }


offer_measure(Measure("meetings", _("Meetings placed"), (FIELD, REGION, SIZE), _placed, _pairs))
offer_measure(
    Measure(
        "consultations",
        _("Consultations recorded"),
        (
            FIELD,
            REGION,
            SIZE,
            chosen("outcome", _("Meeting"), Outcome),
            chosen("next_step", _("Next step"), NextStep),
            ORIGIN,
        ),
        _records_kept,
        _records,
    )
)
