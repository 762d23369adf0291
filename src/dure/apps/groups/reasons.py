"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_OF_THE_GROUP = "NOT_OF_THE_GROUP", _("Only the group's chair, secretary and members can.")
    NOT_FOR_THE_GROUP = "NOT_FOR_THE_GROUP", _("Only the group's chair or secretary can do this.")
    NOT_A_COORDINATOR = "NOT_A_COORDINATOR", _("Only a coordinator can do this.")
    NOT_FOR_THE_MEMBER = (
        "NOT_FOR_THE_MEMBER",
        _("Only the firm itself, its group's chair or secretary and a coordinator can do this."),
    )
    NOT_THE_OWNER = "NOT_THE_OWNER", _("Only who owns it can answer.")
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
    ENDS_BEFORE = "ENDS_BEFORE", _("The end is not after the beginning.")
    CODE_OVER = (
        "CODE_OVER",
        _("The code is good from half an hour before the meeting until its end."),
    )
    THERE_ALREADY = "THERE_ALREADY", _("%(name)s is on the list already.")
    ROOM_FULL = "ROOM_FULL", _("So many people cannot be at one meeting. Ask the secretary.")
    NOT_BEGUN = "NOT_BEGUN", _("The meeting has not begun yet.")
    OWN_MINUTES = "OWN_MINUTES", _("Somebody else than the writer confirms the minutes.")
    WAS_NOT_THERE = "WAS_NOT_THERE", _("Who was there, the chair or the secretary confirms.")
    NO_PICTURE = (
        "NO_PICTURE",
        _("“%(name)s” is no photo that can be read. Send a JPEG, PNG or HEIC of at most 20 MB."),
    )
    PHOTOS_FULL = "PHOTOS_FULL", _("A meeting keeps at most %(limit)s photos.")
    DUES_SET = "DUES_SET", _("The dues of this year are set already.")
    NO_MEMBER_YET = "NO_MEMBER_YET", _("The group has no member yet. Take firms in first.")
    YEAR_CLOSED = (
        "YEAR_CLOSED",
        _("The account of %(year)s is approved. Book it in a later year."),
    )
    YEAR_OPEN = "YEAR_OPEN", _("The year is not over yet.")
    ACCOUNT_APPROVED = "ACCOUNT_APPROVED", _("The account of this year is approved already.")
    UNASSIGNED = (
        "UNASSIGNED",
        _("%(number)s payments are not assigned to a member yet. Assign them first."),
    )
    MEETING_TOO_EARLY = "MEETING_TOO_EARLY", _("The meeting was held before the end of the year.")
    NO_RECEIPT = "NO_RECEIPT", _("Receipts are for what a member has paid.")
    NOT_A_FEDERATION = "NOT_A_FEDERATION", _("Only federations raise requests and projects.")
    SAME_INDUSTRY = "SAME_INDUSTRY", _("Both firms are of the same industry.")
    PAIRED_ALREADY = "PAIRED_ALREADY", _("These two firms have been proposed to each other.")
    SAID_ALREADY = "SAID_ALREADY", _("This firm has answered already.")
    NOT_A_PROJECT_GROUP = "NOT_A_PROJECT_GROUP", _("Only a project group has a package.")
    PACKAGE_OPEN = "PACKAGE_OPEN", _("The package is open already.")
    NO_PROGRAMME = "NO_PROGRAMME", _("The programme of the package is not released.")
    STEP_BEFORE = "STEP_BEFORE", _("The step before has not passed its gate.")
    NOTHING_SHOWN = "NOTHING_SHOWN", _("The group has not handed in its evidence yet.")


@problem_kinds
class GroupProblem(TextChoices):
    """What can be wrong with a row of a survey of groups, or of a bank's file."""

    NO_MEETING_DAY = "NO_MEETING_DAY", _("This is no day. Write it like 2026-11-30.")
    MEETING_TO_COME = "MEETING_TO_COME", _("A meeting that was held is not in the future.")
    GROUP_TWICE = "GROUP_TWICE", _("Row %(row)s is about the same group.")
    NO_FEDERATION = "NO_FEDERATION", _("There is no federation with this name.")
    NO_MEMBERS = "NO_MEMBERS", _("Write how many members it has, from 1 to 5,000.")
    NOT_OF_A_BANK = (
        "NOT_OF_A_BANK",
        _(
            "This is no file of a bank account. Take the list of transactions of the group's account."
        ),
    )
    BOOKED_YEAR = (
        "BOOKED_YEAR",
        _("The account of %(year)s is approved. Leave this row out, or book it in a later year."),
    )
    PAID_TO_COME = "PAID_TO_COME", _("This day has not come yet. Take the file again later.")
