"""Addenda, questions, watching, reminders: who hears what, and how often."""

from datetime import timedelta

import pytest

from dure.apps.calls import operations, permissions, queries
from dure.apps.calls.models import Question, Reminder
from dure.apps.calls.reasons import Reason
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.apps.calls.conftest import CLOSES
from tests.conftest import NOON

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_an_addendum_reaches_everybody_who_follows(call, cast):
    operations.watch(call=call, by=cast["supplier"], at=NOON)
    operations.watch(call=call, by=cast["supplier"], at=NOON)
    operations.ask(call=call, text="질문", by=cast["manager"], at=NOON)
    operations.name_recommender(
        call=call, organisation=cast.rival, quota=1, until=CLOSES + DAY, by=cast["officer"], at=NOON
    )
    before = call.revision

    first = operations.add(call=call, title="오기 정정", text="5쪽", by=cast["officer"], at=NOON)
    second = operations.add(call=call, title="서식 추가", text="붙임", by=cast["officer"], at=NOON)

    assert (first.number, second.number) == (1, 2)
    assert told("CALL_ADDED") == sorted(["supplier", "manager", "rival"] * 2)
    call.refresh_from_db()
    assert call.revision == before + 2


def test_who_watches_no_more_hears_no_more(call, cast):
    operations.watch(call=call, by=cast["supplier"], at=NOON)
    operations.unwatch(call=call, by=cast["supplier"])

    operations.add(call=call, title="정정", text="5쪽", by=cast["officer"], at=NOON)

    assert told("CALL_ADDED") == []


def test_an_answer_reaches_all_and_says_nowhere_who_asked(running, cast, as_role):
    operations.watch(call=running, by=cast["rival"], at=NOON)
    question = operations.ask(
        call=running, text="열림테크입니다. 컨소시엄도 되나요?", by=cast["supplier"], at=NOON
    )
    url = f"/calls/{running.pk}/"
    assert "열림테크" in as_role("supplier").get(url).content.decode()
    assert "컨소시엄도" in as_role("officer").get(url).content.decode()
    for role in ("visitor", "rival", "auditor"):
        assert "컨소시엄도" not in as_role(role).get(url).content.decode()

    operations.answer(
        question=question,
        published="컨소시엄도 되나요?",
        answer="됩니다.",
        by=cast["officer"],
        at=NOON,
    )

    for role in ("visitor", "rival", "supplier"):
        page = as_role(role).get(url).content.decode()
        assert "컨소시엄도 되나요?" in page
        assert "됩니다." in page
    for role in ("visitor", "rival"):
        page = as_role(role).get(url).content.decode()
        assert "열림테크" not in page
        assert "supplier" not in page
    assert "supplier" in as_role("officer").get(url).content.decode()
    assert told("CALL_ANSWERED") == ["rival", "supplier"]
    facts = Notice.objects.get(kind="CALL_ANSWERED", recipient=cast["rival"]).facts
    assert "열림테크" not in str(facts)


def test_a_question_is_answered_once(running, cast):
    question = operations.ask(call=running, text="질문", by=cast["supplier"], at=NOON)
    words = {"published": "질문", "answer": "답", "by": cast["officer"], "at": NOON}
    operations.answer(question=question, **words)

    with pytest.raises(Refused) as refusal:
        operations.answer(question=question, **words)

    assert refusal.value.reason == Reason.ANSWERED_ALREADY


def test_questions_are_taken_until_the_call_closes_and_not_without_end(running, cast):
    may = permissions.may_ask
    assert may(cast["supplier"], running, CLOSES - SECOND)
    assert may(cast["supplier"], running, CLOSES).reason == Reason.QUESTIONS_CLOSED

    for number in range(permissions.MOST_WAITING_QUESTIONS):
        operations.ask(call=running, text=f"질문 {number}", by=cast["supplier"], at=NOON)

    assert may(cast["supplier"], running, NOON).reason == Reason.TOO_MANY_QUESTIONS
    assert may(cast["rival"], running, NOON)
    assert Question.objects.count() == permissions.MOST_WAITING_QUESTIONS


def test_everybody_is_reminded_once_a_week_and_once_a_day_before(running, cast):
    operations.watch(call=running, by=cast["supplier"], at=NOON)
    times = [CLOSES - 8 * DAY, CLOSES - 7 * DAY, CLOSES - 6 * DAY, CLOSES - DAY, CLOSES - SECOND]

    counts = [[operations.remind(at=at), operations.remind(at=at)] for at in (*times, CLOSES)]

    assert counts == [[0, 0], [1, 0], [0, 0], [1, 0], [0, 0], [0, 0]]
    assert told("CALL_CLOSING") == ["supplier", "supplier"]


def test_a_later_deadline_is_a_reason_for_another_reminder(running, cast):
    operations.watch(call=running, by=cast["supplier"], at=NOON)
    operations.remind(at=CLOSES - DAY)
    proposal = operations.propose_extension(
        call=running, until=CLOSES + 3 * DAY, reason="장애", by=cast["officer"], at=NOON
    )
    operations.confirm(proposal=proposal, by=cast["officer2"], at=NOON)

    assert operations.remind(at=CLOSES + 2 * DAY) == 1
    assert Reminder.objects.count() == 2


def test_whoever_has_a_later_deadline_is_reminded_of_that_one(running, cast):
    operations.extend_for(
        call=running, organisation=cast.supplier, until=CLOSES + 5 * DAY, reason="입원",
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    operations.watch(call=running, by=cast["rival"], at=NOON)

    assert operations.remind(at=CLOSES - DAY) == 2
    assert set(Reminder.objects.values_list("user__name", "days")) == {
        ("rival", 1),
        ("supplier", 7),
    }
    operations.close_due(at=CLOSES)
    assert operations.remind(at=CLOSES + 4 * DAY) == 1
    assert told("CALL_CLOSING") == ["rival", "supplier", "supplier"]


def test_what_an_officer_has_to_do_stands_on_the_desk(running, draft, cast, as_role):
    operations.ask(call=running, text="컨소시엄도 되나요?", by=cast["supplier"], at=NOON)
    operations.propose_cancellation(call=running, reason="예산", by=cast["officer"], at=NOON)

    first = as_role("officer").get("/").content.decode()
    second = as_role("officer2").get("/").content.decode()

    assert "컨소시엄도 되나요?" in first
    assert "컨소시엄도 되나요?" not in second
    assert "Draft of a call to announce" in second
    assert "Draft of a call to announce" not in first
    assert "Extension or cancellation to confirm" in second
    assert "Extension or cancellation to confirm" not in first


def test_what_closes_before_midnight_in_seoul_is_for_today(running, cast):
    at = CLOSES.replace(hour=14, minute=59)  # 23:59 in Seoul, the deadline is at noon there

    assert not queries.closing_today(cast["officer"], CLOSES - DAY).exists()
    assert queries.closing_today(cast["officer"], CLOSES - timedelta(hours=12)).exists()
    assert not queries.closing_today(cast["officer"], at).exists()
    assert not queries.closing_today(cast["officer2"], CLOSES - timedelta(hours=12)).exists()
