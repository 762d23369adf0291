"""A firm's document box (서류함): each paper once, in versions, with its expiry; who looked at it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.papers.kinds import OTHER, PaperKind, paper_kinds
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track
from dure.foundation.scanning import Scan


class ScanResult(models.TextChoices):
    CLEAN = Scan.CLEAN.value, _("Scanned, nothing found")
    NOT_SCANNED = Scan.NOT_SCANNED.value, _("Not scanned for viruses")


@track()
class Paper(models.Model):
    """A paper of an organisation, such as its business registration; there once of each kind.

    `title` tells papers of the kind OTHER apart.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="papers")
    kind = models.CharField(_("Kind"), max_length=30)
    title = models.CharField(_("Title"), max_length=100, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Put into the box"))
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(_("Removed"), null=True)

    class Meta:
        verbose_name = _("paper")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "title"],
                condition=Q(removed_at__isnull=True),
                name="paper_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OTHER) | ~Q(title=""), name="other_papers_have_a_title"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="paper_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind_of.name

    @property
    def kind_of(self) -> PaperKind:
        """What the list of kinds says of it."""
        kinds = paper_kinds()
        return kinds.get(self.kind, kinds[OTHER])


@track(exclude=["locked_key"])
class PaperVersion(models.Model):
    """A file of a paper, encrypted under a key of its own, which is kept locked (`foundation/sealing`).

    `expires_on` is the last day on which it is taken; empty where it has no end.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("Version"))
    name = models.CharField(_("File"), max_length=150)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    stored_as = models.UUIDField(unique=True, editable=False)
    locked_key = models.BinaryField(editable=False)
    issued_on = models.DateField(_("Issued on"))
    expires_on = models.DateField(_("Valid until"), null=True, blank=True)
    scan = models.CharField(_("Virus scan"), max_length=12, choices=ScanResult)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Put into the box"))
    warned_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("version of a paper")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="paper_expires_after_its_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.paper_id}/{self.number}"

    def holds_on(self, on: date) -> bool:
        """True where it is taken on a day."""
        return self.issued_on <= on and (self.expires_on is None or on <= self.expires_on)


@track()
class PaperLook(models.Model):
    """That somebody opened a version, when, and what for."""

    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("When"))
    purpose = models.CharField(_("What for"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("look at a paper")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.version_id} by {self.user_id}"
