"""Drawing agreements up, from nothing or from an application; what is shown before they are signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions
from dure.apps.agreements.models import Agreement, Contribution, Cost, Party
from dure.apps.agreements.notices import agreement_moved
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import AgreementStage
from dure.apps.applications.models import Application
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.engines.funding import Role
from dure.foundation.advisory_lock import in_turn
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party to be; an organisation or, as a worker, a person."""

    role: str
    organisation: Organisation | None = None
    person: User | None = None
    representative: str = ""
    bank: str = ""
    account_number: str = ""
    account_holder: str = ""


@dataclass(frozen=True, slots=True)
class NewMoney:
    """What a party gives; `payer` and `recipient` are places in the list of parties."""

    payer: int
    instrument: str
    kind: str
    amount: int
    recipient: int | None = None
    year: int | None = None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class NewCost:
    """What a party spends; `party` is its place in the list of parties."""

    party: int
    category: str
    kind: str
    amount: int
    year: int | None = None


@transaction.atomic
def draft(
    *,
    version: Version,
    title: str,
    starts_on: date,
    ends_on: date,
    months: int,
    parties: Sequence[NewParty],
    money: Sequence[NewMoney],
    costs: Sequence[NewCost] = (),
    application: Application | None = None,
    goal: str = "",
    title_en: str = "",
    trl: int | None = None,
    confirmed: Sequence[str] = (),
    leader: User | None = None,
    by: User,
    at: datetime,
) -> Agreement:
    """Draw an agreement up; it may still break rules. Raises Refused."""
    permissions.may_run(by).require()
    made = Agreement(
        version=version,
        application=application,
        leader=leader,
        created_by=by,
        created_at=at,
        confirmed=sorted(set(confirmed)),
    )
    begin(made)
    _fill(made, title, title_en, goal, starts_on, ends_on, months, trl)
    write(made, parties, money, costs)
    return made


@transaction.atomic
def edit(
    *,
    agreement: Agreement,
    title: str,
    starts_on: date,
    ends_on: date,
    months: int,
    parties: Sequence[NewParty],
    money: Sequence[NewMoney],
    costs: Sequence[NewCost] = (),
    goal: str = "",
    title_en: str = "",
    trl: int | None = None,
    by: User,
    at: datetime,
) -> Agreement:
    """Write a draft anew; what was there before stays in the history. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_edit(by, agreement).require()
    agreement.parties.all().delete()
    _fill(agreement, title, title_en, goal, starts_on, ends_on, months, trl)
    write(agreement, parties, money, costs)
    return agreement


@transaction.atomic
def confirm_fact(*, agreement: Agreement, fact: str, by: User, at: datetime) -> Agreement:
    """Keep that something was shown, in the words of programme files: a contract, an investment.

    Raises Refused.
    """
    agreement = locked(agreement)
    permissions.may_confirm_fact(by, agreement, fact).require()
    agreement.confirmed = sorted({*agreement.confirmed, fact})
    agreement.save(update_fields=["confirmed"])
    return agreement


@transaction.atomic
def drop(*, agreement: Agreement, reason: str, by: User, at: datetime) -> Agreement:
    """Give an agreement up. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_drop(by, agreement).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    was_known = agreement.stage != AgreementStage.DRAFT
    agreement.stage, agreement.reason = AgreementStage.DROPPED, reason
    agreement.save()
    if was_known:
        tell_of(
            agreement,
            agreement_moved,
            people_in(agreement) - {by},
            at=at,
            stage=agreement.stage,
            reason=reason,
        )
    return agreement


def locked(agreement: Agreement) -> Agreement:
    """The agreement, kept from others until the transaction ends; before its parts and the ledger."""
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)


def begin(made: Agreement) -> None:
    """Give a new agreement its number; only one at a time gets one."""
    made.number = _next_number(localdate(made.created_at).year)


def _next_number(year: int) -> str:
    in_turn("agreement number", year)
    last = Agreement.objects.filter(number__startswith=f"{year}-").order_by("-number").first()
    return f"{year}-{int(last.number.partition('-')[2]) + 1 if last else 1:05d}"


def _fill(
    agreement: Agreement,
    title: str,
    title_en: str,
    goal: str,
    starts_on: date,
    ends_on: date,
    months: int,
    trl: int | None,
) -> None:
    if ends_on < starts_on:
        raise Refused(Reason.DAYS_WRONG)
    agreement.title, agreement.title_en, agreement.goal = title, title_en, goal
    agreement.starts_on, agreement.ends_on, agreement.months = starts_on, ends_on, months
    agreement.trl = trl
    agreement.save()


def write(
    agreement: Agreement,
    parties: Sequence[NewParty],
    money: Sequence[NewMoney],
    costs: Sequence[NewCost],
) -> None:
    """Write the parties and the money of a draft that has none. Raises Refused."""
    roles = {party.role for party in parties}
    if Role.GOVERNMENT not in roles or roles.isdisjoint({Role.LEAD, Role.WORKER}):
        raise Refused(Reason.PARTIES_MISSING)
    made = [
        Party.objects.create(
            agreement=agreement,
            role=party.role,
            organisation=party.organisation,
            person=party.person,
            name=party.organisation.official_name("ko")
            if party.organisation
            else str(party.person),
            representative=party.representative,
            bank=party.bank,
            account_number=party.account_number,
            account_holder=party.account_holder,
        )
        for party in parties
    ]
    Contribution.objects.bulk_create(
        Contribution(
            agreement=agreement,
            payer=made[row.payer],
            recipient=None if row.recipient is None else made[row.recipient],
            instrument=row.instrument,
            kind=row.kind,
            amount=row.amount,
            year=row.year,
            phase=row.phase,
        )
        for row in money
    )
    Cost.objects.bulk_create(
        Cost(
            agreement=agreement,
            party=made[row.party],
            category=row.category,
            kind=row.kind,
            amount=row.amount,
            year=row.year,
        )
        for row in costs
    )
