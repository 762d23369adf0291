"""Royalties: asked every year, reported by the firm, billed by the office, paid."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.ledger import operations as ledger
from dure.apps.ledger.kinds import AccountKind
from dure.apps.ledger.operations import AccountName, NewEntry, Posting
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.apps.projects.models import Project
from dure.apps.royalties import adapter, kinds, permissions, queries
from dure.apps.royalties.models import Royalty, RoyaltyPayment
from dure.apps.royalties.notices import royalty_news
from dure.apps.royalties.reasons import Reason
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation.verdict import Refused

REPORT_BY = (6, 30)  # 혁신법 시행령 §38: sales of a year are handed in by the end of June


def ask_royalties(*, at: datetime) -> int:
    """Ask the leads of closed projects for the income of last year; how many were asked."""
    today = localdate(at)
    year = today.year - 1
    candidates = queries.closed_without(year, adapter.most_years())
    return sum(_ask(project, year, today, at) for project in candidates)


@transaction.atomic
def report(
    *,
    royalty: Royalty,
    licence_income: int,
    sales: int,
    contribution: Decimal,
    note: str,
    by: User,
    at: datetime,
) -> Royalty:
    """Report the income of a year in whole won, and how much of the own sales came of the result
    in percent. No income ends it. Raises Refused.
    """
    royalty = _locked(royalty)
    permissions.may_report(by, royalty).require()
    royalty.licence_income, royalty.sales = licence_income, sales
    royalty.contribution, royalty.note = contribution, note
    royalty.reported_by, royalty.reported_at = by, at
    royalty.stage = RoyaltyStage.REPORTED if royalty.income else RoyaltyStage.NOTHING_DUE
    royalty.save()
    if royalty.income:
        _tell("REPORTED", royalty, [royalty.project.officer], by=by, at=at)
    return royalty


@transaction.atomic
def bill(*, royalty: Royalty, relief: int, relief_reason: str, by: User, at: datetime) -> Royalty:
    """Bill the royalty by the rule of the agreement's day, less a relief with its reason. Raises
    Refused.
    """
    royalty = _locked(royalty)
    permissions.may_bill(by, royalty).require()
    rules, reckoning = adapter.rules_of(royalty.project), adapter.reckoned(royalty)
    due = reckoning.due if reckoning else 0
    if relief > due:
        raise Refused(Reason.RELIEF_TOO_HIGH)
    if relief and not relief_reason:
        raise Refused(Reason.RELIEF_WITHOUT_REASON)
    royalty.relief, royalty.relief_reason, royalty.amount = relief, relief_reason, due - relief
    royalty.billed_by, royalty.billed_on = by, localdate(at)
    if royalty.amount and rules:
        royalty.stage = RoyaltyStage.BILLED
        royalty.pay_by = royalty.billed_on + timedelta(days=rules.bill_days)
        _post(royalty, royalty.subject, kinds.BILL, _billed(royalty, royalty.amount), by, at)
    else:
        royalty.stage = RoyaltyStage.NOTHING_DUE
    royalty.save()
    event = "BILLED" if royalty.amount else "NOTHING"
    _tell(event, royalty, people_of(royalty.organisation), by=by, at=at)
    return royalty


@transaction.atomic
def enter_payment(
    *, royalty: Royalty, paid_on: date, amount: int, key: str, by: User, at: datetime
) -> RoyaltyPayment:
    """Enter money that came in; the last of it ends the royalty. Raises Refused."""
    royalty = _locked(royalty)
    known = royalty.payments.filter(key=key).first()
    if known is not None:
        return known
    permissions.may_enter_payment(by, royalty).require()
    if amount > royalty.open:
        raise Refused(Reason.MORE_THAN_BILLED)
    if royalty.billed_on is None or paid_on < royalty.billed_on:
        raise Refused(Reason.PAID_BEFORE_BILLED)
    payment = RoyaltyPayment.objects.create(
        royalty=royalty, paid_on=paid_on, amount=amount, key=key, entered_by=by, entered_at=at
    )
    lines = [
        *_billed(royalty, -amount),
        _line(kinds.ROYALTY_RECEIVED, royalty, amount),
        _line(kinds.ROYALTY_INCOME, royalty, -amount),
    ]
    _post(royalty, payment.subject, kinds.PAYMENT, lines, by, at, on=paid_on)
    if not royalty.open:
        royalty.stage = RoyaltyStage.PAID
        royalty.save(update_fields=["stage"])
    _tell("PAID", royalty, people_of(royalty.organisation), by=by, at=at, amount=f"{amount:,}")
    return payment


@transaction.atomic
def _ask(project: Project, year: int, today: date, at: datetime) -> bool:
    lead = queries.lead_of(project)
    if lead is None or not adapter.is_asked_for(project, year):
        return False
    royalty, is_new = Royalty.objects.get_or_create(
        project=project,
        year=year,
        defaults={
            "organisation": lead.organisation,
            "due_on": date(today.year, *REPORT_BY),
        },
    )
    if is_new:
        _tell("ASKED", royalty, people_of(lead.organisation), by=None, at=at)
    return is_new


def _locked(royalty: Royalty) -> Royalty:
    """A royalty as it is now; the project is held first, since its years share one cap."""
    Project.objects.select_for_update(of=("self",)).get(pk=royalty.project_id)
    known = Royalty.objects.select_for_update(of=("self",))
    return known.select_related(
        "project__version__programme", "project__officer", "organisation"
    ).get(pk=royalty.pk)


def _billed(royalty: Royalty, won: int) -> list[Posting]:
    return [_line(kinds.ROYALTY_DUE, royalty, won), _line(kinds.ROYALTY_BILLED, royalty, -won)]


def _line(kind: AccountKind, royalty: Royalty, won: int) -> Posting:
    return Posting(AccountName(kind.code, royalty.subject), won)


def _post(
    royalty: Royalty,
    cause: str,
    kind: str,
    lines: list[Posting],
    by: User,
    at: datetime,
    on: date | None = None,
) -> None:
    day = on or royalty.billed_on or localdate(at)
    entry = NewEntry(key=f"{cause}/{kind}", day=day, kind=kind, cause=cause, lines=tuple(lines))
    ledger.post([entry], by=by, at=at)


def _tell(
    event: str,
    royalty: Royalty,
    to: Iterable[User],
    *,
    by: User | None,
    at: datetime,
    amount: str = "",
) -> None:
    until = royalty.pay_by or royalty.due_on
    tell(
        recipients=[person for person in to if person != by],
        kind=royalty_news,
        facts={
            "event": event,
            "project": str(royalty.project),
            "year": str(royalty.year),
            "amount": amount or f"{royalty.amount:,}",
            "until": until.isoformat(),
        },
        url=royalty.get_absolute_url(),
        at=at,
    )
