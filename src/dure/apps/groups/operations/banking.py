"""Money of a group from its bank's file: checked whole, then taken in whole or not."""

import hashlib
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.groups import permissions, queries
from dure.apps.groups.kinds import BookingKind
from dure.apps.groups.models import Booking, Group, Member
from dure.apps.groups.operations import paying
from dure.apps.groups.reasons import GroupProblem
from dure.apps.imports.kinds import Report
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.foundation.sheets import Problem, bare
from dure.foundation.statements import Statement, StatementLine, read_statement

CHECK_BANK, IMPORT_BANK = "check_group_bank", "import_group_bank"
TITLES = 10
SHORTEST = 3  # letters of a name cut short by which it is still taken for that of a member


def check_bank(*, group: Group, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what taking in the file would do. Raises UnreadableFile, Refused."""
    permissions.may_act_for(by, group, localdate(at)).require()
    progress.step(gettext_noop("Reading the rows"))
    return _plan(group, read_statement(path), localdate(at))[1]


def import_bank(*, group: Group, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Book all rows of a bank's file, or, if a cell is wrong, none.

    What came in under the name of one member is that member's dues; other income waits to be
    assigned by hand. Rows that are booked already stay as they are. Raises UnreadableFile, Refused.
    """
    permissions.may_act_for(by, group, localdate(at)).require()
    progress.step(gettext_noop("Reading the rows"))
    statement = read_statement(path)
    with transaction.atomic():
        group = paying.locked(group)
        new, report = _plan(group, statement, localdate(at))
        if report.problems:
            return report
        for booking in new:
            booking.entered_by, booking.entered_at = by, at
        Booking.objects.bulk_create(new)
        for member in {booking.member for booking in new if booking.member}:
            paying.settle(member)
    return report


def _plan(group: Group, statement: Statement, today: date) -> tuple[list[Booking], Report]:
    report = Report(rows=statement.rows, problems=list(statement.problems))
    if statement.source != "bank":
        report.problems.append(Problem(GroupProblem.NOT_OF_A_BANK))
        return [], report
    known = set(group.bookings.exclude(row_key="").values_list("row_key", flat=True))
    closed, members, seen = queries.last_closed_year(group), _names(group), Counter[str]()
    new: list[Booking] = []
    for line, is_income in _lines(statement):
        key = _key(line, is_income, seen)
        if key in known:
            report.same += 1
        elif problem := _problem(line, closed, today):
            report.problems.append(problem)
        else:
            new.append(_booking(group, line, is_income, key, members))
    report.new = len(new)
    report.titles = [
        booking.party for booking in new if booking.kind == BookingKind.DUES and not booking.member
    ][:TITLES]
    return new, report


def _lines(statement: Statement) -> list[tuple[StatementLine, bool]]:
    came = [(line, True) for line in statement.received]
    went = [(line, False) for line in statement.lines if line.amount > 0]
    return sorted(came + went, key=lambda pair: (pair[0].sheet, pair[0].row))


def _problem(line: StatementLine, closed: int, today: date) -> Problem | None:
    where = {"sheet": line.sheet, "row": line.row, "value": line.on.isoformat()}
    if line.on.year <= closed:
        return Problem(GroupProblem.BOOKED_YEAR, **where, facts={"year": line.on.year})
    return Problem(GroupProblem.PAID_TO_COME, **where) if line.on > today else None


def _booking(
    group: Group, line: StatementLine, is_income: bool, key: str, members: dict[str, Member]
) -> Booking:
    member = _payer(line, members) if is_income else None
    return Booking(
        group=group, on=line.on, is_income=is_income, amount=line.amount, member=member,
        kind=BookingKind.DUES if is_income else BookingKind.OTHER_SPENDING,
        party=line.payee or line.what or "–", text=line.what, row_key=key,
    )  # fmt: skip


def _names(group: Group) -> dict[str, Member]:
    """Members by what banks may call them: name, English name, representative where unique."""
    names: dict[str, list[Member]] = {}
    for member in queries.all_members(group):
        firm = member.organisation
        for name in {bare(spelling) for spelling in (firm.name, firm.name_en, firm.representative)}:
            names.setdefault(name, []).append(member)
    names.pop("", None)
    current = {name: [m for m in all_ if m.left_on is None] or all_ for name, all_ in names.items()}
    return {name: few[0] for name, few in current.items() if len(few) == 1}


def _payer(line: StatementLine, members: dict[str, Member]) -> Member | None:
    """The one member whose name stands in the row, whole or cut short by the bank; else nobody."""
    payer = bare(line.payee) or bare(line.what)
    if payer in members or len(payer) < SHORTEST:
        return members.get(payer)
    alike = {
        member.pk: member
        for name, member in members.items()
        if len(name) >= SHORTEST and (name in payer or name.startswith(payer))
    }
    return next(iter(alike.values())) if len(alike) == 1 else None


def _key(line: StatementLine, is_income: bool, seen: Counter[str]) -> str:
    """What a row is known by: its content, and for rows that are alike which of them it is."""
    parts = (line.on, line.at or "", is_income, line.amount, line.payee, line.what, line.number)
    content = "|".join(map(str, parts))
    seen[content] += 1
    return hashlib.sha256(f"{content}|{seen[content]}".encode()).hexdigest()
