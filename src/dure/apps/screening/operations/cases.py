"""Runs, cases, questions to firms, and what came of them."""

import random
from collections.abc import Callable, Collection
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.agreements.models import PaymentHold
from dure.apps.agreements.operations import hold_payments, release_payments
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.projects import queries as project_queries
from dure.apps.projects.kinds import SPENDERS, RecoveryCause
from dure.apps.projects.models import Project, Recovery
from dure.apps.projects.operations import demand
from dure.apps.screening import adapter, permissions, queries
from dure.apps.screening.kinds import Cause, Outcome
from dure.apps.screening.models import Case, Finding, Place, Question, RuleSet, Run
from dure.apps.screening.notices import (
    month_screened,
    question_answered,
    question_asked,
    question_judged,
)
from dure.apps.screening.operations.plain import plain_facts
from dure.apps.screening.reasons import Reason
from dure.apps.screening.stages import CaseStage
from dure.engines.auditing import Screening, screen
from dure.foundation.verdict import Refused

PAY_DAYS = 30


def ask_for_run(*, by: User) -> Job:
    """Put a run in the queue. Raises Refused."""
    permissions.may_screen(by).require()
    return enqueue(kind="screen", title=gettext_noop("Screening"), arguments={}, by=by)


def ask_for_monthly_run() -> Job:
    """Put the run of the month in the queue: running projects are looked at while they run."""
    return enqueue(kind="screen", title=gettext_noop("Monthly screening"), arguments={}, by=None)


def run(
    *,
    by: User | None,
    clock: Callable[[], datetime],
    progress: Progress,
    codes: Collection[str] | None = None,
) -> Run:
    """Look at the spending of all projects and keep the list: whole or not at all. Raises Refused.

    Without `by` it is the clock's, and auditors are told how many running projects show what they
    did not show before. `codes` are the signals to look with: all, where they are not given.
    """
    if by is not None:
        permissions.may_screen(by).require()
    progress.step(gettext_noop("Reading the spending"))
    opening, rows = adapter.ledger()
    with opening as ledger:
        progress.step(gettext_noop("Looking for signals"), len(adapter.signals()))
        rules = queries.rules_in_force()
        seen = screen(
            ledger,
            codes=codes,
            parameters=rules.parameters if rules else {},
            done=lambda part, whole: progress.advance(),
        )
    return _kept(seen, rows, rules, by, clock())


@transaction.atomic
def _kept(seen: Screening, rows: int, rules: RuleSet | None, by: User | None, at: datetime) -> Run:
    silent = {silence.signal: list(silence.missing) for silence in seen.silent}
    made = Run.objects.create(
        asked_by=by, rules=rules, done_at=at, projects=len(seen.ranking), rows=rows, silent=silent
    )
    places = Place.objects.bulk_create(
        Place(run=made, project_id=int(ranked.project), rank=ranked.rank, score=ranked.score)
        for ranked in seen.ranking
    )
    by_project = {str(place.project_id): place for place in places}
    Finding.objects.bulk_create(
        Finding(
            place=by_project[finding.project], signal=finding.signal, level=finding.level.value,
            score=finding.score, rows=list(finding.rows), facts=plain_facts(finding.facts),
            digest=adapter.digest(finding.signal, finding.rows),
        )
        for finding in seen.findings
    )  # fmt: skip
    if by is None:
        fresh = queries.running_with_fresh_signals(made).count()
        tell(
            recipients=list(queries.auditors()), kind=month_screened, facts={"count": fresh},
            url="/screening/?look=fresh_signals", at=at,
        )  # fmt: skip
    return made


