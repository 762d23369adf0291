"""Objections: once, within the term, on stated grounds, heard by the panel that the rules ask for."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Decision, Objection, Reviewer, Voter
from dure.apps.selection.notices import objection_received, objection_settled, objection_vote
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from dure.engines.scoring import is_carried
from dure.foundation.verdict import Refused


@transaction.atomic
def object_to(*, decision: Decision, ground: str, text: str, by: User, at: datetime) -> Objection:
    """Object to a decision. Raises Refused."""
    locked(decision.selection)
    decision = Decision.objects.select_related("application", "selection__call").get(pk=decision.pk)
    permissions.may_object(by, decision, localtime(at).date()).require()
    rules = queries.rules_of(decision.selection).objection
    if ground not in {known.id for known in rules.grounds}:
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
    _refuse_panel(objection, reviewers, {reviewer.pk for reviewer in reviewers}, at)
    Voter.objects.bulk_create(
        Voter(objection=objection, reviewer=reviewer) for reviewer in reviewers
    )
    objection.stage = ObjectionStage.HEARD
    objection.save()
    _ask_to_vote(objection, reviewers, at)
    return objection


@transaction.atomic
def replace_voter(
    *, voter: Voter, reviewer: Reviewer, reason: str, by: User, at: datetime
) -> Voter:
    """Name somebody in the place of a member who cannot vote: away, or in conflict. Raises Refused.

    The panel stays composed as the rule set says; a vote that was given no longer counts.
    """
    objection = _locked(voter.objection)
    voter = Voter.objects.select_for_update().get(pk=voter.pk)
    voter.objection = objection
    permissions.may_replace_voter(by, voter).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    left = queries.standing_voters(objection).exclude(pk=voter.pk)
    chosen = {*left.values_list("reviewer", flat=True), reviewer.pk}
    _refuse_panel(objection, [reviewer], chosen, at)
    voter.left_reason = reason.strip()
    voter.save()
    newcomer = Voter.objects.create(objection=objection, reviewer=reviewer)
    _ask_to_vote(objection, [reviewer], at)
    return newcomer


def _refuse_panel(
    objection: Objection, new: Collection[Reviewer], chosen: set[int], at: datetime
) -> None:
    """Refuse a panel of these numbers that the rule set does not allow, or new ones who cannot come."""
    rules = queries.rules_of(objection.decision.selection).objection
    before = queries.all_judges_of(objection.decision.application)
    kept = len(chosen & before)
    is_as_ruled = (
        not kept if rules.panel == "fresh" else kept * 100 >= len(before) * rules.kept_percent
    )
    offered = set(queries.voters_among(objection, localdate(at)))
    if len(chosen) < rules.members or not (is_as_ruled and set(new) <= offered):
        raise Refused(Reason.PANEL_WRONG)


def _ask_to_vote(objection: Objection, reviewers: Collection[Reviewer], at: datetime) -> None:
    tell(
        recipients=[reviewer.user for reviewer in reviewers],
        kind=objection_vote,
        facts={"call": str(objection.decision.selection.call)},
        url=reverse("selection:objection", args=[objection.pk]),
        at=at,
    )


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
    votes = list(queries.standing_voters(objection))
    rules = queries.rules_of(objection.decision.selection).objection
    yes = sum(bool(vote.is_yes) for vote in votes)
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
