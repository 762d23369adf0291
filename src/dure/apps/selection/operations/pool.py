"""The pool of reviewers: invited, accepted with a declaration, absent, barred."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Reviewer
from dure.apps.selection.notices import reviewer_absent, reviewer_invited
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ReviewerStage
from dure.foundation.verdict import Refused


@transaction.atomic
def invite(*, person: User, by: User, at: datetime) -> Reviewer:
    """Invite somebody into the pool, and tell them. Raises Refused."""
    permissions.may_invite(by, person).require()
    reviewer, _is_new = Reviewer.objects.update_or_create(
        user=person,
        defaults={"stage": ReviewerStage.INVITED, "invited_by": by, "invited_at": at},
    )
    tell(
        recipients=[person],
        kind=reviewer_invited,
        facts={},
        url=reverse("selection:profile"),
        at=at,
    )
    return reviewer


@transaction.atomic
def accept(
    *, reviewer: Reviewer, fields: str, kinds: str, region: str, most_a_year: int, by: User,
    at: datetime,
) -> Reviewer:  # fmt: skip
    """Come into the pool, or say anew what one knows; this is the declaration. Raises Refused."""
    reviewer = _locked(reviewer)
    permissions.may_answer(by, reviewer).require()
    if not fields.strip():
        raise Refused(Reason.REASON_MISSING)
    reviewer.fields, reviewer.kinds, reviewer.region = fields.strip(), kinds.strip(), region
    reviewer.most_a_year = most_a_year
    reviewer.stage, reviewer.declared_at = ReviewerStage.ACTIVE, at
    reviewer.save()
    return reviewer


@transaction.atomic
def decline(*, reviewer: Reviewer, by: User) -> Reviewer:
    """Decline, or leave the pool. Raises Refused."""
    reviewer = _locked(reviewer)
    permissions.may_answer(by, reviewer).require()
    reviewer.stage = ReviewerStage.DECLINED
    reviewer.save()
    return reviewer


@transaction.atomic
def set_absence(
    *, reviewer: Reviewer, first: date | None, last: date | None, by: User, at: datetime
) -> Reviewer:
    """Say when one is away; nobody asks for sheets then. Raises Refused.

    The office is told of panels that score meanwhile, and replaces the member with one press.
    """
    reviewer = _locked(reviewer)
    permissions.may_answer(by, reviewer).require()
    reviewer.absent_from, reviewer.absent_until = first, last
    reviewer.save()
    for seat in queries.seats_away(reviewer):
        tell(
            recipients=officers(),
            kind=reviewer_absent,
            facts={"call": str(seat.panel.selection.call), "reviewer": str(reviewer)},
            url=reverse("selection:replace", args=[seat.pk]),
            at=at,
        )
    return reviewer


@transaction.atomic
def bar(*, reviewer: Reviewer, reason: str, by: User) -> Reviewer:
    """Bar somebody from reviewing, with a reason. Raises Refused."""
    permissions.may_run(by).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    reviewer = _locked(reviewer)
    reviewer.stage, reviewer.barred_reason = ReviewerStage.BARRED, reason.strip()
    reviewer.save()
    return reviewer


def _locked(reviewer: Reviewer) -> Reviewer:
    return (
        Reviewer.objects.select_for_update(of=("self",)).select_related("user").get(pk=reviewer.pk)
    )
