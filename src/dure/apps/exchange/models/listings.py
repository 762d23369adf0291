"""Technologies registered for exchange, and texts in the other language."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Technology
from dure.apps.people.models import User
from dure.foundation.history import track


@track()
class Listing(models.Model):
    """That a technology of the catalogue is registered for exchange with other countries."""

    technology = models.OneToOneField(Technology, models.PROTECT, related_name="exchange_listing")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Registered"))

    class Meta:
        verbose_name = _("technology for exchange")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.technology)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:listing", args=[self.pk])


@track()
class TextPair(models.Model):
    """A text of a record in the other language, with the source that it was made from.

    `subject` names the record, as "meeting:12"; `engine` is the machine that made the text, empty
    for a person. What a machine made is marked until a person confirms it. Once the record says
    something else than `source`, the pair counts no more.
    """

    subject = models.CharField(max_length=40)
    field = models.CharField(max_length=20)
    language = models.CharField(_("Language"), max_length=2)
    source = models.TextField(_("Original"))
    text = models.TextField(_("Translation"))
    engine = models.CharField(_("Machine"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("Translated"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)

    class Meta:
        verbose_name = _("translation")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "field", "language"], name="one_text_in_a_language"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="text_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(engine="") | Q(confirmed_by__isnull=False),
                name="text_by_a_machine_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field} {self.language}"

    @property
    def is_machine(self) -> bool:
        """Whether a machine made it and nobody has confirmed it."""
        return self.confirmed_by_id is None
