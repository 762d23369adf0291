"""What registers and lists say of organisations: sanctions, arrears, deposits, recommendations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.engines.eligibility import Fact, Source
from dure.foundation import programmes
from dure.foundation.history import track


@track()
class RecordedFact(models.Model):
    """A fact about an organisation, as of a day, as a list says it.

    `fact` is a word of programme files, `value` what `programmes.read_fact` reads of it; `origin`
    names the register or list. A later list does not change it: of two the later day counts. What
    turned out to be wrong is withdrawn with a reason, and then counts no more.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="recorded_facts")
    fact = models.CharField(_("Fact"), max_length=60)
    value = models.CharField(_("Value"), max_length=60)
    as_of = models.DateField(_("As of"))
    origin = models.CharField(_("Source"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("Taken in"))
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("fact from a register")
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["fact", "as_of"], name="recorded_fact_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fact", "as_of", "origin"],
                condition=Q(withdrawn_at__isnull=True),
                name="recorded_fact_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason=""),
                name="recorded_fact_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return programmes.name("fact", self.fact, get_language())

    def as_fact(self) -> Fact:
        """The fact as the engine of eligibility knows it."""
        value = programmes.read_fact(self.fact, self.value)
        return Fact(self.fact, value, as_of=self.as_of, source=Source.IMPORTED, origin=self.origin)

    @property
    def said(self) -> str:
        """The value in the reader's language."""
        return programmes.value_said(self.as_fact().value, get_language())
