"""Data products: what is offered on which terms, versions sealed by fingerprints, transfers to buyers.

The data itself never lies here: a version is known by the fingerprints of its files, and seller and buyer
say each for itself what went over.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.dataproducts.kinds import Licence
from dure.apps.dataproducts.stages import OPEN, ProductStage, TransferStage
from dure.apps.ndas.models import Exchange
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track
from dure.values.fingerprints import Fingerprint


@track()
class DataProduct(models.Model):
    """Data that an organisation offers, with a sample, a price in won (0 is free) and a licence.

    `is_secret` marks technical data kept secret: its hand-over waits for the papers of the law.
    """

    seller = models.ForeignKey(
        Organisation, models.PROTECT, related_name="data_products", verbose_name=_("Seller")
    )
    title = models.CharField(_("Title"), max_length=200)
    description = models.TextField(_("Description"), max_length=5000)
    sample = models.TextField(_("Sample"), max_length=5000, blank=True)
    price = models.PositiveBigIntegerField(_("Price (won)"), default=0)
    licence = models.CharField(_("Licence"), max_length=10, choices=Licence)
    licence_text = models.TextField(_("Further terms"), max_length=2000, blank=True)
    is_secret = models.BooleanField(_("Technical data that we keep secret"), default=False)
    stage = models.CharField(
        _("Status"), max_length=10, choices=ProductStage, default=ProductStage.OFFERED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("data product")
        indexes = [models.Index(fields=["stage", "-created_at"], name="data_product_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("dataproducts:product", args=[self.pk])


@track()
class DataVersion(models.Model):
    """A version of a product, sealed: which files it consists of, by their fingerprints."""

    product = models.ForeignKey(DataProduct, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    note = models.CharField(_("What is new"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Sealed"))

    class Meta:
        verbose_name = _("version of a data product")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="data_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.product} v{self.number}"

    def fingerprints(self) -> list[Fingerprint]:
        """Its files by their fingerprints."""
        return [Fingerprint(file.name, file.sha256) for file in self.files.all()]


@track()
class VersionFile(models.Model):
    """A file of a version, never its content."""

    version = models.ForeignKey(DataVersion, models.PROTECT, related_name="files")
    name = models.CharField(_("File"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("file of a version")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="version_file_once")
        ]

    def __str__(self) -> str:
        return self.name


@track()
class Transfer(models.Model):
    """That a buyer asked for a version, on the terms of that day, and what became of it.

    `result` is what the buyer found: names of files that are the same, changed, missing or added.
    `exchange` is the hand-over in the register, where the data is technical data kept secret.
    """

    version = models.ForeignKey(DataVersion, models.PROTECT, related_name="transfers")
    buyer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="data_bought", verbose_name=_("Buyer")
    )
    purpose = models.CharField(_("What the data is for"), max_length=500)
    price = models.PositiveBigIntegerField(_("Price (won)"))
    licence = models.CharField(_("Licence"), max_length=10, choices=Licence)
    stage = models.CharField(
        _("Status"), max_length=12, choices=TransferStage, default=TransferStage.ASKED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Asked for on"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    how = models.CharField(_("How it went over"), max_length=300, blank=True)
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(_("Handed over"), null=True)
    result = models.JSONField(default=dict, blank=True)
    compared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    compared_at = models.DateTimeField(_("Compared"), null=True)
    exchange = models.OneToOneField(
        Exchange, models.PROTECT, null=True, related_name="data_transfer"
    )

    class Meta:
        verbose_name = _("transfer of data")
        indexes = [models.Index(fields=["buyer"], name="data_transfer_of_buyer")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "buyer"],
                condition=Q(stage__in=OPEN),
                name="one_open_transfer_of_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[TransferStage.RECEIVED, TransferStage.DIFFERS])
                | Q(handed_by__isnull=False, compared_by__isnull=False)
                & ~Q(handed_by=F("compared_by")),
                name="transfer_said_by_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("dataproducts:transfer", args=[self.pk])

    @property
    def seller(self) -> Organisation:
        """Who gives the data."""
        return self.version.product.seller
