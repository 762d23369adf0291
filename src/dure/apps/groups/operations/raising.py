"""What federations raise: taken up by an owner until a day, answered, published where allowed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.groups import permissions, queries
from dure.apps.groups.models import Group, Proposal
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.groups.stages import ProposalStage
from dure.apps.people.models import User
from dure.apps.people.queries import holders_of
from dure.apps.people.roles import Role
from dure.foundation.verdict import Refused


@transaction.atomic
def raise_proposal(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Proposal:
    """Raise a policy request or joint project in a federation's name. Raises Refused."""
    permissions.may_act_for(by, group, localdate(at)).require()
    if group.level not in queries.FEDERATIONS:
        raise Refused(Reason.NOT_A_FEDERATION)
    made = Proposal.objects.create(group=group, raised_by=by, raised_at=at, **values)
    _tell(made, holders_of(Role.OFFICER), "RAISED", by, at)
    return made


@transaction.atomic
def take_up(*, proposal: Proposal, owner: User, due_on: date, by: User, at: datetime) -> Proposal:
    """Say who answers, and until when; also again, for another one. Raises Refused."""
    proposal = _locked(proposal)
    permissions.may_run(by).require()
    if proposal.stage == ProposalStage.ANSWERED:
        raise Refused(Reason.STAGE_CLOSED)
    if due_on < localdate(at):
        raise Refused(Reason.ENDS_TOO_EARLY)
    proposal.owner, proposal.due_on = owner, due_on
    proposal.stage = ProposalStage.TAKEN_UP
    proposal.save(update_fields=["owner", "due_on", "stage"])
    _tell(proposal, [owner], "OWNED", by, at, day=due_on.isoformat())
    return proposal


@transaction.atomic
def answer_proposal(
    *, proposal: Proposal, outcome: str, answer: str, by: User, at: datetime
) -> Proposal:
    """Answer what a federation raised; its people are told. Raises Refused."""
    proposal = _locked(proposal)
    permissions.may_answer(by, proposal).require()
    proposal.outcome, proposal.answer = outcome, answer
    proposal.answered_by, proposal.answered_at = by, at
    proposal.stage = ProposalStage.ANSWERED
    proposal.save()
    people = (*queries.officers_on(proposal.group, localdate(at)), proposal.raised_by)
    _tell(proposal, people, "ANSWERED", by, at, stage=str(proposal.get_outcome_display()))
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    proposals = Proposal.objects.select_for_update(of=("self",))
    return proposals.select_related("group", "raised_by").get(pk=proposal.pk)


def _tell(
    proposal: Proposal, people: Any, event: str, by: User, at: datetime, **facts: str
) -> None:
    tell_people(
        people, event, by=by, url=proposal.get_absolute_url(), at=at, group=proposal.group,
        title=proposal.title, **facts,
    )  # fmt: skip
