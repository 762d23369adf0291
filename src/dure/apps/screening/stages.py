"""Where a run and a case are in their lives."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStage(TextChoices):
    """A case goes from open to closed, and stays closed."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")
