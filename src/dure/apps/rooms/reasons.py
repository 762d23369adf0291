"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_A_SIDE = "NOT_A_SIDE", _("Only the two organisations of the room can do this.")
    NOT_VERIFIED = "NOT_VERIFIED", _("Both organisations must be verified first.")
    ONE_SIDE = "ONE_SIDE", _("Both sides are the same organisation.")
    ROOM_CLOSED = "ROOM_CLOSED", _("The room is closed; what is in it stays to be read.")
    NOT_OURS = "NOT_OURS", _("Only the side that entered it can do this.")
    OWN_ENTRY = "OWN_ENTRY", _("The other side confirms it.")
    NOTHING_TO_CONFIRM = "NOTHING_TO_CONFIRM", _("This needs no confirmation.")
    CONFIRMED_ALREADY = "CONFIRMED_ALREADY", _("It is confirmed already.")
    NOT_HELD = "NOT_HELD", _("It is there for both sides already.")
    TEXT_MISSING = "TEXT_MISSING", _("Say in a sentence what it is.")
    PURPOSE_MISSING = (
        "PURPOSE_MISSING",
        _("Say what it is for: the register names the purpose of each request and hand-over."),
    )
    FILES_MISSING = "FILES_MISSING", _("Choose the files that you hand over.")
    DAY_TO_COME = "DAY_TO_COME", _("The day is still to come.")
    TOO_MANY_FILES = "TOO_MANY_FILES", _("At most ten files at once.")
    FILE_EMPTY = "FILE_EMPTY", _("A file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("A file is too large.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("A file is not what its name says, or of a kind that is not taken."),
    )
    PDF_UNREADABLE = (
        "PDF_UNREADABLE",
        _(
            "A PDF or picture is damaged, locked with a password or too large: no copy of it could be marked."
        ),
    )
    TOO_LARGE_TO_MARK = (
        "TOO_LARGE_TO_MARK",
        _(
            "A PDF or picture is too large to carry the mark of its reader. Hand it over in smaller files."
        ),
    )
    FILE_INFECTED = "FILE_INFECTED", _("The virus scanner found something in a file.")
    FILE_GONE = "FILE_GONE", _("The file cannot be read any more. Ask the operator.")
    TIME_WRONG = "TIME_WRONG", _("The end must be after the beginning, within eight hours.")
    IN_THE_PAST = "IN_THE_PAST", _("The time has passed already.")
    TAKEN = "TAKEN", _("Somebody has the room at that time already. Choose another time or place.")
    UNKNOWN_PLACE = "UNKNOWN_PLACE", _("There is no room at that place.")
    STAGE_CLOSED = reasons.STAGE_CLOSED
