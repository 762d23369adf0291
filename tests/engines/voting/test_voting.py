"""Properties of counting: nothing is lost, order says nothing, one option at most is carried."""

import hashlib
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dure.engines.voting import (
    Base,
    Outcome,
    Rule,
    Share,
    Tie,
    box_digest,
    code_digest,
    is_quorate,
    new_code,
    packed,
    tally,
    tidy_code,
    unpacked,
)

OPTIONS = ("recommend", "return", "reject", "abstain")
HALF = Share(Fraction(1, 2), is_more=True)
parts = st.fractions(min_value=0, max_value=1, max_denominator=12)
majorities = st.builds(
    Share, st.fractions(min_value=Fraction(1, 2), max_value=Fraction(11, 12), max_denominator=12),
    is_more=st.just(True),
)  # fmt: skip
ballots = st.lists(st.sampled_from(OPTIONS), max_size=40)
rules = st.builds(
    Rule, st.just(OPTIONS), st.just("abstain"), st.builds(Share, parts), majorities,
    st.sampled_from(Base), st.sampled_from(Tie),
)  # fmt: skip


@st.composite
def votes(draw):
    cast = draw(ballots)
    present = len(cast) + draw(st.integers(0, 5))
    return cast, present, present + draw(st.integers(0, 10))


@given(parts, st.booleans(), st.integers(0, 600))
def test_needed_is_the_fewest_that_reach_the_share(part, is_more, whole):
    assume(not (is_more and part == 1))
    share = Share(part, is_more)
    result = share.needed(whole)

    def reaches(count):
        return count > part * whole if is_more else count >= part * whole

    assert reaches(result)
    assert result == 0 or not reaches(result - 1)


@given(rules, votes(), st.sampled_from(OPTIONS), st.randoms(use_true_random=False))
def test_no_ballot_is_lost_and_order_says_nothing(rule, vote, casting, random):
    cast, present, entitled = vote
    result = tally(rule, cast, present=present, entitled=entitled, casting=casting)
    shuffled = cast[:]
    random.shuffle(shuffled)

    assert sum(result.counts.values()) == len(cast)
    assert tally(rule, shuffled, present=present, entitled=entitled, casting=casting) == result


@given(rules, votes(), st.sampled_from(OPTIONS))
def test_what_is_carried_leads_has_its_majority_and_is_no_abstention(rule, vote, casting):
    cast, present, entitled = vote
    result = tally(rule, cast, present=present, entitled=entitled, casting=casting)
    if result.outcome != Outcome.CARRIED:
        assert result.option == ""
        return
    others = [n for o, n in result.counts.items() if o not in (result.option, "abstain")]

    assert result.option != "abstain"
    assert result.counts[result.option] + result.is_by_chair >= result.needed
    assert max(others) <= result.counts[result.option]
    assert present >= rule.quorum.needed(entitled)
    assert result.is_by_chair == (max(others) == result.counts[result.option])


@given(rules, votes())
def test_one_more_voice_for_the_winner_never_makes_it_lose(rule, vote):
    cast, present, entitled = vote
    result = tally(rule, cast, present=present, entitled=entitled)
    if result.outcome != Outcome.CARRIED:
        return

    more = tally(rule, [*cast, result.option], present=present + 1, entitled=entitled + 1)

    assert more.option == result.option or more.outcome == Outcome.NO_QUORUM


@given(rules, votes(), st.sampled_from(OPTIONS))
def test_without_a_quorum_nothing_is_carried(rule, vote, casting):
    cast, present, entitled = vote
    result = tally(rule, cast, present=present, entitled=entitled, casting=casting)

    quorate = is_quorate(rule, present=present, entitled=entitled)
    assert (result.outcome == Outcome.NO_QUORUM) == (not quorate)


@pytest.mark.parametrize(
    ("base", "carried"),
    [(Base.VALID, True), (Base.CAST, False), (Base.PRESENT, False), (Base.ENTITLED, False)],
)
def test_abstentions_count_where_the_rule_says_so(base, carried):
    rule = Rule(OPTIONS, "abstain", Share(Fraction(0)), HALF, base)
    cast = ["recommend"] * 4 + ["reject"] * 3 + ["abstain"] * 2
    result = tally(rule, cast, present=9, entitled=9)

    assert (result.outcome == Outcome.CARRIED) == carried


def test_a_tie_is_the_chairs_only_where_the_rule_says_so():
    cast = ["recommend", "reject"]
    quorum = Share(Fraction(1, 2))
    open_ = Rule(OPTIONS, "abstain", quorum, HALF, Base.VALID, Tie.UNDECIDED)
    chaired = Rule(OPTIONS, "abstain", quorum, HALF, Base.VALID, Tie.CHAIR)

    assert tally(open_, cast, present=2, entitled=3, casting="reject").outcome == Outcome.TIED
    assert tally(chaired, cast, present=2, entitled=3, casting="reject").option == "reject"
    assert tally(chaired, cast, present=2, entitled=3, casting="return").outcome == Outcome.TIED


def test_a_vote_that_cannot_be_is_refused():
    rule = Rule(OPTIONS, "abstain", HALF, HALF)
    for cast, present, entitled in ((["maybe"], 1, 1), (["reject"], 0, 1), (["reject"], 2, 1)):
        with pytest.raises(ValueError, match=r"ballots|options"):
            tally(rule, cast, present=present, entitled=entitled)
    with pytest.raises(ValueError, match="part"):
        Share(Fraction(1), is_more=True)


@given(st.binary(min_size=10, max_size=10), st.sampled_from(OPTIONS))
def test_a_ballot_comes_out_as_it_went_in_and_all_are_of_one_length(entropy, option):
    code = new_code(entropy)
    ballot = packed(option, code, OPTIONS)

    assert unpacked(ballot) == (option, code)
    assert len(ballot) == len(packed("reject", new_code(bytes(10)), OPTIONS))
    assert tidy_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


@given(st.text(max_size=30))
def test_what_is_no_code_is_empty(text):
    result = tidy_code(text)

    assert result == "" or len(result) == 19


@given(st.lists(st.tuples(st.text("0123456789abcdef", min_size=64, max_size=64),
                          st.sampled_from(OPTIONS)), unique=True, max_size=20),
       st.randoms(use_true_random=False))  # fmt: skip
def test_a_box_is_known_by_what_is_in_it_not_by_its_order(counted, random):
    shuffled = counted[:]
    random.shuffle(shuffled)

    assert box_digest(shuffled) == box_digest(counted)
    if counted:
        assert box_digest(counted[1:]) != box_digest(counted)


def test_a_digest_belongs_to_its_vote():
    code = new_code(bytes(range(10)))

    assert code_digest(code, "vote:1") != code_digest(code, "vote:2")
    assert code_digest(code, "vote:1") == hashlib.sha256(f"vote:1\n{code}".encode()).hexdigest()
