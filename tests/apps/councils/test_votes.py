"""A vote: who may cast it, how often, what it leads to."""

from datetime import timedelta

import pytest

from dure.apps.councils import operations, queries
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import OpenVote
from dure.apps.councils.stages import ModelStage, VoteStage
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(cast):
    return cast.council_seats()


@pytest.fixture
def vote(cast, seats):
    model = cast.win_win_model()
    return cast.council_vote(cast.council_meeting(seats=seats, model=model), model)


def close(cast, vote):
    return operations.close(vote=vote, by=cast["officer"], at=NOON)


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


def test_what_is_carried_moves_the_model_and_is_recorded_in_figures(cast, seats, vote):
    for seat, option in zip(seats, ["recommend"] * 3 + ["reject", "abstain"], strict=True):
        cast.ballot(vote, seat, option)

    vote = close(cast, vote)

    assert (vote.outcome, vote.option, vote.present) == ("carried", "recommend", 5)
    assert vote.counts == {"recommend": 3, "return": 0, "reject": 1, "abstain": 1}
    vote.model.refresh_from_db()
    assert vote.model.stage == ModelStage.RECOMMENDED
    leaf = Entry.objects.get(kind="COUNCIL_RESOLVED").leaf
    assert vote.box in leaf
    assert "수소 밸브" not in leaf
    assert "의결" not in leaf


def test_three_of_five_without_more_than_half_of_those_present_decide_nothing(cast, seats, vote):
    for seat in seats[:2]:
        cast.ballot(vote, seat, "recommend")
    cast.ballot(vote, seats[2], "abstain")

    vote = close(cast, vote)

    assert (vote.outcome, vote.option) == ("no_majority", "")
    vote.model.refresh_from_db()
    assert vote.model.stage == ModelStage.DELIBERATED


def test_nobody_votes_twice_and_nothing_comes_after_the_count(cast, seats, vote):
    cast.ballot(vote, seats[0], "recommend")
    assert refused(lambda: cast.ballot(vote, seats[0], "reject")) == "VOTED_ALREADY"

    close(cast, vote)

    assert refused(lambda: cast.ballot(vote, seats[1], "recommend")) == "VOTE_CLOSED"
    assert refused(lambda: close(cast, vote)) == "VOTE_CLOSED"
    assert vote.counted.count() == 1


def test_who_has_left_or_has_no_seat_any_more_casts_no_vote(cast, seats, vote):
    meeting, secretary = vote.item.meeting, cast["officer"]
    operations.leave(meeting=meeting, seat=seats[0], by=secretary, at=NOON)
    operations.end_seat(seat=seats[1], on=NOON.date() - timedelta(days=1), by=secretary)

    assert refused(lambda: cast.ballot(vote, seats[0], "recommend")) == "NOT_PRESENT"
    assert refused(lambda: cast.ballot(vote, seats[1], "recommend")) == "NOT_ENTITLED"


def test_who_voted_and_left_stays_counted_who_left_before_counts_as_absent(cast, seats, vote):
    meeting = vote.item.meeting
    cast.ballot(vote, seats[0], "recommend")
    cast.ballot(vote, seats[1], "recommend")
    for seat in (seats[0], seats[2]):
        operations.leave(meeting=meeting, seat=seat, by=cast["officer"], at=NOON)

    vote = close(cast, vote)

    assert (vote.present, vote.entitled, vote.outcome) == (4, 5, "no_majority")


def test_when_too_many_leave_in_mid_vote_there_is_no_quorum(cast, seats, vote):
    cast.ballot(vote, seats[0], "recommend")
    for seat in seats[1:4]:
        operations.leave(meeting=vote.item.meeting, seat=seat, by=cast["officer"], at=NOON)

    assert close(cast, vote).outcome == "no_quorum"


def test_an_alternate_votes_for_who_is_away_and_a_proxy_for_who_gave_one(cast, seats):
    alternate = cast.seat(cast.member_called("alternate"), stands_in_for=seats[3])
    meeting = cast.council_meeting(seats=[*seats[:3], alternate], items=("절차",))
    operations.give_proxy(
        meeting=meeting, giver=seats[4], holder=seats[0], by=seats[4].user, at=NOON
    )
    vote = cast.council_vote(meeting, rule="procedure", is_secret=False)

    voters = {elector.seat_id: elector.voter_id for elector in vote.electors.all()}
    assert voters[seats[3].pk] == alternate.pk
    assert voters[seats[4].pk] == seats[0].pk
    assert len(voters) == 5
    assert queries.electors_of(vote, seats[0].user).count() == 2
    assert queries.electors_of(vote, seats[4].user).count() == 0


def test_a_member_who_comes_votes_themselves_whatever_proxy_they_gave(cast, seats):
    meeting = cast.council_meeting(seats=seats)
    operations.give_proxy(
        meeting=meeting, giver=seats[1], holder=seats[0], by=seats[1].user, at=NOON
    )
    vote = cast.council_vote(meeting, rule="procedure", is_secret=False)

    assert vote.electors.get(seat=seats[1]).voter == seats[1]


