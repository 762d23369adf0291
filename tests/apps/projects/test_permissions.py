"""Who may do what in projects, role by role: permissions.csv."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from dure.apps.projects import operations, permissions, queries
from dure.apps.projects.kinds import MemberRole, RecoveryCause
from dure.apps.projects.models import FollowUp, FollowUpFile, Recovery
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")


@pytest.fixture
def cases(cast):
    running, settling = cast.project(), cast.project("P-2")
    member = running.members.get(role=MemberRole.LEAD)
    spent = cast.expense(running, files=[SLIP])
    bare = cast.expense(running, key="2")
    marked = cast.expense(settling)
    milestone = running.milestones.get()
    operations.report_milestone(
        milestone=milestone, text="완성", files=[SLIP], by=cast["supplier"], at=NOON
    )
    milestone.refresh_from_db()
    sanction = operations.give_notice(
        project=running, organisation=cast.supplier, cause="x", ban_months=6, surcharge=0,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    operations.open_settlement(project=settling, by=cast["officer"], at=NOON)
    settling.refresh_from_db()
    held, small = cast.project("P-3"), cast.project("P-4")
    operations.open_special(project=held, cause="책임자 공백", by=cast["officer"], at=NOON)
    held.refresh_from_db()
    small.members.update(grant=20_000_000, own_cash=0)
    rows = [
        cast.expense(small, key=f"{n}", files=[SLIP], payee=f"상점{n}", amount=1000 + n)
        for n in range(9)
    ]
    operations.open_settlement(project=small, by=cast["officer"], at=NOON)
    small.refresh_from_db()
    drawn = small.settlement.sample.values_list("expense", flat=True)
    inside = next(row for row in rows if row.pk in drawn)
    outside = next(row for row in rows if row.pk not in drawn)
    for row in (inside, outside):
        row.refresh_from_db()
    answered = FollowUp.objects.create(project=running, year=1, due_on=date(2027, 1, 1))
    FollowUpFile.objects.create(
        follow_up=answered, file=SLIP, name="계약.pdf", size=8, sha256="", added_at=NOON
    )
    staged = cast.project("P-6")
    cast.expense(staged)
    for ends_on in (date(2026, 6, 30), date(2026, 10, 31)):
        operations.end_stage(project=staged, ends_on=ends_on, by=cast["officer"], at=NOON)
    staged_lead = staged.members.get(role=MemberRole.LEAD)
    operations.settle_stage(project=staged, by=cast["officer"], at=NOON)
    stage = operations.conclude(project=staged, by=cast["officer"], at=NOON)
    objected = cast.project("P-7")
    cast.expense(objected)
    operations.open_settlement(project=objected, by=cast["officer"], at=NOON)
    concluded = operations.conclude(project=objected, by=cast["officer"], at=NOON)
    objection = operations.raise_objection(
        settlement=concluded, grounds="x", by=cast["supplier"], at=NOON
    )
    carry_over = operations.ask_carry_over(
        member=staged_lead, ends_on=date(2026, 10, 31), line="materials", amount=5, reason="x",
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    paid = Recovery.objects.create(
        project=objected, organisation=cast.supplier, cause=RecoveryCause.VERDICT, amount=5,
        notified_on=date(2026, 1, 1), due_on=date(2026, 2, 1), stage="PAID",
    )  # fmt: skip
    mark = operations.mark_row(expense=marked, amount=5, question="?", by=cast["rival"], at=NOON)
    recovery = Recovery.objects.create(
        project=running, organisation=cast.supplier, cause=RecoveryCause.SETTLEMENT, amount=5,
        notified_on=date(2026, 1, 1), due_on=date(2026, 2, 1),
    )  # fmt: skip
    today, later = date(2026, 11, 22), date(2026, 11, 22) + timedelta(days=40)
    may = permissions
    return {
        "may_run": may.may_run,
        "may_read_projects": may.may_read_projects,
        "may_spend": lambda user: may.may_spend(user, member),
        "may_file": lambda user: may.may_file(user, running),
        "may_file: in special evaluation": lambda user: may.may_file(user, held),
        "may_file: in settlement": lambda user: may.may_file(user, settling),
        "may_change": lambda user: may.may_change(user, spent),
        "may_add_evidence": lambda user: may.may_add_evidence(user, marked),
        "may_justify": lambda user: may.may_justify(user, bare),
        "may_justify: no rule speaks against it": lambda user: may.may_justify(user, spent),
        "may_decide": lambda user: may.may_decide(user, bare),
        "may_write": lambda user: may.may_write(user, running),
        "may_report": lambda user: may.may_report(user, running),
        "may_hand_in": lambda user: may.may_hand_in(user, running.reports.first()),
        "may_confirm": lambda user: may.may_confirm(user, milestone),
        "may_open_settlement": lambda user: may.may_open_settlement(user, running),
        "may_settle_stage": lambda user: may.may_settle_stage(user, staged, today),
        "may_settle_stage: none is over": lambda user: may.may_settle_stage(user, running, today),
        "may_carry_over": lambda user: may.may_carry_over(user, staged_lead, date(2026, 10, 31)),
        "may_carry_over: settled": lambda user: may.may_carry_over(
            user, staged_lead, date(2026, 6, 30)
        ),
        "may_decide_carry_over": lambda user: may.may_decide_carry_over(user, carry_over),
        "may_object": lambda user: may.may_object(user, stage, today),
        "may_object: too late": lambda user: may.may_object(user, stage, later),
        "may_object: objected already": lambda user: may.may_object(user, concluded, today),
        "may_decide_objection": lambda user: may.may_decide_objection(user, objection),
        "may_charge_interest": lambda user: may.may_charge_interest(user, paid),
        "may_read_draws": may.may_read_draws,
        "may_draw": lambda user: may.may_draw(user, date(2026, 10, 1), today),
        "may_draw: the month is not over": lambda user: may.may_draw(
            user, date(2026, 11, 1), today
        ),
        "may_mark": lambda user: may.may_mark(user, settling),
        "may_mark: before the settlement": lambda user: may.may_mark(user, running),
        "may_mark_row": lambda user: may.may_mark_row(user, inside),
        "may_mark_row: not in the sample": lambda user: may.may_mark_row(user, outside),
        "may_examine_all": lambda user: may.may_examine_all(user, small),
        "may_examine_all: not by sample": lambda user: may.may_examine_all(user, settling),
        "may_answer": lambda user: may.may_answer(user, mark),
        "may_judge": lambda user: may.may_judge(user, mark),
        "may_conclude": lambda user: may.may_conclude(user, settling),
        "may_judge_project": lambda user: may.may_judge_project(user, running),
        "may_close": lambda user: may.may_close(user, running),
        "may_give_up": lambda user: may.may_give_up(user, running),
        "may_stop": lambda user: may.may_stop(user, running),
        "may_hold": lambda user: may.may_hold(user, running),
        "may_decide_special": lambda user: may.may_decide_special(user, held),
        "may_decide_special: none is open": lambda user: may.may_decide_special(user, running),
        "may_plan_stages": lambda user: may.may_plan_stages(user, running),
        "may_name_accountant": lambda user: may.may_name_accountant(user, running),
        "may_collect": lambda user: may.may_collect(user, recovery),
        "may_plead": lambda user: may.may_plead(user, sanction, today),
        "may_plead: too late": lambda user: may.may_plead(user, sanction, later),
        "may_decide_sanction: too early": lambda user: may.may_decide_sanction(
            user, sanction, today
        ),
        "may_decide_sanction": lambda user: may.may_decide_sanction(user, sanction, later),
        "projects_visible_to": queries.projects_visible_to,
        "expenses_visible_to": queries.expenses_visible_to,
        "evidence_visible_to": queries.evidence_visible_to,
        "milestones_visible_to": queries.milestones_visible_to,
        "reports_visible_to": queries.reports_visible_to,
        "papers_visible_to": queries.papers_visible_to,
        "marks_visible_to": queries.marks_visible_to,
        "recoveries_visible_to": queries.recoveries_visible_to,
        "follow_ups_visible_to": queries.follow_ups_visible_to,
        "answer_files_visible_to": queries.answer_files_visible_to,
        "settlements_visible_to": queries.settlements_visible_to,
        "objections_visible_to": queries.objections_visible_to,
        "carry_overs_visible_to": queries.carry_overs_visible_to,
        "sanctions_visible_to": queries.sanctions_visible_to,
    }


@pytest.mark.django_db
def test_permissions(cast, cases):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


@pytest.mark.django_db
def test_nothing_is_left_out(cases):
    assert_whole(cases, permissions, queries)
