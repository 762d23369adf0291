"""What either side declares to tie it to the other; conflicts are computed from it at once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dure.apps.people.models import Organisation, User
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Interest
from dure.apps.selection.operations.conflicts import found_anew
from dure.apps.selection.reasons import Reason
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class NewInterest:
    """What is declared; for `organisation`, or for oneself as a reviewer where that is None."""

    kind: str
    reason: str
    organisation: Organisation | None = None
    other: Organisation | None = None
    name: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def declare_interest(*, interest: NewInterest, by: User, at: datetime) -> Interest:
    """Declare what ties one to another. Selections that it can touch are looked through. Raises Refused."""
    permissions.may_declare_interest(by, interest.organisation).require()
    name = interest.name.strip()
    if not interest.reason.strip():
        raise Refused(Reason.REASON_MISSING)
    if (interest.other is None) == (not name):
        raise Refused(Reason.ONE_OTHER)
    if interest.other is not None and interest.other == interest.organisation:
        raise Refused(Reason.ONE_OTHER)
    if interest.since and interest.until and interest.until < interest.since:
        raise Refused(Reason.DAYS_WRONG)
    made = Interest.objects.create(
        reviewer=None if interest.organisation else queries.reviewer_of(by),
        organisation=interest.organisation,
        kind=interest.kind,
        other=interest.other,
        name=name,
        since=interest.since,
        until=interest.until,
        reason=interest.reason.strip(),
        declared_by=by,
        declared_at=at,
    )
    _look_through(made, by, at)
    return made


@transaction.atomic
def end_interest(*, interest: Interest, by: User, at: datetime) -> Interest:
    """End what was declared by mistake: the office alone. Raises Refused."""
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    permissions.may_end_interest(by, interest).require()
    interest.ended_at, interest.ended_by = at, by
    interest.save(update_fields=["ended_at", "ended_by"])
    _look_through(interest, by, at)
    return interest


def _look_through(interest: Interest, by: User, at: datetime) -> None:
    for selection in queries.selections_touched_by(interest):
        found_anew(selection, by, at)
