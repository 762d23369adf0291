"""Wishes: proposed from the matches, answered, taken back; and what they come to."""

from datetime import timedelta

import pytest

from dure.apps.fairs.models import Level, Origin, Pair, Wish
from dure.apps.fairs.operations import clear_wish, note_look, propose_wishes, record_wish
from dure.apps.fairs.queries import (
    forbidden_pairs,
    partners_to_choose,
    wanted_pairs,
    wishes_of,
    with_wish_counts,
)
from dure.apps.fairs.reasons import Reason
from dure.apps.matches.models import Answer, AnswerKind, Bar, BarKind, Direction, Suggestion
from dure.foundation.verdict import Refused
from tests.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def fair(cast):
    """A fair that collects wishes, with the buyer, the supplier and the stranger."""
    fair = cast.fair(most_musts=1)
    fair.buyer = cast.registration(fair, cast.buyer)
    fair.supplier = cast.registration(fair, cast.supplier)
    fair.stranger = cast.registration(fair, cast.stranger)
    return fair


@pytest.fixture
def suggest():
    def function(need, technology, rank=1, direction=Direction.FOR_NEED):
        return Suggestion.objects.create(
            need=need, technology=technology, direction=direction, rank=rank, strength="GOOD",
            score=1 / rank, first_created_at=NOON, created_at=NOON,
        )  # fmt: skip

    return function


def wish(cast, registration, other, level, by="manager", **more):
    return record_wish(
        registration=registration, other=other, level=level, by=cast[by], at=NOON, **more
    )


def weights(fair):
    return [(pair.demand_id, pair.supply_id, pair.weight) for pair in wanted_pairs(fair)]


def test_both_sides_wish_and_their_weights_add_up(cast, fair):
    wish(cast, fair.buyer, fair.supplier, Level.MUST)
    wish(cast, fair.supplier, fair.buyer, Level.MEET, by="supplier")
    wish(cast, fair.buyer, fair.stranger, Level.MEET)

    assert weights(fair) == [
        (fair.buyer.pk, fair.supplier.pk, 40),
        (fair.buyer.pk, fair.stranger.pk, 10),
    ]
    assert Pair.objects.count() == 2


def test_a_no_forbids_whatever_the_other_side_wants(cast, fair):
    wish(cast, fair.buyer, fair.supplier, Level.MUST)
    wish(cast, fair.supplier, fair.buyer, Level.NO, by="supplier")

    assert weights(fair) == []
    assert forbidden_pairs(fair, TODAY) == {(fair.buyer.pk, fair.supplier.pk)}


def test_one_group_and_barred_pairs_are_forbidden(cast, fair):
    sister = cast.registration(fair, cast.sister)
    Bar.objects.create(organisation=cast.supplier, other=cast.buyer, kind=BarKind.DISPUTE)

    with pytest.raises(Refused) as refusal:
        wish(cast, fair.buyer, sister, Level.MEET)

    assert refusal.value.reason == Reason.FORBIDDEN_PAIR
    assert forbidden_pairs(fair, TODAY) == {
        (fair.buyer.pk, sister.pk), (fair.buyer.pk, fair.supplier.pk),
    }  # fmt: skip
    assert list(partners_to_choose(fair.buyer, TODAY)) == [fair.stranger]


def test_musts_are_few(cast, fair):
    wish(cast, fair.buyer, fair.supplier, Level.MUST)

    wish(cast, fair.buyer, fair.supplier, Level.MUST, note="다시")
    with pytest.raises(Refused) as refusal:
        wish(cast, fair.buyer, fair.stranger, Level.MUST)

    assert refusal.value.reason == Reason.TOO_MANY_MUSTS


@pytest.mark.parametrize(
    ("who", "stage", "reason"),
    [
        ("rival", "WISHES", Reason.NOT_YOUR_REGISTRATION),
        ("manager", "REGISTRATION", Reason.NOT_YET),
        ("manager", "PLANNING", Reason.STAGE_CLOSED),
        ("officer", "CLOSED", Reason.STAGE_CLOSED),
    ],
)
def test_wish_is_refused(cast, fair, who, stage, reason):
    fair.stage = stage
    fair.save()

    with pytest.raises(Refused) as refusal:
        wish(cast, fair.buyer, fair.supplier, Level.MEET, by=who)

    assert refusal.value.reason == reason


def test_wish_is_refused_between_the_wrong_two(cast, fair):
    other_fair = cast.registration(cast.fair(), cast.supplier)
    applied = cast.registration(fair, cast.rival, stage="APPLIED")
    reasons = []
    for registration, other, by in (
        (fair.buyer, other_fair, "manager"),
        (fair.supplier, fair.stranger, "supplier"),
        (fair.supplier, applied, "supplier"),
        (applied, fair.supplier, "rival"),
    ):
        with pytest.raises(Refused) as refusal:
            wish(cast, registration, other, Level.MEET, by=by)
        reasons.append(refusal.value.reason)

    assert reasons == [
        Reason.OTHER_FAIR, Reason.SAME_SIDE, Reason.NOT_APPROVED, Reason.NOT_APPROVED
    ]  # fmt: skip


def test_after_the_deadline_only_officers_wish(cast, fair):
    fair.wishes_until = NOON - timedelta(minutes=1)
    fair.save()

    with pytest.raises(Refused) as refusal:
        wish(cast, fair.buyer, fair.supplier, Level.MEET)
    wish(cast, fair.buyer, fair.supplier, Level.MEET, by="officer")

    assert refusal.value.reason == Reason.TOO_LATE


