"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_THE_SECRETARY = "NOT_THE_SECRETARY", _("Only a council secretary can do this.")
    NOT_A_MEMBER = "NOT_A_MEMBER", _("Only members of the council can do this.")
    NOT_OF_THE_MODEL = "NOT_OF_THE_MODEL", _("Only the firms of the model and the secretary can.")
    UNDERTAKE_FIRST = "UNDERTAKE_FIRST", _("Promise first to keep the model secret.")
    NOT_ASKED = "NOT_ASKED", _("Somebody else was asked for this opinion.")
    NOT_ENTITLED = "NOT_ENTITLED", _("You have no vote here.")
    NOT_PRESENT = "NOT_PRESENT", _("Only who is present can vote.")
    VOTED_ALREADY = "VOTED_ALREADY", _("This vote is in the box already.")
    VOTE_CLOSED = "VOTE_CLOSED", _("The vote is closed.")
    VOTE_OPEN = "VOTE_OPEN", _("A vote on this is still open.")
    NO_OPTION = "NO_OPTION", _("Choose one of the options.")
    NO_CODE = "NO_CODE", _("This is no code. Load the page anew.")
    NO_RULE = "NO_RULE", _("No rule of the council allows such a vote on this day.")
    NO_QUORUM = "NO_QUORUM", _("Not enough members are present.")
    KEY_ELSEWHERE = (
        "KEY_ELSEWHERE",
        _("This machine cannot open ballots. The vote is counted by itself when its time is over."),
    )
    BOX_DIFFERS = (
        "BOX_DIFFERS",
        _("The box holds not as many ballots as people have voted. Nothing was counted."),
    )
    BOX_UNREADABLE = (
        "BOX_UNREADABLE",
        _("A ballot in the box cannot be opened. Nothing was counted."),
    )
    TOO_FEW_TO_BE_SECRET = (
        "TOO_FEW_TO_BE_SECRET",
        _("With fewer than three voters a secret vote hides nothing."),
    )
    TOO_MANY_PROXIES = "TOO_MANY_PROXIES", _("This member cannot stand for more members.")
    OWN_PROXY = "OWN_PROXY", _("Nobody stands for themselves.")
    NOTICE_TOO_SHORT = "NOTICE_TOO_SHORT", _("The meeting is too soon: the notice has its days.")
    NO_ITEMS = "NO_ITEMS", _("A meeting that is called has an agenda.")
    ALREADY_A_MEMBER = "ALREADY_A_MEMBER", _("This person has a seat already.")
    ENDS_TOO_EARLY = "ENDS_TOO_EARLY", _("The term ends before it begins.")
    MINUTES_EMPTY = "MINUTES_EMPTY", _("Write the minutes first.")
    CONFIRMED_ALREADY = "CONFIRMED_ALREADY", _("You have answered these minutes already.")
    NOT_AT_THE_MEETING = "NOT_AT_THE_MEETING", _("Only who was there confirms the minutes.")
    SECTION_MISSING = "SECTION_MISSING", _("Fill in every part of the model that is needed.")
    NOTHING_CHANGED = "NOTHING_CHANGED", _("The text is the same as that of the last version.")
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE", _("Somebody wrote a newer version meanwhile.")
    TOO_LARGE_A_GRANT = "TOO_LARGE_A_GRANT", _("The grant is larger than the council may give.")
    SAY_CONDITIONS = "SAY_CONDITIONS", _("Say what the conditions are.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large.")
    FILE_NOT_ALLOWED = "FILE_NOT_ALLOWED", _("A file of this kind is not taken.")
