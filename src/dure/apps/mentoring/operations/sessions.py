"""Sessions are noted; reviews that are due and silence are told of, each once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.kinds import Part, Side, Way, rules
from dure.apps.mentoring.models import Pair, Session
from dure.apps.mentoring.operations.holding import locked, tell_of_pair
from dure.apps.mentoring.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def note_session(
    *, pair: Pair, on: date, minutes: int, way: Way, text: str, by: User, at: datetime,
    next_step: str = "",
) -> Session:  # fmt: skip
    """Note a session that was held within the term; the others are told. Raises Refused."""
    pair = locked(pair)
    permissions.may_note_session(by, pair).require()
    if on > localdate(at):
        raise Refused(Reason.DAY_AHEAD)
    if pair.starts_on and on < pair.starts_on:
        raise Refused(Reason.OUTSIDE_THE_TERM)
    session = Session.objects.create(
        pair=pair, on=on, minutes=minutes, way=way, text=text.strip(), next_step=next_step.strip(),
        by=by, side=queries.side_of(by, pair) or Side.COORDINATOR, at=at,
    )  # fmt: skip
    tell_of_pair(pair, "SESSION", by=by, at=at, who=str(by), day=on.isoformat())
    return session


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell both firms of a review that is due, and coordinators of silence; returns how many.

    Each review is asked for once; silence is told again when it has lasted as long again.
    """
    today, count = localdate(at), 0
    for pair in queries.running_pairs().select_for_update(of=("self",), skip_locked=True):
        part = queries.part_due(pair, today)
        if part and pair.reminded_of != part:
            pair.reminded_of = part
            pair.save(update_fields=["reminded_of"])
            _ask_for_review(pair, part, at)
            count += 1
    quiet = timedelta(days=rules().limits.quiet_days)
    for pair in queries.quiet_pairs(today).select_for_update(of=("self",), skip_locked=True):
        if pair.quiet_told_on is None or pair.quiet_told_on <= today - quiet:
            pair.quiet_told_on = today
            pair.save(update_fields=["quiet_told_on"])
            _tell_of_silence(pair, at)
            count += 1
    return count


def _ask_for_review(pair: Pair, part: Part, at: datetime) -> None:
    for side in (Side.MENTOR, Side.MENTEE):
        if not queries.has_reviewed(pair, part, side):
            people = queries.speakers_of(pair, side)
            tell_of_pair(pair, "REVIEW", by=None, at=at, people=people)


def _tell_of_silence(pair: Pair, at: datetime) -> None:
    last = pair.sessions.first()
    since = last.on if last else pair.starts_on
    people = [pair.case.coordinator] if pair.case.coordinator else []
    day = since.isoformat() if since else ""
    tell_of_pair(pair, "QUIET", by=None, at=at, people=people, day=day)
