"""Every «no» about agreements, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_A_PARTY = "NOT_A_PARTY", _("You do not act for this party.")
    NOT_THEIR_SIGNATORY = (
        "NOT_THEIR_SIGNATORY",
        _("Only a manager of the organisation can sign for it."),
    )
    SECOND_PERSON = "SECOND_PERSON", _("A second officer signs for the agency.")
    STAGE_CLOSED = "STAGE_CLOSED", _("This is no longer possible at this stage.")
    PARTIES_MISSING = (
        "PARTIES_MISSING",
        _("An agreement needs the agency and a lead organisation or worker."),
    )
    DRAWN_UP_ALREADY = "DRAWN_UP_ALREADY", _("It has been drawn up already.")
    NOT_SELECTED = (
        "NOT_SELECTED",
        _("The place in the selection was taken back or given up; nothing is agreed on it."),
    )
    DECISION_PROVISIONAL = (
        "DECISION_PROVISIONAL",
        _("The decision can still be objected to; it is signed after that."),
    )
    PLAN_TO_REVISE = (
        "PLAN_TO_REVISE",
        _("The lead organisation can still revise its plan; it is signed after that."),
    )
    TERM_OVER = "TERM_OVER", _("The term for this is over.")
    MORE_THAN_GRANTED = "MORE_THAN_GRANTED", _("That is more public money than was granted.")
    COSTS_DIFFER = (
        "COSTS_DIFFER",
        _("What is spent does not come to what is given, in cash or in kind."),
    )
    NOTHING_CHANGES = "NOTHING_CHANGES", _("Nothing changes with this.")
    NOTHING_TO_SPLIT = (
        "NOTHING_TO_SPLIT",
        _("It cannot be split: all of it needs approval, or its parts go together."),
    )
    CHANGE_OPEN = (
        "CHANGE_OPEN",
        _("Another change waits; it has to be answered or taken back first."),
    )
    CHANGE_TOO_LATE = "CHANGE_TOO_LATE", _("It is too close to the end for a change.")
    CHANGE_BARRED = (
        "CHANGE_BARRED",
        _(
            "This becomes more only where the total of the project or its organisations become more."
        ),
    )
    LEADER_NOT_OF_LEAD = (
        "LEADER_NOT_OF_LEAD",
        _("The project leader has to belong to the lead organisation."),
    )
    GROUND_MISSING = "GROUND_MISSING", _("Say for which of the reasons another person leads.")
    NO_TERM = "NO_TERM", _("No rule sets a term for this answer.")
    NOT_LONGER = (
        "NOT_LONGER",
        _("The new last day has to lie after the present one and after today."),
    )
    BELOW_PAID = "BELOW_PAID", _("More than that has been paid already.")
    SECOND_PERSON_ANSWERS = "SECOND_PERSON_ANSWERS", _("Somebody else answers what you asked for.")
    MET_ALREADY = "MET_ALREADY", _("It has been met already.")
    NOT_WAIVABLE = "NOT_WAIVABLE", _("Nobody is exempted of this obligation.")
    DAYS_WRONG = "DAYS_WRONG", _("It would end before it starts.")
    PLAN_BREAKS_RULES = "PLAN_BREAKS_RULES", _("The plan of money breaks rules of the programme.")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("A party may not take part in this programme.")
    NO_BUDGET = "NO_BUDGET", _("The programme has no budget for this year.")
    ACCOUNT_MISSING = "ACCOUNT_MISSING", _("The account to pay to is not known yet.")
    SIGN_BY_PAST = "SIGN_BY_PAST", _("The last day to sign has to lie ahead.")
    SIGNED_ALREADY = "SIGNED_ALREADY", _("It is signed already for this party.")
    AGENCY_LAST = "AGENCY_LAST", _("The agency signs when all others have.")
    APPROVAL_MISSING = (
        "APPROVAL_MISSING",
        _("The internal approver of the organisation has not approved this version yet."),
    )
    APPROVAL_REFUSED = (
        "APPROVAL_REFUSED",
        _("The internal approver of the organisation does not approve this version."),
    )
    APPROVER_SIGNS = "APPROVER_SIGNS", _("Somebody else signs than who approved it internally.")
    NOT_THE_APPROVER = "NOT_THE_APPROVER", _("Only the internal approver can do this.")
    APPROVED_ALREADY = "APPROVED_ALREADY", _("This version is approved already.")
    NOT_OF_THEM = "NOT_OF_THEM", _("The internal approver has to belong to the organisation.")
    FILE_WAITS = (
        "FILE_WAITS",
        _("A file signed outside waits already; answer or withdraw it first."),
    )
    ACCEPTED_ALREADY = "ACCEPTED_ALREADY", _("It is accepted already for this party.")
    AGENCY_ACCEPTS_LAST = "AGENCY_ACCEPTS_LAST", _("The agency accepts when all others have.")
    NOT_WHO_HANDED_IN = (
        "NOT_WHO_HANDED_IN",
        _("Only who handed the file in or the programme office can withdraw it."),
    )
    REASON_MISSING = "REASON_MISSING", _("Say why.")
    FILE_UNSIGNED = "FILE_UNSIGNED", _("The file has no new signature.")
    FILE_CHANGED = "FILE_CHANGED", _("The file was changed after it was signed.")
    FILE_OF_ANOTHER = (
        "FILE_OF_ANOTHER",
        _("This is not the text to be signed, or signatures are missing in it."),
    )
    FILE_UNREADABLE = "FILE_UNREADABLE", _("The file or a signature in it cannot be read.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("Files of this kind cannot be sent, or the file is not what its name says."),
    )
    ANNEX_TWICE = "ANNEX_TWICE", _("This file is an annex already.")
    ANNEXES_TOO_MANY = "ANNEXES_TOO_MANY", _("An agreement has at most 30 annexes.")
    NOT_DUE = "NOT_DUE", _("It is not its turn yet.")
    HELD = "HELD", _("The payment is held.")
    HELD_ALREADY = "HELD_ALREADY", _("The payments are held already.")
    NOT_HELD = "NOT_HELD", _("Nobody holds the payments.")
    NOTHING_TO_HOLD = "NOTHING_TO_HOLD", _("No public money is left to be paid.")
    NOT_AN_AUDITOR = "NOT_AN_AUDITOR", _("Only auditors can do this.")
    NOT_CONFIRMED = "NOT_CONFIRMED", _("It has not been confirmed yet.")
    DEMAND_FIRST = "DEMAND_FIRST", _("The demand organisation confirms it first, for ten days.")
    OVERDRAWN = "OVERDRAWN", _("There is not enough money for this.")
    NOT_ORDERED = "NOT_ORDERED", _("No such payment was ordered.")
    CANCELLED_SINCE = (
        "CANCELLED_SINCE",
        _("The agreement has ended since it was ordered: ask the money back."),
    )
    LINE_UNREADABLE = "LINE_UNREADABLE", _("The amount or the day cannot be read.")
    PAID_ALREADY = "PAID_ALREADY", _("It was paid already.")
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS", _("Another amount was ordered.")
    ACCOUNT_DIFFERS = "ACCOUNT_DIFFERS", _("Another account was ordered.")


class Hold(TextChoices):
    """What keeps an instalment from being paid."""

    NOT_IN_FORCE = "NOT_IN_FORCE", _("The agreement is not in force.")
    OWN_CASH_LATE = "OWN_CASH_LATE", _("Own cash whose day has passed has not come in.")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("A party may not take part in the programme any more.")
    CHANGE_OPEN = "CHANGE_OPEN", _("A change of the money waits for an answer.")
    SELECTION_REVOKED = (
        "SELECTION_REVOKED",
        _("The place in the selection was taken back; end the agreement or clear it up first."),
    )
    UNDER_LOOK = "UNDER_LOOK", _("It waits until a question is cleared up.")
