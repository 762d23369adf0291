"""Firms that look for a mentor: asked, taken on, handed over, closed."""

from datetime import datetime

from django.db import transaction

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.models import Case, HandOver
from dure.apps.mentoring.operations.holding import locked_case, tell_of_case
from dure.apps.mentoring.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of, roles_of
from dure.foundation.verdict import Refused


@transaction.atomic
def ask(*, organisation: Organisation, by: User, at: datetime) -> Case:
    """Look for a mentor for a firm; all coordinators are told. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_ask(by, organisation).require()
    case = Case.objects.create(
        organisation=organisation, asked_by=by, asked_at=at,
        is_asked_for=organisation.pk not in roles_of(by).organisations,
    )  # fmt: skip
    tell_of_case(case, "ASKED", queries.coordinators(), by=by, at=at)
    return case


@transaction.atomic
def take(*, case: Case, by: User, at: datetime) -> Case:
    """Look after a firm. Raises Refused.

    Of two who press at once one gets it; one who takes two at once stays within the caseload.
    """
    _hold_caseload(by)
    case = locked_case(case)
    permissions.may_take(by, case).require()
    case.coordinator, case.taken_at = by, at
    case.save(update_fields=["coordinator", "taken_at"])
    tell_of_case(case, "TAKEN", people_of(case.organisation), by=by, at=at, who=str(by))
    return case


@transaction.atomic
def hand_over(*, case: Case, to: User, note: str, by: User, at: datetime) -> Case:
    """Give a firm to another coordinator, who has room for it, with a note. Raises Refused."""
    _hold_caseload(to)
    case = locked_case(case)
    permissions.may_hand_over(by, case).require()
    permissions.may_coordinate(to).require()
    former = case.coordinator
    if former is None or former.pk == to.pk:
        raise Refused(Reason.SAME_COORDINATOR)
    permissions.may_hold_more(to).require()
    if not note.strip():
        raise Refused(Reason.SAY_WHY)
    case.coordinator, case.taken_at = to, at
    case.save(update_fields=["coordinator", "taken_at"])
    HandOver.objects.create(case=case, former=former, to=to, note=note.strip(), by=by, at=at)
    people = [to, former, *people_of(case.organisation)]
    tell_of_case(case, "HANDED", people, by=by, at=at, who=str(to))
    return case


@transaction.atomic
def close(*, case: Case, why: str, by: User, at: datetime) -> Case:
    """End the search for a mentor. Raises Refused."""
    case = locked_case(case)
    permissions.may_close(by, case).require()
    if not why.strip():
        raise Refused(Reason.SAY_WHY)
    case.closed_at, case.why_closed = at, why.strip()
    case.save(update_fields=["closed_at", "why_closed"])
    people = [*people_of(case.organisation), *([case.coordinator] if case.coordinator else [])]
    tell_of_case(case, "CLOSED", people, by=by, at=at)
    return case


def _hold_caseload(coordinator: User) -> None:
    User.objects.select_for_update().get(pk=coordinator.pk)
