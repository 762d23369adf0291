"""Consultations in the time of a meeting, their interpreters, and what was said.

No firm and no interpreter is in two consultations at once: the database refuses it, whoever asks.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from dure.apps.exchange import adapter, permissions, queries
from dure.apps.exchange.adapter import Frame, Placing
from dure.apps.exchange.kinds import Form, Side
from dure.apps.exchange.models import ExchangeMeeting, Interpreter, Part, Talk
from dure.apps.exchange.operations.holding import locked_meeting, tell_people
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import PartStage, TalkStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

LONGEST = timedelta(hours=8)


@transaction.atomic
def enter_interpreter(
    *, name: str, languages: Collection[str], email: str = "", by: User, at: datetime
) -> Interpreter:
    """Enter somebody who interprets. Raises Refused."""
    permissions.may_run(by).require()
    return Interpreter.objects.create(
        name=name, languages=sorted(set(languages)), email=email, created_by=by, created_at=at
    )


@transaction.atomic
def arrange(
    *,
    meeting: ExchangeMeeting,
    home: Part,
    abroad: Part,
    starts_at: datetime,
    ends_at: datetime,
    form: str = Form.ON_SITE,
    table: str = "",
    language: str = "",
    by: User,
    at: datetime,
) -> Talk:
    """Put a consultation of two selected firms into the time of a meeting. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_arrange(by, meeting).require()
    _require_pair(meeting, home, abroad)
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise Refused(Reason.BAD_TIME)
    if starts_at < meeting.starts_at or ends_at > meeting.ends_at:
        raise Refused(Reason.OUTSIDE_MEETING)
    talk = Talk(
        meeting=meeting,
        home=home,
        abroad=abroad,
        during=(starts_at, ends_at),
        form=form,
        table=table,
        language=language,
        created_by=by,
        created_at=at,
    )
    _save(talk)
    talk.refresh_from_db(fields=["during"])  # as a range, no longer as two moments
    sides = [home.organisation, abroad.organisation]
    tell_people(sides, "ARRANGED", url=talk.get_absolute_url(), at=at, exclude=by)
    return talk


@transaction.atomic
def place_talks(*, meeting: ExchangeMeeting, frame: Frame, by: User, at: datetime) -> Placing:
    """Place consultations of all selected firms that have none with each other yet, the best set
    that fits; those that stand are not moved. Each firm is told once. Raises Refused.
    """
    meeting = locked_meeting(meeting.pk)
    permissions.may_arrange(by, meeting).require()
    # Other meetings give the same interpreters away; whoever plans holds them all.
    list(Interpreter.objects.select_for_update().filter(is_active=True).order_by("pk"))
    placing = adapter.place(meeting, frame)
    firms = {}
    for placed in placing.placed:
        _save(
            Talk(
                meeting=meeting, home=placed.home, abroad=placed.abroad, during=placed.during,
                form=frame.form, table=placed.table, language=frame.language,
                created_by=by, created_at=at,
            )
        )  # fmt: skip
        firms |= {part.organisation_id: part.organisation for part in (placed.home, placed.abroad)}
    if firms:
        tell_people(firms.values(), "ARRANGED", url=meeting.get_absolute_url(), at=at, exclude=by)
    return placing


@transaction.atomic
def assign(*, talk: Talk, interpreter: Interpreter | None, by: User) -> Talk:
    """Give a consultation an interpreter who is free then, or take them away. Raises Refused."""
    talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    permissions.may_assign(by, talk).require()
    if interpreter is not None and talk.language not in interpreter.languages:
        raise Refused(Reason.LANGUAGE_NOT_SPOKEN)
    talk.interpreter = interpreter
    _save(talk)
    return talk


@transaction.atomic
def plan_interpreters(*, meeting: ExchangeMeeting, by: User) -> tuple[int, int]:
    """Give every consultation that lacks one an interpreter who is free; those with the fewest
    languages first, so that the others stay free. Returns how many got one and how many did not.

    Raises Refused.
    """
    meeting = locked_meeting(meeting.pk)
    permissions.may_arrange(by, meeting).require()
    # All interpreters are held, since another meeting may be at it at the same time.
    interpreters = list(
        Interpreter.objects.select_for_update().filter(is_active=True).order_by("pk")
    )
    wanting = meeting.talks.filter(stage=TalkStage.PLANNED, interpreter=None).exclude(language="")
    given = lacking = 0
    for talk in wanting.order_by("during", "pk"):
        talk.interpreter = _free(talk, interpreters)
        if talk.interpreter is None:
            lacking += 1
            continue
        _save(talk)
        given += 1
    return given, lacking


@transaction.atomic
def record_talk(*, talk: Talk, stage: str, note: str = "", by: User, at: datetime) -> Talk:
    """Say that a consultation was held and what came of it, that somebody did not come, or that it
    is cancelled. Raises Refused."""
    talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    permissions.may_record(by, talk).require()
    if stage not in (TalkStage.HELD, TalkStage.MISSED, TalkStage.CANCELLED):
        raise Refused(Reason.STAGE_CLOSED)
    if stage != TalkStage.CANCELLED and talk.during.lower > at:
        raise Refused(Reason.NOT_YET)
    if stage == TalkStage.HELD and not note.strip():
        raise Refused(Reason.TEXT_MISSING)
    talk.stage, talk.note = stage, note.strip()
    talk.recorded_by, talk.recorded_at = by, at
    talk.save()
    sides = [talk.home.organisation, talk.abroad.organisation]
    tell_people(sides, "RECORDED", url=talk.get_absolute_url(), at=at, exclude=by)
    return talk


def _free(talk: Talk, interpreters: list[Interpreter]) -> Interpreter | None:
    busy = queries.busy_during(talk)
    able = [
        interpreter
        for interpreter in interpreters
        if talk.language in interpreter.languages and interpreter.pk not in busy
    ]
    return min(
        able, key=lambda interpreter: (len(interpreter.languages), interpreter.pk), default=None
    )


def _require_pair(meeting: ExchangeMeeting, home: Part, abroad: Part) -> None:
    if (home.side, abroad.side) != (Side.HOME, Side.ABROAD):
        raise Refused(Reason.WRONG_SIDE)
    for part in (home, abroad):
        now = Part.objects.get(pk=part.pk)
        if now.meeting_id != meeting.pk or now.stage != PartStage.SELECTED:
            raise Refused(Reason.NOT_SELECTED)


def _save(talk: Talk) -> None:
    try:
        with transaction.atomic():
            talk.save()
    except IntegrityError as error:
        if "one_talk_at_a_time_interpreter" in str(error):
            raise Refused(Reason.INTERPRETER_TAKEN) from error
        if "one_talk_at_a_time" in str(error):
            raise Refused(Reason.FIRM_TAKEN) from error
        raise
