"""Entries, and who sees them: those whom they are about."""

from django.db.models import Q, QuerySet

from dure.apps.people.queries import Reader, roles_of
from dure.apps.records.models import Checkpoint, Entry


def entries_visible_to(user: Reader) -> QuerySet[Entry]:
    """What was recorded about the organisations of `user`, the newest first.

    The programme office has what it is itself a side of; no role opens what others agreed on.
    """
    roles = roles_of(user)
    about = Q(parties__overlap=sorted(roles.organisations))
    if roles.is_officer:
        about |= Q(is_of_office=True)
    entries = Entry.objects.filter(about).select_related("place")
    return entries.order_by("-pk")


def entries_about(*about: str) -> QuerySet[Entry]:
    """What was recorded about things, the oldest first; ask for the reader's right before."""
    return Entry.objects.filter(about__in=about).select_related("place").order_by("pk")


def entry_at(index: int) -> Entry | None:
    """The entry at a place of the record."""
    return Entry.objects.select_related("place").filter(place__index=index).first()


def first_covering(index: int) -> Checkpoint | None:
    """The first checkpoint that was signed with the entry at `index` in the record.

    One that has a timestamp, where there is any.
    """
    covering = Checkpoint.objects.filter(size__gt=index).select_related("timestamp")
    stamped = covering.filter(timestamp__isnull=False).order_by("size").first()
    return stamped or covering.order_by("size").first()
