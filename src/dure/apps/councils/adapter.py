"""Rows of votes as values of engines/voting: who may vote, what is in the box, the count."""

from datetime import date

from dure.apps.councils import queries
from dure.apps.councils.kinds import Council
from dure.apps.councils.models import Item, Meeting, Seat, Vote, WinWinModel
from dure.engines import voting
from dure.foundation import sealing
from dure.foundation.sealing import Sealed

Electorate = list[tuple[Seat, Seat]]
"""Each seat that votes, with the seat of whoever casts the vote."""


def electorate(
    council: Council, item: Item | None, model: WinWinModel | None, day: date
) -> tuple[int, Electorate]:
    """How many are entitled, and which of them vote, by whom.

    People of a model's firms and who declared an interest in the item are not counted at all.
    """
    seats = list(queries.seats_on(council.id, day))
    barred = queries.firm_seats(model, seats) if model else set()
    if item is None:
        own = [seat for seat in seats if not seat.stands_in_for_id and seat.pk not in barred]
        return len(own), [(seat, seat) for seat in own]
    barred |= set(item.interests.values_list("seat", flat=True))
    own = [seat for seat in seats if not seat.stands_in_for_id and seat.pk not in barred]
    voters = _voters(item.meeting, [seat for seat in seats if seat.pk not in barred])
    return len(own), [(seat, voters[seat.pk]) for seat in own if seat.pk in voters]


def _voters(meeting: Meeting, seats: list[Seat]) -> dict[int, Seat]:
    """Who casts the vote of each member: it itself, else its alternate, else its proxy."""
    here = set(meeting.attendances.filter(left_at=None).values_list("seat", flat=True))
    present = {seat.pk: seat for seat in seats if seat.pk in here}
    holders = dict(meeting.proxies.values_list("giver", "holder"))
    voters = {giver: present[holder] for giver, holder in holders.items() if holder in present}
    voters |= {seat.stands_in_for_id: seat for seat in present.values() if seat.stands_in_for_id}
    return voters | {pk: seat for pk, seat in present.items() if not seat.stands_in_for_id}


def opened_ballots(vote: Vote) -> list[tuple[str, str]]:
    """What is in the sealed box: (option, code). Raises KeyAbsent, Unreadable."""
    return [
        voting.unpacked(sealing.unseal(Sealed(bytes(ballot.sealed), ballot.key_id), vote.about))
        for ballot in queries.sealed_ballots(vote)
    ]


def open_options(vote: Vote) -> list[str]:
    """What was voted in an open vote."""
    return list(vote.open_votes.values_list("option", flat=True))


def present_at(vote: Vote) -> int:
    """How many count as present: who has voted, and at a meeting who could still."""
    voted = queries.turnout(vote)
    if vote.item is None:
        return voted
    here = vote.item.meeting.attendances.filter(left_at=None).values("seat")
    return voted + vote.electors.filter(has_voted=False, voter__in=here).count()


def counted(vote: Vote, options: list[str]) -> voting.Result:
    """The result of a vote by the rule it was opened with."""
    rule = vote.file.engine_rule(vote.rule_file)
    casting = ""
    if not vote.is_secret:
        of_chair = vote.open_votes.filter(elector__seat__is_chair=True).first()
        casting = of_chair.option if of_chair else ""
    return voting.tally(
        rule, options, present=present_at(vote), entitled=vote.entitled, casting=casting
    )
