"""A selection from the opened applications to its decision, and what each step refuses."""

import json
from datetime import timedelta

import pytest

from dure.apps.notices.models import Notice
from dure.apps.records.queries import entries_about
from dure.apps.selection import operations, queries
from dure.apps.selection.kinds import Cause, Outcome, Source
from dure.apps.selection.models import Conflict, Decision, Item
from dure.apps.selection.operations.deciding import Change
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage, ObjectionStage, PanelStage, SelectionStage
from dure.foundation.verdict import Refused
from tests.apps.selection.cast import LATER

pytestmark = pytest.mark.django_db


def refused(expected, operation, /, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(**arguments)
    assert refusal.value.reason == expected


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def reader(item, number=1):
    return queries.readers_of(item)[number].reviewer.user


def test_a_selection_is_decided_by_a_second_person_and_everybody_is_told(cast):
    selection = cast.closed_selection()

    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)
    refused(
        Reason.SECOND_PERSON, operations.decide, selection=selection, by=cast["officer"], at=LATER
    )
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    lines = {
        decision.application.organisation.name: (
            decision.outcome,
            decision.cause,
            decision.granted,
            decision.months,
        )
        for decision in queries.decisions_of(selection)
    }
    assert lines == {
        cast.supplier.name: (Outcome.SELECTED, Cause.IN_PLACES, 147_000_000, 24),
        cast.rival.name: (Outcome.RESERVE, Cause.NEXT_IN_LINE, 0, 0),
        cast.stranger.name: (Outcome.REJECTED, Cause.BEYOND_PLACES, 0, 0),
    }
    assert told("SELECTION_RESULT") >= {"supplier", "rival"}
    refused(
        Reason.STAGE_CLOSED, operations.decide, selection=selection, by=cast["officer2"], at=LATER
    )


def test_the_panel_may_cut_money_and_an_exception_needs_a_reason(cast):
    selection = cast.closed_selection()
    first, _second, third = selection.items.all()
    by = {"by": cast["officer"], "at": LATER, "selection": selection}

    refused(
        Reason.MONEY_WRONG, operations.propose, changes={first.pk: Change(granted=10**12)}, **by
    )
    refused(
        Reason.REASON_MISSING,
        operations.propose,
        changes={third.pk: Change(outcome="SELECTED")},
        **by,
    )
    operations.propose(
        changes={
            first.pk: Change(granted=100_000_000, months=12, conditions="시제품부터"),
            third.pk: Change(outcome="SELECTED", reason="지역 안배"),
        },
        **by,
    )
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    decided = {decision.application_id: decision for decision in Decision.objects.all()}
    cut, exception = decided[first.application_id], decided[third.application_id]
    assert (cut.granted, cut.months, cut.conditions) == (100_000_000, 12, "시제품부터")
    assert (exception.cause, exception.reason) == (Cause.EXCEPTION, "지역 안배")
    [entry] = entries_about(f"decision:{cut.pk}")
    assert json.loads(entry.leaf)["content"]["granted_won"] == 100_000_000
    assert "시제품부터" not in entry.leaf


def test_a_proposal_is_void_when_a_sheet_stops_counting(cast):
    selection = cast.closed_selection()
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)
    item = selection.items.first()
    for number in (0, 1):
        operations.pin_conflict(
            item=item, reviewer=queries.readers_of(item)[number].reviewer, reason="거래가 드러남",
            by=cast["officer"], at=LATER,
        )  # fmt: skip

    refused(
        Reason.STAGE_CLOSED, operations.decide, selection=selection, by=cast["officer2"], at=LATER
    )
    selection.refresh_from_db()
    panel = selection.panels.get()
    assert (selection.stage, selection.proposed_by) == (SelectionStage.REVIEWING, None)
    assert (panel.stage, panel.closed_at) == (PanelStage.CONSENSUS, None)
    assert not panel.members.filter(confirmed_at__isnull=False).exists()
    touched = Notice.objects.filter(kind="CONFLICT_REOPENED").first().facts["touched"]
    assert touched[:3] == ["SHEET", "PANEL", "PROPOSAL"]


