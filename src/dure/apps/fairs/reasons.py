"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_AT_THE_DESK = (
        "NOT_AT_THE_DESK",
        _("Only the programme office and people with desk duty at this fair can do this."),
    )
    MANAGERS_WITHDRAW = (
        "MANAGERS_WITHDRAW",
        _("The timetable counts on you already. A manager of your organisation can withdraw it."),
    )
    NOT_YOUR_REGISTRATION = (
        "NOT_YOUR_REGISTRATION",
        _("Only people of the registered organisation and programme officers can do this."),
    )
    NOT_YOUR_ORGANISATION = (
        "NOT_YOUR_ORGANISATION",
        _("You can register only an organisation that you belong to."),
    )
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_YET = "NOT_YET", _("This is not possible yet. See the stages of the fair.")
    TOO_LATE = "TOO_LATE", _("The time for this is over. Ask the programme office.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; those concerned will read it.")
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody changed this while you were at it. Look at their version first."),
    )
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_A_DEMAND_ORGANISATION = (
        "NOT_A_DEMAND_ORGANISATION",
        _("Large and mid-size firms and public bodies come as demand organisations, nobody else."),
    )
    ALREADY_REGISTERED = "ALREADY_REGISTERED", _("This organisation is registered already.")
    NOT_APPROVED = "NOT_APPROVED", _("The programme office has not approved the registration.")
    OTHER_FAIR = "OTHER_FAIR", _("This belongs to another fair.")
    NOT_THEIR_SUBJECT = (
        "NOT_THEIR_SUBJECT",
        _("This need or technology belongs to neither of the two."),
    )
    SAME_SIDE = "SAME_SIDE", _("Meetings are between a demand organisation and a small firm.")
    FORBIDDEN_PAIR = "FORBIDDEN_PAIR", _("These two organisations must not be matched.")
    TOO_MANY_MUSTS = (
        "TOO_MANY_MUSTS",
        _("No more “must meet” wishes are left. Turn one into “would like to meet” first."),
    )
    NO_SLOTS = "NO_SLOTS", _("Enter at least one slot for meetings first.")
    NO_TABLES = "NO_TABLES", _("Enter at least one hall with tables first.")
    SLOTS_OVERLAP = "SLOTS_OVERLAP", _("Two slots overlap. Correct the times.")
    SLOT_TOO_SHORT = "SLOT_TOO_SHORT", _("A day ends after it begins, and a slot lasts 5 minutes.")
    SLOT_IN_USE = (
        "SLOT_IN_USE",
        _("Meetings of a timetable stand in these slots or at these tables. Discard it first."),
    )
    NO_RELEASED_TIMETABLE = "NO_RELEASED_TIMETABLE", _("Release a timetable first.")
    DOUBLE_ATTENDEE = "DOUBLE_ATTENDEE", _("A person stands on the list twice.")
    NOTHING_TO_TAKE_BACK = reasons.NOTHING_TO_TAKE_BACK
    NOTHING_TO_PLAN = (
        "NOTHING_TO_PLAN",
        _("Nobody wishes to meet anybody yet, so there is nothing to plan."),
    )
    LOCKS_CONTRADICT = (
        "LOCKS_CONTRADICT",
        _("Locked meetings contradict what the organisations said. Unlock them first."),
    )
    TIMETABLE_BROKEN = (
        "TIMETABLE_BROKEN",
        _("Meetings of this draft break a rule by now. Plan anew around the locked ones."),
    )
    RELEASED_CHANGED = (
        "RELEASED_CHANGED",
        _("Meetings were cancelled or placed since this draft was made. Plan anew first."),
    )
    DRAFT_CHANGED = (
        "DRAFT_CHANGED",
        _("Somebody changed the draft while the plan was made. Nothing was stored; plan again."),
    )
    NO_DRAFT = "NO_DRAFT", _("There is no draft. Make one first.")
    MOVE_CONFLICTS = "MOVE_CONFLICTS", _("This does not work.")
    MEETING_LOCKED = "MEETING_LOCKED", _("This meeting is locked. Unlock it first.")
    PLACE_TAKEN = "PLACE_TAKEN", _("Another meeting stands there already.")
    PLAN_RUNNING = "PLAN_RUNNING", _("A plan for this fair is being made already.")
    INCOMPLETE = "INCOMPLETE", _("Something is missing: see the message beside the form.")


@problem_kinds
class ParticipantProblem(TextChoices):
    """What can be wrong with a participant in a row."""

    NOT_SLOTS = (
        "NOT_SLOTS",
        _(
            "No slot of the fair fits. Write times such as 10:00-12:00, or slot numbers such as 1-4."
        ),
    )
    NOT_NAMES = (
        "NOT_NAMES",
        _("Write names, each with the position in brackets, separated by semicolons."),
    )
    NOT_VERIFIED = "NOT_VERIFIED", _("This organisation is not verified yet. Verify it first.")
    NOT_A_BUYER = (
        "NOT_A_BUYER",
        _("Only large and mid-size firms and public bodies come as demand organisations."),
    )
    OTHER_SIDE = "OTHER_SIDE", _("This organisation is registered on the other side already.")
    NOT_COMING = (
        "NOT_COMING",
        _("This organisation withdrew or was refused. Settle that on its registration first."),
    )
