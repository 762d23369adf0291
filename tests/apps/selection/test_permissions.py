"""Who may do what in a selection, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.selection import operations, permissions, queries
from dure.apps.selection.models import (
    Panel,
    PossibleConflict,
    Renewal,
    Reviewer,
    Supplement,
    Voter,
    Work,
)
from dure.apps.selection.stages import MemberStage
from tests.apps.selection.cast import LATER
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    call = cast.opened_call()
    checking = cast.begun_selection()
    running = cast.panelled_selection(members=12)
    closed = cast.closed_selection(members=12)
    decided = cast.decided_selection(members=12)
    panel = running.panels.get()
    item = panel.items.get(application__organisation=cast.supplier)
    seat = panel.members.get(reviewer__user=cast["reviewer"])
    asked_seat = panel.members.exclude(pk=seat.pk).filter(is_chair=False).first()
    asked_seat.stage, asked_seat.pledged_at = MemberStage.ASKED, None
    asked_seat.save()
    asker = panel.members.exclude(pk__in=[seat.pk, asked_seat.pk]).first().reviewer.user
    asked = operations.ask_applicant(item=item, text="어디서?", by=asker, at=LATER)
    passed = operations.pass_on(
        asked=operations.ask_applicant(item=item, text="언제?", by=asker, at=LATER),
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    decision = decided.decisions.get(application__organisation=cast.supplier)
    other = decided.decisions.get(application__organisation=cast.rival)
    objection = operations.object_to(
        decision=other, ground="misreading", text="잘못", by=cast["rival"], at=LATER
    )
    Voter.objects.create(objection=objection, reviewer=asked_seat.reviewer)
    application = item.application
    application.challenge = cast.challenge_of_buyer()
    application.save()
    Supplement.objects.create(
        item=item, row={"name": "a.pdf"}, key="x", handed_in_by=cast["supplier"], handed_in_at=LATER
    )
    renewal = Renewal(selection=decided, proposed_by=cast["officer"])
    may, day = permissions, LATER.date()
    work = Work.objects.create(
        reviewer=cast["reviewer"].reviewer, kind="PAPER", title="논문", added_at=LATER
    )
    interest = cast.interest()
    Panel.objects.filter(pk=panel.pk).update(meets_at=LATER)
    panel.items.filter(application__organisation=cast.supplier).update(presents_at=LATER)
    possible = PossibleConflict.objects.create(
        reviewer=work.reviewer, application=item.application, kind="co_authorship", party="김민수",
        created_at=LATER,
    )  # fmt: skip
    return {
        "may_answer_possible_conflict": lambda user: may.may_answer_possible_conflict(
            user, possible
        ),
        "possible_conflicts_visible_to": queries.possible_conflicts_visible_to,
        "may_run": may.may_run,
        "may_read_all": may.may_read_all,
        "may_begin": lambda user: may.may_begin(user, call, None),
        "may_invite: a newcomer": lambda user: may.may_invite(user, cast["newcomer"]),
        "may_answer: the reviewer's invitation": lambda user: may.may_answer(
            user, Reviewer.objects.get(user=cast["reviewer"])
        ),
        "may_check": lambda user: may.may_check(user, checking.items.first()),
        "may_hand_in: nothing is missing": lambda user: may.may_hand_in(user, item, day),
        "may_form_panels: before the check": lambda user: may.may_form_panels(user, checking),
        "may_assign_reviewers: before the check": lambda user: may.may_assign_reviewers(
            user, checking
        ),
        "may_plan_day": lambda user: may.may_plan_day(user, panel),
        "may_change_members": lambda user: may.may_change_members(user, panel),
        "may_pledge: the reviewer's seat": lambda user: may.may_pledge(user, seat),
        "may_score": lambda user: may.may_score(user, item),
        "may_start_consensus: too early": lambda user: may.may_start_consensus(user, panel),
        "may_write_minutes": lambda user: may.may_write_minutes(user, panel),
        "may_confirm_minutes": lambda user: may.may_confirm_minutes(user, panel),
        "may_close_panel": lambda user: may.may_close_panel(user, panel),
        "may_propose": lambda user: may.may_propose(user, closed),
        "may_decide: what is not proposed": lambda user: may.may_decide(user, closed),
        "may_object: the supplier's": lambda user: may.may_object(user, decision, day),
        "may_name_voters": lambda user: may.may_name_voters(user, objection),
        "may_vote": lambda user: may.may_vote(
            user, objection.voters.model(objection=objection, reviewer=seat.reviewer)
        ),
        "may_replace_voter: not heard": lambda user: may.may_replace_voter(
            user, objection.voters.model(objection=objection, reviewer=seat.reviewer)
        ),
        "may_settle: not heard": lambda user: may.may_settle(user, objection),
        "may_move_up: every place taken": lambda user: may.may_move_up(user, decided),
        "may_judge_across: one panel alone": lambda user: may.may_judge_across(user, closed),
        "may_judge_again: not upheld": lambda user: may.may_judge_again(user, objection),
        "may_judge_for_conflict: nothing known": lambda user: may.may_judge_for_conflict(
            user, decided.items.first()
        ),
        "may_renew": lambda user: may.may_renew(user, decided),
        "may_decide_renewal: the officer's": lambda user: may.may_decide_renewal(user, renewal),
        "may_record_withdrawal": lambda user: may.may_record_withdrawal(user, decision),
        "may_ask": lambda user: may.may_ask(user, item),
        "may_pass_on": lambda user: may.may_pass_on(user, asked),
        "may_answer_question: not passed on": lambda user: may.may_answer_question(user, asked),
        "may_answer_question: passed on": lambda user: may.may_answer_question(user, passed),
        "may_read_as_owner": lambda user: may.may_read_as_owner(user, running),
        "may_give_opinion: before the pledge": lambda user: may.may_give_opinion(user, item),
        "may_visit": lambda user: may.may_visit(user, item),
        "may_adjust": lambda user: may.may_adjust(user, closed.items.first()),
        "may_remind": lambda user: may.may_remind(user, panel),
        "may_give_up_seat": lambda user: may.may_give_up_seat(user, seat),
        "may_read_fairness: before the decision": lambda user: may.may_read_fairness(user, running),
        "may_read_fairness: decided": lambda user: may.may_read_fairness(user, decided),
        "may_keep_works": may.may_keep_works,
        "may_remove_work: the reviewer's": lambda user: may.may_remove_work(user, work),
        "may_declare_interest: as a reviewer": lambda user: may.may_declare_interest(user, None),
        "may_declare_interest: for the supplier": lambda user: may.may_declare_interest(
            user, cast.supplier
        ),
        "may_declare_any_interest": may.may_declare_any_interest,
        "may_end_interest": lambda user: may.may_end_interest(user, interest),
        "interests_visible_to: the supplier's": lambda user: queries.interests_visible_to(
            user
        ).filter(pk=interest.pk),
        "works_visible_to: the reviewer's": queries.works_visible_to,
        "planned_panels_visible_to": queries.planned_panels_visible_to,
        "presentations_visible_to": queries.presentations_visible_to,
        "selections_visible_to": queries.selections_visible_to,
        "decisions_visible_to: the supplier's": lambda user: queries.decisions_visible_to(
            user
        ).filter(pk=decision.pk),
        "objections_visible_to": queries.objections_visible_to,
        "voters_visible_to": queries.voters_visible_to,
        "panels_visible_to": lambda user: queries.panels_visible_to(user).filter(pk=panel.pk),
        "members_visible_to": queries.members_visible_to,
        "lines_visible_to": queries.lines_visible_to,
        "supplements_visible_to": queries.supplements_visible_to,
        "clarifications_visible_to: not passed on": lambda user: queries.clarifications_visible_to(
            user
        ).filter(pk=asked.pk),
        "clarifications_visible_to: passed on": lambda user: queries.clarifications_visible_to(
            user
        ).filter(pk=passed.pk),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
