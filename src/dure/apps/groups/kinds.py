"""Levels and types of exchange groups (이업종교류), and of what they want to reach."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """Where a group stands: units form a regional federation, those the national one."""

    UNIT = "UNIT", _("Unit group")
    REGION = "REGION", _("Regional federation")
    NATIONAL = "NATIONAL", _("National federation")
    PROJECT = "PROJECT", _("Project group")


PARENTS = {
    Level.UNIT: Level.REGION,
    Level.REGION: Level.NATIONAL,
    Level.PROJECT: Level.REGION,
}
"""Of which level the group above may be; a project group is formed across units of a federation."""


class GroupKind(TextChoices):
    """What members come together for."""

    EXCHANGE = "EXCHANGE", _("Exchange of experience")
    DEVELOPMENT = "DEVELOPMENT", _("Joint development")
    BUSINESS = "BUSINESS", _("Joint business")


class Office(TextChoices):
    """Who acts for a group."""

    CHAIR = "CHAIR", _("Chair")
    SECRETARY = "SECRETARY", pgettext_lazy("group", "Secretary")


class GoalKind(TextChoices):
    """What a group wants to reach."""

    RESEARCH = "RESEARCH", _("Joint research")
    MARKETING = "MARKETING", _("Joint marketing")
    PURCHASE = "PURCHASE", _("Joint purchase")
    TRAINING = "TRAINING", pgettext_lazy("goal", "Training")
