"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_FOR_THIS_FIRM = (
        "NOT_FOR_THIS_FIRM",
        _("You speak neither for this firm nor for a group it belongs to."),
    )
    KIND_MAY_NOT_ASK = (
        "KIND_MAY_NOT_ASK",
        _("This service is not for organisations of this kind."),
    )
    NOT_YOUR_BODY = "NOT_YOUR_BODY", _("Only people of the body that answers can do this.")
    OWNED_ALREADY = "OWNED_ALREADY", _("Somebody has taken it on already.")
    NOT_THE_OWNER = "NOT_THE_OWNER", _("Only whoever owns the request can do this.")
    NOT_THEIR_TURN = "NOT_THEIR_TURN", _("Somebody else takes this step.")
    NOBODY_OWNS_IT = "NOBODY_OWNS_IT", _("Nobody has taken it on yet.")
    NOT_OF_THE_BODY = "NOT_OF_THE_BODY", _("This person does not belong to the body that answers.")
    FIELD_MISSING = "FIELD_MISSING", _("Fill in what this step needs.")
    SAY_WHY = "SAY_WHY", _("Say why.")
    OUTCOME_MISSING = "OUTCOME_MISSING", _("Say what came of it.")
    PARTNER_MISSING = "PARTNER_MISSING", _("No partner has agreed yet.")
    PANEL_MISSING = "PANEL_MISSING", _("The panel is not complete.")
    REPORT_MISSING = "REPORT_MISSING", _("The report is still missing.")
    VISIT_MISSING = "VISIT_MISSING", _("No visit is noted yet.")
    OVER_THE_CAP = "OVER_THE_CAP", _("This is more than the terms of the service allow.")
    AFTER_THE_TERM = "AFTER_THE_TERM", _("This is later than the terms of the service allow.")
    DAY_PAST = "DAY_PAST", _("This day is past.")
    DAY_TO_COME = "DAY_TO_COME", _("This day is still to come.")
    NO_PROPOSALS = "NO_PROPOSALS", _("At this step nobody is proposed.")
    NO_VISITS = "NO_VISITS", _("At this step no visits are noted.")
    PROPOSED_ALREADY = "PROPOSED_ALREADY", _("This partner has been proposed already.")
    NOT_OPEN = "NOT_OPEN", _("This partner takes no requests at the moment.")
    NOT_ASKED = "NOT_ASKED", _("This question is for somebody else.")
    NOT_CLOSED = "NOT_CLOSED", _("This is said once the request is closed.")
    SAID_ALREADY = "SAID_ALREADY", _("This has been said already.")
    NO_PANEL = "NO_PANEL", _("This service has no panel.")
    PANEL_FULL = "PANEL_FULL", _("The panel is complete.")
    CHAIR_PROFESSION = (
        "CHAIR_PROFESSION",
        _("Whoever is in the chair has one of the professions that the terms name."),
    )
    CHAIR_TAKEN = "CHAIR_TAKEN", _("Somebody is in the chair already.")
    NO_COUNTERPART = "NO_COUNTERPART", _("Say who is on the other side.")
    NOTHING_FOUND = "NOTHING_FOUND", _("No register of a room with the other side has an entry.")
    NOT_A_READER = "NOT_A_READER", _("This is read by those whom it concerns.")
    WRONG_BODY = "WRONG_BODY", _("Organisations of this kind do not answer this service.")
    NAMED_ALREADY = "NAMED_ALREADY", _("This has been entered already.")
    OTHER_FIELD = "OTHER_FIELD", _("The expert is not in this pool.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large.")
    FILE_NOT_ALLOWED = "FILE_NOT_ALLOWED", _("Files of this type are not taken.")


@problem_kinds
class ProfileProblem(TextChoices):
    """What can be wrong with a row of a list of partners and experts."""

    PROFILE_TWICE = "PROFILE_TWICE", _("Row %(row)s has the same number.")
    NOTHING_SAID = "NOTHING_SAID", _("Say what the partner can do, or give keywords.")
    NO_ADDRESS = "NO_ADDRESS", _("This is no e-mail address.")
    POOL_NEEDED = "POOL_NEEDED", _("An expert belongs to a pool. Choose it from the list.")
