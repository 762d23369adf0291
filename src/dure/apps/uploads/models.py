"""Large files on their way: who sends what for which page, and how far it has got."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.uploads.stages import UploadStage
from dure.foundation.history import untracked

CHECKED_AT_ONCE = 20 * 1024**2
"""Up to so many bytes a file is checked with its last piece; a longer one beside the requests."""

CHECKED_WITHIN = timedelta(minutes=10)
"""After how long a check that has said nothing is begun again."""

KEPT_UNUSED = timedelta(days=3)
"""How long after its last piece an upload that nothing uses is forgotten."""


@untracked("comes and goes; what is made of it is in the history of whatever keeps it")
class Upload(models.Model):
    """A file that comes in pieces (`foundation/pieces.py`), for one page (`purpose`, such as "room:3").

    `received` bytes are here. `mark` is what the sender's browser knows the same file by. Once all of it is here it
    is checked, a long one beside the requests; whole, it has its hash and what the virus scanner said.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    name = models.CharField(_("File"), max_length=150)
    size = models.PositiveBigIntegerField(_("Size"))
    mark = models.CharField(max_length=100, blank=True)
    received = models.PositiveBigIntegerField(default=0)
    locked_key = models.BinaryField(editable=False)
    stage = models.CharField(
        _("Status"), max_length=8, choices=UploadStage, default=UploadStage.COMING
    )
    refusal = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    scan = models.CharField(max_length=12, blank=True)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("large upload")
        indexes = [models.Index(fields=["owner", "stage"], name="uploads_of_an_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("size"), size__gt=0), name="upload_no_longer_than_said"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=(UploadStage.COMING, UploadStage.REFUSED))
                | Q(stage=UploadStage.CHECKING, received=F("size"))
                | Q(received=F("size"), sha256__regex="^[0-9a-f]{64}$"),
                name="upload_whole_with_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its pieces are sent."""
        return reverse("uploads:upload", args=[self.pk])
