"""What people answer, what is kept, and who is told."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from dure.apps.catalog.stages import NeedStage
from dure.apps.matches import operations, queries
from dure.apps.matches.models import Answer, AnswerKind, Bar, BarKind, Direction, Side, Suggestion
from dure.apps.matches.reasons import Reason
from dure.apps.notices.models import Notice
from dure.apps.people.models import CompanyGroup, Membership, MembershipStage, Organisation
from dure.foundation.verdict import Refused
from tests.apps.matches.conftest import suggest
from tests.conftest import NOON


def say(by, pair, kind=AnswerKind.INTERESTED, why="", **values):
    need, technology = pair
    return operations.answer(
        need=need, technology=technology, kind=kind, why=why, note="", by=by, at=NOON, **values
    )


def told(user) -> list[str]:
    return [notice.facts["answer"] for notice in Notice.objects.filter(recipient=user)]


def test_an_answer_is_kept_with_the_rank_at_which_it_stood(cast, pair):
    Suggestion.objects.filter(direction=Direction.FOR_NEED).update(rank=3)

    kept = say(cast["member"], pair, AnswerKind.NOT_FOR_US, "KNOWN")

    assert (kept.side, kept.kind, kept.why, kept.rank_seen) == ("DEMAND", "NOT_FOR_US", "KNOWN", 3)
    assert list(queries.labels()) == [(pair[0].pk, pair[1].pk, "DEMAND", "NOT_FOR_US")]


@pytest.mark.parametrize("why", ["", "BECAUSE"])
def test_declining_needs_a_known_reason(cast, pair, why):
    with pytest.raises(Refused) as refusal:
        say(cast["member"], pair, AnswerKind.NOT_FOR_US, why)

    assert refusal.value.reason == Reason.WHY_MISSING
    assert not Answer.objects.exists()


@pytest.mark.parametrize("role", ["newcomer", "rival", "reviewer", "auditor", "centre_officer"])
def test_only_the_two_sides_and_officers_answer(cast, pair, role):
    with pytest.raises(Refused) as refusal:
        say(cast[role], pair)

    assert refusal.value.reason == Reason.NOT_YOUR_SIDE


def test_interest_is_told_to_the_other_side_once(cast, pair):
    say(cast["member"], pair)
    say(cast["manager"], pair)

    assert told(cast["supplier"]) == ["INTERESTED"]
    assert told(cast["officer"]) == []


def test_interest_of_both_sides_is_told_to_every_officer(cast, pair):
    say(cast["member"], pair)
    say(cast["supplier"], pair)

    assert told(cast["officer"]) == told(cast["officer2"]) == ["MUTUAL"]
    assert [answer.need for answer in queries.mutual_interest_visible_to(cast["officer"])] == [
        pair[0]
    ]
    assert not queries.mutual_interest_visible_to(cast["member"]).exists()


def test_an_introduction_moves_the_need_on(cast, pair):
    say(cast["member"], pair)
    say(cast["supplier"], pair)

    operations.introduce(need=pair[0], technology=pair[1], by=cast["officer"], at=NOON)

    pair[0].refresh_from_db()
    assert pair[0].stage == NeedStage.MATCHED
    assert not queries.mutual_interest_visible_to(cast["officer"]).exists()
    with pytest.raises(Refused, match="ALREADY_INTRODUCED"):
        operations.introduce(need=pair[0], technology=pair[1], by=cast["officer2"], at=NOON)


def test_only_an_officer_introduces(cast, pair):
    with pytest.raises(Refused, match="NOT_AN_OFFICER"):
        say(cast["member"], pair, AnswerKind.INTRODUCED)


def test_taking_the_last_introduction_back_opens_the_need_again(cast, pair):
    need, first = pair
    second = cast.technology(title="다른 기술")
    for technology in (first, second):
        operations.introduce(need=need, technology=technology, by=cast["officer"], at=NOON)

    stages = []
    for technology in (first, second):
        operations.take_back(need=need, technology=technology, by=cast["officer"], at=NOON)
        need.refresh_from_db()
        stages.append(need.stage)

    assert stages == [NeedStage.MATCHED, NeedStage.PUBLISHED]


def test_an_answer_taken_back_opens_the_suggestion_again(cast, pair):
    say(cast["member"], pair)
    assert not queries.suggestions_for_user(cast["member"]).exists()

    operations.take_back(need=pair[0], technology=pair[1], by=cast["manager"], at=NOON)

    assert queries.suggestions_for_user(cast["member"]).count() == 1
    with pytest.raises(Refused, match="NOTHING_TO_TAKE_BACK"):
        operations.take_back(need=pair[0], technology=pair[1], by=cast["manager"], at=NOON)


def test_a_person_of_both_firms_answers_for_the_side_they_choose(cast, pair):
    Membership.objects.create(
        user=cast["member"], organisation=cast.supplier, stage=MembershipStage.ACTIVE
    )

    sides = [say(cast["member"], pair, side=side).side for side in (None, Side.SUPPLY, Side.OFFICE)]

    assert sides == [Side.DEMAND, Side.SUPPLY, Side.DEMAND]


@pytest.mark.parametrize("stage", [NeedStage.CLOSED, NeedStage.WITHDRAWN, NeedStage.UNMATCHED])
def test_what_is_no_longer_open_cannot_be_answered(cast, stage):
    need, technology = cast.need(stage=stage), cast.technology()

    with pytest.raises(Refused, match="NO_LONGER_OPEN"):
        say(cast["member"], (need, technology))


def bar(cast, organisation, other, until=None):
    return operations.bar(
        organisation=organisation,
        other=other,
        kind=BarKind.DISPUTE,
        until=until,
        by=cast["officer"],
    )


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("alone", [False, True])
def test_a_barred_pair_is_refused_and_listed_nowhere(cast, pair, turned, alone):
    say(cast["member"], pair)
    say(cast["supplier"], pair)
    organisation, other = (cast.supplier, cast.buyer) if turned else (cast.buyer, cast.supplier)

    bar(cast, organisation, None if alone else other)

    assert not Suggestion.objects.exists()
    assert not queries.mutual_interest_visible_to(cast["officer"]).exists()
    with pytest.raises(Refused, match="BARRED_PAIR"):
        say(cast["member"], pair)
    with pytest.raises(Refused, match="BARRED_PAIR"):
        operations.introduce(need=pair[0], technology=pair[1], by=cast["officer"], at=NOON)


def test_a_pair_whose_firms_became_one_group_is_listed_no_more(cast, pair):
    say(cast["member"], pair)
    say(cast["supplier"], pair)
    group = CompanyGroup.objects.create(name="새 그룹")

    Organisation.objects.filter(pk=cast.buyer.pk).update(group=group)
    assert queries.mutual_interest_visible_to(cast["officer"]).exists()
    Organisation.objects.filter(pk=cast.supplier.pk).update(group=group)

    assert not queries.mutual_interest_visible_to(cast["officer"]).exists()
    with pytest.raises(Refused, match="BARRED_PAIR"):
        operations.introduce(need=pair[0], technology=pair[1], by=cast["officer"], at=NOON)


def test_a_bar_leaves_others_alone(cast, pair):
    other = cast.technology(organisation=cast.stranger)
    kept = suggest(pair[0], other, rank=2)

    bar(cast, cast.buyer, cast.supplier)

    assert list(Suggestion.objects.all()) == [kept]


def test_a_bar_that_has_run_out_bars_nothing(cast, pair):
    say(cast["member"], pair)
    say(cast["supplier"], pair)

    bar(cast, cast.buyer, cast.supplier, until=date(2026, 1, 1))

    assert queries.mutual_interest_visible_to(cast["officer"]).exists()
    assert say(cast["member"], pair).kind == AnswerKind.INTERESTED


def test_a_lifted_bar_is_gone(cast, pair):
    barred = bar(cast, cast.buyer, cast.supplier)

    operations.lift_bar(barred=barred, by=cast["officer2"])

    assert not Bar.objects.exists()
    assert say(cast["member"], pair).kind == AnswerKind.INTERESTED


def test_nobody_is_barred_from_themselves(cast):
    with pytest.raises(Refused, match="BAR_NEEDS_TWO"):
        bar(cast, cast.buyer, cast.buyer)


@pytest.mark.parametrize("role", ["member", "supplier", "auditor", "reviewer"])
def test_only_officers_bar_and_see_bars(cast, role):
    with pytest.raises(Refused, match="NOT_AN_OFFICER"):
        operations.bar(
            organisation=cast.buyer, other=None, kind=BarKind.BARRED, until=None, by=cast[role]
        )


def test_companies_of_one_group_are_refused_without_a_bar(cast):
    need, technology = cast.need(), cast.technology(organisation=cast.sister)

    with pytest.raises(Refused, match="BARRED_PAIR"):
        say(cast["member"], (need, technology))


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_answering_at_once_the_last_wins_and_both_are_remembered(cast, pair):
    failures = []

    def speak(role, kind, why):
        try:
            say(cast[role], pair, kind, why)
        except Exception as failure:  # noqa: BLE001 -- a thread would swallow it
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        Thread(target=speak, args=("member", AnswerKind.INTERESTED, "")),
        Thread(target=speak, args=("manager", AnswerKind.NOT_FOR_US, "KNOWN")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    [kept] = Answer.objects.all()
    kinds = list(kept.events.order_by("pgh_id").values_list("kind", flat=True))
    assert sorted(kinds) == ["INTERESTED", "NOT_FOR_US"]
    assert kinds[-1] == kept.kind


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": "NOT_FOR_US", "why": ""}, "answer_says_why_when_declined"),
        ({"kind": "INTERESTED", "why": "KNOWN"}, "answer_says_why_when_declined"),
    ],
)
def test_the_database_refuses_an_answer_without_its_reason(cast, pair, values, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Answer.objects.create(
            need=pair[0],
            technology=pair[1],
            side=Side.DEMAND,
            answered_by=cast["member"],
            answered_at=NOON + timedelta(hours=1),
            **values,
        )
