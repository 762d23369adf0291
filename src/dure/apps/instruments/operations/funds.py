"""Mutual funds: founders pledge and pay in, projects get their part of everybody pro rata."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.models import Agreement, Instalment
from dure.apps.agreements.stages import AgreementStage
from dure.apps.instruments import kinds, permissions, queries
from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.models import Commitment, Movement, Scheme, Stake
from dure.apps.instruments.notices import fund_paid
from dure.apps.instruments.operations import posting
from dure.apps.instruments.operations.keeping import (
    locked,
    locked_stake,
    next_number,
    not_to_come,
    of_kind,
)
from dure.apps.instruments.operations.telling import tell_of
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import StakeStage
from dure.apps.people.models import Organisation, User
from dure.engines import funding
from dure.foundation.verdict import Refused


@transaction.atomic
def pledge(
    *, scheme: Scheme, founder: Organisation, amount: int, on: date, by: User, at: datetime
) -> Stake:
    """Enter what a founder pledges to a fund, in won; a second pledge of one founder adds to it.

    Raises Refused.
    """
    permissions.may_run(by).require()
    scheme = locked(scheme)
    of_kind(scheme, SchemeKind.FUND)
    not_to_come(on, at)
    if amount <= 0:
        raise Refused(Reason.AMOUNT_WRONG)
    stake = scheme.stakes.filter(organisation=founder).first()
    if stake is None:
        stake = Stake(
            scheme=scheme, number=next_number(scheme), organisation=founder,
            name=founder.official_name("ko"), amount=0, starts_on=on, entered_by=by, entered_at=at,
        )  # fmt: skip
    before, stake.amount = stake.amount, stake.amount + amount
    stake.save()
    lines = posting.both(stake, kinds.DUE, kinds.FREE, amount)
    posting.post(kinds.PLEDGE, stake.subject, f"from/{before}", lines, on=on, by=by, at=at)
    return stake


@transaction.atomic
def pay_in(*, stake: Stake, amount: int, on: date, by: User, at: datetime) -> Movement:
    """Enter what a founder paid into its fund. Raises Refused."""
    permissions.may_run(by).require()
    locked(stake.scheme)
    stake = locked_stake(stake)
    of_kind(stake.scheme, SchemeKind.FUND)
    not_to_come(on, at)
    if amount <= 0:
        raise Refused(Reason.AMOUNT_WRONG)
    if amount > queries.figures_of([stake])[stake.pk].due:
        raise Refused(Reason.MORE_THAN_DUE)
    made = Movement.objects.create(
        stake=stake, kind=MovementKind.PAID_IN, amount=amount, on=on, entered_by=by, entered_at=at
    )
    lines = posting.moved(stake, kinds.DUE, kinds.HELD, amount)
    posting.post(kinds.PAID_IN, made.subject, "paid", lines, on=on, by=by, at=at)
    return made


@transaction.atomic
def commit(
    *, scheme: Scheme, agreement: Agreement, amount: int, by: User, at: datetime
) -> Commitment:
    """Bind a part of a fund to the project of an agreement in force, of every founder pro rata to
    what is free of its pledge. Raises Refused."""
    permissions.may_run(by).require()
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    scheme = locked(scheme)
    of_kind(scheme, SchemeKind.FUND)
    if agreement.stage != AgreementStage.IN_FORCE:
        raise Refused(Reason.NOT_IN_FORCE)
    if amount <= 0:
        raise Refused(Reason.AMOUNT_WRONG)
    if scheme.project_cap and amount > scheme.project_cap:
        raise Refused(Reason.ABOVE_CAP, won=f"{scheme.project_cap:,}")
    if scheme.commitments.filter(agreement=agreement).exists():
        raise Refused(Reason.PLEDGED_ALREADY)
    made = Commitment.objects.create(
        scheme=scheme, agreement=agreement, amount=amount, created_by=by, created_at=at
    )
    stakes = _founders(scheme)
    figures = queries.figures_of(stakes)
    try:
        parts = funding.draw(amount, [figures[stake.pk].free for stake in stakes])
    except funding.PoolTooSmall as refusal:
        raise Refused(Reason.NOT_ENOUGH_FREE, won=f"{refusal.short:,}") from refusal
    lines = [
        line
        for stake, part in zip(stakes, parts, strict=True)
        for line in posting.moved(
            stake, kinds.FREE, kinds.COMMITTED, part, part="", into=made.subject
        )
    ]
    posting.post(kinds.POOLED, made.subject, "committed", lines, on=localdate(at), by=by, at=at)
    return made


@transaction.atomic
def draw(
    *, commitment: Commitment, instalment: Instalment, on: date, by: User, at: datetime
) -> list[Movement]:
    """Pay an instalment of a project out of a fund, from every founder pro rata to what it still
    owes the project. Founders who have not paid in enough are named. Raises Refused."""
    permissions.may_run(by).require()
    Agreement.objects.select_for_update(of=("self",)).get(pk=commitment.agreement_id)
    locked(commitment.scheme)
    if not queries.fund_instalments(commitment).filter(pk=instalment.pk).exists():
        raise Refused(Reason.NOT_OF_THE_FUND)
    left = queries.left_of(commitment)
    stakes = [founder for founder in _founders(commitment.scheme) if founder.pk in left]
    try:
        parts = funding.draw(instalment.amount, [left[stake.pk] for stake in stakes])
    except funding.PoolTooSmall as refusal:
        raise Refused(Reason.COMMITMENT_SPENT) from refusal
    _all_have_paid_in(stakes, parts)
    agreements.enter_payment(instalment=instalment, paid_on=on, by=by, at=at)
    shares = [(stake, part) for stake, part in zip(stakes, parts, strict=True) if part]
    made = Movement.objects.bulk_create(
        Movement(
            stake=stake, kind=MovementKind.DRAWN, amount=part, on=on, instalment=instalment,
            commitment=commitment, entered_by=by, entered_at=at,
        )
        for stake, part in shares
    )  # fmt: skip
    lines = [
        line
        for stake, part in shares
        for line in (
            *posting.moved(
                stake, kinds.COMMITTED, kinds.DRAWN, part, part=commitment.subject, into=""
            ),
            *posting.moved(stake, kinds.HELD, kinds.GIVEN, part),
        )
    ]
    what = f"instalment/{instalment.pk}"
    posting.post(kinds.DRAWDOWN, commitment.subject, what, lines, on=on, by=by, at=at)
    for movement in made:
        tell_of(
            movement.stake, fund_paid, at=at, except_for=by,
            won=f"{movement.amount:,}", title=str(commitment.agreement),
        )  # fmt: skip
    return made


@transaction.atomic
def release(*, commitment: Commitment, by: User, at: datetime) -> Commitment:
    """Free what a project that has ended no longer needs of a fund. Raises Refused."""
    permissions.may_run(by).require()
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=commitment.agreement_id)
    scheme = locked(commitment.scheme)
    if agreement.stage == AgreementStage.IN_FORCE or commitment.released_on:
        raise Refused(Reason.STAGE_CLOSED)
    left = queries.left_of(commitment)
    lines = [
        line
        for stake in _founders(scheme)
        for line in posting.moved(
            stake, kinds.COMMITTED, kinds.FREE, left.get(stake.pk, 0),
            part=commitment.subject, into="",
        )
    ]  # fmt: skip
    commitment.released_on = localdate(at)
    commitment.save(update_fields=["released_on"])
    posting.post(
        kinds.POOLED, commitment.subject, "released", lines, on=localdate(at), by=by, at=at
    )
    return commitment


def _founders(scheme: Scheme) -> list[Stake]:
    return list(scheme.stakes.filter(stage=StakeStage.RUNNING).order_by("pk"))


def _all_have_paid_in(stakes: list[Stake], parts: tuple[int, ...]) -> None:
    figures = queries.figures_of(stakes)
    short = [
        f"{stake} ({missing:,})"
        for stake, part in zip(stakes, parts, strict=True)
        if (missing := part - figures[stake.pk].held) > 0
    ]
    if short:
        raise Refused(Reason.FOUNDERS_SHORT, who=", ".join(short[:10]))
