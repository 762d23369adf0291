"""How projects end: verdict, give-up, sanction, close, and what is asked years later."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from dure.apps.notices.models import Notice
from dure.apps.projects import operations, queries
from dure.apps.projects.kinds import RecoveryCause
from dure.apps.projects.models import FollowUp, Project, Recovery
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import ProjectStage, SanctionStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


def judge(cast, project, score, is_sincere=True, reliefs=()):
    return operations.judge_project(
        project=project, score=score, is_sincere=is_sincere, reliefs=reliefs,
        note="평가단 종합 의견", by=cast["officer"], at=NOON,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("score", "is_sincere", "reliefs", "verdict", "goes_back"),
    [
        (85, True, [], "excellent", None),
        (40, True, [], "insufficient", None),
        (40, False, [], "very_poor", 60_000_000),
        (40, False, ["opened"], "insufficient", None),
    ],
)
def test_the_verdict_follows_the_matrix(cast, made, score, is_sincere, reliefs, verdict, goes_back):
    verdict_given = judge(cast, made, score, is_sincere, reliefs)

    assert verdict_given.verdict == verdict
    assert Recovery.objects.values_list("amount", flat=True).first() == goes_back
    assert refused(lambda: judge(cast, made, 90)) == Reason.DECIDED_ALREADY


def test_giving_up_takes_the_whole_grant_back_within_a_month(cast, made):
    operations.give_up(project=made, reason="시장 변화", by=cast["supplier"], at=NOON)

    recovery = Recovery.objects.get()
    assert (recovery.cause, recovery.amount) == (RecoveryCause.GIVE_UP, 60_000_000)
    assert recovery.due_on == date(2026, 12, 22)
    assert Project.objects.get().stage == ProjectStage.GIVEN_UP


def test_a_project_is_closed_once_it_is_settled_and_judged_and_is_asked_in_later_years(cast, made):
    officer = cast["officer"]

    def close():
        return operations.close(project=made, by=officer, at=NOON)

    assert refused(close) == Reason.NOT_SETTLED
    operations.open_settlement(project=made, by=officer, at=NOON)
    operations.conclude(project=made, by=officer, at=NOON)
    assert refused(close) == Reason.NO_VERDICT
    judge(cast, made, 75)
    close()

    assert list(FollowUp.objects.values_list("year", flat=True)) == [1, 3, 5]
    before = Notice.objects.filter(recipient=cast["supplier"]).count()
    assert operations.ask_follow_ups(at=NOON) == 0
    assert operations.ask_follow_ups(at=NOON + timedelta(days=420)) == 1
    assert operations.ask_follow_ups(at=NOON + timedelta(days=420)) == 0
    assert Notice.objects.filter(recipient=cast["supplier"]).count() == before + 1


def test_a_sanction_is_told_before_and_decided_after_its_term(cast, made):
    officer = cast["officer"]
    sanction = operations.give_notice(
        project=made, organisation=cast.supplier, cause="거짓 증빙", ban_months=24,
        surcharge=1_000_000, by=officer, at=NOON,
    )  # fmt: skip
    decide = {"sanction": sanction, "is_upheld": True, "by": officer}

    assert sanction.reexamine_until == date(2026, 12, 12)
    assert refused(lambda: operations.decide_sanction(**decide, at=NOON)) == (
        Reason.EARLIER_THAN_ALLOWED
    )
    operations.plead(sanction=sanction, text="실수였습니다.", by=cast["supplier"], at=NOON)
    decided = operations.decide_sanction(**decide, at=NOON)

    assert (decided.stage, decided.starts_on) == (SanctionStage.DECIDED, date(2026, 12, 12))


@pytest.mark.parametrize(
    ("ban", "surcharge", "reason"),
    [(121, 0, Reason.OUT_OF_RANGE), (0, 300_000_001, Reason.OUT_OF_RANGE), (0, 0, Reason.OUT_OF_RANGE)],
)  # fmt: skip
def test_a_sanction_keeps_to_the_caps_of_the_rules(cast, made, ban, surcharge, reason):
    assert (
        refused(
            lambda: operations.give_notice(
                project=made, organisation=cast.supplier, cause="x", ban_months=ban,
                surcharge=surcharge, by=cast["officer"], at=NOON,
            )
        )
        == reason
    )  # fmt: skip


def test_a_milestone_is_confirmed_by_the_demand_organisation_on_its_evidence(cast, made):
    milestone = made.milestones.get()

    def confirm(who):
        return operations.confirm_milestone(milestone=milestone, by=cast[who], at=NOON)

    assert refused(lambda: confirm("member")) == Reason.STAGE_CLOSED
    operations.report_milestone(
        milestone=milestone, text="완성", files=[ContentFile(b"%PDF-1.7", "시험.pdf")],
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    assert refused(lambda: confirm("supplier")) == Reason.NOT_THE_DEMAND_SIDE
    assert confirm("member").confirmed_at == NOON


def test_a_file_sent_again_is_its_next_version(cast, made):
    for _ in range(2):
        operations.write(
            project=made, text="도면입니다.", is_risk=False,
            files=[ContentFile(b"%PDF-1.7", "도면.pdf")], by=cast["member"], at=NOON,
        )  # fmt: skip

    assert list(made.papers.values_list("name", "version")) == [("도면.pdf", 2), ("도면.pdf", 1)]


def test_a_report_keeps_what_the_platform_knew(cast, made):
    report = made.reports.first()

    handed = operations.submit_report(
        report=report, text="수행", problems="", facts={"spent": 5}, by=cast["supplier"], at=NOON
    )

    assert (handed.facts, handed.submitted_at) == ({"spent": 5}, NOON)


def test_money_stands_still_while_a_special_evaluation_is_open(cast, made):
    officer = cast["officer"]
    evaluation = operations.open_special(project=made, cause="책임자 공백", by=officer, at=NOON)

    assert evaluation.due_on == date(2027, 2, 22)
    assert refused(lambda: cast.expense(made)) == Reason.SPENDING_HELD
    assert refused(
        lambda: operations.open_special(project=made, cause="또", by=officer, at=NOON)
    ) == (Reason.STAGE_CLOSED)
    assert refused(
        lambda: operations.decide_special(
            project=made, decision="GO_ON", note="", by=officer, at=NOON
        )
    ) == (Reason.SAY_WHY)
    operations.decide_special(project=made, decision="GO_ON", note="새 책임자", by=officer, at=NOON)

    assert cast.expense(made).amount == 1_100_000


@pytest.mark.parametrize(
    ("decision", "stage", "ends_on", "due"),
    [
        ("STOP", ProjectStage.STOPPED, date(2026, 12, 31), date(2027, 3, 1)),
        ("EARLY", ProjectStage.RUNNING, date(2026, 11, 22), date(2027, 1, 21)),
    ],
)
def test_a_special_evaluation_stops_a_project_or_completes_it_early(
    cast, made, decision, stage, ends_on, due
):
    operations.open_special(project=made, cause="목표 달성", by=cast["officer"], at=NOON)
    operations.decide_special(
        project=made, decision=decision, note="평가단 의견", by=cast["officer"], at=NOON
    )

    made.refresh_from_db()
    assert (made.stage, made.ends_on) == (stage, ends_on)
    assert made.reports.get(kind="FINAL").due_on == due


def test_the_report_of_a_stage_is_due_thirty_days_before_it_ends(cast, made):
    def end(day):
        return operations.end_stage(project=made, ends_on=day, by=cast["officer"], at=NOON)

    assert end(date(2026, 6, 30)).due_on == date(2026, 5, 31)
    assert end(date(2026, 6, 30)) == made.reports.get(kind="STAGE")
    assert refused(lambda: end(date(2026, 12, 31))) == Reason.OUT_OF_RANGE


def test_promises_to_buy_are_counted_by_kind_of_buyer_and_by_the_latest_answer(cast, made):
    other = cast.project("P-2")
    for project, year, promise in (
        (made, 1, "NOT_KEPT"), (made, 3, "KEPT"), (other, 1, "IN_PART"), (other, 3, "NONE"),
    ):  # fmt: skip
        FollowUp.objects.create(
            project=project, year=year, due_on=NOON.date(), answered_at=NOON, promise=promise
        )

    [count] = queries.promises()

    assert count.kind == cast.buyer.kind
    assert (count.kept, count.in_part, count.not_kept, count.all) == (1, 1, 0, 2)
