"""Entries of registers: who is designated for what, at which stage, until when."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.designations.kinds import Register, Stage, registers
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track

MOST = 10**15


@track()
class Entry(models.Model):
    """An entry of a register: a product, a firm, a factory, a zone.

    `register` is the id of the file, `values` the columns by their ids: text, whole numbers, ids of
    choices. `record` is the talk from which it was opened, `parent` the entry of the register above,
    such as the product that is tried. First and last day of the term are included.
    """

    register = models.CharField(pgettext_lazy("designation", "Register"), max_length=40)
    number = models.CharField(pgettext_lazy("designation", "Number"), max_length=60, blank=True)
    title = models.CharField(_("Title"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="designations", verbose_name=_("Organisation")
    )
    counterpart = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="designations_as_buyer",
        verbose_name=_("Buyer"),
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    record = models.ForeignKey(
        ConsultationRecord, models.PROTECT, null=True, blank=True, related_name="designations"
    )
    values = models.JSONField(default=dict, blank=True)
    stage = models.CharField(_("Status"), max_length=40)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("To"), null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(_("Reminded, days before"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("entry of a register")
        verbose_name_plural = _("entries of registers")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["register", "stage", "ends_on"], name="designation_by_stage")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "number"], condition=~Q(number=""),
                name="designation_number_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="designation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(counterpart__isnull=True) | ~Q(counterpart=F("organisation")),
                name="designation_buyer_is_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The entry's own page."""
        return reverse("designations:entry", args=[self.pk])

    @property
    def file(self) -> Register:
        """The register as its file says."""
        return registers()[self.register]

    @property
    def stage_file(self) -> Stage:
        """Its stage as the file says."""
        return self.file.stage(self.stage)


@track()
class Step(models.Model):
    """A step of an entry: to which stage, on which day, by whom and why."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="steps")
    stage = models.CharField(_("Status"), max_length=40)
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("step of an entry")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"#{self.entry_id} {self.stage}"
