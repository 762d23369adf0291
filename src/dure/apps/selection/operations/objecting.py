"""Objections: once, within the term, on stated grounds, heard by the panel that the rules ask for."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Conflict, Decision, Objection, Reviewer, Voter
from dure.apps.selection.notices import objection_received, objection_settled, objection_vote
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage, ReviewerStage
from dure.engines.scoring import is_carried
from dure.foundation.verdict import Refused


@transaction.atomic
def object_to(*, decision: Decision, ground: str, text: str, by: User, at: datetime) -> Objection:
    """Object to a decision. Raises Refused."""
    locked(decision.selection)
    decision = Decision.objects.select_related("application", "selection__call").get(pk=decision.pk)
    permissions.may_object(by, decision, localtime(at).date()).require()
    rules = queries.rules_of(decision.selection).objection
    if ground not in {each.id for each in rules.grounds}:
        raise Refused(Reason.GROUND_UNKNOWN)
    if not text.strip():
        raise Refused(Reason.REASON_MISSING)
    objection = Objection.objects.create(
        decision=decision, ground=ground, text=text.strip(), created_by=by, created_at=at
    )
    tell(
        recipients=officers(),
        kind=objection_received,
        facts={"number": decision.application.number},
        url=reverse("selection:objection", args=[objection.pk]),
        at=at,
    )
    return objection


@transaction.atomic
def name_voters(
    *, objection: Objection, reviewers: Collection[Reviewer], by: User, at: datetime
) -> Objection:
    """Name the panel that hears an objection, composed as the rule set says. Raises Refused."""
    objection = _locked(objection)
    permissions.may_name_voters(by, objection).require()
    application = objection.decision.application
    rules = queries.rules_of(objection.decision.selection).objection
    before = queries.all_judges_of(application)
    chosen = {reviewer.pk for reviewer in reviewers}
    in_conflict = Conflict.objects.filter(
        application=application, reviewer__in=chosen, ended_at=None
    )
    kept = len(chosen & before)
    is_as_ruled = (
        not kept if rules.panel == "fresh" else kept * 100 >= len(before) * rules.kept_percent
    )
    are_active = all(reviewer.stage == ReviewerStage.ACTIVE for reviewer in reviewers)
    if len(chosen) < rules.members or in_conflict.exists() or not (is_as_ruled and are_active):
        raise Refused(Reason.PANEL_WRONG)
    Voter.objects.bulk_create(Voter(objection=objection, reviewer=each) for each in reviewers)
    objection.stage = ObjectionStage.HEARD
    objection.save()
    tell(
        recipients=[reviewer.user for reviewer in reviewers],
        kind=objection_vote,
        facts={"call": str(objection.decision.selection.call)},
        url=reverse("selection:objection", args=[objection.pk]),
        at=at,
    )
    return objection


@transaction.atomic
def vote(*, voter: Voter, is_yes: bool, by: User, at: datetime) -> Voter:
    """Vote on an objection. Raises Refused."""
    _locked(voter.objection)
    voter = Voter.objects.select_for_update(of=("self",)).select_related(
        "objection", "reviewer"
    ).get(pk=voter.pk)  # fmt: skip
    permissions.may_vote(by, voter).require()
    voter.is_yes, voter.voted_at = is_yes, at
    voter.save()
    return voter


@transaction.atomic
def settle(*, objection: Objection, answer: str, by: User, at: datetime) -> Objection:
    """Tell the applicant what the panel found: upheld by the rule set's majority, or not.

    Raises Refused.
    """
    objection = _locked(objection)
    permissions.may_settle(by, objection).require()
    if not answer.strip():
        raise Refused(Reason.REASON_MISSING)
    votes = list(objection.voters.all())
    rules = queries.rules_of(objection.decision.selection).objection
    yes = sum(bool(each.is_yes) for each in votes)
    carried = is_carried(yes, len(votes), len(votes), rules.vote.majority())
    objection.stage = ObjectionStage.UPHELD if carried else ObjectionStage.DISMISSED
    objection.answer, objection.settled_by, objection.settled_at = answer.strip(), by, at
    objection.save()
    tell(
        recipients=[objection.created_by],
        kind=objection_settled,
        facts={"number": objection.decision.application.number},
        url=reverse("selection:result", args=[objection.decision_id]),
        at=at,
    )
    return objection


def _locked(objection: Objection) -> Objection:
    locked(objection.decision.selection)
    return Objection.objects.select_for_update(of=("self",)).select_related(
        "decision__selection__call", "decision__application", "created_by"
    ).get(pk=objection.pk)  # fmt: skip
