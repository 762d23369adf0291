"""What somebody was told."""

from django.db.models import QuerySet

from dure.apps.notices.models import Notice
from dure.apps.people.queries import Reader


def notices_of(user: Reader) -> QuerySet[Notice]:
    """The notices of `user`, newest first."""
    if not user.is_authenticated:
        return Notice.objects.none()
    return Notice.objects.filter(recipient=user).order_by("-created_at", "-pk")


def unread_count(user: Reader) -> int:
    """How many notices `user` has not read."""
    return notices_of(user).filter(read_at__isnull=True).count()
