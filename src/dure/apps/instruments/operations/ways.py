"""Ways through institutions: guarantee, grant, guarantee; private investment, then public match.

The steps are the stages of the programme's file. Each institution confirms its own, in their order,
and what is shown by a step opens those that need it.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.stages import AgreementStage
from dure.apps.instruments import adapter, kinds, permissions, queries
from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.notices import step_confirmed
from dure.apps.instruments.operations import posting
from dure.apps.instruments.operations.keeping import (
    end,
    locked,
    locked_stake,
    next_number,
    not_to_come,
    of_kind,
)
from dure.apps.instruments.operations.telling import tell_of
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.people.models import Organisation, User
from dure.engines import funding
from dure.foundation import programmes
from dure.foundation.verdict import Refused


@transaction.atomic
def begin(
    *,
    scheme: Scheme,
    organisation: Organisation,
    institutions: Mapping[str, Organisation],
    on: date,
    by: User,
    at: datetime,
) -> Stake:
    """Begin the way of a firm; `institutions` say of stages with money whose step they are.

    Their steps wait as movements that nobody has confirmed. Raises Refused.
    """
    permissions.may_run(by).require()
    scheme = locked(scheme)
    of_kind(scheme, SchemeKind.CHAIN)
    stake = Stake.objects.create(
        scheme=scheme, number=next_number(scheme), organisation=organisation,
        name=organisation.official_name("ko"), amount=0, starts_on=on, entered_by=by, entered_at=at,
    )  # fmt: skip
    programme, _terms = adapter.way_of(stake)
    Movement.objects.bulk_create(
        Movement(
            stake=stake, kind=MovementKind.STEP, part=stage.id, amount=0, on=on,
            organisation=institutions.get(stage.id) if stage.gate and stage.gate.role else None,
            stage=MovementStage.ENTERED, entered_by=by, entered_at=at,
        )
        for stage in programme.stages
    )  # fmt: skip
    return stake


@transaction.atomic
def confirm_step(
    *, step: Movement, amount: int, on: date, what: str = "", by: User, at: datetime
) -> Movement:
    """Confirm a step: the next one, by the institution whose it is, with its money within the limits
    of the programme. Raises Refused."""
    stake = locked_stake(step.stake)
    step = stake.movements.select_for_update(of=("self",)).get(pk=step.pk)
    permissions.may_confirm_step(by, stake, step.organisation).require()
    not_to_come(on, at)
    done = queries.steps_done(stake)
    programme, terms = adapter.way_of(stake)
    _is_next(programme, terms, step.part, done, adapter.shown_by(stake, done))
    stage = next(one_stage for one_stage in programme.stages if one_stage.id == step.part)
    gives = bool(stage.gate and stage.gate.role)
    if gives != (amount > 0):
        raise Refused(Reason.AMOUNT_WRONG)
    if gives and (faults := adapter.step_faults(stake, done, step.part, amount, get_language())):
        raise Refused(Reason.BREAKS_RULES, what=" ".join(faults))
    step.amount, step.on, step.what, step.stage = amount, on, what, MovementStage.CONFIRMED
    step.confirmed_by, step.confirmed_at = by, at
    step.save()
    if gives:
        lines = posting.both(stake, kinds.GIVEN, kinds.DRAWN, amount, part=step.part)
        posting.post(kinds.STEP, step.subject, "confirmed", lines, on=on, by=by, at=at)
    name = stage.name.in_language(get_language())
    tell_of(stake, step_confirmed, at=at, except_for=by, what=name)
    if stake.agreement:
        _show(stake, by, at)
    if stage is programme.stages[-1]:
        end(stake, StakeStage.COMPLETED, on)
    return step


@transaction.atomic
def lead_to(*, stake: Stake, agreement: Agreement, by: User, at: datetime) -> Stake:
    """Tie a way to the agreement that it leads to: what was shown counts there, and its
    public money is held against what the institutions gave. Raises Refused."""
    permissions.may_run(by).require()
    stake = locked_stake(stake)
    of_kind(stake.scheme, SchemeKind.CHAIN)
    lead = agreement.parties.filter(role=funding.Role.LEAD).first()
    if lead is None or lead.organisation_id != stake.organisation_id:
        raise Refused(Reason.LEAD_DIFFERS)
    if faults := adapter.grant_faults(stake, queries.steps_done(stake), agreement, get_language()):
        raise Refused(Reason.BREAKS_RULES, what=" ".join(faults))
    stake.agreement = agreement
    stake.save(update_fields=["agreement"])
    _show(stake, by, at)
    return stake


def _show(stake: Stake, by: User, at: datetime) -> None:
    """Keep in the agreement what the confirmed steps show."""
    agreement = stake.agreement
    if agreement.stage not in (AgreementStage.DRAFT, AgreementStage.IN_FORCE):
        return
    shown = adapter.shown_by(stake, queries.steps_done(stake))
    for fact in sorted(shown - set(agreement.confirmed)):
        if permissions.may_run(by):
            agreements.confirm_fact(agreement=agreement, fact=fact, by=by, at=at)


def _is_next(
    programme: programmes.Programme,
    terms: funding.Programme,
    part: str,
    done: Mapping[str, Movement],
    shown: set[str],
) -> None:
    """Go on only with the step that comes next and whose needs are shown. Raises Refused."""
    last = next((stage.id for stage in reversed(programme.stages) if stage.id in done), None)
    following = funding.next_stage(terms, last, shown)
    if following.stage != part:
        raise Refused(Reason.NOT_NEXT)
    if following.needs:
        language = get_language()
        names = [programmes.name("fact", need, language) for need in following.needs]
        raise Refused(Reason.FACT_MISSING, what=", ".join(names))
