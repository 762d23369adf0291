"""The bundled set, all of it invented."""

import pghistory
from django.db.models import Count
from django.utils import timezone

from dure.apps.catalog import operations, queries
from dure.apps.catalog.models import Technology
from dure.apps.catalog.stages import NeedStage
from dure.apps.people.demo import join, person
from dure.apps.people.models import Organisation, User
from dure.apps.people.operations import verify_organisation
from dure.foundation.demo import Demonstration

BUYER, FIRM = "buyer@dure.example", "firm@dure.example"
# Entries left where people still have to act, so that every desk has something on it.
LEFT_UNDER_REVIEW = 12
LEFT_TECHNOLOGIES_UNDER_REVIEW = 6


def load(demonstration: Demonstration, officer: User, second: User) -> None:
    """Load the set, entered by `officer` and published by `second`, and two people who own it."""
    with pghistory.context(user=officer.pk):
        _import(demonstration, officer, "organisations")
        Organisation.objects.update(is_invented=True)
        for organisation in Organisation.objects.filter(verified_at__isnull=True):
            verify_organisation(organisation=organisation, by=second, at=timezone.now())
        _import(demonstration, officer, "needs")
        _import(demonstration, officer, "technologies")
    with pghistory.context(user=second.pk):
        for waiting, kept in (
            (queries.needs_to_publish(second), LEFT_UNDER_REVIEW),
            (
                Technology.objects.filter(stage=NeedStage.UNDER_REVIEW),
                LEFT_TECHNOLOGIES_UNDER_REVIEW,
            ),
        ):
            entries = list(waiting.order_by("-external_id"))[kept:]
            operations.publish(entries=entries, by=second, at=timezone.now())
    join(person(demonstration, BUYER, "오수요"), _busiest("needs"))
    join(person(demonstration, FIRM, "강기술"), _busiest("technologies"))


def _busiest(entries: str) -> Organisation:
    """The invented organisation with the most `entries`, a name of a relation."""
    invented = Organisation.objects.filter(is_invented=True).annotate(count=Count(entries))
    return invented.order_by("-count", "pk")[0]


def _import(demonstration: Demonstration, officer: User, kind: str) -> None:
    path = demonstration.folder / f"{kind}.csv"
    arguments = {"kind": kind, "path": str(path)}
    job = demonstration.run_job(
        kind="import_sheet", title=path.name, arguments=arguments, by=officer
    )
    if job.result.get("problem_count"):
        raise ValueError(f"{path}: {job.result['problems'][:3]}")