def test_everybody_scores_alone_until_every_sheet_is_in(cast):
    selection = cast.panelled_selection()
    item, panel = selection.items.first(), selection.panels.get()
    cast.sheet(item, reader(item), 80)
    other = reader(item, 2)

    assert not queries.sheets_read_by(other, panel).exists()
    assert not queries.sheets_read_by(cast["officer"], panel).exists()
    assert queries.sheets_read_by(reader(item), panel).count() == 1
    refused(
        Reason.NOT_ALL_IN, operations.start_consensus, panel=panel, by=cast["officer"], at=LATER
    )


def test_a_stale_tab_overwrites_nothing_and_sheets_are_appended(cast):
    selection = cast.panelled_selection()
    item = selection.items.first()
    cast.sheet(item, reader(item), 60, is_final=False)
    cast.sheet(item, reader(item), 80, is_final=False)

    with pytest.raises(Refused) as refusal:
        cast.sheet(item, reader(item), 20, seen=1)

    assert refusal.value.reason == Reason.STALE
    assert [(draft.version, draft.marks["need"]) for draft in item.drafts.all()] == [(2, 80)]
    assert not item.sheets.exists()

    cast.sheet(item, reader(item), 80)
    assert not item.drafts.exists()
    assert item.sheets.count() == 1


def test_a_sheet_handed_in_changes_in_the_consensus_alone_with_its_reason(cast):
    selection = cast.scored_selection()
    item, panel = selection.items.first(), selection.panels.get()
    with pytest.raises(Refused) as refusal:
        cast.sheet(item, reader(item), 20)
    assert refusal.value.reason == Reason.HANDED_IN

    operations.start_consensus(panel=panel, by=cast["officer"], at=LATER)
    item.panel.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        cast.sheet(item, reader(item), 20)
    assert refusal.value.reason == Reason.REASON_MISSING
    changed = cast.sheet(item, reader(item), 60, why="시험 자료를 다시 읽었다")

    assert changed.why == "시험 자료를 다시 읽었다"
    assert queries.final_sheets([item]).get(member=changed.member).version == 2


def test_minutes_are_confirmed_by_all_and_a_new_text_voids_what_was_confirmed(cast):
    selection = cast.scored_selection()
    panel = selection.panels.get()
    chair = panel.members.get(is_chair=True).reviewer.user
    panel = operations.start_consensus(panel=panel, by=chair, at=LATER)
    panel = operations.write_minutes(panel=panel, text="초안", seen=1, by=chair, at=LATER)
    seats = list(panel.members.all())
    for seat in seats:
        operations.confirm_minutes(panel=panel, seen=2, by=seat.reviewer.user, at=LATER)
    panel = operations.write_minutes(panel=panel, text="고친 글", seen=2, by=chair, at=LATER)

    refused(Reason.NOT_ALL_CONFIRMED, operations.close_panel, panel=panel, by=chair, at=LATER)
    refused(
        Reason.CHANGED_MEANWHILE, operations.confirm_minutes, panel=panel, seen=2,
        by=seats[1].reviewer.user, at=LATER,
    )  # fmt: skip
    refused(
        Reason.CHANGED_MEANWHILE, operations.write_minutes, panel=panel, text="x", seen=2, by=chair,
        at=LATER,
    )  # fmt: skip


def test_conflicts_are_computed_from_facts_and_end_with_them(cast):
    reviewer = cast.pool()[1]
    membership = cast.join(reviewer.user, cast.supplier)
    selection = cast.begun_selection()

    conflict = Conflict.objects.get(reviewer=reviewer)
    assert (conflict.kind, conflict.party) == ("employment", cast.supplier.name)
    assert conflict.application.organisation == cast.supplier

    membership.delete()
    operations.find_conflicts(selection=selection, by=cast["officer"], at=LATER)
    conflict.refresh_from_db()
    assert conflict.ended_at == LATER


