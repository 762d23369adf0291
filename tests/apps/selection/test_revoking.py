"""A place that the sheets no longer carry since a conflict became known: taken back, or kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.apps.selection import adapter, operations, permissions, presenters, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Objection, Revocation
from dure.apps.selection.operations import Answer
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from tests.apps.selection.cast import LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(days=30)
WHY = "배점을 준 위원이 대표의 가족으로 밝혀짐"


@pytest.fixture
def selection(cast):
    return cast.shaky_selection()


def shaken(cast, selection):
    """The decision on the supplier, of which a sheet of 100 points is known to be in conflict."""
    item = selection.items.get(application__organisation=cast.supplier)
    operations.pin_conflict(
        item=item, reviewer=queries.readers_of(item)[0].reviewer, reason="가족",
        by=cast["officer"], at=AFTER,
    )  # fmt: skip
    return item.application.decision


def propose(cast, selection, *, is_kept, decision, reason=WHY):
    return operations.propose_renewal(
        selection=selection, reason="이해관계가 드러남", by=cast["officer"], at=AFTER,
        answers={decision.pk: Answer(is_kept, reason)},
    )  # fmt: skip


def taken_back(cast, selection):
    decision = shaken(cast, selection)
    propose(cast, selection, is_kept=False, decision=decision)
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)
    decision.refresh_from_db()
    return decision


def test_a_place_that_the_sheets_no_longer_carry_is_taken_back_on_pages_by_two_persons(
    cast, as_role, selection
):
    decision = shaken(cast, selection)
    officer = as_role("officer")
    shown = officer.get(reverse("selection:selection", args=[selection.pk]))
    assert shown.context["late"][0]["is_lost"]
    page = reverse("selection:renew", args=[selection.pk])
    [row] = officer.get(page).context["losses"]
    assert (row["decision"], row["now"]) == (decision, "Reserve")
    assert officer.post(page, {"reason": "이해관계"}).status_code == 422
    officer.post(
        page,
        {"reason": "이해관계", f"kept_{decision.pk}": "no", f"why_{decision.pk}": WHY},
    )
    table = as_role("officer2").get(reverse("selection:table", args=[selection.pk]))
    [proposed] = table.context["revocations"]
    assert (proposed["is_kept"], proposed["reason"]) == (False, WHY)
    as_role("officer2").post(reverse("selection:decide_anew", args=[selection.pk]))

    decision.refresh_from_db()
    assert (decision.outcome, decision.cause, decision.reason) == (
        Outcome.RESERVE, Cause.REVOKED, WHY,
    )  # fmt: skip
    assert (decision.rank, decision.score, decision.granted) == (2, 70, 0)
    assert decision.replan_until is None
    assert selection.decisions.get(application__organisation=cast.rival).outcome == Outcome.SELECTED
    applicant = as_role("supplier").get(reverse("selection:result", args=[decision.pk]))
    assert WHY in applicant.content.decode()
    assert presenters.letter(decision, "ko").startswith(b"%PDF")


def test_whose_place_was_taken_back_is_told_why_and_can_object_again(cast, selection):
    decision = selection.decisions.get(application__organisation=cast.supplier)
    before = operations.object_to(
        decision=decision, ground="misreading", text="금액", by=cast["supplier"], at=LATER
    )
    shaken(cast, selection)
    refused(
        Reason.OBJECTION_OPEN, propose, cast=cast, selection=selection, is_kept=False,
        decision=decision,
    )  # fmt: skip
    Objection.objects.filter(pk=before.pk).update(
        stage=ObjectionStage.DISMISSED, answer="이유 없음", settled_by=cast["officer"],
        settled_at=AFTER,
    )  # fmt: skip
    propose(cast, selection, is_kept=False, decision=decision)
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)

    decision.refresh_from_db()
    [notice] = Notice.objects.filter(kind="SELECTION_REVOKED", recipient=cast["supplier"])
    assert notice.facts["reason"] == WHY
    days = queries.rules_of(selection).objection.days
    assert decision.objections_until == localdate(AFTER) + timedelta(days=days)
    assert permissions.may_object(cast["supplier"], decision, decision.objections_until)
    assert Entry.objects.filter(about=f"decision:{decision.pk}").count() == 2
    again = operations.object_to(
        decision=decision, ground="misreading", text="가족이 아니다", by=cast["supplier"], at=AFTER
    )
    assert decision.objection == again
    assert set(queries.objections_of(selection)) == {before, again}
    refused(
        Reason.OBJECTED_ALREADY, operations.object_to, decision=decision, ground="misreading",
        text="또", by=cast["supplier"], at=AFTER,
    )  # fmt: skip


def test_the_office_keeps_a_place_with_a_reason_and_is_not_asked_again(cast, selection):
    decision = shaken(cast, selection)
    for answers in ({}, {decision.pk: Answer(is_kept=False, reason=" ")}):
        refused(
            Reason.LOSSES_UNANSWERED, operations.propose_renewal, selection=selection,
            reason="이해관계", answers=answers, by=cast["officer"], at=AFTER,
        )  # fmt: skip
    propose(cast, selection, is_kept=True, decision=decision, reason="나머지 위원 모두 적합 의견")
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)

    decision.refresh_from_db()
    assert (decision.outcome, decision.cause) == (Outcome.SELECTED, Cause.EXCEPTION)
    assert decision.reason == "나머지 위원 모두 적합 의견"
    assert decision.granted == 147_000_000
    assert not Notice.objects.filter(kind="SELECTION_REVOKED").exists()
    assert adapter.losses_of(selection) == []
    assert not queries.known_late(selection).exists()
    assert Revocation.objects.get().is_kept


def test_who_is_only_overtaken_loses_nothing(cast, selection):
    """A conflict with the rival's lowest sheet lifts it past the supplier, of whom no sheet is void."""
    item = selection.items.get(application__organisation=cast.rival)
    for seat in queries.readers_of(item)[5:]:
        operations.pin_conflict(
            item=item, reviewer=seat.reviewer, reason="거래", by=cast["officer"], at=AFTER
        )

    lines = {line.id: line for line in adapter.ranking_of(selection).lines}
    assert lines[str(item.pk)].rank == 1
    assert adapter.losses_of(selection) == []


