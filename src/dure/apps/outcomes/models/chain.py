"""What an outcome came of, and from when until when it counted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import Agreement
from dure.apps.applications.models import Application
from dure.apps.calls.models import Call
from dure.apps.catalog.models import Need, Technology
from dure.apps.challenges.models import Candidate
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.outcomes.models.outcome import Outcome
from dure.apps.programmes.models import Programme
from dure.apps.projects.models import Project
from dure.foundation.history import track, untracked

LINKS = (
    "need", "technology", "introduction", "record", "candidate", "call", "application", "agreement",
    "project",
)  # fmt: skip
"""The links of the chain, from the need on."""


def _link(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(model, models.SET_NULL, null=True, related_name="outcome_chains")


@untracked("Found by the platform, and found again from what is linked at any time.")
class Chain(models.Model):
    """The way back from an outcome to the need.

    `anchor` is the link from which somebody reported it, or to which the office tied it; empty
    where the platform found it by the two organisations alone. `likely` are the links of which
    there were several to choose from.
    """

    outcome = models.OneToOneField(Outcome, models.CASCADE, related_name="chain")
    anchor = models.CharField(max_length=20, blank=True)
    likely = ArrayField(models.CharField(max_length=20), default=list)
    need = _link(Need)
    technology = _link(Technology)
    introduction = _link(Introduction)
    record = _link(ConsultationRecord)
    candidate = _link(Candidate)
    call = _link(Call)
    application = _link(Application)
    agreement = _link(Agreement)
    project = _link(Project)
    programme = _link(Programme)

    class Meta:
        verbose_name = _("way back to the need")

    def __str__(self) -> str:
        return f"#{self.outcome_id}"


@track()
class CountedSpan(models.Model):
    """From when until when a confirmed outcome counted, and under what: so a figure of a past day
    stays what it was.

    Opened when it is confirmed, closed when it is withdrawn or merged; a way back that was found
    otherwise meanwhile closes one and opens the next.
    """

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="spans")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="+")
    field = models.CharField(_("Field"), max_length=20, blank=True)
    region = models.CharField(_("Region"), max_length=20, blank=True)
    size = models.CharField(_("Size of the organisation"), max_length=20, blank=True)
    starts_at = models.DateTimeField(_("Counts from"))
    ends_at = models.DateTimeField(_("Counts until"), null=True)

    class Meta:
        verbose_name = _("span in which an outcome counts")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="outcome_counts")]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome"], condition=Q(ends_at__isnull=True), name="one_open_span"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="span_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.outcome_id}"