@transaction.atomic
def hold(*, case: Case, reason: str, by: User, at: datetime) -> PaymentHold:
    """Keep the next public instalment of a case's project back. Raises Refused."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    permissions.may_hold(by, case).require()
    return hold_payments(agreement=case.project.agreement, reason=reason, by=by, at=at)


@transaction.atomic
def release(*, case: Case, by: User, at: datetime) -> PaymentHold:
    """Let it go again. Raises Refused."""
    permissions.may_release(by, case).require()
    return release_payments(agreement=case.project.agreement, by=by, at=at)


@transaction.atomic
def open_case(*, project: Project, cause: str, tip: str = "", by: User, at: datetime) -> Case:
    """Begin to look into a project. Raises Refused."""
    permissions.may_screen(by).require()
    try:
        with transaction.atomic():
            return Case.objects.create(
                project=project, cause=cause, tip=tip, opened_by=by, opened_at=at
            )
    except IntegrityError as error:
        raise Refused(Reason.CASE_OPEN) from error


def open_at_random(*, seed: int, by: User, at: datetime) -> Case:
    """Begin to look into a project that chance chooses, whatever its place. Raises Refused."""
    permissions.may_screen(by).require()
    waiting = list(queries.projects_without_case())
    if not waiting:
        raise Refused(Reason.NOTHING_LEFT)
    chosen = random.Random(seed).choice(waiting)  # noqa: S311 -- a sample, no secret
    return open_case(project=chosen, cause=Cause.RANDOM, by=by, at=at)


@transaction.atomic
def ask(
    *, case: Case, finding: Finding | None, text: str, due_on: date, by: User, at: datetime
) -> Question:
    """Ask the firm about the rows of a finding, or about what a tip says. Raises Refused."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    permissions.may_ask(by, case).require()
    if finding and case.questions.filter(digest=finding.digest).exists():
        raise Refused(Reason.ASKED_ALREADY)
    question = Question.objects.create(
        case=case, signal=finding.signal if finding else "",
        digest=finding.digest if finding else "", text=text, due_on=due_on, asked_by=by, asked_at=at,
    )  # fmt: skip
    if finding:
        keys = [int(row[1:]) for row in finding.rows if row.startswith("e")]
        question.expenses.set(queries.expenses_of(keys, case.project))
    tell(
        recipients=project_queries.people_of_project(case.project, *SPENDERS),
        kind=question_asked,
        facts={"project": str(case.project), "until": due_on.isoformat()},
        url=question.get_absolute_url(),
        at=at,
    )
    return question


@transaction.atomic
def answer(*, question: Question, text: str, by: User, at: datetime) -> Question:
    """Answer a question, once. Raises Refused."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    permissions.may_answer(by, question).require()
    question.answer, question.answered_by, question.answered_at = text, by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    tell(
        recipients=[question.asked_by],
        kind=question_answered,
        facts={"project": str(question.case.project)},
        url=question.case.get_absolute_url(),
        at=at,
    )
    return question


@transaction.atomic
def judge(
    *, question: Question, verdict: str, disallowed: int, note: str, by: User, at: datetime
) -> Question:
    """Say what a question came to; only what is confirmed can be disallowed. Raises Refused."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    permissions.may_judge(by, question, localdate(at)).require()
    rows = sum(expense.amount for expense in question.expenses.all())
    most = rows if verdict == Outcome.CONFIRMED else 0
    if verdict == Outcome.CONFIRMED and not question.expenses.exists():
        most = sum(member.grant + member.own_cash for member in question.case.project.members.all())
    if not 0 <= disallowed <= most:
        raise Refused(Reason.OUT_OF_RANGE)
    question.verdict, question.disallowed, question.note = verdict, disallowed, note
    question.judged_by, question.judged_at = by, at
    question.save()
    tell(
        recipients=project_queries.people_of_project(question.case.project, *SPENDERS),
        kind=question_judged,
        facts={"project": str(question.case.project), "what": question.get_verdict_display()},
        url=question.get_absolute_url(),
        at=at,
    )
    return question


@transaction.atomic
def close(*, case: Case, note: str, hours: int | None = None, by: User, at: datetime) -> Case:
    """Close a case; what its verdicts disallow is demanded back. Raises Refused."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    permissions.may_close(by, case).require()
    if case.disallowed:
        if Recovery.objects.filter(project=case.project, cause=RecoveryCause.AUDIT).exists():
            raise Refused(Reason.DEMANDED)
        due = localdate(at) + relativedelta(days=PAY_DAYS)
        case.recovery = demand(
            case.project, RecoveryCause.AUDIT, case.disallowed, due, by=by, at=at
        )
    case.stage, case.note, case.hours = CaseStage.CLOSED, note, hours
    case.closed_by, case.closed_at = by, at
    case.save()
    return case