def test_who_is_in_conflict_reads_nothing_and_the_sheet_no_longer_counts(cast):
    selection = cast.scored_selection()
    item, panel = selection.items.first(), selection.panels.get()
    who = reader(item)
    assert queries.items_read_by(who).count() == 3

    operations.declare_conflict(item=item, reason="작년에 자문했다", by=who, at=LATER)

    assert item not in queries.items_read_by(who)
    assert not queries.final_sheets([item]).filter(member__reviewer__user=who).exists()
    assert who not in [seat.reviewer.user for seat in queries.readers_of(item)]
    assert told("CONFLICT_REOPENED") >= {"officer", "officer2"}
    assert not queries.sheets_read_by(who, panel).filter(item=item).exists()
    with pytest.raises(Refused) as refusal:
        cast.sheet(item, who, 20)
    assert refusal.value.reason == Reason.CONFLICT
    conflict = Conflict.objects.get(source=Source.DECLARED)
    refused(
        Reason.STAGE_CLOSED,
        operations.lift_conflict,
        conflict=conflict,
        by=cast["officer"],
        at=LATER,
    )


def test_nothing_is_read_before_the_pledge(cast):
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    [panel] = operations.form_panels(
        selection=selection, count=1, members=5, due_at=LATER, by=cast["officer"], at=LATER
    )
    seat = panel.members.first()

    assert not queries.items_read_by(seat.reviewer.user).exists()
    operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
    assert queries.items_read_by(seat.reviewer.user).count() == 3


def test_a_member_who_does_not_come_is_replaced_and_nobody_else_moves(cast):
    selection = cast.panelled_selection(panels=2, members=5)
    before = {
        panel.pk: set(panel.members.values_list("reviewer", flat=True))
        for panel in selection.panels.all()
    }
    panel = selection.panels.first()
    leaver = panel.members.last()

    newcomer = operations.replace_member(member=leaver, reason="병가", by=cast["officer"], at=LATER)

    there = {
        other_panel.pk: set(
            other_panel.members.exclude(stage="LEFT").values_list("reviewer", flat=True)
        )
        for other_panel in selection.panels.all()
    }
    before[panel.pk] = before[panel.pk] - {leaver.reviewer_id} | {newcomer.reviewer_id}
    assert there == before


def test_what_is_missing_has_a_term_and_its_owner_is_told(cast):
    selection = cast.begun_selection()
    item = selection.items.get(application__organisation=cast.supplier)

    checked = operations.check_item(
        item=item, stage=ItemStage.INCOMPLETE, missing="재무제표", bonus=0, penalty=0,
        by=cast["officer"], at=LATER,
    )  # fmt: skip

    assert checked.missing_until == (LATER + timedelta(days=10)).date()
    assert told("ITEM_INCOMPLETE") == {"supplier"}
    refused(
        Reason.NOT_ADMITTED, operations.form_panels, selection=selection, count=1, members=5,
        due_at=LATER, by=cast["officer"], at=LATER,
    )  # fmt: skip


def test_panels_without_enough_reviewers_are_refused_and_nothing_is_formed(cast):
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)

    refused(
        Reason.IMPOSSIBLE, operations.form_panels, selection=selection, count=3, members=5,
        due_at=LATER, by=cast["officer"], at=LATER,
    )  # fmt: skip
    assert not selection.panels.exists()


def test_who_runs_programmes_is_not_invited(cast):
    refused(
        Reason.OFFICE_REVIEWS_NOTHING, operations.invite, person=cast["officer2"],
        by=cast["officer"], at=LATER,
    )  # fmt: skip


def objected(cast):
    selection = cast.decided_selection()
    decision = Decision.objects.get(application__organisation=cast.rival)
    return selection, decision, operations.object_to(
        decision=decision, ground="misreading", text="시험 결과를 거꾸로 읽었습니다",
        by=cast["rival"], at=LATER,
    )  # fmt: skip


