"""Programmes and their versions: what a file said, and since when (사업 정의)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.programmes.stages import VersionStage
from dure.foundation.history import track


@track()
class Programme(models.Model):
    """A programme; what it says is in its versions, and `current` is the one in force.

    Name and class are those of the current version, so that lists can be filtered.
    """

    slug = models.SlugField(_("Id"), max_length=60, unique=True)
    current = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("Name"), max_length=300)
    name_en = models.CharField(_("Name in English"), max_length=300)
    goal = models.CharField(_("Goal"), max_length=40)
    calls = ArrayField(models.CharField(max_length=40), verbose_name=_("How to apply"))
    runs_as = models.CharField(_("How it runs"), max_length=40)

    class Meta:
        verbose_name = _("programme")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@track()
class Version(models.Model):
    """What a programme's file said. A released one never changes; calls remember theirs.

    `number` is given when it is released. A version without a writer came with dure.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("Version"), null=True)
    content = models.TextField(_("File"))
    digest = models.CharField(max_length=64)
    stage = models.CharField(
        _("Status"), max_length=10, choices=VersionStage, default=VersionStage.DRAFT
    )
    note = models.CharField(_("What is new"), max_length=300, blank=True)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="drafts")
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(_("Changed"))
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("Released"), null=True)

    class Meta:
        verbose_name = _("version of a programme")
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_once"),
            models.CheckConstraint(
                condition=Q(
                    stage=VersionStage.RELEASED, number__isnull=False, released_at__isnull=False
                )
                | (~Q(stage=VersionStage.RELEASED) & Q(number__isnull=True)),
                name="released_versions_have_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.number or 'draft'}"
