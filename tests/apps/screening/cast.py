"""Screened spending: an invoice claimed twice in a project of the supplier."""

from datetime import timedelta

from django.utils import timezone

from dure.apps.people.models import Appointment, User
from dure.apps.people.roles import Role
from dure.apps.screening import operations
from dure.apps.screening.kinds import Cause
from dure.apps.screening.models import Case, FilePlace, FileRun, Question, RuleSet, Run
from tests.cast import Cast
from tests.conftest import NOON


class Still:
    """A progress that nobody watches."""

    def step(self, step: str, total: int = 0) -> None:
        pass

    def advance(self, count: int = 1) -> None:
        pass


def claimed_twice(cast: Cast, project) -> list:
    """Two expenses with one invoice."""
    more = {"number": "2026-0042", "payee_number": "1234567891", "amount": 1_230_450}
    return [cast.expense(project, key=key, **more) for key in ("twice-1", "twice-2")]


def screening(cast: Cast) -> Run:
    """A run over all projects with one signal, which takes a second and not ten."""
    return operations.run(
        by=cast["auditor"], clock=timezone.now, progress=Still(), codes=["same_evidence"]
    )


def screened_files(cast: Cast) -> FilePlace:
    """A project of files that were screened."""
    run = FileRun.objects.create(
        asked_by=cast["auditor"], asked_at=NOON, done_at=NOON, names={"expenses": "집행.csv"},
        projects=1, rows=1,
    )  # fmt: skip
    return FilePlace.objects.create(run=run, key="A", rank=1, score=1.0)


def second_auditor(cast: Cast) -> User:
    """Another auditor."""
    made = User.objects.create(email="auditor2@example.org", name="auditor2")
    Appointment.objects.create(user=made, role=Role.AUDITOR)
    return made


def drafted_rules(cast: Cast) -> RuleSet:
    """Parameters that an auditor has drafted."""
    return operations.change_rules(
        signal="cash", values={"least": 500_000}, note="현금", by=cast["auditor"], at=NOON
    )


def audit_case(cast: Cast, project, cause=Cause.RISK, **more) -> Case:
    """An open case of a project."""
    return operations.open_case(
        project=project, cause=cause, by=cast["auditor"], at=timezone.now(), **more
    )


def audit_question(cast: Cast, case: Case, finding=None) -> Question:
    """A question with a term of two weeks."""
    now = timezone.now()
    return operations.ask(
        case=case, finding=finding, text="무엇을 샀는지 알려 주세요.",
        due_on=timezone.localdate(now) + timedelta(days=14), by=cast["auditor"], at=now,
    )  # fmt: skip
