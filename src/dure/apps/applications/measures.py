"""Applications received, for figures; what is sealed is not counted before it was opened."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.applications.queries import applications_visible_to, submissions_ever_opened
from dure.apps.calls.models import CallKind
from dure.apps.people.queries import traits_of_organisations
from dure.apps.programmes.queries import name_of
from dure.foundation.measures import (
    REGION,
    SIZE,
    Dimension,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    opened,
)


def _rows() -> Iterator[Row]:
    traits = traits_of_organisations()
    for submission in submissions_ever_opened():
        application = submission.application
        yield Row(
            application.pk,
            localdate(submission.submitted_at),
            localdate(submission.opened_at),
            dimensions={
                "programme": application.call.version.programme.slug,
                "kind": application.call.kind,
                **traits.get(application.organisation_id, {}),
            },
        )


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(
        applications_visible_to(user),
        ids,
        lambda application: reverse("applications:opened", args=[application.pk]),
    )


offer_measure(
    Measure(
        "applications",
        _("Applications received"),
        (
            Dimension("programme", _("Programme"), name_of),
            chosen("kind", _("Kind"), CallKind),
            REGION,
            SIZE,
        ),
        _rows,
        _records,
    )
)
