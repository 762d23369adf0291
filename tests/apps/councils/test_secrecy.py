"""A secret ballot: nothing in the database says who cast it, and each voter finds the own one."""

import pytest
from django.db import DatabaseError, connection, transaction

from dure.apps.councils import operations
from dure.apps.councils.models import Ballot, CountedBallot, Elector, OpenVote, Vote
from dure.engines import voting
from dure.foundation import sealing
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
OPTIONS = ["recommend", "recommend", "reject", "return", "abstain"]


@pytest.fixture
def seats(cast):
    return cast.council_seats()


@pytest.fixture
def vote(cast, seats):
    model = cast.win_win_model()
    return cast.council_vote(cast.council_meeting(seats=seats, model=model), model)


@pytest.fixture
def codes(cast, seats, vote):
    return [cast.ballot(vote, seat, option) for seat, option in zip(seats, OPTIONS, strict=True)]


def everything_but(*tables):
    """Every row of every table as text, without some tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall() if name not in tables]
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            yield from (f"{name}: {row}" for (row,) in cursor.fetchall())


def test_until_the_count_nothing_in_the_database_tells_one_option_from_another(vote, codes):
    assert {len(ballot.sealed) for ballot in Ballot.objects.all()} == {
        len(Ballot.objects.first().sealed)
    }
    assert not CountedBallot.objects.exists()
    rows = list(everything_but())
    assert not any(code in row for row in rows for code in codes)
    assert not any(voting.code_digest(code, vote.about) in row for row in rows for code in codes)


def test_after_the_count_only_the_digests_stand_there_in_their_own_order(cast, vote, codes):
    operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert not Ballot.objects.exists()
    digests = [voting.code_digest(code, vote.about) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, xmin::text FROM councils_countedballot ORDER BY ctid")
        stored, transactions = zip(*cursor.fetchall(), strict=True)
    assert list(stored) == sorted(digests)
    assert len(set(transactions)) == 1
    others = list(everything_but("councils_countedballot"))
    assert not any(code in row for row in others for code in codes)
    assert not any(digest in row for row in others for digest in digests)


def test_neither_ballot_nor_turnout_has_a_time_an_order_or_a_history():
    for model in (Ballot, CountedBallot, Elector):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"DateTimeField", "DateField", "AutoField", "BigAutoField"}
        assert not hasattr(model, "pgh_event_model")
        assert model.untracked_reason
    linked = {f.related_model for f in (*Ballot._meta.fields, *CountedBallot._meta.fields)}
    assert linked - {None} == {Vote}


def test_no_event_notice_or_job_is_written_when_a_ballot_is_cast(cast, seats, vote):
    before = sorted(everything_but("councils_ballot", "councils_elector"))
    cast.ballot(vote, seats[0], "reject")

    assert sorted(everything_but("councils_ballot", "councils_elector")) == before
    assert not OpenVote.objects.exists()


def test_each_finds_the_own_vote_and_everybody_adds_up(cast, vote, codes):
    vote = operations.close(vote=vote, by=cast["officer"], at=NOON)
    counted = dict(vote.counted.values_list("digest", "option"))

    for code, option in zip(codes, OPTIONS, strict=True):
        assert counted[voting.code_digest(code, vote.about)] == option
    assert voting.box_digest(counted.items()) == vote.box
    assert {option: OPTIONS.count(option) for option in vote.counts} == vote.counts


def test_the_database_itself_refuses_ballots_after_the_count_and_changes_of_it(cast, vote, codes):
    operations.close(vote=vote, by=cast["officer"], at=NOON)

    for act in (
        lambda: Ballot.objects.create(vote=vote, sealed=b"x", key_id="k"),
        lambda: CountedBallot.objects.create(vote=vote, digest="0" * 64, option="reject"),
        lambda: CountedBallot.objects.update(option="reject"),
        lambda: CountedBallot.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_ballot_that_was_put_in_or_taken_out_stops_the_count(cast, vote, codes):
    Ballot.objects.first().delete()

    with pytest.raises(Refused) as refusal:
        operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert refusal.value.reason.value == "BOX_DIFFERS"
    vote.refresh_from_db()
    assert vote.stage == "OPEN"


def test_a_ballot_that_was_changed_stops_the_count(cast, vote, codes):
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(sealed=b"x" * 80)

    with pytest.raises(Refused) as refusal:
        operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert refusal.value.reason.value == "BOX_UNREADABLE"
    assert Ballot.objects.count() == 5


def test_a_ballot_of_another_vote_does_not_open_here(cast, vote, codes):
    ballot = Ballot.objects.first()
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealing.Sealed(bytes(ballot.sealed), ballot.key_id), "vote:0")


def test_without_the_key_nothing_is_counted_and_nothing_lost(cast, vote, codes, monkeypatch):
    def absent():
        raise sealing.KeyAbsent("submissions.private")

    monkeypatch.setattr("dure.foundation.sealing._seal.private_key", absent)
    with pytest.raises(Refused) as refusal:
        operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert refusal.value.reason.value == "KEY_ELSEWHERE"
    assert Ballot.objects.count() == 5
