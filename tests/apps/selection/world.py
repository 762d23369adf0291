"""A selection in its check, one before its panel, one decided and objected to: for the routes."""

from django.utils import timezone

from dure.apps.jobs.models import Job, JobStage
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Voter, Work
from dure.apps.selection.stages import ItemStage, MemberStage
from tests.apps.selection.cast import FILE, LATER


def things(cast, world):
    checking = cast.begun_selection()
    # As many members as there are reviewers: which of them sit on it is then no matter of chance.
    running = cast.panelled_selection(members=12)
    decided = cast.decided_selection(members=12)
    panel = running.panels.get()
    seat = panel.members.get(reviewer__user=cast["reviewer"])
    asked = panel.members.exclude(pk=seat.pk).filter(is_chair=False).first()
    asked.stage, asked.pledged_at = MemberStage.ASKED, None
    asked.save()
    decision = queries.decisions_of(decided).get(application__organisation=cast.supplier)
    other = queries.decisions_of(decided).get(application__organisation=cast.rival)
    objection = operations.object_to(
        decision=other, ground="misreading", text="잘못 읽었다", by=cast["rival"], at=LATER
    )
    voter = Voter.objects.create(objection=objection, reviewer=asked.reviewer)
    panel.meets_at = LATER
    panel.save()
    presented = panel.items.get(application__organisation=cast.supplier)
    presented.presents_at = LATER
    presented.save()
    line = panel.items.first()
    line.application.challenge = cast.challenge_of_buyer()
    line.application.save()
    judging = panel.members.exclude(pk__in=[seat.pk, asked.pk]).first().reviewer.user
    question = operations.ask_applicant(
        item=line, text="어디에서 시험하나요?", by=judging, at=LATER
    )
    item = queries.items_in_check(cast["officer"]).filter(selection=checking).first()
    missing = checking.items.get(application__organisation=cast.supplier)
    missing = operations.check_item(
        item=missing, stage=ItemStage.INCOMPLETE, missing="재무제표", bonus=0, penalty=0,
        by=cast["officer"], at=timezone.now(),
    )  # fmt: skip
    [paper] = operations.hand_in_missing(
        item=missing, files=[("statements.pdf", b"%PDF-1.7 1")], by=cast["supplier"],
        at=timezone.now(),
    )  # fmt: skip
    work = Work.objects.create(
        reviewer=cast["reviewer"].reviewer, kind="PAPER", title="논문", added_at=LATER
    )
    job = Job.objects.create(
        kind=operations.CHECK_WORKS, title="works.xlsx", requested_by=cast["reviewer"],
        stage=JobStage.DONE, ended_at=LATER, arguments={"path": "/nowhere/works.xlsx"},
        result={"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1},
    )  # fmt: skip
    return {
        "selection:work_remove": work.pk,
        "selection:end_interest": cast.interest(name="아무도 아닌 사람").pk,
        "selection:works_import_job": job.pk,
        "selection:works_import_confirm": job.pk,
        "selection:hand_in": missing.pk,
        "selection:supplement": paper.pk,
        "selection:selection": running.pk,
        "selection:conflicts": running.pk,
        "selection:form_panels": checking.pk,
        "selection:table": decided.pk,
        "selection:decide": decided.pk,
        "selection:check": item.pk,
        "selection:pin": item.pk,
        "selection:sheet": panel.items.first().pk,
        "selection:declare": panel.items.last().pk,
        "selection:panel": panel.pk,
        "selection:move": panel.pk,
        "selection:minutes": panel.pk,
        "selection:pledge": asked.pk,
        "selection:elect": asked.pk,
        "selection:replace": asked.pk,
        "selection:bar": asked.reviewer_id,
        "selection:result": decision.pk,
        "selection:object": decision.pk,
        "selection:objection": objection.pk,
        "selection:vote": objection.pk,
        "selection:leave": asked.pk,
        "selection:remind": panel.pk,
        "selection:day": panel.pk,
        "selection:ask": panel.items.first().pk,
        "selection:file": panel.items.first().pk,
        "selection:file:uid": FILE,
        "selection:line": line.pk,
        "selection:visit": line.pk,
        "selection:question": question.pk,
        "selection:owner": running.pk,
        "selection:opinion": line.pk,
        "selection:fees": running.pk,
        "selection:fairness": decided.pk,
        "selection:letter": decision.pk,
        "selection:give_up": decision.pk,
        "selection:judge_across": running.pk,
        "selection:judge_again": objection.pk,
        "selection:judge_for_conflict": other.application.item.pk,
        "selection:replace_voter": voter.pk,
        "selection:renew": decided.pk,
        "selection:decide_anew": decided.pk,
        "selection:agenda": panel.pk,
        "selection:panel_calendar": panel.pk,
        "selection:presentation": presented.pk,
    }
