"""Who reads which meetings of groups, and what of them waits for whom."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from dure.apps.groups.models import CalendarAddress, Group, Meeting, Photo
from dure.apps.groups.queries.bodies import groups_acted_for, groups_read_inside, own_groups
from dure.apps.groups.stages import MeetingStage
from dure.apps.people.models import User
from dure.apps.people.queries import Reader

SOON = timedelta(days=2)
IN_FEEDS = timedelta(days=400)


def meetings_visible_to(user: Reader) -> QuerySet[Meeting]:
    """Meetings of one's own groups; for the office all."""
    meetings = Meeting.objects.select_related("group", "minutes_by", "confirmed_by")
    return meetings.filter(group__in=groups_read_inside(user))


def photos_visible_to(user: Reader) -> QuerySet[Photo]:
    """Photos of the meetings that a reader sees."""
    photos = Photo.objects.select_related("meeting__group")
    return photos.filter(meeting__group__in=groups_read_inside(user))


def meeting_by_code(code: str) -> Meeting | None:
    """The meeting whose code this is."""
    return Meeting.objects.select_related("group").filter(code=code).first()


def meetings_to_come(user: Reader, now: datetime) -> QuerySet[Meeting]:
    """Meetings of one's groups that are not over, the first one first."""
    meetings = meetings_visible_to(user).filter(group__in=own_groups(user).values("pk"))
    coming = meetings.filter(stage=MeetingStage.PLANNED, ends_at__gte=now)
    return coming.order_by("starts_at", "pk")


def meetings_soon(user: Reader, now: datetime) -> QuerySet[Meeting]:
    """Meetings of one's groups in the next two days, the first one first."""
    return meetings_to_come(user, now).filter(starts_at__lte=now + SOON)


def minutes_to_confirm(user: Reader, now: datetime) -> QuerySet[Meeting]:
    """Minutes that wait for somebody: not the writer, and who was there or acts for the group."""
    if not user.is_authenticated:
        return Meeting.objects.none()
    acted = groups_acted_for(user, localdate(now)).values("pk")
    meetings = meetings_visible_to(user).filter(stage=MeetingStage.HELD)
    known = Q(group__in=acted) | Q(pk__in=Meeting.objects.filter(presences__user=user.pk))
    return meetings.filter(known).exclude(minutes_by=user.pk).order_by("minutes_at", "pk")


def meetings_of_feed(address: CalendarAddress, now: datetime) -> QuerySet[Meeting]:
    """What a calendar shows: the meetings of its group, or of all groups of its owner."""
    meetings = meetings_visible_to(address.user).filter(starts_at__gte=now - IN_FEEDS)
    if address.group_id:
        return meetings.filter(group=address.group_id)
    return meetings.filter(group__in=own_groups(address.user).values("pk"))


def calendar_by_token(token: str) -> CalendarAddress | None:
    """The calendar with this secret address; none of an account that is closed."""
    calendaraddresss = CalendarAddress.objects.select_related("user", "group").filter(token=token)
    return calendaraddresss.filter(user__is_active=True).first()


def calendar_of(user: User, group: Group | None) -> CalendarAddress | None:
    """The address that somebody has for a group, or for all groups."""
    return CalendarAddress.objects.filter(user=user, group=group).first()


def meetings_for_account(group: Group, year: int) -> QuerySet[Meeting]:
    """Meetings that can approve the account of a year: held after its end, with minutes."""
    held = (MeetingStage.HELD, MeetingStage.CONFIRMED)
    return group.meetings.filter(stage__in=held, starts_at__year__gt=year)
