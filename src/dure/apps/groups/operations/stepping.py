"""The package of a project group: the steps of a programme's version, each with its gate."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.groups import adapter, permissions, queries
from dure.apps.groups.kinds import Level
from dure.apps.groups.models import Group, Package, PackageStep
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import holders_of
from dure.apps.people.roles import Role
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused


@transaction.atomic
def open_package(*, group: Group, programme: Programme, by: User, at: datetime) -> Package:
    """Open the package of a project group, with the steps of a programme as it is in force.

    Raises Refused.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    permissions.may_act_for(by, group, localdate(at)).require()
    if group.level != Level.PROJECT:
        raise Refused(Reason.NOT_A_PROJECT_GROUP)
    if Package.objects.filter(group=group).exists():
        raise Refused(Reason.PACKAGE_OPEN)
    version = programme.current
    if version is None:
        raise Refused(Reason.NO_PROGRAMME)
    package = Package.objects.create(group=group, version=version, opened_by=by, opened_at=at)
    PackageStep.objects.bulk_create(
        PackageStep(package=package, number=number, stage_id=stage.id)
        for number, stage in enumerate(adapter.stages_of(version), 1)
    )
    return package


@transaction.atomic
def show_evidence(*, step: PackageStep, evidence: str, by: User, at: datetime) -> PackageStep:
    """Hand in what shows that a step is done; after a no it is handed in again. Raises Refused."""
    step = _locked(step)
    permissions.may_act_for(by, step.package.group, localdate(at)).require()
    if step.is_passed:
        raise Refused(Reason.STAGE_CLOSED)
    before = step.package.steps.filter(number__lt=step.number)
    if before.exclude(is_passed=True).exists():
        raise Refused(Reason.STEP_BEFORE)
    step.evidence, step.shown_by, step.shown_at = evidence, by, at
    step.is_passed = None
    step.save()
    _tell(step, holders_of(Role.OFFICER), "SHOWN", by, at)
    return step


@transaction.atomic
def decide_step(
    *, step: PackageStep, is_passed: bool, decision: str, by: User, at: datetime
) -> PackageStep:
    """Write down what the gate of a step said, and why. Raises Refused."""
    step = _locked(step)
    permissions.may_run(by).require()
    if step.is_passed is not None:
        raise Refused(Reason.STAGE_CLOSED)
    if step.shown_at is None:
        raise Refused(Reason.NOTHING_SHOWN)
    step.is_passed, step.decision = is_passed, decision
    step.decided_by, step.decided_at = by, at
    step.save()
    people = queries.people_of_group(step.package.group)
    _tell(step, people, "PASSED" if is_passed else "NOT_PASSED", by, at)
    return step


def _locked(step: PackageStep) -> PackageStep:
    steps = PackageStep.objects.select_for_update(of=("self",))
    return steps.select_related("package__group", "package__version").get(pk=step.pk)


def _tell(step: PackageStep, people: Iterable[User], event: str, by: User, at: datetime) -> None:
    group = step.package.group
    tell_people(
        people, event, by=by, url=group.get_absolute_url(), at=at, group=group,
        title=adapter.stage_name(step),
    )  # fmt: skip
