"""Obligations: set when an agreement comes into force, reminded of, met; and own cash that is late."""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from dure.apps.agreements import adapter, permissions, queries
from dure.apps.agreements.models import Agreement, Obligation, ObligationKind, Party
from dure.apps.agreements.notices import (
    exemption_answered,
    exemption_asked,
    obligation_due,
    own_cash_late,
)
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import tell_of
from dure.apps.agreements.reasons import Reason
from dure.apps.notices.kinds import NoticeKind
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation.verdict import Refused

YOUTH_FOR = 500_000_000  # GL: one young hire for each 500M of the firms' grants
DEPOSIT_MONTHS = 3  # GL 18.아
REMIND_DAYS = (30, 7)
AGAIN = timedelta(days=7)  # own cash that stays away


def set_obligations(agreement: Agreement, *, at: datetime) -> None:
    """Write down what the parties of an agreement owe beside their money; once."""
    known = {
        (obligation.party_id, obligation.kind, obligation.what)
        for obligation in agreement.obligations.all()
    }
    promised = _promises(agreement, at)
    exempt = {promise.party_id for promise in promised if promise.kind == ObligationKind.EXEMPTION}
    for obligation in [*promised, *_duties(agreement, exempt), *_by_rule(agreement)]:
        if (obligation.party_id, obligation.kind, obligation.what) not in known:
            obligation.save()


def complete_obligations(*, at: datetime) -> int:
    """Write down what is owed in agreements in force that were signed before duties of the programme's file
    were; returns in how many. As often as one likes.
    """
    agreements = 0
    for waiting in queries.without_duties():
        with transaction.atomic():
            agreement = locked(waiting)
            before = agreement.obligations.count()
            set_obligations(agreement, at=at)
            agreements += agreement.obligations.count() > before
    return agreements


@transaction.atomic
def meet(*, obligation: Obligation, note: str, by: User, at: datetime) -> Obligation:
    """Say that an obligation is met, and how. Raises Refused."""
    obligation = _locked(obligation)
    permissions.may_meet(by, obligation).require()
    if not (note := note.strip()):
        raise Refused(Reason.REASON_MISSING)
    _take_back_plea(obligation)
    obligation.note, obligation.met_by, obligation.met_at = note, by, at
    obligation.save()
    return obligation


@transaction.atomic
def plead(*, obligation: Obligation, reason: str, by: User, at: datetime) -> Obligation:
    """Ask to be exempted of a promise or duty, with the reason; the office answers. Raises Refused."""
    obligation = _locked(obligation)
    permissions.may_plead(by, obligation).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    obligation.plea, obligation.pleaded_by, obligation.pleaded_at = reason, by, at
    obligation.plea_answer = ""
    obligation.save()
    _tell_of_plea(obligation, exemption_asked, {obligation.agreement.created_by} - {by}, at, reason)
    return obligation


@transaction.atomic
def answer_plea(
    *, obligation: Obligation, is_yes: bool, answer: str, by: User, at: datetime
) -> Obligation:
    """Accept the reason for an exemption, so that nothing is owed any more, or say why not.

    Raises Refused.
    """
    obligation = _locked(obligation)
    permissions.may_answer_plea(by, obligation).require()
    if not is_yes and not (answer := answer.strip()):
        raise Refused(Reason.REASON_MISSING)
    if is_yes:
        obligation.note, obligation.met_by, obligation.met_at = obligation.plea, by, at
    else:
        _take_back_plea(obligation)
        obligation.plea_answer = answer
    obligation.save()
    outcome = {"stage": "ACCEPTED" if is_yes else "REFUSED"}
    _tell_of_plea(obligation, exemption_answered, _people(obligation.party), at, answer, **outcome)
    return obligation


def remind(*, at: datetime) -> int:
    """Remind of obligations 30 and 7 days before their day and when it has passed, and of own cash
    that is late, at once and every week; returns of how many. As often as one likes.
    """
    today, reminders = localdate(at), 0
    for obligation in _near(
        queries.open_obligations(today + timedelta(days=REMIND_DAYS[0])), today
    ):
        _tell_of_obligation(obligation, today, at)
        reminders += 1
    for instalment in queries.own_cash_to_remind(today, today - AGAIN):
        instalment.reminded_on = today
        instalment.save(update_fields=["reminded_on"])
        tell_of(
            instalment.agreement,
            own_cash_late,
            {*_people(instalment.payer), instalment.agreement.created_by},
            at=at,
            party=str(instalment.payer),
            won=f"{instalment.amount:,}",
            until=instalment.due_on.isoformat(),
        )
        reminders += 1
    return reminders


