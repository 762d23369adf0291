"""What is added to an announced call: addenda, questions and their answers, personal extensions."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dure.apps.calls import permissions, queries
from dure.apps.calls.events import DeadlineMoved
from dure.apps.calls.models import Addendum, Call, CallMode, Extension, Question
from dure.apps.calls.notices import call_added, call_answered, call_extended
from dure.apps.calls.operations.telling import keep, locked, moment, tell_followers, tell_of
from dure.apps.calls.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation.announce import announce as tell_apps
from dure.foundation.verdict import Refused


@transaction.atomic
def add(
    *, call: Call, title: str, text: str, text_en: str = "", by: User, at: datetime
) -> Addendum:
    """Announce what is put right or added; everybody who follows is told. Raises Refused."""
    call = locked(call)
    permissions.may_add(by, call).require()
    if not (title.strip() and text.strip()):
        raise Refused(Reason.TEXT_MISSING)
    last = call.addenda.aggregate(last=Max("number"))["last"] or 0
    made = Addendum.objects.create(
        call=call,
        number=last + 1,
        title=title.strip(),
        text=text.strip(),
        text_en=text_en.strip(),
        by=by,
        created_at=at,
    )
    keep(call, at)
    tell_followers(call, call_added, at, what=made.title)
    return made


@transaction.atomic
def ask(*, call: Call, text: str, by: User, at: datetime) -> Question:
    """Ask the office something; only it and the asker read that until it is answered. Raises Refused."""
    call = locked(call)
    permissions.may_ask(by, call, at).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    return Question.objects.create(call=call, text=text.strip(), requested_by=by, requested_at=at)


@transaction.atomic
def answer(*, question: Question, published: str, answer: str, by: User, at: datetime) -> Question:
    """Answer to everybody; `published` is the question as they read it. Raises Refused."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    permissions.may_answer(by, question).require()
    if not (published.strip() and answer.strip()):
        raise Refused(Reason.TEXT_MISSING)
    question.published, question.answer = published.strip(), answer.strip()
    question.answered_by, question.answered_at = by, at
    question.save()
    call, asker = question.call, question.requested_by
    others = queries.followers_of(call).exclude(pk=asker.pk)
    tell_of(call, call_answered, others, at, what=question.published[:100])
    tell_of(call, call_answered, [asker], at, is_own=True)
    return question


@transaction.atomic
def extend_for(
    *, call: Call, organisation: Organisation, until: datetime, reason: str, by: User, at: datetime
) -> Extension:
    """Give one organisation a later deadline, before anything is opened. Raises Refused.

    In a call with rounds it is for the round that is open or comes next, else the last.
    """
    call = locked(call)
    permissions.may_extend(by, call).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    current = None
    if call.mode == CallMode.ROUNDS:
        current = queries.next_round(call, at) or call.rounds.order_by("-number").first()
    holds = queries.deadline_for(call, organisation, within=current)
    if holds is None or until <= holds or until <= at:
        raise Refused(Reason.NOT_LATER)
    made = Extension.objects.create(
        call=call,
        round=current,
        organisation=organisation,
        until=until,
        reason=reason.strip(),
        by=by,
        created_at=at,
    )
    people = people_of(organisation)
    tell_of(call, call_extended, people, at, until=moment(until), organisation=organisation.name)
    tell_apps(DeadlineMoved(call.pk, organisation.pk, at))
    return made
