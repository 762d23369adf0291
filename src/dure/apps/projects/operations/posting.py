"""What projects post to the ledger: spent, returned, claimed back, paid back, written off.

The accounts are those of the project's agreement. Money goes out of what came in; what the firm has
laid out beyond it stands apart until more comes in. A project without an agreement posts nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from dure.apps.agreements.kinds import CASH, IN_KIND
from dure.apps.ledger import operations as ledger
from dure.apps.ledger.kinds import AccountKind
from dure.apps.ledger.models import Entry
from dure.apps.ledger.operations import AccountName, NewEntry, Posting
from dure.apps.ledger.queries import balances_of
from dure.apps.people.models import User
from dure.apps.projects import kinds
from dure.apps.projects.models import Expense, Payment, Project, Recovery, Settlement


@dataclass(slots=True)
class Purse:
    """The money of an agreement as it stands, in won: what is there of what came in, what was laid out."""

    subject: str
    cash: int
    advanced: int

    @classmethod
    def of(cls, project: Project) -> "Purse":
        """Read it from the ledger; the project is locked before."""
        subject = _subject(project)
        won = balances_of([subject])
        cash, advanced = (won.get((subject, kind.code, ""), 0) for kind in (CASH, kinds.ADVANCED))
        return cls(subject, cash, advanced)

    def take(self, won: int) -> list[Posting]:
        """The lines that take so much out, or put it back below nought: out of what is there first."""
        left = self.cash - self.advanced - won
        cash, advanced = max(left, 0), max(-left, 0)
        lines = [
            _line(CASH, self.subject, cash - self.cash),
            _line(kinds.ADVANCED, self.subject, self.advanced - advanced),
        ]
        self.cash, self.advanced = cash, advanced
        return lines


@dataclass(frozen=True, slots=True)
class Use:
    """What an expense uses: whose, how much, in kind or not."""

    member: int
    amount: int
    is_in_kind: bool

    @classmethod
    def of(cls, expense: Expense) -> "Use":
        """As the expense stands."""
        return cls(expense.member_id, expense.amount, expense.is_in_kind)


def spend(project: Project, expenses: Iterable[Expense], *, by: User, at: datetime) -> None:
    """Post expenses that are new, each for itself."""
    if project.agreement_id is None:
        return
    purse = Purse.of(project)
    entries = [
        _entry(
            expense.subject, "filed", kinds.EXPENSE, expense.spent_on, _used(purse, Use.of(expense))
        )
        for expense in expenses
    ]
    ledger.post(entries, by=by, at=at)


def change_use(
    project: Project, cause: str, was: Use, becomes: Use | None, *, by: User, at: datetime
) -> None:
    """Post the difference where an expense (`cause`) becomes another or is taken back."""
    if project.agreement_id is None or was == becomes:
        return
    purse = Purse.of(project)
    lines = _used(purse, Use(was.member, -was.amount, was.is_in_kind))
    if becomes is not None:
        lines += _used(purse, becomes)
    number = Entry.objects.filter(cause=cause).count() + 1
    _post(cause, str(number), kinds.EXPENSE, lines, on=localdate(at), by=by, at=at)


def reimburse(project: Project, instalment: str, *, on: date, at: datetime) -> None:
    """Pay back what was laid out, of an instalment (`instalment:12`) that came in."""
    lines = Purse.of(project).take(0)
    _post(instalment, "reimbursed", kinds.REIMBURSEMENT, lines, on=on, by=None, at=at)


def give_back(settlement: Settlement, *, by: User, at: datetime, before: int = 0) -> None:
    """Post what a settlement returns to the firm, or what it returns more than `before`."""
    project, won = settlement.project, settlement.result["returned"] - before
    if project.agreement_id is None or not won:
        return
    lines = [_line(kinds.RETURNED, _subject(project), won), *Purse.of(project).take(won)]
    what = "returned-after-objection" if hasattr(settlement, "objection") else "returned"
    _post(settlement.subject, what, kinds.SETTLEMENT, lines, on=localdate(at), by=by, at=at)


def claim(recovery: Recovery, *, by: User, at: datetime) -> None:
    """Post that money has to come back."""
    if recovery.project.agreement_id is None:
        return
    lines, on = _claimed(recovery, recovery.amount), recovery.notified_on
    _post(recovery.subject, "claimed", kinds.CLAIM, lines, on=on, by=by, at=at)


def claim_less(recovery: Recovery, won: int, *, by: User, at: datetime) -> None:
    """Post that so much less has to come back; what came in beyond it goes to the firm again."""
    if recovery.project.agreement_id is None or not won:
        return
    less = min(won, recovery.open)
    subject, again = _subject(recovery.project), won - less
    lines = [
        *_claimed(recovery, -less),
        _line(kinds.RECOVERED, subject, -again),
        _line(kinds.RETURNED, subject, again),
    ]
    _post(
        recovery.subject, "claimed-less", kinds.CLAIM, lines, on=localdate(at), by=by, at=at
    )  # fmt: skip


def take_back(payment: Payment, *, by: User, at: datetime) -> None:
    """Post money that came back: what is left of the project's first, then the firm's own."""
    recovery = payment.recovery
    project = recovery.project
    if project.agreement_id is None:
        return
    subject, purse = _subject(project), Purse.of(project)
    left = min(payment.amount, purse.cash)
    lines = [
        *_claimed(recovery, -payment.amount),
        _line(kinds.RECOVERED, subject, payment.amount),
        *purse.take(left),
        _line(kinds.PAID_IN, subject, left - payment.amount),
    ]
    _post(payment.subject, "paid", kinds.RECOVERY, lines, on=payment.paid_on, by=by, at=at)


def write_off(recovery: Recovery, *, by: User, at: datetime) -> None:
    """Post that what is open of a recovery does not come any more."""
    if recovery.project.agreement_id is None:
        return
    lines = _claimed(recovery, -recovery.open)
    _post(recovery.subject, "written-off", kinds.WRITE_OFF, lines, on=localdate(at), by=by, at=at)


def _used(purse: Purse, use: Use) -> list[Posting]:
    spent = _line(kinds.SPENT, purse.subject, use.amount, f"member:{use.member}")
    if use.is_in_kind:
        return [spent, _line(IN_KIND, purse.subject, -use.amount)]
    return [spent, *purse.take(use.amount)]


def _claimed(recovery: Recovery, won: int) -> list[Posting]:
    subject = _subject(recovery.project)
    return [
        _line(kinds.TO_RECOVER, subject, won, recovery.subject),
        _line(kinds.CLAIMED, subject, -won, recovery.subject),
    ]


def _subject(project: Project) -> str:
    return f"agreement:{project.agreement_id}"


def _line(kind: AccountKind, subject: str, amount: int, part: str = "") -> Posting:
    return Posting(AccountName(kind.code, subject, part), amount)


def _entry(cause: str, what: str, kind: str, day: date, lines: list[Posting]) -> NewEntry:
    sums: dict[AccountName, int] = {}
    for account, amount in lines:
        sums[account] = sums.get(account, 0) + amount
    summed = tuple(Posting(account, amount) for account, amount in sums.items())
    return NewEntry(key=f"{cause}/{what}", day=day, kind=kind, cause=cause, lines=summed)


def _post(
    cause: str,
    what: str,
    kind: str,
    lines: list[Posting],
    *,
    on: date,
    by: User | None,
    at: datetime,
) -> None:
    entry = _entry(cause, what, kind, on, lines)
    if any(line.amount for line in entry.lines):
        ledger.post([entry], by=by, at=at)
