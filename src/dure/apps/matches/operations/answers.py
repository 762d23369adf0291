"""What people say of suggestions, and what follows from it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import move
from dure.apps.catalog.stages import NeedStage
from dure.apps.matches import permissions
from dure.apps.matches.events import IntroductionTakenBack, PairIntroduced
from dure.apps.matches.models import (
    Answer,
    AnswerKind,
    Bar,
    BarKind,
    Direction,
    LastLook,
    NotForUs,
    Side,
    Suggestion,
)
from dure.apps.matches.notices import match_answered
from dure.apps.matches.queries import MatchExclusion, sides_of
from dure.apps.matches.reasons import Reason
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import holders_of, people_of
from dure.apps.people.roles import Role
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

PAIRS_TO_INTRODUCE = "/matches/mutual/"
DIRECTION_OF = {Side.DEMAND: Direction.FOR_NEED, Side.SUPPLY: Direction.FOR_TECHNOLOGY}


@transaction.atomic
def answer(
    *,
    need: Need,
    technology: Technology,
    kind: AnswerKind,
    why: str,
    note: str,
    by: User,
    at: datetime,
    side: Side | None = None,
) -> Answer:
    """Say for one's own side what one thinks of a pair; a later answer replaces an earlier one.

    `side` chooses for a person who speaks for several. Interest is told to the other side,
    interest of both to the programme office, each once. Raises Refused.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    permissions.may_answer(by, need, technology).require()
    side = _side(by, need, technology, side)
    if kind == AnswerKind.INTRODUCED:
        return introduce(need=need, technology=technology, by=by, at=at)
    if kind == AnswerKind.NOT_FOR_US and why not in dict(NotForUs.choices_of(side)):
        raise Refused(Reason.WHY_MISSING)
    if MatchExclusion(localdate(at)).pair(need.organisation_id, technology.organisation_id):
        raise Refused(Reason.BARRED_PAIR)
    before = Answer.objects.filter(need=need, technology=technology, side=side).first()
    given = _keep(need, technology, side, kind, why, note, by, at)
    if kind == AnswerKind.INTERESTED and (before is None or before.kind != kind):
        _tell_of_interest(need, technology, side, at)
    return given


@transaction.atomic
def take_back(
    *, need: Need, technology: Technology, by: User, at: datetime, side: Side | None = None
) -> None:
    """Take one's side's answer back; the suggestion is open again.

    A need whose last introduction is taken back looks for partners as before. Raises Refused.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    permissions.may_take_back(by, need, technology).require()
    given = Answer.objects.filter(
        need=need, technology=technology, side=_side(by, need, technology, side)
    ).first()
    if given is None:
        raise Refused(Reason.NOTHING_TO_TAKE_BACK)
    given.delete()
    if given.kind == AnswerKind.INTRODUCED:
        announce(IntroductionTakenBack(need.pk, technology.pk, at))
    was_last = not need.answers.filter(kind=AnswerKind.INTRODUCED).exists()
    if given.kind == AnswerKind.INTRODUCED and was_last and need.stage == NeedStage.MATCHED:
        move(entry=need, stage=NeedStage.PUBLISHED, reason="", by=by, at=at)


@transaction.atomic
def introduce(*, need: Need, technology: Technology, by: User, at: datetime) -> Answer:
    """Bring the two sides of a pair together; the need counts as matched. Raises Refused.

    Whoever opens the introduction tells both sides of it.
    """
    permissions.may_run_matching(by).require()
    need = Need.objects.select_for_update().get(pk=need.pk)
    permissions.may_answer(by, need, technology).require()
    if MatchExclusion(localdate(at)).pair(need.organisation_id, technology.organisation_id):
        raise Refused(Reason.BARRED_PAIR)
    pair = Answer.objects.filter(need=need, technology=technology, kind=AnswerKind.INTRODUCED)
    if pair.exists():
        raise Refused(Reason.ALREADY_INTRODUCED)
    given = _keep(need, technology, Side.OFFICE, AnswerKind.INTRODUCED, "", "", by, at)
    if need.stage == NeedStage.PUBLISHED:
        move(entry=need, stage=NeedStage.MATCHED, reason="", by=by, at=at)
    announce(PairIntroduced(need.pk, technology.pk, at))
    return given


@transaction.atomic
def bar(
    *,
    organisation: Organisation,
    other: Organisation | None,
    kind: BarKind,
    until: date | None,
    by: User,
) -> Bar:
    """Say that two organisations must not be matched, or one with anybody. Raises Refused.

    Suggestions that exist are taken away at once.
    """
    permissions.may_run_matching(by).require()
    if organisation == other:
        raise Refused(Reason.BAR_NEEDS_TWO)
    barred = Bar.objects.create(
        organisation=organisation, other=other, kind=kind, until=until, created_by=by
    )
    between = Suggestion.objects.filter(
        need__organisation=organisation
    ) | Suggestion.objects.filter(technology__organisation=organisation)
    if other is not None:
        between = between.filter(need__organisation=other) | between.filter(
            technology__organisation=other
        )
    Suggestion.objects.filter(pk__in=between.values("pk")).delete()
    return barred


@transaction.atomic
def lift_bar(*, barred: Bar, by: User) -> None:
    """Take a bar away; the next matching may suggest the pair again. Raises Refused."""
    permissions.may_run_matching(by).require()
    barred.delete()


def note_look(*, by: User, at: datetime) -> None:
    """Remember that `by` has seen the matches made until now."""
    LastLook.objects.update_or_create(user=by, defaults={"at": at})


def _side(by: User, need: Need, technology: Technology, wished: Side | None) -> Side:
    theirs = sides_of(by, need, technology)
    return wished if wished in theirs else theirs[0]


def _keep(
    need: Need,
    technology: Technology,
    side: Side,
    kind: AnswerKind,
    why: str,
    note: str,
    by: User,
    at: datetime,
) -> Answer:
    seen = Suggestion.objects.filter(
        need=need, technology=technology, direction=DIRECTION_OF.get(side, Direction.FOR_NEED)
    ).first()
    given, _ = Answer.objects.update_or_create(
        need=need,
        technology=technology,
        side=side,
        defaults={
            "kind": kind,
            "why": why if kind == AnswerKind.NOT_FOR_US else "",
            "note": note,
            "rank_seen": seen.rank if seen else None,
            "answered_by": by,
            "answered_at": at,
        },
    )
    return given


def _tell_of_interest(need: Need, technology: Technology, side: Side, at: datetime) -> None:
    theirs, ours = (technology, need) if side == Side.DEMAND else (need, technology)
    facts = {
        "answer": AnswerKind.INTERESTED,
        "title": theirs.title,
        "other": ours.title,
        "organisation": ours.organisation.name,
    }
    kind = match_answered
    if side != Side.OFFICE:
        tell(
            recipients=people_of(theirs.organisation),
            kind=kind,
            facts=facts,
            url=theirs.get_absolute_url(),
            at=at,
        )
    sides = Answer.objects.filter(
        need=need, technology=technology, kind=AnswerKind.INTERESTED
    ).values_list("side", flat=True)
    if {Side.DEMAND, Side.SUPPLY} <= set(sides):
        officers = holders_of(Role.OFFICER)
        tell(
            recipients=officers,
            kind=kind,
            facts={**facts, "answer": "MUTUAL"},
            url=PAIRS_TO_INTRODUCE,
            at=at,
        )
