"""What waits for officers, and what the clock settles."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime

from dure.apps.calls.models import Call
from dure.apps.calls.stages import CallStage
from dure.apps.people.queries import Reader, is_office


def calls_to_announce(user: Reader) -> QuerySet[Call]:
    """Drafts that others wrote and a second officer announces, oldest first."""
    if not is_office(user):
        return Call.objects.none()
    return (
        Call.objects.filter(stage=CallStage.DRAFT)
        .exclude(edited_by=user.pk)
        .select_related("version__programme", "edited_by")
        .order_by("edited_at", "pk")
    )


def closing_today(user: Reader, at: datetime) -> QuerySet[Call]:
    """The calls in one's charge that close before midnight, the next first."""
    if not is_office(user):
        return Call.objects.none()
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (
        Call.objects.filter(
            stage=CallStage.ANNOUNCED,
            contact=user.pk,
            deadline_at__gt=at,
            deadline_at__lte=midnight,
        )
        .select_related("version__programme")
        .order_by("deadline_at", "pk")
    )


def calls_to_close(at: datetime) -> QuerySet[Call]:
    """Announced calls whose deadline has passed."""
    return Call.objects.filter(stage=CallStage.ANNOUNCED, deadline_at__lte=at).order_by("pk")
