"""Vouchers: asked for, issued in line, used at an operating institution and confirmed by the firm."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language

from dure.apps.instruments import adapter, kinds, permissions, queries
from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.notices import voucher_issued, voucher_use_refused, voucher_used
from dure.apps.instruments.operations import posting
from dure.apps.instruments.operations.keeping import (
    end,
    locked,
    locked_stake,
    next_number,
    not_to_come,
)
from dure.apps.instruments.operations.telling import tell_of
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import MOVEMENT_NEXT, MovementStage, StakeStage
from dure.apps.ledger.kinds import COMMITTED as BUDGET_COMMITTED
from dure.apps.ledger.kinds import FREE as BUDGET_FREE
from dure.apps.ledger.kinds import PAID as BUDGET_PAID
from dure.apps.ledger.operations import budget_postings
from dure.apps.ledger.queries import free_won
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused
from dure.foundation.workdays import term_ends

TERM = relativedelta(years=1, days=-1)


@transaction.atomic
def ask(
    *, scheme: Scheme, organisation: Organisation, trl: int, amount: int, by: User, at: datetime
) -> Stake:
    """Ask for a voucher, within what the programme gives at that readiness level. Raises Refused."""
    permissions.may_ask_voucher(by, scheme, organisation).require()
    scheme = locked(scheme)
    if amount <= 0:
        raise Refused(Reason.AMOUNT_WRONG)
    open_ones = (StakeStage.ASKED, StakeStage.RUNNING)
    if scheme.stakes.filter(organisation=organisation, stage__in=open_ones).exists():
        raise Refused(Reason.PLEDGED_ALREADY)
    today, language = localdate(at), get_language()
    faults = adapter.bars(scheme, organisation, today, language)
    if faults := [*faults, *adapter.voucher_faults(scheme, trl, amount, language)]:
        raise Refused(Reason.BREAKS_RULES, what=" ".join(faults))
    return Stake.objects.create(
        scheme=scheme, number=next_number(scheme), organisation=organisation,
        name=organisation.official_name("ko"), amount=amount, trl=trl, starts_on=today,
        comes_first=queries.is_first_timer(organisation, today), stage=StakeStage.ASKED,
        entered_by=by, entered_at=at,
    )  # fmt: skip


@transaction.atomic
def issue_in_line(*, scheme: Scheme, by: User, at: datetime) -> list[Stake]:
    """Issue vouchers in the order of their turn, firms without support in the last years first, for
    as long as the budget of the year is free. Raises Refused."""
    permissions.may_run(by).require()
    scheme = locked(scheme)
    today = localdate(at)
    budget = posting.budget_of(scheme.programme_id, today.year)
    issued = []
    free = free_won(budget)
    for stake in queries.vouchers_in_line(scheme):
        if stake.amount > free:
            break
        free -= stake.amount
        stake.stage, stake.appropriation = StakeStage.RUNNING, budget
        stake.starts_on, stake.ends_on = today, today + TERM
        stake.save()
        lines = posting.both(stake, kinds.DUE, kinds.FREE, stake.amount)
        lines += budget_postings(budget, BUDGET_FREE, BUDGET_COMMITTED, stake.amount)
        posting.post(kinds.VOUCHER, stake.subject, "issued", lines, on=today, by=by, at=at)
        tell_of(stake, voucher_issued, at=at, won=f"{stake.amount:,}", until=str(stake.ends_on))
        issued.append(stake)
    return issued


@transaction.atomic
def refuse(*, stake: Stake, reason: str, by: User, at: datetime) -> Stake:
    """Refuse a voucher that was asked for. Raises Refused."""
    permissions.may_run(by).require()
    stake = locked_stake(stake)
    if stake.stage != StakeStage.ASKED:
        raise Refused(Reason.STAGE_CLOSED)
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    stake.stage, stake.reason = StakeStage.REFUSED, reason[:500]
    stake.save(update_fields=["stage", "reason"])
    return stake


@transaction.atomic
def enter_use(
    *,
    stake: Stake,
    institution: Organisation,
    amount: int,
    on: date,
    what: str,
    by: User,
    at: datetime,
) -> Movement:
    """Enter what a voucher was used for at an operating institution; the firm confirms it.

    Raises Refused.
    """  # fmt: skip
    permissions.may_enter_use(by, stake.scheme, institution).require()
    stake = locked_stake(stake)
    not_to_come(on, at)
    if stake.scheme.kind != SchemeKind.VOUCHER or stake.stage != StakeStage.RUNNING:
        raise Refused(Reason.STAGE_CLOSED)
    if stake.ends_on is None or not stake.starts_on <= on <= term_ends(stake.ends_on):
        raise Refused(Reason.VOUCHER_LAPSED)
    if amount <= 0:
        raise Refused(Reason.AMOUNT_WRONG)
    if amount > _left(stake):
        raise Refused(Reason.MORE_THAN_LEFT)
    made = Movement.objects.create(
        stake=stake, kind=MovementKind.SPENT, amount=amount, on=on, organisation=institution,
        what=what, stage=MovementStage.ENTERED, entered_by=by, entered_at=at,
    )  # fmt: skip
    tell_of(stake, voucher_used, at=at, what=what, won=f"{amount:,}")
    return made


@transaction.atomic
def confirm_use(*, use: Movement, by: User, at: datetime) -> Movement:
    """Confirm that a voucher was so used: the institution is paid out of the budget. Raises Refused."""
    stake = locked_stake(use.stake)
    use = _answered(use, MovementStage.CONFIRMED, by, at)
    lines = posting.moved(stake, kinds.DUE, kinds.GIVEN, use.amount)
    lines += posting.moved(stake, kinds.FREE, kinds.DRAWN, use.amount)
    if stake.appropriation:
        lines += budget_postings(stake.appropriation, BUDGET_COMMITTED, BUDGET_PAID, use.amount)
    posting.post(kinds.VOUCHER, use.subject, "used", lines, on=localdate(at), by=by, at=at)
    if not queries.figures_of([stake])[stake.pk].free:
        end(stake, StakeStage.COMPLETED, localdate(at))
    return use


@transaction.atomic
def refuse_use(*, use: Movement, reason: str, by: User, at: datetime) -> Movement:
    """Say that a voucher was not so used; the institution is told. Raises Refused."""
    stake = locked_stake(use.stake)
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    use = _answered(use, MovementStage.REFUSED, by, at)
    tell(
        recipients=[use.entered_by], kind=voucher_use_refused,
        facts={"what": use.what, "won": f"{use.amount:,}", "reason": reason},
        url=stake.get_absolute_url(), at=at,
    )  # fmt: skip
    return use


@transaction.atomic
def lapse_due(*, at: datetime) -> int:
    """End vouchers whose last day has passed; what was not used goes back into the budget.

    Uses that still wait for the firm's word keep a voucher open.
    """
    today, ended = localdate(at), 0
    for voucher in queries.lapsing(today):
        stake = locked_stake(voucher)
        waits = stake.movements.filter(stage=MovementStage.ENTERED).exists()
        if stake.stage != StakeStage.RUNNING or waits:
            continue
        left = queries.figures_of([stake])[stake.pk].free
        lines = posting.both(stake, kinds.DUE, kinds.FREE, -left)
        if stake.appropriation:
            lines += budget_postings(stake.appropriation, BUDGET_COMMITTED, BUDGET_FREE, left)
        end(stake, StakeStage.LAPSED, today)
        posting.post(kinds.VOUCHER, stake.subject, "lapsed", lines, on=today, by=None, at=at)
        ended += 1
    return ended


def _left(stake: Stake) -> int:
    """What a voucher still holds beside uses that wait for the firm's word."""
    waiting = stake.movements.filter(stage=MovementStage.ENTERED).values_list("amount", flat=True)
    return queries.figures_of([stake])[stake.pk].free - sum(waiting)


def _answered(use: Movement, stage: MovementStage, by: User, at: datetime) -> Movement:
    use = Movement.objects.select_for_update(of=("self",)).select_related("stake").get(pk=use.pk)
    permissions.may_answer_use(by, use).require()
    if stage not in MOVEMENT_NEXT[MovementStage(use.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    use.stage, use.confirmed_by, use.confirmed_at = stage, by, at
    use.save(update_fields=["stage", "confirmed_by", "confirmed_at"])
    return use
