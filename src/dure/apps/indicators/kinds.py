"""Where a figure comes from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    MEASURED = "MEASURED", _("Measured from records")
    REPORTED = "REPORTED", _("Reported by a body")
    HISTORY = "HISTORY", _("Reported, taken from the plan")
