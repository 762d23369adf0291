"""Non-disclosure agreements signed, for figures: size and region are those of who discloses."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.ndas.models import Nda
from dure.apps.ndas.queries import ndas_visible_to
from dure.apps.ndas.stages import NdaStage
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
    traits = traits_of_organisations()

    def counted(stage: str, answered_at: datetime | None, discloser: int) -> Counted | None:
        if stage not in {NdaStage.SIGNED, NdaStage.ENDED} or answered_at is None:
            return None
        signed_on = localdate(answered_at)
        return Counted(signed_on, signed_on, traits.get(discloser, {}))

    return rows_from_history(Nda, ("stage", "answered_at", "disclosing_party_id"), counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(ndas_visible_to(user), ids, lambda nda: reverse("ndas:nda", args=[nda.pk]))


offer_measure(
    Measure("ndas", _("Non-disclosure agreements signed"), (REGION, SIZE), _rows, _records)
)
