"""Projects, for figures: from the day on which they were agreed, by how they stand."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import traits_of_organisations
from dure.apps.programmes.queries import name_of
from dure.apps.projects.models import Project
from dure.apps.projects.queries import projects_visible_to
from dure.apps.projects.queries.standing import leaders
from dure.apps.projects.stages import ProjectStage
from dure.foundation.measures import (
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


def _rows() -> Iterator[Row]:
    traits, led_by = traits_of_organisations(), leaders()

    def counted(pk: int, stage: str, agreed_on: date, programme: str) -> Counted:
        dimensions = {"programme": programme, "stage": stage, **traits.get(led_by.get(pk, 0), {})}
        return Counted(agreed_on, agreed_on, dimensions)

    looked_at = ("pgh_obj_id", "stage", "agreed_on", "version__programme__slug")
    return rows_from_history(Project, looked_at, counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(
        projects_visible_to(user),
        ids,
        lambda project: reverse("projects:project", args=[project.pk]),
    )


offer_measure(
    Measure(
        "projects",
        _("Projects"),
        (
            Dimension("programme", _("Programme"), name_of),
            chosen("stage", _("Status"), ProjectStage),
            REGION,
            SIZE,
        ),
        _rows,
        _records,
    )
)