def test_an_objection_is_heard_by_a_fresh_panel_and_answered(cast):
    selection, _decision, objection = objected(cast)
    judged = set(selection.panels.get().members.values_list("reviewer", flat=True))
    fresh = [reviewer for reviewer in cast.pool() if reviewer.pk not in judged]
    old = [reviewer for reviewer in cast.pool() if reviewer.pk in judged]
    naming = {"objection": objection, "by": cast["officer"], "at": LATER}

    refused(Reason.PANEL_WRONG, operations.name_voters, reviewers=old[:5], **naming)
    refused(Reason.PANEL_WRONG, operations.name_voters, reviewers=fresh[:4], **naming)
    operations.name_voters(reviewers=fresh[:5], **naming)
    voters = list(objection.voters.all())
    for number, voter in enumerate(voters):
        operations.vote(voter=voter, is_yes=number < 3, by=voter.reviewer.user, at=LATER)
    refused(Reason.STAGE_CLOSED, operations.name_voters, reviewers=fresh[:5], **naming)
    settled = operations.settle(
        objection=objection, answer="다시 평가합니다", by=cast["officer"], at=LATER
    )

    assert settled.stage == ObjectionStage.UPHELD
    assert told("OBJECTION_SETTLED") == {"rival"}


def test_an_objection_is_possible_once_in_time_on_a_stated_ground(cast):
    _selection, decision, _objection = objected(cast)
    other = Decision.objects.get(application__organisation=cast.supplier)
    again = {"ground": "misreading", "text": "x"}

    refused(
        Reason.OBJECTED_ALREADY, operations.object_to, decision=decision, by=cast["rival"], at=LATER,
        **again,
    )  # fmt: skip
    late = {"decision": other, "by": cast["supplier"], "at": LATER + timedelta(days=11)}
    refused(Reason.TERM_OVER, operations.object_to, **late, **again)
    in_time = {"decision": other, "by": cast["supplier"], "at": LATER + timedelta(days=10)}
    refused(Reason.GROUND_UNKNOWN, operations.object_to, **in_time, **{**again, "ground": "budget"})
    refused(
        Reason.NOT_THE_APPLICANT, operations.object_to, **{**in_time, "by": cast["rival"]}, **again
    )


def test_the_reserve_moves_up_with_what_it_asked_for(cast):
    selection = cast.decided_selection()
    best = selection.decisions.get(application__organisation=cast.supplier)
    refused(Reason.NO_PLACE, operations.move_up, selection=selection, by=cast["officer"], at=LATER)
    operations.record_withdrawal(decision=best, reason="자금 사정", by=cast["officer"], at=LATER)

    moved = operations.move_up(selection=selection, by=cast["officer"], at=LATER)

    assert (moved.application.organisation, moved.cause) == (cast.rival, Cause.MOVED_UP)
    assert moved.granted == 147_000_000
    operations.record_withdrawal(decision=moved, reason="포기", by=cast["officer"], at=LATER)
    refused(
        Reason.NO_RESERVE, operations.move_up, selection=selection, by=cast["officer"], at=LATER
    )
    best.refresh_from_db()
    assert (best.outcome, best.cause) == (Outcome.WITHDRAWN, Cause.GAVE_UP)


def test_an_item_that_is_excluded_is_decided_as_such(cast):
    selection = cast.begun_selection()
    first, *others = selection.items.all()
    Item.objects.filter(pk__in=[item.pk for item in others]).update(stage=ItemStage.ADMITTED)
    operations.check_item(
        item=first, stage=ItemStage.EXCLUDED, missing="대상이 아님", bonus=0, penalty=0,
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    refused(
        Reason.STAGE_CLOSED, operations.propose, selection=selection, changes={},
        by=cast["officer"], at=LATER,
    )  # fmt: skip
