"""Spending that was handed in as files and screened, apart from the platform's own projects."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.foundation.history import track, untracked


@track()
class FileRun(models.Model):
    """Files that an auditor handed in, and what a run over them saw.

    `names` are the files by their part (expenses, projects, relations); `faults` say what kept them
    from being read, `silent` which signals lacked which columns.
    """

    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Handed in"))
    names = models.JSONField(default=dict)
    job = models.UUIDField(null=True, editable=False)
    done_at = models.DateTimeField(_("Done"), null=True)
    projects = models.PositiveIntegerField(_("Projects"), default=0)
    rows = models.PositiveBigIntegerField(_("Expenses"), default=0)
    silent = models.JSONField(default=dict)
    faults = models.JSONField(default=list)

    class Meta:
        verbose_name = _("screening of files")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.names.get("expenses", ""))

    def get_absolute_url(self) -> str:
        """The list of its projects, or what is wrong with the files."""
        return reverse("screening:file_run", args=[self.pk])


@untracked("written once by a run and never changed")
class FilePlace(models.Model):
    """A project of the files in its place; `key` is its id there."""

    run = models.ForeignKey(FileRun, models.CASCADE, related_name="places")
    key = models.CharField(_("Project"), max_length=200)
    rank = models.PositiveIntegerField(_("Place"))
    score = models.FloatField(_("Score"))

    class Meta:
        verbose_name = _("place in the list")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "rank"], name="file_place_once_in_a_run")
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """What the signals saw in this project."""
        return reverse("screening:file_place", args=[self.pk])


@untracked("written once by a run and never changed")
class FileFinding(models.Model):
    """What one signal saw; `rows` are the first of its rows as they stand in the file."""

    place = models.ForeignKey(FilePlace, models.CASCADE, related_name="findings")
    signal = models.CharField(_("Signal"), max_length=40)
    level = models.CharField(max_length=10)
    score = models.FloatField(_("Score"))
    facts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    row_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("signal")
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["signal"], name="file_finding_by_signal")]

    def __str__(self) -> str:
        return f"{self.signal} {self.score:.2f}"
