"""Parameters of signals, in released versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.foundation.history import track


@track()
class RuleSet(models.Model):
    """Parameters that differ from those in the signals' files, as signal → name → value.

    Runs look by the set that was released last. `effect` is what a draft changes on the spending of
    last year; it is empty until it was measured, and again after every change of the draft.
    """

    number = models.PositiveIntegerField(_("Version"), null=True, unique=True)
    parameters = models.JSONField(default=dict)
    note = models.TextField(_("Why"), max_length=2000)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("Drafted"))
    effect = models.JSONField(default=dict)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("Released"), null=True)

    class Meta:
        verbose_name = _("version of the signals' parameters")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, released_at__isnull=True)
                | Q(number__isnull=False, released_at__isnull=False, released_by__isnull=False),
                name="released_parameters_have_a_number",
            ),
            models.UniqueConstraint(
                models.F("number"),
                condition=Q(number__isnull=True),
                nulls_distinct=False,
                name="one_draft_of_parameters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}" if self.number else str(_("Draft"))
