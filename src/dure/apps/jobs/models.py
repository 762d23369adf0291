"""The progress record of every long job."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.foundation.history import untracked


class JobStage(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


ENDED = (JobStage.DONE, JobStage.FAILED, JobStage.CANCELLED)


@untracked(
    "It changes three times a second while it runs; it keeps who asked for it, and what came of it."
)
class Job(models.Model):
    """One long job: what it is, how far it is, who asked for it and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=50)
    title = models.CharField(_("Job"), max_length=200)
    stage = models.CharField(_("Status"), max_length=20, choices=JobStage, default=JobStage.WAITING)
    step = models.CharField(_("Step"), max_length=60, blank=True)
    step_started_at = models.DateTimeField(null=True, editable=False)
    done = models.PositiveIntegerField(_("Done"), default=0)
    total = models.PositiveIntegerField(_("Total"), default=0)
    arguments = models.JSONField(default=dict)
    # What it is about: of each thing one job waits, and takes up whatever is asked of it meanwhile.
    thing = models.CharField(max_length=64, blank=True, editable=False)
    result = models.JSONField(_("Result"), default=dict)
    error = models.TextField(_("Error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    is_cancelling = models.BooleanField(default=False)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="jobs", verbose_name=_("Asked by")
    )
    requested_at = models.DateTimeField(_("Asked"), auto_now_add=True)
    started_at = models.DateTimeField(_("Started"), null=True)
    ended_at = models.DateTimeField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("job")
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ENDED, ended_at__isnull=False)
                | (~Q(stage__in=ENDED) & Q(ended_at__isnull=True)),
                name="job_ended_at_matches_stage",
            ),
            models.UniqueConstraint(
                fields=["kind", "thing"],
                condition=Q(stage=JobStage.WAITING) & ~Q(thing=""),
                name="one_waiting_job_per_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def has_ended(self) -> bool:
        """True when nothing more will happen."""
        return self.stage in ENDED

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