def test_one_member_holds_as_many_proxies_as_the_file_says(cast, seats):
    meeting = cast.council_meeting(seats=seats[:3])

    def give(giver):
        operations.give_proxy(meeting=meeting, giver=giver, holder=seats[0], by=giver.user, at=NOON)

    give(seats[3])
    assert refused(lambda: give(seats[4])) == "TOO_MANY_PROXIES"
    assert refused(lambda: give(seats[0])) == "OWN_PROXY"


def test_who_has_an_interest_or_is_of_the_firms_has_no_vote(cast, seats):
    of_firm = cast.seat(cast["supplier"], "small")
    model = cast.win_win_model()
    meeting = cast.council_meeting(seats=[*seats, of_firm], model=model)
    operations.declare_interest(
        item=meeting.items.get(), seat=seats[1], reason="친족이 근무함", by=seats[1].user, at=NOON
    )

    vote = cast.council_vote(meeting, model)

    assert vote.entitled == 4
    assert not vote.electors.filter(seat__in=[seats[1], of_firm]).exists()


def test_an_interest_is_declared_before_one_votes(cast, seats, vote):
    assert (
        refused(
            lambda: operations.declare_interest(
                item=vote.item, seat=seats[1], reason="나중에", by=seats[1].user, at=NOON
            )
        )
        == "VOTE_OPEN"
    )


def test_a_tie_in_an_open_vote_is_the_chairs(cast, seats):
    meeting = cast.council_meeting(seats=seats[:4])
    vote = cast.council_vote(meeting, rule="procedure", is_secret=False)
    for seat, option in zip(seats, ["return", "return", "reject", "reject"], strict=False):
        cast.ballot(vote, seat, option)

    vote = close(cast, vote)

    assert (vote.option, vote.is_by_chair) == ("return", True)
    assert OpenVote.objects.filter(vote=vote).count() == 4


def test_a_vote_needs_a_quorum_a_rule_and_enough_to_hide_behind(cast, seats):
    model = cast.win_win_model()
    few = cast.council_meeting(seats=seats[:2], model=model)
    assert refused(lambda: cast.council_vote(few, model)) == "NO_QUORUM"
    assert refused(lambda: cast.council_vote(few, model, is_secret=False)) == "NO_RULE"
    operations.end_seat(seat=seats[4], on=NOON.date() - timedelta(days=1), by=cast["officer"])
    operations.end_seat(seat=seats[3], on=NOON.date() - timedelta(days=1), by=cast["officer"])
    assert refused(lambda: cast.council_vote(few, model)) == "TOO_FEW_TO_BE_SECRET"


def test_a_written_resolution_counts_who_answered_until_its_end(cast, seats):
    model, ends = cast.win_win_model(), NOON + timedelta(days=3)
    vote = operations.open_vote(
        council=councils()["win-win"], rule="model", question="서면", is_secret=True, item=None,
        model=model, closes_at=ends, by=cast["officer"], at=NOON,
    )  # fmt: skip
    for seat in seats[:3]:
        cast.ballot(vote, seat, "return")

    assert operations.close_those_over(at=ends - timedelta(seconds=1)) == 0
    assert operations.close_those_over(at=ends) == 1

    vote.refresh_from_db()
    assert (vote.stage, vote.present, vote.option) == (VoteStage.CLOSED, 3, "return")
    model.refresh_from_db()
    assert model.stage == ModelStage.RETURNED
    operations.write_conditions(model=model, text="시험 성적서", by=cast["officer"], at=ends)
    model.refresh_from_db()
    assert model.conditions == "시험 성적서"


def test_after_its_end_nobody_votes_in_writing(cast, seats):
    model, ends = cast.win_win_model(), NOON + timedelta(days=3)
    vote = operations.open_vote(
        council=councils()["win-win"], rule="model", question="서면", is_secret=True, item=None,
        model=model, closes_at=ends, by=cast["officer"], at=NOON,
    )  # fmt: skip
    elector = vote.electors.first()

    assert refused(
        lambda: operations.cast(
            elector=elector, option="reject", code=operations.fresh_code(),
            by=elector.voter.user, at=ends,
        )
    ) == "VOTE_CLOSED"  # fmt: skip


def test_a_model_is_not_changed_while_it_is_voted_on(cast, vote):
    for act in (
        lambda: operations.move_model(
            model=vote.model, stage="WITHDRAWN", by=cast["supplier"], at=NOON
        ),
        lambda: operations.write_version(
            model=vote.model, seen=1, sections={"problem": "다름"}, note="", by=cast["supplier"],
            at=NOON,
        ),
    ):  # fmt: skip
        assert refused(act) == "VOTE_OPEN"


def test_a_vote_keeps_the_rule_of_the_day_on_which_it_was_opened(cast, vote):
    assert vote.rule["in_force_from"] == "2020-05-13"
    assert vote.rule_file == councils()["win-win"].rule_on("model", NOON.date())
    assert councils()["win-win"].rule_on("model", NOON.date().replace(year=2019)) is None
