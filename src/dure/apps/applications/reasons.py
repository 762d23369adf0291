"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_SIGNED_IN = "NOT_SIGNED_IN", _("Sign in first.")
    NOT_OF_THE_FIRM = "NOT_OF_THE_FIRM", _("Only people of the organisation can do this.")
    NOT_YOUR_PART = "NOT_YOUR_PART", _("This part belongs to another member.")
    NOT_A_SIGNATORY = (
        "NOT_A_SIGNATORY",
        _("Only an authorised signatory of the organisation can do this."),
    )
    NOT_THE_LEAD = "NOT_THE_LEAD", _("Only the lead organisation can do this.")
    CALL_NOT_OPEN = "CALL_NOT_OPEN", _("The call is not open.")
    CALL_ENDED = "CALL_ENDED", _("The call takes no applications any more.")
    OPENED_ALREADY = "OPENED_ALREADY", _("The applications are opened already.")
    FILED_ALREADY = (
        "FILED_ALREADY",
        _("It is filed and waits for its signatory. Take it back to change it."),
    )
    NOT_FILED = "NOT_FILED", _("The project leader has to file it first.")
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody else changed this part since you opened it. Nothing of yours is lost."),
    )
    UNKNOWN_PART = "UNKNOWN_PART", _("There is no such part.")
    BAD_PART = "BAD_PART", _("Something in this part is not as it has to be.")
    INCOMPLETE = "INCOMPLETE", _("Something is missing. The list says what.")
    UNCONFIRMED = "UNCONFIRMED", _("A member has not confirmed its part yet.")
    MEMBER_ALREADY = "MEMBER_ALREADY", _("This organisation takes part already.")
    NO_SUCH_ORGANISATION = (
        "NO_SUCH_ORGANISATION",
        _("No organisation here has this number. Ask it to register first."),
    )
    ROLE_NOT_IN_PROGRAMME = "ROLE_NOT_IN_PROGRAMME", _("The programme has no such member.")
    LEAD_STAYS = "LEAD_STAYS", _("The lead organisation cannot leave; withdraw the application.")
    NOTHING_SUBMITTED = "NOTHING_SUBMITTED", _("Nothing is submitted.")
    DEADLINE_PASSED = (
        "DEADLINE_PASSED",
        _("The deadline has passed. What you wrote is kept as a draft."),
    )
    REASON_MISSING = "REASON_MISSING", _("Give a reason.")
    NOT_LATE = "NOT_LATE", _("This is not a late submission that could be admitted.")
    PROPOSED_ALREADY = "PROPOSED_ALREADY", _("It is proposed already.")
    NOT_PROPOSED = "NOT_PROPOSED", _("Nobody has proposed it.")
    SECOND_CONFIRMS = "SECOND_CONFIRMS", _("You proposed it; a second officer confirms it.")
    STILL_SEALED = "STILL_SEALED", _("The applications are sealed until the deadline.")
    WAITS_FOR_ADMISSION = (
        "WAITS_FOR_ADMISSION",
        _("A late submission waits for a decision; nothing opens before."),
    )
    NOT_THE_OFFICE = "NOT_THE_OFFICE", _("Only somebody of the programme office can be let in.")
    NOTHING_TO_COPY = "NOTHING_TO_COPY", _("There is no such application of yours.")
    NOT_THEIR_PEOPLE = (
        "NOT_THEIR_PEOPLE",
        _("Only people of the recommending body can rank its applications."),
    )
    STILL_TO_OPEN = "STILL_TO_OPEN", _("The applications are not opened yet.")
    RANKING_OVER = "RANKING_OVER", _("The time to recommend is over; what was ranked stands.")
    RANKS_NOT_IN_ORDER = (
        "RANKS_NOT_IN_ORDER",
        _("Number those you put forward 1, 2, 3 …, each number once; leave the others empty."),
    )
    MORE_THAN_THE_QUOTA = (
        "MORE_THAN_THE_QUOTA",
        _("These are more than your body may put forward in this call."),
    )
    OWN_APPLICATION = "OWN_APPLICATION", _("Your own organisation takes part in one of them.")
    NOT_THE_FORM = (
        "NOT_THE_FORM",
        _("This is neither the research plan from this page nor the official form."),
    )
    OLD_HWP = (
        "OLD_HWP",
        _(
            "This is a document in the older format of Hangul (.hwp). Open it there, choose “Save as”"
            " and the format HWPX (.hwpx), and hand that in."
        ),
    )
    LOCKED_FILE = "LOCKED_FILE", _("The file is locked with a password. Save it without one.")
    BAD_FILE = "BAD_FILE", _("This file cannot be taken.")
    FILE_TOO_BIG = "FILE_TOO_BIG", _("The file is too big.")
    TOO_MANY_PAGES = "TOO_MANY_PAGES", _("The file has too many pages.")
    FILE_TYPE = (
        "FILE_TYPE",
        _("The content of the file is not what its name says, or of a kind that is not taken."),
    )
    INFECTED = "INFECTED", _("The virus scanner found something in this file.")
    NOT_IN_THE_BOX = "NOT_IN_THE_BOX", _("The document box holds no valid paper for this.")
