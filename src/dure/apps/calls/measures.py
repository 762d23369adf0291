"""Calls announced, for figures."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.calls.models import Call, CallKind
from dure.apps.calls.queries import calls_visible_to
from dure.apps.calls.stages import CallStage
from dure.apps.programmes.queries import name_of
from dure.foundation.measures import (
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

LOOKED_AT = ("stage", "kind", "announced_at", "version__programme__slug")


def _counted(
    stage: str, kind: str, announced_at: datetime | None, programme: str
) -> Counted | None:
    if announced_at is None or stage == CallStage.CANCELLED:
        return None
    on = localdate(announced_at)
    return Counted(on, on, {"programme": programme, "kind": kind})


def _rows() -> Iterator[Row]:
    return rows_from_history(Call, LOOKED_AT, _counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(calls_visible_to(user), ids, lambda call: reverse("calls:call", args=[call.pk]))


offer_measure(
    Measure(
        "calls",
        _("Calls announced"),
        (Dimension("programme", _("Programme"), name_of), chosen("kind", _("Kind"), CallKind)),
        _rows,
        _records,
    )
)
