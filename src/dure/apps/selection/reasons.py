"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_OPENED = "NOT_OPENED", _("The applications of this call are not opened yet.")
    BEGUN_ALREADY = "BEGUN_ALREADY", _("The selection has begun already.")
    NOT_INVITED = "NOT_INVITED", _("You are not invited to review.")
    IN_POOL_ALREADY = "IN_POOL_ALREADY", _("This person is in the pool already.")
    OFFICE_REVIEWS_NOTHING = (
        "OFFICE_REVIEWS_NOTHING",
        _("Whoever runs programmes does not review."),
    )
    BARRED = "BARRED", _("This person is barred from reviewing.")
    NOT_ON_THE_PANEL = "NOT_ON_THE_PANEL", _("You are not on this panel.")
    NOT_PLEDGED = "NOT_PLEDGED", _("Give the pledge first.")
    CONFLICT = "CONFLICT", _("There is a conflict of interest with this application.")
    NOT_ADMITTED = "NOT_ADMITTED", _("Some applications are not checked yet.")
    STALE = (
        "STALE",
        _("A newer sheet was saved elsewhere. Reload the page; nothing was overwritten."),
    )
    MARKS_MISSING = "MARKS_MISSING", _("Give every criterion a mark and a sentence why.")
    MARK_UNKNOWN = "MARK_UNKNOWN", _("That is no mark of this sheet.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence.")
    HANDED_IN = "HANDED_IN", _("The sheet is handed in; marks change only in the consensus.")
    NOT_ALL_IN = "NOT_ALL_IN", _("Not every sheet is in yet.")
    NOT_THE_CHAIR = "NOT_THE_CHAIR", _("Only the chair of the panel does this.")
    NO_CHAIR = "NO_CHAIR", _("The panel has no chair yet.")
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody changed it since you opened the page. Look again."),
    )
    NO_MINUTES = "NO_MINUTES", _("The chair has not written the minutes yet.")
    CONFIRMED_ALREADY = "CONFIRMED_ALREADY", _("You have confirmed already.")
    NOT_ALL_CONFIRMED = "NOT_ALL_CONFIRMED", _("Not every member has confirmed the minutes.")
    IMPOSSIBLE = (
        "IMPOSSIBLE",
        _("No panels keep all limits. Look at the loads and conflicts beside."),
    )
    NO_ASSIGNMENT = (
        "NO_ASSIGNMENT",
        _("No assignment keeps all limits. What clashes stands above."),
    )
    NOBODY_ELSE = "NOBODY_ELSE", _("Nobody in the pool can come instead.")
    FORMS_PANELS = "FORMS_PANELS", _("This programme forms panels.")
    HAS_REVIEWERS = (
        "HAS_REVIEWERS",
        _("This programme gives each application its own reviewers; it has no panels."),
    )
    NEVER_MEETS = "NEVER_MEETS", _("Reviewers of single applications do not meet.")
    TOO_FEW = "TOO_FEW", _("The panel has too few members without a conflict.")
    PANELS_OPEN = "PANELS_OPEN", _("Not every panel has closed.")
    SHEETS_UNUSABLE = "SHEETS_UNUSABLE", _("Some applications have too few sheets to be counted.")
    MONEY_WRONG = "MONEY_WRONG", _("A panel cuts money and period; it does not raise them.")
    SECOND_PERSON = "SECOND_PERSON", _("You proposed it; a second person decides.")
    NOT_THE_APPLICANT = "NOT_THE_APPLICANT", _("Only the applicant's managers can do this.")
    NOT_DECIDED = "NOT_DECIDED", _("Nothing is decided yet.")
    TERM_OVER = "TERM_OVER", _("The term for objections is over.")
    OBJECTED_ALREADY = "OBJECTED_ALREADY", _("An objection is possible once.")
    GROUND_UNKNOWN = "GROUND_UNKNOWN", _("Choose one of the grounds.")
    PANEL_WRONG = (
        "PANEL_WRONG",
        _("The rules ask for other members: enough of them, without a conflict."),
    )
    VOTED_ALREADY = "VOTED_ALREADY", _("You have voted already.")
    NOT_ALL_VOTED = "NOT_ALL_VOTED", _("Not every member has voted.")
    VOTER_IN_CONFLICT = (
        "VOTER_IN_CONFLICT",
        _("A member of this panel is in conflict of interest. Name somebody else first."),
    )
    NOT_THE_OWNER = "NOT_THE_OWNER", _("Only the challenge's owner does this.")
    NO_RESERVE = "NO_RESERVE", _("Nobody waits in the reserve for whom there is a place.")
    TERM_TO_HAND_IN_OVER = "TERM_TO_HAND_IN_OVER", _("The term to hand it in is over.")
    NO_ORDER = "NO_ORDER", _("A firm would be before two panels at once. Choose another time.")
    NO_PLACE = "NO_PLACE", _("Every place is taken.")
    JUDGED_AGAIN = "JUDGED_AGAIN", _("It is judged again already.")
    NOTHING_CHANGED = "NOTHING_CHANGED", _("The ranking is as it was decided.")
    LOSSES_UNANSWERED = (
        "LOSSES_UNANSWERED",
        _("Say of every place that the sheets no longer carry whether it is taken back, and why."),
    )
    OBJECTION_OPEN = (
        "OBJECTION_OPEN",
        _("An objection of this applicant is open. Settle it before its place is taken back."),
    )
    POSSIBLE_OPEN = (
        "POSSIBLE_OPEN",
        _("Some names may mean a reviewer's co-author. Confirm or dismiss them first."),
    )
    PROPOSED_ALREADY = "PROPOSED_ALREADY", _("A new ranking waits for a second person.")
    NOT_A_REVIEWER = "NOT_A_REVIEWER", _("Only reviewers in the pool keep a list of their works.")
    TOO_MANY_WORKS = "TOO_MANY_WORKS", _("A list holds 2,000 works at most; leave older ones out.")

    ONE_OTHER = "ONE_OTHER", _("Name another organisation by its number, or a person, not both.")
    DAYS_WRONG = "DAYS_WRONG", _("The last day lies before the first.")


@problem_kinds
class WorkProblem(TextChoices):
    """What can be wrong with a row of a list of works."""

    WORK_TWICE = "WORK_TWICE", _("Row %(row)s has the same kind and title.")
