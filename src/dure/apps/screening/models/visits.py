"""Visits to where a project works, and fingerprints of evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.projects.models import Evidence
from dure.apps.screening.kinds import Check
from dure.apps.screening.models.cases import Case
from dure.foundation.history import track, untracked


@track()
class Visit(models.Model):
    """What an auditor saw where a project works, item by item of the list of that day.

    `results` says of each item's code what the visit found, as one of `Check`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("Day of the visit"))
    results = models.JSONField(default=dict)
    note = models.TextField(_("What was seen"), max_length=5000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Visit written down"))

    class Meta:
        verbose_name = _("on-site visit")
        ordering = ["visited_on", "pk"]

    def __str__(self) -> str:
        return f"{self.visited_on} of case {self.case_id}"

    def count_of(self, check: Check) -> int:
        """How many items came out so."""
        return sum(result == check for result in self.results.values())


@untracked("made of the file, and made again at will")
class EvidenceMark(models.Model):
    """Fingerprints of one file of evidence; empty where it is no picture or holds no text."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="screening_mark")
    picture = models.BigIntegerField(null=True)
    text = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("fingerprint of evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.evidence_id}"
