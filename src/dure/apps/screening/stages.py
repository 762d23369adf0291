"""Where a case is in its life."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStage(TextChoices):
    """A case goes from open to closed, and stays closed."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


CASE_NEXT = {CaseStage.OPEN: {CaseStage.CLOSED}, CaseStage.CLOSED: set()}
