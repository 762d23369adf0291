"""Candidate challenges, for figures: size and region are those of the demand organisation."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.challenges.models import Candidate
from dure.apps.challenges.queries import candidates_visible_to
from dure.apps.challenges.stages import CandidateStage
from dure.apps.people.queries import traits_of_organisations
from dure.foundation.measures import (
    FIELD,
    REGION,
    SIZE,
    Counted,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    opened,
    rows_from_history,
)

LOOKED_AT = ("stage", "created_at", "organisation_id", "need__field")


def _rows() -> Iterator[Row]:
    traits = traits_of_organisations()

    def counted(stage: str, created_at: datetime, owner: int, field: str | None) -> Counted | None:
        if stage in {CandidateStage.WITHDRAWN, CandidateStage.MERGED}:
            return None
        on = localdate(created_at)
        return Counted(on, on, {"stage": stage, "field": field or "", **traits.get(owner, {})})

    return rows_from_history(Candidate, LOOKED_AT, counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(
        candidates_visible_to(user),
        ids,
        lambda candidate: reverse("challenges:candidate", args=[candidate.pk]),
    )


offer_measure(
    Measure(
        "challenges",
        _("Candidate challenges gathered"),
        (FIELD, REGION, SIZE, chosen("stage", _("Status"), CandidateStage)),
        _rows,
        _records,
    )
)
