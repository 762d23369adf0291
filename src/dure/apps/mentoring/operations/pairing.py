"""Two firms are proposed to each other, say yes or no, or part again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.mentoring import adapter, permissions, queries
from dure.apps.mentoring.kinds import Side
from dure.apps.mentoring.models import Case, Pair, Profile
from dure.apps.mentoring.operations.holding import locked, locked_case, tell_of_pair
from dure.apps.mentoring.reasons import Reason
from dure.apps.mentoring.stages import PairStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def propose(
    *,
    case: Case,
    mentor: Profile,
    by: User,
    at: datetime,
    note: str = "",
    despite: str = "",
    strength: str = "",
    reasons: Sequence[dict[str, Any]] = (),
) -> Pair:
    """Propose a senior firm to a junior one, with the engine's reasons and one's own.

    Never one with a tie that bars; with another tie only when one says why. Raises Refused.
    """
    case = locked_case(case)
    permissions.may_propose(by, case).require()
    mentor = Profile.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
    _require_room(case, mentor)
    tied = adapter.ties_with(case.organisation, [mentor.organisation], localdate(at))
    ties = tied.get(mentor.organisation_id, ())
    if any(tie.bars for tie in ties) or (ties and not despite.strip()):
        raise Refused(Reason.TIED, ties=", ".join(str(tie) for tie in ties))
    pair = Pair.objects.create(
        case=case, mentor=mentor.organisation, mentee=case.organisation, strength=strength,
        reasons=list(reasons), note=note.strip(), despite=despite.strip(), proposed_by=by,
        proposed_at=at,
    )  # fmt: skip
    tell_of_pair(pair, "PROPOSED", by=by, at=at)
    return pair


@transaction.atomic
def answer(*, pair: Pair, is_yes: bool, by: User, at: datetime, why: str = "") -> Pair:
    """Say yes or no for one's firm; when both said yes they agree on goals. Raises Refused."""
    pair = locked(pair)
    permissions.may_answer(by, pair).require()
    if not is_yes:
        return _part(pair, PairStage.DECLINED, "DECLINED", why, by, at)
    if queries.side_of(by, pair) == Side.MENTOR:
        pair.mentor_said_at, pair.person = at, by
    else:
        pair.mentee_said_at = at
    if pair.mentor_said_at and pair.mentee_said_at:
        pair.stage = PairStage.AGREEING
    pair.save()
    if pair.stage == PairStage.AGREEING:
        tell_of_pair(pair, "AGREEING", by=by, at=at)
    else:
        firm = pair.firm_of(queries.side_of(by, pair) or Side.MENTEE).name
        tell_of_pair(pair, "ACCEPTED", by=by, at=at, firm=firm)
    return pair


@transaction.atomic
def break_off(*, pair: Pair, why: str, by: User, at: datetime) -> Pair:
    """Break a mentoring off, or take a proposal back, and say why. Raises Refused."""
    pair = locked(pair)
    permissions.may_break_off(by, pair).require()
    if pair.stage == PairStage.PROPOSED:
        return _part(pair, PairStage.DECLINED, "DECLINED", why, by, at)
    return _part(pair, PairStage.BROKEN_OFF, "BROKEN_OFF", why, by, at)


def _require_room(case: Case, mentor: Profile) -> None:
    if Pair.objects.filter(mentee=case.organisation, mentor=mentor.organisation).exists():
        raise Refused(Reason.PROPOSED_BEFORE)
    if not mentor.is_open or not mentor.teaches or mentor.organisation.is_opted_out:
        raise Refused(Reason.NOT_OPEN)
    if queries.is_busy(mentor.organisation, mentor.most):
        raise Refused(Reason.MENTOR_FULL)


def _part(pair: Pair, stage: PairStage, event: str, why: str, by: User, at: datetime) -> Pair:
    if not why.strip():
        raise Refused(Reason.SAY_WHY)
    pair.stage, pair.why, pair.closed_at = stage, why.strip(), at
    pair.save()
    tell_of_pair(pair, event, by=by, at=at)
    return pair
