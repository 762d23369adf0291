"""Lists of payments into savings: checked whole, then entered whole or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import take_upload
from dure.apps.instruments import adapter, permissions
from dure.apps.instruments.kinds import COLLECTION, MovementKind, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.operations.keeping import locked, of_kind
from dure.apps.instruments.operations.savings import collect
from dure.apps.instruments.reasons import CollectionProblem
from dure.apps.instruments.stages import StakeStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.foundation.sheets import Draft, Problem, read_rows, read_tables

Key = tuple[int, str, date]


def ask_to_take(*, scheme: Scheme, file: UploadedFile, by: User) -> Job:
    """Keep a list of monthly payments and put its taking in, a job, in the queue. Raises Refused."""
    permissions.may_run(by).require()
    of_kind(scheme, SchemeKind.SAVINGS)
    return take_upload(check=COLLECTION, file=file, arguments={"scheme": scheme.pk}, by=by)


def take_list(*, scheme: Scheme, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Enter a list of monthly payments; with a problem anywhere nothing of it.

    Rows that were entered before are passed over, so a list can be handed in twice, and one whose
    worker was killed is taken up again. Raises UnreadableFile, Refused.
    """
    permissions.may_run(by).require()
    progress.step(gettext_noop("Reading the file"))
    drafts, report = _read(path)
    with transaction.atomic(), progress.beside():
        scheme = locked(scheme)
        of_kind(scheme, SchemeKind.SAVINGS)
        fresh = _fresh(scheme, drafts, report, localdate(at), progress)
        if report.problems or not fresh:
            return report
        progress.step(gettext_noop("Entering and posting"), len(fresh))
        report.new = len(collect(payments=fresh, by=by, at=at))
        progress.advance(report.new)
    return report


def _read(path: Path) -> tuple[list[Draft], Report]:
    report, drafts = Report(), []
    for table in read_tables(path, adapter.COLUMNS):
        report.rows += len(table.rows)
        payments, problems = read_rows(table, adapter.read_payment, table.rows)
        drafts += payments
        report.problems += [*table.problems, *problems]
    return drafts, report


def _fresh(
    scheme: Scheme, drafts: list[Draft], report: Report, today: date, progress: Progress
) -> list[Movement]:
    """The payments that are new; problems and what was known go into the report."""
    progress.step(gettext_noop("Checking the rows"), len(drafts))
    stakes = {stake.number: stake for stake in scheme.stakes.select_related("scheme")}
    before = {
        (movement.stake_id, movement.part, movement.month): movement
        for movement in Movement.objects.filter(
            stake__scheme=scheme, kind=MovementKind.PAID_IN, month__isnull=False
        )
    }
    seen: dict[Key, int] = {}
    fresh = []
    for draft in drafts:
        judged = _judged(draft, stakes, before, seen, today)
        if isinstance(judged, Problem):
            report.problems.append(judged)
        elif judged is None:
            report.same += 1
        else:
            fresh.append(judged)
        progress.advance()
    return fresh


def _judged(
    draft: Draft,
    stakes: Mapping[str, Stake],
    before: Mapping[Key, Movement],
    seen: dict[Key, int],
    today: date,
) -> Movement | Problem | None:
    """The payment of a row, what is wrong with it, or None where it was entered before."""
    values = draft.values
    stake = stakes.get(values["number"])
    if stake is None:
        return draft.problem("number", CollectionProblem.NO_SAVER)
    key = (stake.pk, values["payer"], values["month"])
    if key in seen:
        return draft.problem("month", CollectionProblem.MONTH_TWICE, row=seen[key])
    seen[key] = draft.row.number
    if known := before.get(key):
        is_same = (known.amount, known.on) == (values["amount"], values["paid_on"])
        return None if is_same else draft.problem("amount", CollectionProblem.PAID_OTHERWISE)
    if stake.stage != StakeStage.RUNNING:
        return draft.problem("number", CollectionProblem.SAVING_OVER)
    due = adapter.part_of(stake, values["month"])
    if due is None:
        return draft.problem("month", CollectionProblem.MONTH_OUTSIDE)
    if values["amount"] != due:
        return draft.problem("amount", CollectionProblem.PART_DIFFERS, due=f"{due:,}")
    if values["paid_on"] > today:
        return draft.problem("paid_on", CollectionProblem.PAID_LATER)
    return Movement(
        stake=stake, kind=MovementKind.PAID_IN, part=values["payer"], month=values["month"],
        amount=due, on=values["paid_on"],
    )  # fmt: skip
