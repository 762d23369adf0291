"""What is done for a request: partners, visits, reports; of a dispute its panel and evidence."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.people.models import User
from dure.apps.support.models.profiles import Profile
from dure.apps.support.models.requests import SupportRequest
from dure.apps.support.stages import CandidateStage
from dure.foundation.history import track, untracked


@track()
class Candidate(models.Model):
    """A partner proposed for a request: why, and what both said.

    `reasons` are codes of the matching engine with their arguments, as they were when proposed;
    empty where somebody chose the partner by hand.
    """

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="candidates")
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="candidacies")
    stage = models.CharField(
        _("Status"), max_length=12, choices=CandidateStage, default=CandidateStage.PROPOSED
    )
    strength = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    note = models.TextField(_("Why this one"), max_length=1000, blank=True)
    role = models.CharField(_("What the partner does"), max_length=300, blank=True)
    answer = models.TextField(_("What was answered"), max_length=1000, blank=True)
    entered_for = models.BooleanField(_("Entered by the owner for the partner"), default=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))
    introduced_at = models.DateTimeField(_("Introduced"), null=True)
    answered_at = models.DateTimeField(_("Answered"), null=True)
    ended_on = models.DateField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("proposed partner")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "profile"], name="support_partner_proposed_once"
            ),
            models.CheckConstraint(
                condition=~Q(stage=CandidateStage.ACCEPTED)
                | ~Q(role="") & Q(answered_at__isnull=False),
                name="support_partner_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return str(self.profile)

    def get_absolute_url(self) -> str:
        """The page on which the partner answers."""
        return reverse("support:candidate", args=[self.pk])


@track()
class Visit(models.Model):
    """A visit or a consultation: the day, the hours, what was done."""

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="visits")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="visits",
        verbose_name=pgettext_lazy("visit", "Who came"),
    )  # fmt: skip
    on = models.DateField(_("Day"))
    hours = models.DecimalField(_("Hours"), max_digits=4, decimal_places=1)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    text = models.TextField(_("What was done"), max_length=3000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("visit")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="support_visit_within_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.request_id} {self.on}"


@track()
class Report(models.Model):
    """What the owner reports at the end; with a file where there is one."""

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="reports")
    text = models.TextField(pgettext_lazy("support", "Report"), max_length=10_000)
    file = models.FileField(_("File"), upload_to="support/", blank=True)
    name = models.CharField(_("Name"), max_length=150, blank=True)
    size = models.PositiveIntegerField(_("Size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Reported"))

    class Meta:
        verbose_name = _("report on a request")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.request_id} {self.at:%Y-%m-%d}"


@track()
class Panelist(models.Model):
    """Somebody who hears a case; one of them is in the chair."""

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="panel")
    name = models.CharField(_("Name"), max_length=100)
    affiliation = models.CharField(_("Belongs to"), max_length=200, blank=True)
    profession = models.CharField(_("Profession"), max_length=40)
    is_chair = models.BooleanField(_("In the chair"), default=False)
    named_on = models.DateField(_("Named"))

    class Meta:
        verbose_name = pgettext_lazy("support", "member of a panel")
        ordering = [F("is_chair").desc(), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(is_chair=True), name="support_one_chair"
            ),
            models.UniqueConstraint(
                fields=["request", "name", "affiliation"], name="support_panelist_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@untracked("Written once and never changed: a copy of entries of a register, with its hash.")
class Evidence(models.Model):
    """What the registers of rooms with the other side said at a moment, in order.

    `rows` are the entries as the firm read them: when, what, who said so, whether the other side
    confirmed it, the hashes of files, the place in the sealed record. `sha256` is over them.
    """

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="evidence")
    rows = models.JSONField()
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(pgettext_lazy("support", "Gathered"))

    class Meta:
        verbose_name = _("gathered evidence")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.sha256[:12]
