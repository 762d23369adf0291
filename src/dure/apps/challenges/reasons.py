"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_THE_CENTRE = (
        "NOT_THE_CENTRE",
        _("Only the people of the centre that gathered it can do this."),
    )
    NOT_THE_OWNER = "NOT_THE_OWNER", _("Only the demand organisation that owns it can do this.")
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of the demand organisation can approve it.")
    NOT_A_WRITER = (
        "NOT_A_WRITER",
        _("Only its centre, its demand organisation and the office change the text."),
    )
    NOT_IN_THE_COMMITTEE = (
        "NOT_IN_THE_COMMITTEE",
        _("Only the chair of the committee and the office record what was decided."),
    )
    CONFLICT = (
        "CONFLICT",
        _("You belong to the organisation that owns it; the others decide on it."),
    )
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_GATHERING = "NOT_GATHERING", _("Candidates are gathered only while the discovery gathers.")
    NO_DEMAND_ORGANISATION = (
        "NO_DEMAND_ORGANISATION",
        _("The owner must be a large or mid-size firm or a public body, and verified."),
    )
    NEED_OF_ANOTHER = "NEED_OF_ANOTHER", _("The need belongs to another organisation.")
    NEED_TAKEN = "NEED_TAKEN", _("This need is a candidate here already.")
    CENTRE_FULL = "CENTRE_FULL", _("Your centre has gathered as many as it may.")
    TITLE_MISSING = "TITLE_MISSING", _("Write a title.")
    PROBLEM_MISSING = "PROBLEM_MISSING", _("Say what the problem is.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; its owner reads it.")
    TEXT_MISSING = "TEXT_MISSING", _("Write what you want to say.")
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody else changed the text since you opened it. Compare and save again."),
    )
    NOTHING_CHANGED = "NOTHING_CHANGED", _("The text is as it was.")
    ROUND_OPEN = "ROUND_OPEN", _("A round is open. Close it first.")
    NO_ROUND = "NO_ROUND", _("No round is open. The office opens one.")
    NOT_ALL_JUDGED = "NOT_ALL_JUDGED", _("Some candidates have no decision in this round yet.")
    NOT_JUDGED = "NOT_JUDGED", _("Only what the last round kept can be selected.")
    TOO_MANY = "TOO_MANY", _("More are selected than there are places.")
    NONE_SELECTED = "NONE_SELECTED", _("Nothing is selected yet.")
    TEXT_NOT_APPROVED = (
        "TEXT_NOT_APPROVED",
        _("Some owners have not approved the text that would be announced."),
    )
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("You made the selection; a second officer announces it."),
    )
    NOT_TWO = "NOT_TWO", _("A candidate cannot be merged with itself.")
    AGREED_ALREADY = "AGREED_ALREADY", _("Your side has agreed already.")
