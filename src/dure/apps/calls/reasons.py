"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    FROZEN = (
        "FROZEN",
        _("The call is announced, so its text is fixed. Put a mistake right by an addendum."),
    )
    NOT_SIGNED_IN = "NOT_SIGNED_IN", _("Sign in first.")
    SECOND_PERSON = "SECOND_PERSON", _("You wrote it last; a second officer announces it.")
    SECOND_CONFIRMS = "SECOND_CONFIRMS", _("You proposed it; a second officer confirms it.")
    PROPOSED_ALREADY = (
        "PROPOSED_ALREADY",
        _("A proposal waits for its confirmation. Confirm it or take it back first."),
    )
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody else changed it since you opened it. Load it anew."),
    )
    VERSION_NOT_RELEASED = (
        "VERSION_NOT_RELEASED",
        _("A call is opened with a released version of a programme."),
    )
    KIND_NOT_ALLOWED = (
        "KIND_NOT_ALLOWED",
        _("The programme is not applied for in this way; see “How to apply” on its page."),
    )
    DATES_MISSING = "DATES_MISSING", _("Say when the call opens and when it closes.")
    DATES_REVERSED = "DATES_REVERSED", _("It has to close after it opens.")
    DATES_PAST = "DATES_PAST", _("It would be closed before anybody could apply. Change the dates.")
    ROUNDS_MISSING = "ROUNDS_MISSING", _("A call in rounds needs at least one round.")
    ROUNDS_OVERLAP = "ROUNDS_OVERLAP", _("The rounds have to follow each other.")
    BUDGET_MISSING = (
        "BUDGET_MISSING",
        _("A call that runs until the money is used up needs its budget."),
    )
    CHALLENGES_MISSING = (
        "CHALLENGES_MISSING",
        _("A designated call points to at least one announced challenge."),
    )
    CRITERIA_MISSING = "CRITERIA_MISSING", _("At least one criterion has to stay.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; everybody concerned reads it.")
    TEXT_MISSING = "TEXT_MISSING", _("Write what you want to say.")
    NOT_LATER = "NOT_LATER", _("The new date has to be later than the one that holds now.")
    NO_DEADLINE = "NO_DEADLINE", _("This call has no deadline that could be extended.")
    OPENED_ALREADY = (
        "OPENED_ALREADY",
        _("Applications have been opened, so the deadline can no longer be moved."),
    )
    STILL_SEALED = (
        "STILL_SEALED",
        _("Applications stay closed until the last deadline has passed and nothing is proposed."),
    )
    QUESTIONS_CLOSED = "QUESTIONS_CLOSED", _("Questions are answered until the call closes.")
    ANSWERED_ALREADY = "ANSWERED_ALREADY", _("Somebody has answered it already.")
    RECOMMENDS_ALREADY = "RECOMMENDS_ALREADY", _("This body recommends already.")
    NOT_AFTER_DEADLINE = (
        "NOT_AFTER_DEADLINE",
        _("Recommendations are due after the deadline of the applicants."),
    )
    SAME_OFFICER = "SAME_OFFICER", _("The call is with this officer already.")
    NOBODY_THERE = "NOBODY_THERE", _("Nobody is on this list.")
    LIST_CHANGED = (
        "LIST_CHANGED",
        _("The list has changed since you looked. Look at it again before you send."),
    )
    TOO_MANY_QUESTIONS = (
        "TOO_MANY_QUESTIONS",
        _("You have several questions here that wait for an answer. Wait for these first."),
    )
    BAD_NUMBER = "BAD_NUMBER", _("Write a Korean mobile number, such as 010-1234-5678.")
