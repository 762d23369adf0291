"""Reminding those who have not signed yet, and those who have not answered a change."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import queries
from dure.apps.agreements.models import Change, Text
from dure.apps.agreements.notices import answer_due
from dure.apps.agreements.operations.telling import ask_to_sign, tell_of
from dure.apps.agreements.stages import ChangeStage
from dure.apps.people.queries import holders_of
from dure.apps.people.roles import OFFICE
from dure.foundation.workdays import term_ends

REMIND_DAYS = (7, 3, 1)
ANSWER_SOON = timedelta(days=3)
AGAIN = timedelta(days=7)


def remind_signers(*, at: datetime) -> int:
    """Remind who has not signed a text 7 days, 3 days and a day before the last day, or who approves it
    for them first; an agency that signs last only once all others have. Returns of how many texts; as
    often as one likes.
    """
    today, texts = localdate(at), 0
    for waiting in queries.texts_being_signed():
        with transaction.atomic():
            text = Text.objects.select_for_update(of=("self",)).get(pk=waiting.pk)
            until = queries.sign_by_of(waiting)
            if until is None or text.closed_at or not _is_time(text, until, today):
                continue
            text.reminded_on = today
            text.save(update_fields=["reminded_on"])
            for party in queries.asked_now(queries.parties_left(text)):
                ask_to_sign(text, party, until, at=at)
            texts += 1
    return texts


def remind_answers(*, at: datetime) -> int:
    """Remind of changes that wait for an answer three days before its last day, and every week once that
    has passed: then the whole office and who asked for it. Returns of how many; as often as one likes.
    """
    today, changes = localdate(at), 0
    for waiting in queries.answers_to_remind(today + ANSWER_SOON):
        with transaction.atomic():
            change = Change.objects.select_for_update(of=("self",)).get(pk=waiting.pk)
            if change.stage != ChangeStage.ASKED or not _is_time_to_answer(change, today):
                continue
            change.reminded_on = today
            change.save(update_fields=["reminded_on"])
            _remind_answer(change, today, at)
            changes += 1
    return changes


def _is_time_to_answer(change: Change, today: date) -> bool:
    """True when nobody was told since the term drew near, since it passed, or for a week after that."""
    if change.answer_by is None:
        return False
    over, last = term_ends(change.answer_by), change.reminded_on
    if today > over:
        return last is None or last <= over or today - last >= AGAIN
    return today >= change.answer_by - ANSWER_SOON and last is None


def _remind_answer(change: Change, today: date, at: datetime) -> None:
    agreement, until = change.agreement, change.answer_by
    is_late = until is not None and today > term_ends(until)
    people = {agreement.created_by}
    if is_late:
        people |= {*holders_of(*OFFICE), change.requested_by}
    tell_of(
        agreement, answer_due, people, at=at, stage="LATE" if is_late else "SOON",
        until=until.isoformat() if until else "",
    )  # fmt: skip


def _is_time(text: Text, until: date, today: date) -> bool:
    """True when a day to remind of has come since the text was written or was last reminded of."""
    passed = [day for n in REMIND_DAYS if (day := until - timedelta(days=n)) <= today <= until]
    return bool(passed) and (text.reminded_on or localdate(text.created_at)) < max(passed)
