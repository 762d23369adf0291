"""Notices: what the platform tells a person, on the page and by e-mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.foundation.history import untracked


@untracked("What the platform said of changes that are kept themselves.")
class Notice(models.Model):
    """One thing told to one person."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(_("About"), max_length=30)
    facts = models.JSONField(_("Facts"), default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(_("Sent"))
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("In the daily e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_newest"),
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
