"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_OF_THE_GROUP = "NOT_OF_THE_GROUP", _("Only the group's chair, secretary and members can.")
    NOT_FOR_THE_GROUP = "NOT_FOR_THE_GROUP", _("Only the group's chair or secretary can do this.")
    NAME_TAKEN = "NAME_TAKEN", _("Another group has this name.")
    WRONG_PARENT = "WRONG_PARENT", _("The group above must be one level higher.")
    MEMBER_ALREADY = "MEMBER_ALREADY", _("This firm is a member already.")
    COMPETES = (
        "COMPETES",
        _(
            "%(firm)s is of the same industry. Members of a group do not compete: take the firm in only if the group agrees."
        ),
    )
    LEFT_BEFORE = "LEFT_BEFORE", _("This firm has left already.")
    ENDS_TOO_EARLY = "ENDS_TOO_EARLY", _("The last day is before the first one.")
    DAY_TO_COME = "DAY_TO_COME", _("This day has not come yet.")


@problem_kinds
class GroupProblem(TextChoices):
    """What can be wrong with a row of a survey of groups."""

    NO_MEETING_DAY = "NO_MEETING_DAY", _("This is no day. Write it like 2026-11-30.")
    MEETING_TO_COME = "MEETING_TO_COME", _("A meeting that was held is not in the future.")
    GROUP_TWICE = "GROUP_TWICE", _("Row %(row)s is about the same group.")
    NO_FEDERATION = "NO_FEDERATION", _("There is no federation with this name.")
    NO_MEMBERS = "NO_MEMBERS", _("Write how many members it has, from 1 to 5,000.")
