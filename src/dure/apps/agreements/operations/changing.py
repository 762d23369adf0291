"""Changes of an agreement in force (협약 변경): notified or approved, signed anew where they have to be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import adapter, permissions, queries
from dure.apps.agreements.adapter import BelowPaid, Whole, Wish
from dure.apps.agreements.events import AgreementChanged
from dure.apps.agreements.models import Agreement, Change, Instalment, Party
from dure.apps.agreements.notices import agreement_changed, answer_extended, change_to_answer
from dure.apps.agreements.operations import posting
from dure.apps.agreements.operations.annexing import NewAnnex, keep_annex
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import ask_to_sign, people_in, tell_of
from dure.apps.agreements.operations.texts import close_text, write_text
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import ChangeStage
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.engines.funding import Kind, Role
from dure.engines.spending import Decision, Handling
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused
from dure.foundation.workdays import term_ends

SIGN_WITHIN = timedelta(days=14)


@transaction.atomic
def ask_change(
    *,
    agreement: Agreement,
    wish: Wish,
    reason: str,
    files: Sequence[NewAnnex] = (),
    by: User,
    at: datetime,
) -> Change:
    """Ask for a change. One that only has to be notified holds at once; any other waits as a whole.

    `files` are annexes that it brings. It is held against the rules of the day of the agreement.
    Raises Refused.
    """
    agreement, today = locked(agreement), localdate(at)
    permissions.may_ask_change(by, agreement).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    whole = Whole.of(agreement)
    _require_leader(whole, wish)
    brought = [keep_annex(agreement, file, by, at, is_proposed=True) for file in files]
    wish = adapter.really_changed(
        whole, replace(_of_this(whole, wish), annexes=tuple(annex.pk for annex in brought))
    )
    _require_possible(whole, wish, today)
    decision = _decided(whole, wish, today)
    approvals = _approvals(decision)
    made = Change.objects.create(
        agreement=agreement,
        content=wish.as_json(),
        before=adapter.kept_before(whole, wish),
        approvals=approvals,
        notices=[] if approvals else list(decision.rules),
        answer_by=adapter.answer_by(agreement, today) if approvals else None,
        reason=reason,
        requested_by=by,
        requested_at=at,
    )
    if not made.approvals:
        return _apply(made, by, at)
    tell_of(agreement, change_to_answer, {agreement.created_by} - {by}, at=at, reason=reason)
    return made


@transaction.atomic
def split_change(*, change: Change, by: User, at: datetime) -> tuple[Change, Change]:
    """Take out of a change what only has to be notified: it holds at once, the rest waits on.

    Raises Refused.
    """
    change = _held(change)
    permissions.may_split(by, change).require()
    whole, today = Whole.of(change.agreement), localdate(at)
    noticed, rest = adapter.halves(whole, Wish.of(change.content), today)
    if not noticed or not rest:
        raise Refused(Reason.NOTHING_TO_SPLIT)
    notice, waiting = adapter.together(noticed), adapter.together(rest)
    for part in (notice, waiting):
        _require_possible(whole, part, today)
    decision = _decided(whole, waiting, today)
    change.content = waiting.as_json()
    change.before = adapter.kept_before(whole, waiting)
    change.approvals = _approvals(decision)
    change.save()
    made = Change(
        agreement=change.agreement,
        stage=ChangeStage.DONE,
        content=notice.as_json(),
        before=adapter.kept_before(whole, notice),
        notices=list(adapter.handling_of(whole, notice, today).rules),
        reason=change.reason,
        split_from=change,
        requested_by=change.requested_by,
        requested_at=at,
        applied_at=at,
    )
    made.save()
    return _apply(made, by, at), change


@transaction.atomic
def answer_change(*, change: Change, is_yes: bool, answer: str, by: User, at: datetime) -> Change:
    """Approve a change or refuse it; where money, duty or term changes it is signed anew.

    Raises Refused.
    """
    change = _held(change)
    permissions.may_answer_change(by, change).require()
    if not is_yes and not answer.strip():
        raise Refused(Reason.REASON_MISSING)
    change.answer, change.answered_by, change.answered_at = answer.strip(), by, at
    if not is_yes:
        return _over(change, ChangeStage.REFUSED, by, at)
    wish = Wish.of(change.content)
    if not wish.is_signed:
        return _apply(change, by, at)
    whole, today = Whole.of(change.agreement), localdate(at)
    _require_possible(whole, wish, today)
    after = adapter.changed(whole, wish)
    change.stage, change.sign_by = ChangeStage.SIGNING, today + SIGN_WITHIN
    change.save()
    signers = _signers(whole, wish)
    change.signers.set(signers)
    now = list(change.agreement.instalments.select_related("payer", "payee"))
    instalments = tuple(adapter.instalments_after(after, now, today))
    text = write_text(after, instalments, by, at, change)
    for party in queries.asked_now(signers):
        ask_to_sign(text, party, change.sign_by, at=at)
    return change


@transaction.atomic
def extend_answer(*, change: Change, until: date, reason: str, by: User, at: datetime) -> Change:
    """Take longer to answer a change than the rules give, with the reason (STD 73-74). Raises Refused."""
    change = _held(change)
    permissions.may_extend_answer(by, change).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    if change.answer_by is None or until <= max(change.answer_by, localdate(at)):
        raise Refused(Reason.NOT_LONGER)
    change.answer_by, change.extended_because, change.reminded_on = until, reason, None
    change.save()
    tell_of(
        change.agreement, answer_extended, people_in(change.agreement) - {by}, at=at,
        until=until.isoformat(), reason=reason,
    )  # fmt: skip
    return change


@transaction.atomic
def withdraw_change(*, change: Change, by: User, at: datetime) -> Change:
    """Take back a change that does not hold yet. Raises Refused."""
    change = _held(change)
    permissions.may_withdraw_change(by, change).require()
    return _over(change, ChangeStage.WITHDRAWN, by, at)


def expire_changes(*, at: datetime) -> int:
    """End changes that were not signed in time, everything stays as it was; returns how many."""
    today, ended = localdate(at), 0
    for overdue in queries.changes_to_expire(today):
        with transaction.atomic():
            change = _held(overdue)
            is_late = change.sign_by is not None and term_ends(change.sign_by) < today
            if change.stage == ChangeStage.SIGNING and is_late:
                _over(change, ChangeStage.EXPIRED, None, at)
                ended += 1
    return ended


def apply_signed(change: Change, by: User, at: datetime) -> Change:
    """Everybody whom it concerns has signed: it holds. Asked for by signing. Raises Refused."""
    return _apply(change, by, at)


def refuse_signed(change: Change, reason: str, by: User, at: datetime) -> Change:
    """Somebody whom it concerns does not sign: it is refused. Asked for by signing."""
    change.answer = reason
    return _over(change, ChangeStage.REFUSED, by, at)


def _of_this(whole: Whole, wish: Wish) -> Wish:
    """The wish with only those annexes, parties and facts that are of this agreement."""
    questions = adapter.questions_of(whole.agreement, None)
    annexes, parties = ({row.pk for row in rows} for rows in (whole.annexes, whole.parties))
    return replace(
        wish,
        dropped=tuple(pk for pk in wish.dropped if pk in annexes),
        duties=tuple(pk for pk in wish.duties if pk in parties),
        stated=tuple(fact for fact in wish.stated if fact in questions),
    )


def _decided(whole: Whole, wish: Wish, on: date) -> Decision:
    """What a change needs. Raises Refused where it comes too late or is barred."""
    decision = adapter.handling_of(whole, wish, on)
    if decision.handling is Handling.TOO_LATE:
        raise Refused(Reason.CHANGE_TOO_LATE)
    if decision.handling is Handling.BARRED:
        raise Refused(Reason.CHANGE_BARRED)
    return decision


def _require_leader(whole: Whole, wish: Wish) -> None:
    """Another leader is of the lead organisation, for a reason that the rules know (GL 10.나)."""
    if not wish.is_of_leader:
        return
    lead, agreement = whole.lead, whole.agreement
    people = people_of(lead.organisation) if lead and lead.organisation else User.objects.none()
    if wish.leader is not None and not people.filter(pk=wish.leader).exists():
        raise Refused(Reason.LEADER_NOT_OF_LEAD)
    if wish.leader is None and agreement.leader_id is None:
        raise Refused(Reason.NOTHING_CHANGES)
    is_first = agreement.leader_id is None and agreement.leaderless_since is None
    grounds = adapter.grounds_of(agreement, None)
    if (
        grounds
        and not is_first
        and wish.leader != agreement.leader_id
        and wish.ground not in grounds
    ):
        raise Refused(Reason.GROUND_MISSING)


def _approvals(decision: Decision) -> list[str]:
    """The rules that ask for approval; a programme without a list of them has everything approved."""
    if decision.handling is not Handling.APPROVE:
        return []
    return list(decision.rules) or ["unlisted"]


def _require_possible(whole: Whole, wish: Wish, on: date) -> None:
    """The agreement as it would be obeys the rules of its day, balances, and was not paid beyond."""
    if wish == Wish():
        raise Refused(Reason.NOTHING_CHANGES)
    after = adapter.changed(whole, wish)
    if after.agreement.ends_on < after.agreement.starts_on:
        raise Refused(Reason.DAYS_WRONG)
    judgement = adapter.judgement(after, whole.agreement.agreed_on or on)
    if not judgement.passes:
        raise Refused(Reason.PLAN_BREAKS_RULES, judgement=judgement)
    if _balance(after) != _balance(whole) and any(_balance(after)):
        raise Refused(Reason.COSTS_DIFFER)
    now = list(whole.agreement.instalments.select_related("payer", "payee"))
    try:
        adapter.instalments_after(after, now, on)
    except BelowPaid as error:
        raise Refused(Reason.BELOW_PAID) from error


def _balance(whole: Whole) -> tuple[int, int]:
    """By how much what is given exceeds what is spent, in cash and in kind; nought without costs."""
    if not whole.costs:
        return 0, 0
    cash, in_kind = (
        sum(row.amount for row in whole.contributions if row.kind == kind)
        - sum(row.amount for row in whole.costs if row.kind == kind)
        for kind in (Kind.CASH, Kind.IN_KIND)
    )
    return cash, in_kind


def _signers(whole: Whole, wish: Wish) -> list[Party]:
    """Whom a change concerns: all where term or goal changes, else who gives, receives or owes otherwise."""
    if wish.ends_on or wish.goal is not None:
        return list(whole.parties)
    touched: set[int] = set(wish.duties)
    for row in whole.contributions:
        if row.pk in wish.money:
            touched |= {row.payer_id, row.recipient_id or 0}
    always = (Role.GOVERNMENT, Role.LEAD, Role.WORKER)
    return [party for party in whole.parties if party.pk in touched or party.role in always]


def _apply(change: Change, by: User, at: datetime) -> Change:
    """Write a change into the agreement, its instalments and the ledger."""
    agreement, today = change.agreement, localdate(at)
    whole, wish = Whole.of(agreement), Wish.of(change.content)
    _require_possible(whole, wish, today)
    after = adapter.changed(whole, wish)
    _write_rows(agreement, after, wish)
    agreement.annexes.filter(pk__in=wish.annexes).update(is_proposed=False)
    agreement.annexes.filter(pk__in=wish.dropped).update(removed_at=at)
    _write_instalments(change, after, today, by, at)
    change.stage, change.applied_at = ChangeStage.DONE, at
    change.save()
    people = people_in(agreement) - {by}
    tell_of(agreement, agreement_changed, people, at=at, stage=change.stage, reason=change.reason)
    announce(AgreementChanged(agreement.pk))
    return change


def _write_rows(agreement: Agreement, after: Whole, wish: Wish) -> None:
    for rows, kept in (
        (agreement.contributions, after.contributions),
        (agreement.costs, after.costs),
    ):
        rows.exclude(pk__in=[row.pk for row in kept if row.pk]).delete()
        for row in kept:
            if row.pk is None or row.pk in wish.money or row.pk in wish.costs:
                row.save()
    agreement.ends_on, agreement.months = after.agreement.ends_on, after.agreement.months
    agreement.goal = after.agreement.goal
    agreement.leader_id = after.agreement.leader_id
    agreement.leaderless_since = after.agreement.leaderless_since
    agreement.save(update_fields=["ends_on", "months", "goal", "leader", "leaderless_since"])


def _write_instalments(change: Change, after: Whole, today: date, by: User, at: datetime) -> None:
    """What is not paid yet takes the difference, in the ledger too. Raises Refused."""
    agreement = change.agreement
    now = list(
        agreement.instalments.select_for_update(of=("self",)).select_related("payer", "payee")
    )
    before = {instalment.pk: instalment.amount for instalment in now}
    instalments = adapter.instalments_after(after, now, today)
    number = max((instalment.number for instalment in now), default=0)
    differences: list[tuple[Instalment, int]] = []
    for instalment in instalments:
        if instalment.pk is None:
            number += 1
            instalment.number, instalment.agreement = number, agreement
            posting.find_budgets(agreement, [instalment], today)
        difference = instalment.amount - before.get(instalment.pk, 0)
        if difference:
            differences.append((instalment, difference))
            if instalment.amount:
                instalment.save()
    posting.change(change, differences, on=today, by=by, at=at)
    gone = [instalment.pk for instalment, _ in differences if not instalment.amount]
    agreement.instalments.filter(pk__in=gone).delete()


def _over(change: Change, stage: ChangeStage, by: User | None, at: datetime) -> Change:
    agreement = change.agreement
    for text in agreement.texts.filter(change=change, closed_at__isnull=True):
        close_text(text, at)
    agreement.annexes.filter(pk__in=change.content.get("annexes", ())).update(removed_at=at)
    change.stage = stage
    change.save()
    people = people_in(agreement) - {by}
    reason = change.answer or change.reason
    tell_of(agreement, agreement_changed, people, at=at, stage=stage, reason=reason)
    return change


def _held(change: Change) -> Change:
    agreement = locked(change.agreement)
    held = Change.objects.select_for_update(of=("self",)).select_related("requested_by")
    own = held.get(pk=change.pk)
    own.agreement = agreement
    return own
