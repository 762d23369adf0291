"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_A_PARTY = (
        "NOT_A_PARTY",
        _("Only people of the two organisations and programme officers can do this."),
    )
    NOT_THE_OTHER_SIDE = (
        "NOT_THE_OTHER_SIDE",
        _("The other side answers this; your side has proposed it."),
    )
    NOT_OUR_PERSON = (
        "NOT_OUR_PERSON",
        _("The contact must belong to the organisation that it speaks for."),
    )
    OWN_NEED = "OWN_NEED", _("This need is of the same organisation.")
    NEED_CLOSED = "NEED_CLOSED", _("The need no longer looks for partners.")
    SAY_MORE = "SAY_MORE", _("Say in a whole sentence what you can do, for whom and how well.")
    NOTHING_WRITTEN = "NOTHING_WRITTEN", _("Write a sentence, or add a file.")
    TOO_MANY_FILES = "TOO_MANY_FILES", _("Five files at most go with one message.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("A file can have 20 MB at most.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _(
            "Only PDF, HWP, HWPX, Word, Excel, PowerPoint, text and pictures can be sent, and the"
            " content must fit the ending of the name."
        ),
    )
    NO_TIME = "NO_TIME", _("Propose at least one time.")
    TOO_MANY_TIMES = (
        "TOO_MANY_TIMES",
        _("Six times at most can be open. Take one back before you propose another."),
    )
    IN_THE_PAST = "IN_THE_PAST", _("This time has passed already. Propose a later one.")
    TOO_FAR_AHEAD = "TOO_FAR_AHEAD", _("A meeting can be at most a year ahead.")
    MEETING_AGREED_ALREADY = (
        "MEETING_AGREED_ALREADY",
        _("A meeting is agreed already. Cancel it before you agree on another."),
    )
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; the other side reads it.")
    NOT_SILENT = "NOT_SILENT", _("There was a word or a reminder only recently.")
