"""Why a case was opened, and what a question came to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """How a project came to be looked at; the random sample shows what screening misses."""

    RISK = "RISK", _("Place in the list")
    RANDOM = "RANDOM", _("Random sample")
    TIP = "TIP", _("Tip")
    OUTSIDE = "OUTSIDE", _("Finding from outside")


OUTER = (Cause.TIP, Cause.OUTSIDE)
"""What comes from people, not from the list."""


class Check(TextChoices):
    """What a visit found of an item of its list; what was not checked is counted too."""

    AS_SAID = "AS_SAID", _("As it should be")
    OTHERWISE = "OTHERWISE", _("Not as it should be")
    UNCHECKED = "UNCHECKED", _("Not checked")


class Outcome(TextChoices):
    """What a question came to."""

    CONFIRMED = "CONFIRMED", _("Confirmed")
    EXPLAINED = "EXPLAINED", _("Explained")
    UNCLEAR = "UNCLEAR", _("Could not be cleared up")