def test_what_changed_since_it_was_proposed_is_not_decided(cast, selection):
    decision = shaken(cast, selection)
    propose(cast, selection, is_kept=False, decision=decision)
    operations.record_withdrawal(decision=decision, reason="포기", by=cast["officer"], at=AFTER)

    refused(
        Reason.CHANGED_MEANWHILE, operations.decide_renewal, selection=selection,
        by=cast["officer2"], at=AFTER,
    )  # fmt: skip


def test_an_objection_to_it_that_is_upheld_can_give_the_place_back(cast, selection):
    decision = taken_back(cast, selection)
    cast.pool(count=24)
    objection = operations.object_to(
        decision=decision, ground="misreading", text="가족이 아니다", by=cast["supplier"], at=AFTER
    )
    fresh = queries.second_judges(decision.application, localdate(AFTER))
    operations.name_voters(objection=objection, reviewers=fresh[:5], by=cast["officer"], at=AFTER)
    for voter in objection.voters.all():
        operations.vote(voter=voter, is_yes=True, by=voter.reviewer.user, at=AFTER)
    operations.settle(objection=objection, answer="다시 평가", by=cast["officer"], at=AFTER)
    panel = operations.judge_again(
        objection=objection, reviewers=fresh[5:10], due_at=AFTER + timedelta(days=10),
        by=cast["officer"], at=AFTER,
    )  # fmt: skip
    cast.close(panel, lambda criterion: 100)
    operations.propose_renewal(selection=selection, reason="이의신청", by=cast["officer"], at=AFTER)
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)

    decision.refresh_from_db()
    assert (decision.outcome, decision.cause) == (Outcome.SELECTED, Cause.JUDGED_AGAIN)
    assert (decision.granted, decision.rank) == (147_000_000, 1)
