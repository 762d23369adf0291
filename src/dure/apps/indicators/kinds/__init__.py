"""Where a figure comes from, and which reader is shown which charts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.apps.indicators.kinds.boards import Board, Chart, boards

__all__ = ["Board", "Chart", "Origin", "boards"]


class Origin(TextChoices):
    MEASURED = "MEASURED", _("Measured from records")
    REPORTED = "REPORTED", _("Reported by a body")
    HISTORY = "HISTORY", _("Reported, taken from the plan")
