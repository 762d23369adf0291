"""A project in settlement and one under way, with one of everything, for the test of routes."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.imports.operations import take_upload
from dure.apps.projects import operations, queries
from dure.apps.projects.kinds import MemberRole, RecoveryCause
from dure.apps.projects.models import CarryOver, FollowUp, FollowUpFile, Recovery
from tests.conftest import NOON


def things(cast, world):
    made = cast.project("P-9")
    now = timezone.now()
    photo = ContentFile(b"%PDF-1.7", "영수증.pdf")
    spent = cast.expense(made, files=[photo])
    marked = cast.expense(made, key="2", payee="가나상사")
    milestone = made.milestones.get()
    operations.report_milestone(
        milestone=milestone, text="시제품을 만들었습니다.", files=[ContentFile(b"%PDF-1.7", "시험.pdf")],
        by=cast["supplier"], at=now,
    )  # fmt: skip
    sanction = operations.give_notice(
        project=made, organisation=cast.supplier, cause="보고서를 내지 않음", ban_months=6,
        surcharge=0, by=cast["officer"], at=now,
    )  # fmt: skip
    operations.open_settlement(project=made, by=cast["officer"], at=now)
    mark = operations.mark_row(
        expense=marked, amount=100, question="왜 두 번 샀나요?", by=cast["rival"], at=now
    )
    recovery = Recovery.objects.create(
        project=made, organisation=cast.supplier, cause=RecoveryCause.SETTLEMENT, amount=1000,
        notified_on=date(2026, 1, 1), due_on=date(2026, 2, 1),
    )  # fmt: skip
    follow_up = FollowUp.objects.create(
        project=made, year=1, due_on=date(2027, 12, 31) + timedelta(days=1)
    )
    answer_file = FollowUpFile.objects.create(
        follow_up=follow_up, file=photo, name="계약.pdf", size=8, sha256="", added_at=now
    )
    job = take_upload(
        check="check_statement",
        file=ContentFile("가맹점명,금액\n".encode(), "card.csv"),
        arguments={"project": made.pk, "member": made.members.get(role=MemberRole.LEAD).pk},
        by=cast["supplier"],
    )
    staged = _staged(cast, now)
    settlement = staged.settlements.get()
    objection = operations.raise_objection(
        settlement=settlement, grounds="납품서를 냈습니다.", by=cast["supplier"], at=now
    )
    carry_over = CarryOver.objects.create(
        member=staged.members.get(role=MemberRole.LEAD), ends_on=staged.ends_on, line="materials",
        amount=10, reason="납기 지연", asked_by=cast["supplier"], asked_at=now,
        due_on=timezone.localdate(now) + timedelta(days=15),
    )  # fmt: skip
    return {
        "settlement_id": _concluded(cast, now).pk,
        "objection_id": objection.pk,
        "carry_over_id": carry_over.pk,
        "projects:carry_over": staged.pk,
        "projects:": made.pk,
        "projects:statement": made.pk,
        "expense_id": spent.pk,
        "evidence_id": spent.evidence.get().pk,
        "projects:answer_file:file_id": answer_file.pk,
        "milestone_id": milestone.pk,
        "paper_id": milestone.papers.get().pk,
        "report_id": made.reports.first().pk,
        "mark_id": mark.pk,
        "sanction_id": sanction.pk,
        "recovery_id": recovery.pk,
        "projects:follow_up:token": queries.follow_up_link(follow_up)
        .rstrip("/")
        .rpartition("/")[2],
        "projects:statement_job:job_id": job.pk,
        "projects:confirm_statement:job_id": job.pk,
    }


def _concluded(cast, now, number="P-11"):
    """The settlement of a project that nobody has objected to."""
    made = cast.project(number)
    cast.expense(made)
    operations.open_settlement(project=made, by=cast["officer"], at=now)
    return operations.conclude(project=made, by=cast["officer"], at=now)


def _staged(cast, now):
    """A project of stages: the settlement of the first is concluded, the second goes on."""
    first, second = date(2026, 6, 30), date(2026, 11, 15)
    made = cast.project("P-10")
    cast.expense(made)
    for ends_on in (first, second):
        operations.end_stage(project=made, ends_on=ends_on, by=cast["officer"], at=NOON)
    operations.settle_stage(project=made, by=cast["officer"], at=NOON)
    operations.conclude(project=made, by=cast["officer"], at=now)
    return made