def _promises(agreement: Agreement, at: datetime) -> list[Obligation]:
    """What members of the application stood for, or why they need not and who accepted that."""
    decision = queries.decision_of(agreement)
    if decision is None:
        return []
    members = decision.application.item.submission.content["members"]
    parties = {
        (member_party.role, member_party.organisation.number): member_party
        for member_party in agreement.parties.select_related("organisation")
        if member_party.organisation
    }
    obligations = []
    for member in members:
        commitment = member["commitment"]
        party = parties.get((member["role"], member["organisation"]["number"]))
        if party is None or not (commitment.get("shows") or commitment.get("is_exempt")):
            continue
        is_exempt = not commitment.get("shows")
        kind = (
            ObligationKind.EXEMPTION
            if is_exempt
            else ObligationKind.PURCHASE
            if commitment["shows"] == "purchase_contract"
            else ObligationKind.CONSENT
        )
        made = Obligation(
            agreement=agreement, party=party, kind=kind, what=commitment.get("shows", ""),
            due_on=agreement.ends_on,
        )  # fmt: skip
        if is_exempt:
            made.note, made.met_by, made.met_at = commitment["reason"], decision.decided_by, at
        obligations.append(made)
    return obligations


def _duties(agreement: Agreement, exempt: set[int]) -> list[Obligation]:
    """The duties of the programme's file, of each party in that role; not of who is exempt of them.

    What follows success, such as buying the product, is asked for with the first follow-up.
    """
    programme = adapter.programme_of(agreement)
    years = min(programme.closing.follow_up_years, default=0) if programme.closing else 0
    return [
        Obligation(
            agreement=agreement, party=party, kind=ObligationKind.DUTY, what=duty.id,
            due_on=agreement.ends_on + relativedelta(years=years),
        )
        for duty in programme.obligations
        for party in agreement.parties.filter(role=duty.by)
        if not (duty.waived_for and party.pk in exempt)
    ]  # fmt: skip


def _by_rule(agreement: Agreement) -> list[Obligation]:
    """In research: young people hired for the firms' grants, results deposited after the end."""
    lead = agreement.parties.filter(role=Role.LEAD).first()
    if lead is None or adapter.programme_of(agreement).rules.spending is None:
        return []
    grants = agreement.contributions.filter(
        payer__role=Role.GOVERNMENT, kind=Kind.CASH, instrument=Instrument.GRANT
    )
    hires = sum(grants.values_list("amount", flat=True)) // YOUTH_FOR
    deposit = Obligation(
        agreement=agreement, party=lead, kind=ObligationKind.DEPOSIT,
        due_on=agreement.ends_on + relativedelta(months=DEPOSIT_MONTHS),
    )  # fmt: skip
    youth = Obligation(
        agreement=agreement, party=lead, kind=ObligationKind.YOUTH, count=hires,
        due_on=agreement.ends_on,
    )  # fmt: skip
    return [youth, deposit] if hires else [deposit]


def _near(obligations: QuerySet[Obligation], today: date) -> list[Obligation]:
    """Those whose next day to be reminded of has come since the last time."""
    near = []
    for obligation in obligations:
        days = [obligation.due_on - timedelta(days=before) for before in (*REMIND_DAYS, -1)]
        passed = [day for day in days if day <= today]
        if passed and (obligation.reminded_on is None or obligation.reminded_on < max(passed)):
            near.append(obligation)
    return near


def _locked(obligation: Obligation) -> Obligation:
    """The obligation, after its agreement, kept from others until the transaction ends."""
    agreement = locked(obligation.agreement)
    held = Obligation.objects.select_for_update(of=("self",)).select_related("party__organisation")
    own = held.get(pk=obligation.pk)
    own.agreement = agreement
    return own


def _take_back_plea(obligation: Obligation) -> None:
    obligation.pleaded_by, obligation.pleaded_at = None, None


def _tell_of_plea(
    obligation: Obligation,
    kind: NoticeKind,
    people: set[User],
    at: datetime,
    reason: str,
    **facts: str,
) -> None:
    what, party = adapter.obligation_name(obligation), str(obligation.party)
    tell_of(
        obligation.agreement, kind, people, at=at, party=party, what=what, reason=reason, **facts
    )


def _tell_of_obligation(obligation: Obligation, today: date, at: datetime) -> None:
    obligation.reminded_on = today
    obligation.save(update_fields=["reminded_on"])
    tell_of(
        obligation.agreement,
        obligation_due,
        {*_people(obligation.party), obligation.agreement.created_by},
        at=at,
        party=str(obligation.party),
        what=adapter.obligation_name(obligation),
        until=obligation.due_on.isoformat(),
    )


def _people(party: Party) -> set[User]:
    if party.organisation:
        return set(people_of(party.organisation))
    return {party.person} if party.person else set()
