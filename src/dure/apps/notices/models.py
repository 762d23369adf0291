"""Notices: what the platform tells a person, on the page and by e-mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.foundation.history import untracked


class NoticeKind(models.TextChoices):
    """What a notice is about; its sentences stand in presenters."""

    NEED_RETURNED = "NEED_RETURNED", _("Entry returned")
    NEED_PUBLISHED = "NEED_PUBLISHED", _("Entry published")
    NEED_MERGED = "NEED_MERGED", _("Need merged")
    NEW_MATCHES = "NEW_MATCHES", _("New matches")
    MATCH_ANSWERED = "MATCH_ANSWERED", _("Match answered")
    JOB_ENDED = "JOB_ENDED", _("Job ended")
    JOIN_REQUESTED = "JOIN_REQUESTED", _("Request to join")
    JOIN_ANSWERED = "JOIN_ANSWERED", _("Answer to a request to join")
    ORGANISATION_VERIFIED = "ORGANISATION_VERIFIED", _("Organisation verified")
    NDA_MOVED = "NDA_MOVED", _("Non-disclosure agreement")
    NDA_REMINDER = "NDA_REMINDER", _("Reminder of an agreement")
    FAIR_ANSWERED = "FAIR_ANSWERED", _("Answer to a registration for a fair")
    FAIR_WISHES = "FAIR_WISHES", _("Wishes for a fair")
    FAIR_TIMETABLE = "FAIR_TIMETABLE", _("Timetable of a fair")
    FAIR_REMINDER = "FAIR_REMINDER", _("Reminder of a meeting")
    FAIR_TASK = "FAIR_TASK", _("Next step after a meeting")


@untracked("What the platform said of changes that are kept themselves.")
class Notice(models.Model):
    """One thing told to one person."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(_("About"), max_length=30, choices=NoticeKind)
    facts = models.JSONField(_("Facts"), default=dict)
    url = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(_("Sent"))
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("In the daily e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        indexes = [
            models.Index(fields=["recipient", "-made_at"], name="notice_newest"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} to {self.recipient_id}"


@untracked("Written once: which day's e-mail went out.")
class DailyEmail(models.Model):
    """The day of a person's last daily e-mail; whoever sends one holds the row."""

    user = models.OneToOneField(User, models.CASCADE, related_name="daily_email")
    sent_on = models.DateField(_("Sent on"), null=True)

    class Meta:
        verbose_name = _("daily e-mail")

    def __str__(self) -> str:
        return f"#{self.pk} to {self.user_id}"
