"""Originals that somebody had at a moment, known by their fingerprint alone (원본증명)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Origin(models.Model):
    """That an organisation had a file with this SHA-256, by whom and when; never the file (부정경쟁방지법 9조의2)."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="origins", verbose_name=_("Organisation")
    )
    title = models.CharField(_("What it is"), max_length=200)
    file_name = models.CharField(_("Name of the file"), max_length=255, blank=True)
    sha256 = models.CharField(_("Fingerprint (SHA-256)"), max_length=64)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Registered by")
    )
    created_at = models.DateTimeField(_("Registered"))

    class Meta:
        verbose_name = _("registered original")
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="origin_of_organisation")
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="origin_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="origin_is_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("origins:origin", args=[self.pk])

    @property
    def number(self) -> str:
        """By which it is cited and checked: the year in Seoul, and its number."""
        return f"ORG-{localdate(self.created_at).year}-{self.pk:06d}"