def test_the_subject_must_be_theirs(cast, fair):
    foreign = cast.need(organisation=cast.rival)
    need = cast.need()

    with pytest.raises(Refused) as refusal:
        wish(cast, fair.buyer, fair.supplier, Level.MEET, need=foreign)
    wish(cast, fair.buyer, fair.supplier, Level.MEET, need=need)

    assert refusal.value.reason == Reason.NOT_THEIR_SUBJECT
    assert Pair.objects.get().need == need


def test_proposals_come_from_the_matches_best_first(cast, fair, suggest):
    need, sister = cast.need(), cast.registration(fair, cast.sister)
    suggest(need, cast.technology(organisation=cast.stranger), rank=2)
    best = suggest(need, cast.technology(), rank=1)
    suggest(need, cast.technology(organisation=cast.sister), rank=3)
    suggest(need, best.technology, direction=Direction.FOR_TECHNOLOGY)
    declined = suggest(cast.need(), cast.technology(organisation=cast.stranger), rank=1)
    Answer.objects.create(
        need=declined.need, technology=declined.technology, side="DEMAND", answered_at=NOON,
        kind=AnswerKind.NOT_FOR_US, why="KNOWN", answered_by=cast["manager"],
    )  # fmt: skip

    counts = propose_wishes(fair=fair, by=cast["officer"], at=NOON)

    assert counts == {"new": 3, "gone": 0}
    assert [(w.pair.supply, w.rank) for w in wishes_of(fair.buyer)] == [
        (fair.supplier, 1), (fair.stranger, 2),
    ]  # fmt: skip
    assert wishes_of(fair.buyer)[0].pair.need == need
    assert [w.pair.demand for w in wishes_of(fair.supplier)] == [fair.buyer]
    assert not wishes_of(sister).exists()


def test_who_is_interested_already_is_not_asked_again(cast, fair, suggest):
    suggest(cast.need(), cast.technology(organisation=cast.stranger), rank=1)
    wanted = suggest(cast.need(), cast.technology(), rank=2)
    Answer.objects.create(
        need=wanted.need, technology=wanted.technology, side="DEMAND", answered_at=NOON,
        kind=AnswerKind.INTERESTED, answered_by=cast["manager"],
    )  # fmt: skip

    propose_wishes(fair=fair, by=cast["officer"], at=NOON)

    first, second = wishes_of(fair.buyer)
    assert (first.pair.supply, first.answered_by) == (fair.supplier, cast["manager"])
    assert (second.pair.supply, second.answered_by) == (fair.stranger, None)
    assert weights(fair) == [(fair.buyer.pk, fair.supplier.pk, 10)]


def test_proposing_again_keeps_answers_and_drops_what_is_stale(cast, fair, suggest):
    need = cast.need()
    kept = suggest(need, cast.technology())
    stale = suggest(need, cast.technology(organisation=cast.stranger), rank=2)
    propose_wishes(fair=fair, by=cast["officer"], at=NOON)
    wish(cast, fair.buyer, fair.supplier, Level.NO)
    stale.delete()

    counts = propose_wishes(fair=fair, by=cast["officer"], at=NOON)

    assert counts == {"new": 0, "gone": 1}
    [left] = wishes_of(fair.buyer)
    assert (left.level, left.origin, left.pair.technology) == (
        Level.NO, Origin.PROPOSED, kept.technology,
    )  # fmt: skip


def test_silence_counts_a_little_and_inactivity_nothing(cast, fair, suggest):
    suggest(cast.need(), cast.technology())
    propose_wishes(fair=fair, by=cast["officer"], at=NOON)

    note_look(registration=fair.buyer, by=cast["officer"], at=NOON)
    inactive = weights(fair)
    note_look(registration=fair.buyer, by=cast["member"], at=NOON)
    silent = weights(fair)

    assert inactive == []
    assert silent == [(fair.buyer.pk, fair.supplier.pk, 2)]


def test_an_answer_is_taken_back(cast, fair, suggest):
    suggest(cast.need(), cast.technology())
    propose_wishes(fair=fair, by=cast["officer"], at=NOON)
    answered = wish(cast, fair.buyer, fair.supplier, Level.NO)
    own = wish(cast, fair.buyer, fair.stranger, Level.MUST)

    for taken_back in (answered, own):
        clear_wish(wish=taken_back, by=cast["manager"], at=NOON)
    with pytest.raises(Refused) as refusal:
        clear_wish(wish=answered, by=cast["manager"], at=NOON)

    assert refusal.value.reason == Reason.NOTHING_TO_TAKE_BACK
    [open_again] = Wish.objects.all()
    assert (open_again.level, open_again.answered_at) == (Level.MEET, None)


def test_wishes_are_counted_for_their_own_side(cast, fair):
    wish(cast, fair.buyer, fair.supplier, Level.MUST)
    wish(cast, fair.buyer, fair.stranger, Level.NO)
    wish(cast, fair.supplier, fair.buyer, Level.MEET, by="supplier")

    counted = with_wish_counts(fair.registrations.order_by("pk"))

    assert [(r.musts, r.meets, r.noes, r.open_proposals) for r in counted] == [
        (1, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 0),
    ]  # fmt: skip


def test_proposing_is_for_officers(cast, fair):
    with pytest.raises(Refused) as refusal:
        propose_wishes(fair=fair, by=cast["manager"], at=NOON)

    assert refusal.value.reason == Reason.NOT_AN_OFFICER
