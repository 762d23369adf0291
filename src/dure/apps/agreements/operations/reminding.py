"""Reminding those who have not signed yet."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import queries
from dure.apps.agreements.models import Text
from dure.apps.agreements.operations.telling import ask_to_sign

REMIND_DAYS = (7, 3, 1)


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


def _is_time(text: Text, until: date, today: date) -> bool:
    """True when a day to remind of has come since the text was written or was last reminded of."""
    passed = [day for n in REMIND_DAYS if (day := until - timedelta(days=n)) <= today <= until]
    return bool(passed) and (text.reminded_on or localdate(text.created_at)) < max(passed)
