"""Words of research staff, and how long what somebody wrote is kept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MONTHS = (3, 6, 12)
"""For how long somebody may want their application to be kept."""

REMINDED_DAYS = 14
"""Days before the end on which somebody is told that it is erased."""


class Level(TextChoices):
    """How far a researcher is."""

    NEW = "new", _("New researcher")
    SENIOR = "senior", _("Senior researcher")


class Degree(TextChoices):
    """The highest degree."""

    BACHELOR = "bachelor", pgettext_lazy("degree", "Bachelor")
    MASTER = "master", pgettext_lazy("degree", "Master")
    DOCTOR = "doctor", pgettext_lazy("degree", "Doctor")
    OTHER = "other", pgettext_lazy("degree", "Other")


class Wish(TextChoices):
    """How somebody would like to work for a firm."""

    HIRED = "hired", pgettext_lazy("researcher", "Be hired")
    SECONDED = "seconded", pgettext_lazy("researcher", "Be seconded")
    BOTH = "both", pgettext_lazy("researcher", "Either")
