"""Words of training."""

import secrets

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.records.kinds import record_kind

CERTIFIED = record_kind("TRAINING_CERTIFIED", _("Certificate of a course"))
SCORES = range(1, 6)
FEWEST_ANSWERS = 5
"""Below, nothing of the feedback is shown: who wrote it could be guessed."""

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PARTS, _LENGTH = 3, 4


class Kind(TextChoices):
    """What is offered."""

    COURSE = "COURSE", pgettext_lazy("training", "Course")
    SEMINAR = "SEMINAR", pgettext_lazy("training", "Seminar")
    BRIEFING = "BRIEFING", pgettext_lazy("training", "Joint briefing")


class Topic(TextChoices):
    """What it is about; the first three are what selected firms are trained in."""

    ADMINISTRATION = "ADMINISTRATION", _("Research administration")
    PATENTS = "PATENTS", _("Intellectual property")
    COMMERCIALISATION = "COMMERCIALISATION", pgettext_lazy("training", "Commercialisation")
    TECHNOLOGY = "TECHNOLOGY", pgettext_lazy("training", "Technology")
    COOPERATION = "COOPERATION", pgettext_lazy("training", "Cooperation")


class Level(TextChoices):
    """What it takes for granted."""

    ALL = "ALL", pgettext_lazy("training", "For everybody")
    BASIC = "BASIC", pgettext_lazy("training", "Basic")
    INTERMEDIATE = "INTERMEDIATE", pgettext_lazy("training", "Intermediate")
    ADVANCED = "ADVANCED", pgettext_lazy("training", "Advanced")


def new_number() -> str:
    """A number for a certificate that nobody guesses, such as 7KQ2-M9XA-34TR."""
    signs = [secrets.choice(_SIGNS) for _place in range(_PARTS * _LENGTH)]
    parts = ["".join(signs[at : at + _LENGTH]) for at in range(0, len(signs), _LENGTH)]
    return "-".join(parts)


def as_number(text: str) -> str:
    """A number as people type it: small letters, spaces or no dashes."""
    signs = [sign for sign in text.upper() if sign in _SIGNS][: _PARTS * _LENGTH]
    parts = ["".join(signs[at : at + _LENGTH]) for at in range(0, len(signs), _LENGTH)]
    return "-".join(parts)
