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


class Way(TextChoices):
    """How it is known that somebody was at a meeting."""

    CODE = "CODE", _("By the code")
    LIST = "LIST", _("By the list")


class BookingKind(TextChoices):
    """What money of a group came in for, or went out for."""

    DUES = "DUES", pgettext_lazy("booking", "Dues")
    SUPPORT = "SUPPORT", pgettext_lazy("booking", "Support")
    CARRIED = "CARRIED", pgettext_lazy("booking", "Balance before")
    OTHER_INCOME = "OTHER_INCOME", pgettext_lazy("booking", "Other income")
    MEETING = "MEETING", pgettext_lazy("booking", "Meetings")
    ACTIVITY = "ACTIVITY", pgettext_lazy("booking", "Joint activities")
    OFFICE = "OFFICE", pgettext_lazy("booking", "Office")
    OTHER_SPENDING = "OTHER_SPENDING", pgettext_lazy("booking", "Other spending")


INCOME = (
    BookingKind.DUES,
    BookingKind.SUPPORT,
    BookingKind.CARRIED,
    BookingKind.OTHER_INCOME,
)


class ProposalKind(TextChoices):
    """What a federation raises."""

    POLICY = "POLICY", _("Policy request")
    JOINT = "JOINT", _("Joint project")


class Answer(TextChoices):
    """What was answered."""

    ACCEPTED = "ACCEPTED", pgettext_lazy("proposal", "Accepted")
    PARTLY = "PARTLY", _("Accepted in part")
    LATER = "LATER", _("To be studied further")
    REFUSED = "REFUSED", pgettext_lazy("proposal", "Not accepted")
