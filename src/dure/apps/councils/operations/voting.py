"""Votes: opened with those who may vote, cast once each, counted once.

Opening, casting and counting lock the row of the vote, so they come one after the other.
"""

import secrets
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from dure.apps.councils import adapter, permissions, queries
from dure.apps.councils.kinds import RESOLVED, Council, VoteRule
from dure.apps.councils.models import (
    Ballot,
    CountedBallot,
    Elector,
    Item,
    OpenVote,
    Vote,
    WinWinModel,
)
from dure.apps.councils.operations.proposing import held
from dure.apps.councils.operations.telling import tell_of_model, tell_people
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import MeetingStage, ModelStage, VoteStage
from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.engines import voting
from dure.foundation import sealing
from dure.foundation.verdict import Refused

FEWEST_SECRET = 3
ENTROPY = 10  # bytes of a code


def fresh_code() -> str:
    """A code for a ballot to come; kept nowhere."""
    return voting.new_code(secrets.token_bytes(ENTROPY))


@transaction.atomic
def open_vote(
    *, council: Council, rule: str, question: str, is_secret: bool, item: Item | None,
    model: WinWinModel | None, closes_at: datetime | None, by: User, at: datetime,
) -> Vote:  # fmt: skip
    """Open a vote: on an item of a running meeting, or in writing (no `item`) until `closes_at`.

    Who is present without an interest may vote, an alternate for an absent member, a proxy for who
    gave one; in writing all members. Raises Refused.
    """
    permissions.may_run(by).require()
    file = council.rule_on(rule, localdate(at))
    if file is None or not _allows(file, is_secret=is_secret, is_written=item is None):
        raise Refused(Reason.NO_RULE)
    _require_time(item, closes_at, at)
    if model is not None:
        _require_deliberated(model)
    entitled, electors = adapter.electorate(council, item, model, localdate(at))
    _require_enough(council, file, entitled, electors, item, is_secret=is_secret)
    vote = Vote.objects.create(
        council=council.id, question=question, item=item, model=model,
        rule=file.model_dump(mode="json"), is_secret=is_secret, entitled=entitled,
        closes_at=closes_at, opened_by=by, opened_at=at,
    )  # fmt: skip
    made = Elector.objects.bulk_create(
        Elector(vote=vote, seat=seat, voter=voter) for seat, voter in electors
    )
    voters = [elector.voter.user for elector in made]
    tell_people(voters, "VOTE", council, vote.get_absolute_url(), by, at)
    return vote


@transaction.atomic
def cast(*, elector: Elector, option: str, code: str, by: User, at: datetime) -> None:
    """Cast one vote, once. In a secret vote `code` is what its voter was shown, and nobody else.

    Raises Refused.
    """
    vote = Vote.objects.select_for_update(of=("self",)).select_related("item__meeting").get(
        pk=elector.vote_id
    )  # fmt: skip
    elector = vote.electors.select_related("voter").get(pk=elector.pk)
    if vote.closes_at is not None and vote.closes_at <= at:
        raise Refused(Reason.VOTE_CLOSED)
    permissions.may_cast(by, elector, vote, localdate(at)).require()
    if vote.file.option(option) is None:
        raise Refused(Reason.NO_OPTION)
    if vote.is_secret:
        _put_in_box(vote, option, code)
    else:
        OpenVote.objects.create(vote=vote, elector=elector, option=option, at=at)
    vote.electors.filter(pk=elector.pk).update(has_voted=True)


@transaction.atomic
def close(*, vote: Vote, by: User | None, at: datetime) -> Vote:
    """Count a vote: by the secretary, or by itself (`by` None) when its time is over.

    What is carried moves the model; the resolution is recorded. Raises Refused.
    """
    if by is not None:
        permissions.may_run(by).require()
    vote = Vote.objects.select_for_update(of=("self",)).select_related("item__meeting").get(
        pk=vote.pk
    )  # fmt: skip
    if vote.stage != VoteStage.OPEN:
        raise Refused(Reason.VOTE_CLOSED)
    if by is None and not (vote.closes_at and vote.closes_at <= at):
        raise Refused(Reason.VOTE_OPEN)
    options = _empty_box(vote) if vote.is_secret else adapter.open_options(vote)
    result = adapter.counted(vote, options)
    vote.counts, vote.outcome, vote.option = dict(result.counts), result.outcome, result.option
    vote.present, vote.is_by_chair = adapter.present_at(vote), result.is_by_chair
    vote.stage, vote.closed_at = VoteStage.CLOSED, at
    vote.save()
    if vote.model_id:
        _move_model(vote, by, at)
    _record(vote, by, at)
    people = [elector.voter.user for elector in vote.electors.select_related("voter__user")]
    tell_people(people, "COUNTED", vote.file, vote.get_absolute_url(), by, at)
    return vote


