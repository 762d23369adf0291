"""Convergence of knowledge: strengths and wants, pairs across industries, what became of them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.groups.models.bodies import Group
from dure.apps.groups.stages import PairStage
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.foundation.history import track


@track()
class Strength(models.Model):
    """What a member is good at and what it looks for; the matching reads both.

    `is_entered_for` where the group's secretary, a coordinator or the office wrote it.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="strength", verbose_name=_("Organisation")
    )
    strengths = models.TextField(_("What we are good at"), max_length=3000)
    wants = models.TextField(_("What we look for"), max_length=3000)
    is_entered_for = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("strengths and wants of a member")
        ordering = ["organisation__name", "pk"]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class Pair(models.Model):
    """One firm looks for what another, of a different industry, is good at."""

    seeker = models.ForeignKey(Strength, models.CASCADE, related_name="sought")
    helper = models.ForeignKey(Strength, models.CASCADE, related_name="offered")
    strength = models.CharField(_("How strongly"), max_length=20)
    reasons = models.JSONField(_("Reasons"), default=list)
    stage = models.CharField(
        _("Status"), max_length=20, choices=PairStage, default=PairStage.PROPOSED
    )
    seeker_says = models.BooleanField(null=True)
    helper_says = models.BooleanField(null=True)
    is_said_for = models.BooleanField(default=False)
    pre_plan = models.TextField(_("Pre-plan"), max_length=5000, blank=True)
    why_dropped = models.CharField(_("Why not"), max_length=500, blank=True)
    project = models.OneToOneField(
        Group, models.PROTECT, null=True, related_name="spark", verbose_name=_("Project group")
    )
    coordinator = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))

    class Meta:
        verbose_name = _("pair across industries")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["seeker", "helper"], name="group_pair_once"),
            models.CheckConstraint(condition=~Q(seeker=F("helper")), name="group_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} – {self.helper}"

    def get_absolute_url(self) -> str:
        """The page of the pair."""
        return reverse("groups:pair", args=[self.pk])


@track()
class Package(models.Model):
    """A project group goes through the steps of a programme, as its version says."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="package")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))

    class Meta:
        verbose_name = _("package of a project group")

    def __str__(self) -> str:
        return str(self.group)


@track()
class PackageStep(models.Model):
    """A step of a package: what the group shows, and what is said at its gate."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("Step"))
    stage_id = models.CharField(max_length=40)
    evidence = models.TextField(_("Evidence"), max_length=3000, blank=True)
    shown_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shown_at = models.DateTimeField(_("Handed in"), null=True)
    is_passed = models.BooleanField(_("Passed"), null=True)
    decision = models.TextField(_("Decision"), max_length=3000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("step of a package")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="group_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.package} {self.number}"
