"""A call from its draft to its end, and until when it can be applied to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from dure.apps.calls import operations, permissions, queries
from dure.apps.calls.models import Call, CallKind, CallMode, Extension, Proposal, Recommender, Round
from dure.apps.calls.operations import Window
from dure.apps.calls.reasons import Reason
from dure.apps.calls.stages import CallStage, ProposalStage, State
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.apps.calls.conftest import CLOSES, OPENS, announced_call, draft_call, values, version_of
from tests.conftest import NOON

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def refused(reason, operation, /, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(**arguments)
    assert refusal.value.reason == reason


def edited(call, cast, **more):
    return operations.edit(
        call=call, values=values(**more), seen=call.edited_at.isoformat(), by=cast["officer"],
        at=NOON,
    )  # fmt: skip


# Drafts


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"closes_at": OPENS}, Reason.DATES_REVERSED),
        ({"closes_at": None}, Reason.DATES_MISSING),
        ({"opens_at": None}, Reason.DATES_MISSING),
        ({"title": " "}, Reason.TEXT_MISSING),
        ({"kind": CallKind.DESIGNATED}, Reason.KIND_NOT_ALLOWED),
        ({"mode": CallMode.ROLLING, "closes_at": None, "budget_won": None}, Reason.BUDGET_MISSING),
        ({"mode": CallMode.ROUNDS}, Reason.ROUNDS_MISSING),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(cast, wrong, reason):
    refused(
        reason, operations.draft, version=version_of(), values=values(**wrong),
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    assert not Call.objects.exists()


def test_rounds_follow_each_other(cast):
    first, second = Window(OPENS, OPENS + DAY), Window(OPENS + DAY / 2, CLOSES)

    refused(
        Reason.ROUNDS_OVERLAP, operations.draft, version=version_of(),
        values=values(mode=CallMode.ROUNDS), rounds=[first, second], by=cast["officer"], at=NOON,
    )  # fmt: skip


def test_whoever_opened_a_draft_before_somebody_changed_it_is_told(draft, cast):
    seen = draft.edited_at.isoformat()
    operations.edit(
        call=draft, values=values(title="새 제목"), seen=seen, by=cast["officer2"], at=NOON + SECOND
    )

    refused(
        Reason.CHANGED_MEANWHILE, operations.edit, call=draft, values=values(), seen=seen,
        by=cast["officer"], at=NOON,
    )  # fmt: skip


def test_parts_of_the_file_are_left_out_but_never_all_criteria(draft, cast):

    criteria = queries.parts_of(draft.version.content, "criteria", NOON.date())
    assert len(criteria) > 1
    changed = edited(draft, cast, left_out=[criteria[0].key])

    assert [criterion.id for criterion in queries.asked(changed, "criteria")] == [
        criterion.thing.id for criterion in criteria[1:]
    ]
    refused(
        Reason.CRITERIA_MISSING, operations.edit, call=changed,
        values=values(left_out=[criterion.key for criterion in criteria]),
        seen=changed.edited_at.isoformat(), by=cast["officer"], at=NOON,
    )  # fmt: skip


# The announcement, and what it fixes


def test_a_second_officer_announces(draft, cast):
    refused(Reason.SECOND_PERSON, operations.announce, call=draft, by=cast["officer"], at=NOON)

    operations.announce(call=draft, by=cast["officer2"], at=NOON)

    draft.refresh_from_db()
    assert draft.stage == CallStage.ANNOUNCED
    refused(Reason.STAGE_CLOSED, operations.announce, call=draft, by=cast["officer2"], at=NOON)


def test_a_designated_call_points_to_announced_challenges(cast):
    call = draft_call(cast, "challenge", kind=CallKind.DESIGNATED)

    refused(Reason.CHALLENGES_MISSING, operations.announce, call=call, by=cast["officer2"], at=NOON)


def test_a_call_that_nobody_could_apply_to_any_more_is_not_announced(draft, cast):
    refused(Reason.DATES_PAST, operations.announce, call=draft, by=cast["officer2"], at=CLOSES)


def test_nobody_changes_what_is_announced(call, cast):
    refused(
        Reason.FROZEN, operations.edit, call=call, values=values(title="다른 제목"),
        seen=call.edited_at.isoformat(), by=cast["officer"], at=NOON,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"title": "다른 제목"},
        {"budget_won": 1},
        {"closes_at": CLOSES - DAY},
        {"regions": ["BUSAN"]},
        {"left_out": ["criteria/all"]},
    ],
)
def test_the_database_keeps_what_is_announced(call, change):
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**change)


def test_the_database_knows_who_may_announce(draft, cast):
    with pytest.raises(IntegrityError, match="by_a_second_person"), transaction.atomic():
        Call.objects.filter(pk=draft.pk).update(
            stage=CallStage.ANNOUNCED, announced_by=cast["officer"], announced_at=NOON
        )


def test_those_who_wanted_to_hear_of_such_a_call_are_told(cast):
    version = version_of()
    operations.be_alerted(programme=version.programme, region="", by=cast["supplier"], at=NOON)
    operations.be_alerted(programme=None, region="JEJU", by=cast["rival"], at=NOON)

    announced_call(cast, regions=["BUSAN"])

    notices = Notice.objects.filter(kind="CALL_ANNOUNCED")
    assert [notice.recipient for notice in notices] == [cast["supplier"]]


# Open by the clock


def test_a_call_is_open_from_its_first_second_until_the_one_before_its_last(call):
    assert queries.state_of(call, OPENS - SECOND) == State.TO_COME
    assert queries.state_of(call, OPENS) == State.OPEN
    assert queries.state_of(call, CLOSES - SECOND) == State.OPEN
    assert queries.state_of(call, CLOSES) == State.CLOSED


@pytest.mark.parametrize("at", [OPENS - SECOND, OPENS, CLOSES - SECOND, CLOSES])
def test_lists_and_pages_agree_on_what_is_open(cast, at):
    rounds = [Window(OPENS, OPENS + DAY), Window(OPENS + 5 * DAY, CLOSES)]
    announced_call(cast)
    announced_call(cast, mode=CallMode.ROUNDS, rounds=rounds)
    announced_call(cast, mode=CallMode.ROLLING, closes_at=None)

    for state in (State.OPEN, State.TO_COME, State.CLOSED):
        listed = queries.narrowed(Call.objects.all(), {"state": state}, at)
        assert set(listed) == {
            call for call in Call.objects.all() if queries.state_of(call, at) == state
        }


def test_between_two_rounds_a_call_waits(cast):
    rounds = [Window(OPENS, OPENS + DAY), Window(OPENS + 5 * DAY, CLOSES)]
    call = announced_call(cast, mode=CallMode.ROUNDS, rounds=rounds)

    states = [queries.state_of(call, OPENS + days * DAY) for days in (0, 1, 5)]
    assert states == [State.OPEN, State.TO_COME, State.OPEN]
    assert (call.opens_at, call.closes_at) == (OPENS, CLOSES)
    first = call.rounds.get(number=1)
    assert queries.deadline_for(call, within=first) == OPENS + DAY
    assert queries.deadline_for(call) == CLOSES


def test_the_clock_closes_what_is_due_once(call):
    assert operations.close_due(at=CLOSES - SECOND) == 0
    assert operations.close_due(at=CLOSES) == 1
    assert operations.close_due(at=CLOSES) == 0
    call.refresh_from_db()
    assert call.stage == CallStage.CLOSED


def test_a_rolling_call_closes_when_its_money_is_used_up(cast):
    call = announced_call(cast, mode=CallMode.ROLLING, closes_at=None)
    assert queries.deadline_for(call, cast.supplier) is None
    assert queries.state_of(call, NOON + 400 * DAY) == State.OPEN

    operations.close_early(call=call, reason="예산 소진", by=cast["officer"], at=OPENS)

    call.refresh_from_db()
    assert queries.state_of(call, OPENS) == State.CLOSED_EARLY
    assert call.reason == "예산 소진"


def test_whoever_closes_early_says_why(call, cast):
    refused(
        Reason.REASON_MISSING, operations.close_early, call=call, reason=" ", by=cast["officer"],
        at=NOON,
    )  # fmt: skip


# Later deadlines


def extended(call, until, cast, at=NOON):
    proposal = operations.propose_extension(
        call=call, until=until, reason="접수 시스템 장애", by=cast["officer"], at=at
    )
    return operations.confirm(proposal=proposal, by=cast["officer2"], at=at)


def test_a_later_deadline_for_all_takes_two_officers(call, cast):
    operations.watch(call=call, by=cast["supplier"], at=NOON)
    proposal = operations.propose_extension(
        call=call, until=CLOSES + DAY, reason="장애", by=cast["officer"], at=NOON
    )
    assert queries.deadline_for(call) == CLOSES
    refused(
        Reason.SECOND_CONFIRMS, operations.confirm, proposal=proposal, by=cast["officer"], at=NOON
    )

    operations.confirm(proposal=proposal, by=cast["officer2"], at=NOON)

    call.refresh_from_db()
    assert queries.deadline_for(call) == CLOSES + DAY
    assert call.closes_at == CLOSES
    assert Notice.objects.filter(kind="CALL_EXTENDED", recipient=cast["supplier"]).exists()
    refused(
        Reason.STAGE_CLOSED, operations.confirm, proposal=proposal, by=cast["officer2"], at=NOON
    )


def test_the_database_knows_that_it_takes_two(call, cast):
    with pytest.raises(IntegrityError, match="by_a_second_person"), transaction.atomic():
        Proposal.objects.create(
            call=call, kind="CANCEL", reason="x", stage=ProposalStage.CONFIRMED,
            proposed_by=cast["officer"], proposed_at=NOON,
            settled_by=cast["officer"], settled_at=NOON,
        )  # fmt: skip


def test_an_extension_after_the_deadline_opens_the_call_again(call, cast):
    operations.close_due(at=CLOSES)

    extended(call, CLOSES + DAY, cast, at=CLOSES + SECOND)

    call.refresh_from_db()
    assert queries.state_of(call, CLOSES + SECOND) == State.OPEN
    assert queries.state_of(call, CLOSES + DAY) == State.CLOSED


def test_no_deadline_moves_once_an_application_is_opened(call, cast):
    operations.close_due(at=CLOSES)
    operations.note_opening(call=call, by=cast["officer"], at=CLOSES)

    refused(
        Reason.OPENED_ALREADY, operations.propose_extension, call=call, until=CLOSES + DAY,
        reason="장애", by=cast["officer"], at=CLOSES,
    )  # fmt: skip


def test_nothing_is_opened_while_an_extension_is_proposed(call, cast):
    operations.close_due(at=CLOSES)
    proposal = operations.propose_extension(
        call=call, until=CLOSES + DAY, reason="장애", by=cast["officer"], at=CLOSES
    )
    refused(Reason.STILL_SEALED, operations.note_opening, call=call, by=cast["officer2"], at=CLOSES)

    operations.take_back(proposal=proposal, by=cast["officer2"], at=CLOSES)
    operations.note_opening(call=call, by=cast["officer2"], at=CLOSES)


def test_nothing_is_opened_before_the_last_organisation_is_out_of_time(call, cast):
    operations.extend_for(
        call=call, organisation=cast.supplier, until=CLOSES + DAY, reason="입원",
        by=cast["officer"], at=NOON,
    )  # fmt: skip

    assert queries.deadline_for(call, cast.supplier) == CLOSES + DAY
    assert queries.deadline_for(call, cast.rival) == CLOSES
    may = permissions.may_open_applications
    assert may(cast["officer"], call, CLOSES + DAY - SECOND).reason == Reason.STILL_SEALED
    assert may(cast["officer"], call, CLOSES + DAY)
    assert Notice.objects.filter(kind="CALL_EXTENDED", recipient=cast["supplier"]).exists()


def test_a_later_deadline_for_all_counts_where_it_is_later_than_ones_own(call, cast):
    operations.extend_for(
        call=call, organisation=cast.supplier, until=CLOSES + DAY, reason="입원",
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    extended(call, CLOSES + 2 * DAY, cast)

    call.refresh_from_db()
    assert queries.deadline_for(call, cast.supplier) == CLOSES + 2 * DAY


@pytest.mark.parametrize("until", [CLOSES, CLOSES - DAY])
def test_a_deadline_only_moves_away(call, cast, until):
    for operation, more in (
        (operations.propose_extension, {}),
        (operations.extend_for, {"organisation": cast.supplier}),
    ):
        refused(
            Reason.NOT_LATER, operation, call=call, until=until, reason="x", by=cast["officer"],
            at=NOON, **more,
        )  # fmt: skip
    assert not Extension.objects.exists()


def test_in_rounds_the_open_one_is_extended_and_stays_before_the_next(cast):
    rounds = [Window(OPENS, OPENS + DAY), Window(OPENS + 5 * DAY, CLOSES)]
    call = announced_call(cast, mode=CallMode.ROUNDS, rounds=rounds)
    refused(
        Reason.ROUNDS_OVERLAP, operations.propose_extension, call=call, until=OPENS + 6 * DAY,
        reason="장애", by=cast["officer"], at=OPENS,
    )  # fmt: skip

    extended(call, OPENS + 2 * DAY, cast, at=OPENS)

    call.refresh_from_db()
    assert list(Round.objects.values_list("deadline_at", flat=True)) == [OPENS + 2 * DAY, CLOSES]
    assert call.deadline_at == CLOSES


def test_recommending_bodies_keep_their_time_after_the_deadline(call, cast):
    body = {"call": call, "organisation": cast.rival, "quota": 3, "by": cast["officer"], "at": NOON}
    refused(Reason.NOT_AFTER_DEADLINE, operations.name_recommender, until=CLOSES, **body)
    operations.name_recommender(until=CLOSES + 9 * DAY, **body)
    refused(Reason.RECOMMENDS_ALREADY, operations.name_recommender, until=CLOSES + DAY, **body)

    extended(call, CLOSES + DAY, cast)

    assert Recommender.objects.get().until == CLOSES + 10 * DAY


# Ends


def test_a_cancellation_takes_two_officers_and_tells_why(call, cast):
    operations.watch(call=call, by=cast["supplier"], at=NOON)
    proposal = operations.propose_cancellation(
        call=call, reason="예산 삭감", by=cast["officer"], at=NOON
    )
    refused(
        Reason.PROPOSED_ALREADY, operations.propose_extension, call=call, until=CLOSES + DAY,
        reason="x", by=cast["officer2"], at=NOON,
    )  # fmt: skip

    operations.confirm(proposal=proposal, by=cast["officer2"], at=NOON)

    call.refresh_from_db()
    assert (call.stage, call.reason) == (CallStage.CANCELLED, "예산 삭감")
    notice = Notice.objects.get(kind="CALL_ENDED", recipient=cast["supplier"])
    assert notice.facts["reason"] == "예산 삭감"
    refused(
        Reason.STAGE_CLOSED, operations.extend_for, call=call, organisation=cast.supplier,
        until=CLOSES + DAY, reason="x", by=cast["officer"], at=NOON,
    )  # fmt: skip


def test_an_early_end_takes_a_waiting_proposal_off_the_table(call, cast):
    operations.propose_cancellation(call=call, reason="x", by=cast["officer"], at=NOON)

    operations.close_early(call=call, reason="예산 소진", by=cast["officer2"], at=NOON)

    assert Proposal.objects.get().stage == ProposalStage.TAKEN_BACK


def test_a_call_is_handed_over_with_what_is_open_on_it(running, cast):
    operations.ask(call=running, text="질문", by=cast["supplier"], at=NOON)
    assert not queries.questions_to_answer(cast["officer2"]).exists()
    refused(
        Reason.NOT_AN_OFFICER, operations.hand_over, call=running, to=cast["supplier"],
        reason="인사", by=cast["officer"], at=NOON,
    )  # fmt: skip

    operations.hand_over(
        call=running, to=cast["officer2"], reason="인사", by=cast["officer"], at=NOON
    )

    assert queries.questions_to_answer(cast["officer2"]).count() == 1
    assert not queries.questions_to_answer(cast["officer"]).exists()
    assert Notice.objects.filter(kind="CALL_HANDED_OVER", recipient=cast["officer2"]).exists()