def close_those_over(*, at: datetime) -> int:
    """Count the votes whose time is over; returns how many. One that cannot be counted waits."""
    counted = 0
    for vote in queries.votes_over(at):
        with suppress(Refused):
            close(vote=vote, by=None, at=at)
            counted += 1
    return counted


def _put_in_box(vote: Vote, option: str, code: str) -> None:
    code = voting.tidy_code(code)
    if not code:
        raise Refused(Reason.NO_CODE)
    options = [option_in_file.id for option_in_file in vote.file.options]
    sealed = sealing.seal(voting.packed(option, code, options), vote.about)
    Ballot.objects.create(vote=vote, sealed=sealed.content, key_id=sealed.key_id)


def _empty_box(vote: Vote) -> list[str]:
    """Open the sealed ballots, write them anew in the order of their codes, delete the sealed ones.

    The turnout is written anew with them: no row is left that says in which transaction it came.
    """
    try:
        opened = adapter.opened_ballots(vote)
    except sealing.KeyAbsent as absent:
        raise Refused(Reason.KEY_ELSEWHERE) from absent
    except sealing.Unreadable as unreadable:
        raise Refused(Reason.BOX_UNREADABLE) from unreadable
    if len(opened) != queries.turnout(vote):
        raise Refused(Reason.BOX_DIFFERS)
    counted = sorted((voting.code_digest(code, vote.about), option) for option, code in opened)
    queries.sealed_ballots(vote).delete()
    CountedBallot.objects.bulk_create(
        CountedBallot(vote=vote, digest=digest, option=option) for digest, option in counted
    )
    vote.electors.update(has_voted=F("has_voted"))
    vote.box = voting.box_digest(counted)
    return [option for _digest, option in counted]


def _allows(rule: VoteRule, *, is_secret: bool, is_written: bool) -> bool:
    wanted = "secret" if is_secret else "open"
    return rule.secrecy in (wanted, "either") and (rule.is_written_allowed or not is_written)


def _require_time(item: Item | None, closes_at: datetime | None, at: datetime) -> None:
    if item is None and (closes_at is None or closes_at <= at):
        raise Refused(Reason.VOTE_CLOSED)
    if item is not None and item.meeting.stage != MeetingStage.OPEN:
        raise Refused(Reason.STAGE_CLOSED)


def _require_deliberated(model: WinWinModel) -> None:
    model = held(model)
    if model.stage != ModelStage.DELIBERATED:
        raise Refused(Reason.STAGE_CLOSED)
    if model.votes.filter(stage=VoteStage.OPEN).exists():
        raise Refused(Reason.VOTE_OPEN)


def _require_enough(
    council: Council, rule: VoteRule, entitled: int, electors: adapter.Electorate,
    item: Item | None, *, is_secret: bool,
) -> None:  # fmt: skip
    engine_rule = council.engine_rule(rule)
    if not voting.is_quorate(engine_rule, present=len(electors), entitled=entitled):
        raise Refused(Reason.NO_QUORUM)
    if is_secret and len({voter.pk for _seat, voter in electors}) < FEWEST_SECRET:
        raise Refused(Reason.TOO_FEW_TO_BE_SECRET)
    if item is not None and item.votes.filter(stage=VoteStage.OPEN).exists():
        raise Refused(Reason.VOTE_OPEN)


def _move_model(vote: Vote, by: User | None, at: datetime) -> None:
    option = vote.file.option(vote.option)
    if option is None or not option.leads_to:
        return
    model = held(vote.model)
    model.stage = option.leads_to
    model.conditions = ""
    model.save(update_fields=["stage", "conditions"])
    tell_of_model(model, by, at)


def _record(vote: Vote, by: User | None, at: datetime) -> None:
    """The resolution in figures; the question as a hash, since it may be secret."""
    record(
        kind=RESOLVED,
        about=vote.about,
        content={
            "council": vote.council,
            "question_sha256": sealing.digest({"vote": vote.pk, "question": vote.question}),
            "model": vote.model.number if vote.model else None,
            "rule": vote.rule["id"],
            "secret": vote.is_secret,
            "entitled": vote.entitled,
            "present": vote.present,
            "counts": vote.counts,
            "outcome": vote.outcome,
            "option": vote.option,
            "box_sha256": vote.box or None,
        },
        parties=[vote.model.large_firm, vote.model.small_firm] if vote.model else [],
        is_of_office=True,
        by=by,
        at=at,
    )
