"""Meetings of exchange groups: agenda, who was there, minutes, photos; addresses of calendars."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups.kinds import Way
from dure.apps.groups.models.bodies import Activity, Group
from dure.apps.groups.stages import MeetingStage
from dure.apps.people.models import User
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track, untracked

DOOR_OPENS = timedelta(minutes=30)
"""So long before a meeting its code lets people in."""


anonymous_place = AnonymousPlace("groups")


@track(exclude=["code"])
class Meeting(models.Model):
    """A meeting of a group. Who scans `code` at its hours is there; it stands in no history."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    title = models.CharField(_("Title"), max_length=200)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(pgettext_lazy("meeting", "Ends"))
    place = models.CharField(_("Place"), max_length=200)
    agenda = models.TextField(pgettext_lazy("meeting", "Agenda"), max_length=5000)
    stage = models.CharField(
        _("Status"), max_length=20, choices=MeetingStage, default=MeetingStage.PLANNED
    )
    code = models.CharField(max_length=64, unique=True)
    minutes = models.TextField(pgettext_lazy("meeting", "Minutes"), max_length=10_000, blank=True)
    result = models.CharField(_("What came of it"), max_length=500, blank=True)
    minutes_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    minutes_at = models.DateTimeField(_("Minutes written"), null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Minutes confirmed"), null=True)
    activity = models.OneToOneField(Activity, models.PROTECT, null=True, related_name="meeting")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("meeting of a group")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="group_meeting_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the meeting."""
        return reverse("groups:meeting", args=[self.pk])

    def lets_in(self, at: datetime) -> bool:
        """True while the code of the meeting is good: from half an hour before until its end."""
        is_on = self.stage in (MeetingStage.PLANNED, MeetingStage.HELD)
        return is_on and self.starts_at - DOOR_OPENS <= at <= self.ends_at


@track()
class Presence(models.Model):
    """Somebody was at a meeting: a person with an account, or a guest by name and firm."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("Name"), max_length=100)
    firm = models.CharField(_("Organisation"), max_length=200, blank=True)
    way = models.CharField(_("How"), max_length=10, choices=Way)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("Came"))

    class Meta:
        verbose_name = _("presence at a meeting of a group")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False),
                name="group_presence_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name", "firm"], condition=Q(user__isnull=True),
                name="group_guest_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


@track()
class Photo(models.Model):
    """A photo of a meeting, drawn anew: without place, time and camera."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="photos")
    file = models.FileField(_("File"), upload_to=anonymous_place)
    caption = models.CharField(_("What it shows"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        verbose_name = _("photo of a meeting")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


@untracked("A secret address of one's own, which must stand in no second place.")
class CalendarAddress(models.Model):
    """The secret address of a calendar: of one group, or (`group` empty) of all one's groups."""

    user = models.ForeignKey(User, models.CASCADE, related_name="group_calendars")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="calendars")
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("address of a calendar")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"], nulls_distinct=False, name="group_calendar_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
