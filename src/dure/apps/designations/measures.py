"""Designations at each stage, for figures: an entry counts at a stage from the day of its step on.

So «innovation products designated» counts the steps to that stage, and one that has expired since
was still designated. What a list corrects later is known from then on.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.designations.kinds import registers
from dure.apps.designations.models import Entry
from dure.apps.designations.queries import entries_visible_to, steps_ever
from dure.apps.people.queries import traits_of_organisations
from dure.foundation.measures import (
    REGION,
    SIZE,
    Dimension,
    Measure,
    Record,
    Row,
    offer_measure,
    opened,
)


def _register(code: str) -> str:
    register = registers().get(code)
    return str(register) if register else code


def _stage(code: str) -> str:
    """A stage is written `register:stage`, since two registers may have one of a name."""
    register, _colon, stage = code.partition(":")
    register_file = registers().get(register)
    return str(register_file.stage(stage)) if register_file else stage


def _rows() -> Iterator[Row]:
    """Of several steps of an entry to one stage the first."""
    traits, seen = traits_of_organisations(), set()
    for step in steps_ever():
        entry = step.entry
        if (entry.pk, step.stage) in seen:
            continue
        seen.add((entry.pk, step.stage))
        dimensions = {
            "register": entry.register,
            "stage": f"{entry.register}:{step.stage}",
            **traits.get(entry.organisation_id, {}),
        }
        yield Row(entry.pk, step.on, max(step.on, localdate(step.at)), dimensions=dimensions)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(entries_visible_to(user), ids, Entry.get_absolute_url)


offer_measure(
    Measure(
        "designations",
        _("Designations"),
        (
            Dimension("register", pgettext_lazy("designation", "Register"), _register),
            Dimension("stage", _("Status"), _stage),
            REGION,
            SIZE,
        ),
        _rows,
        _records,
    )
)
