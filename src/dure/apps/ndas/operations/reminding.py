"""What is told of agreements by itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dure.apps.ndas.models import Nda, Reminder
from dure.apps.ndas.notices import nda_reminder
from dure.apps.ndas.operations.telling import tell_of
from dure.apps.ndas.operations.terms import standard
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.queries import managers_of, people_of


def remind(*, at: datetime) -> int:
    """Tell the people of agreements that run out soon or are over; returns of how many.

    It can be run as often as one likes and by several at once: each round of reminders is kept in
    the transaction that tells. After days without a run only the last round that is due is told.
    """
    marks = standard()["remind_days"]
    soon = Q(stage=NdaStage.SIGNED, ends_at__lte=at + timedelta(days=max(marks) + 1))
    waiting = Nda.objects.filter(
        soon | Q(stage=NdaStage.ENDED), return_confirmed_at__isnull=True
    ).exclude(reminders__mark=min(marks))
    reminded = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            nda = Nda.objects.select_for_update(of=("self",)).get(pk=pk)
            mark = _due(nda, marks, at)
            if mark is None or nda.reminders.filter(mark=mark).exists():
                continue
            Reminder.objects.create(nda=nda, mark=mark, told_at=at)
            _remind_of(nda, at)
            reminded += 1
    return reminded


def _due(nda: Nda, marks: Iterable[int], at: datetime) -> int | None:
    """The last round of reminders whose day has come; those before it no longer matter.

    Nobody is reminded of a day that was nearer than the round when the agreement was signed.
    """
    is_over, today = nda.is_over(at), timezone.localdate(at)
    if nda.return_confirmed_at or not (is_over or nda.stage == NdaStage.SIGNED):
        return None
    last = timezone.localdate(nda.ended_at) if nda.ended_at else nda.last_day
    signed = timezone.localdate(nda.answered_at)
    days = {mark: last - timedelta(days=mark) for mark in marks if (mark < 0) == is_over}
    due = [mark for mark, day in days.items() if day <= today and (is_over or signed < day)]
    return min(due, default=None)


def _remind_of(nda: Nda, at: datetime) -> None:
    is_over = nda.is_over(at)
    disclosing_parties = list(managers_of(nda.disclosing_party))
    named = people_of(nda.receiving_party).filter(named_in__nda=nda) if is_over else ()
    # A set: who manages and is named is told once, as is who stands on both sides.
    receiving_parties = {*managers_of(nda.receiving_party), *named} - {*disclosing_parties}
    for recipients, other in (
        (disclosing_parties, nda.receiving_party),
        (receiving_parties, nda.disclosing_party),
    ):
        facts = {
            "is_over": is_over,
            "is_receiver": other == nda.disclosing_party,
            "last_day": nda.last_day.isoformat(),
            "return_on": nda.return_on.isoformat(),
        }
        tell_of(nda, recipients, nda_reminder, other=other, at=at, **facts)
