"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of your organisation can sign for it.")
    NOT_A_PARTY = "NOT_A_PARTY", _("Only the two parties of the agreement can do this.")
    OWN_ORGANISATION = (
        "OWN_ORGANISATION",
        _("Both sides are the same organisation; it needs no agreement with itself."),
    )
    NOT_VERIFIED = (
        "NOT_VERIFIED",
        _("The organisation is not verified yet. The programme office does it within a day."),
    )
    OFFICERS_DO_NOT_SIGN = (
        "OFFICERS_DO_NOT_SIGN",
        _("The programme office does not sign for organisations."),
    )
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("You signed for the other side; somebody else must sign for this one."),
    )
    STAGE_CLOSED = reasons.STAGE_CLOSED
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; the other side reads it.")
    NOBODY_NAMED = "NOBODY_NAMED", _("Name at least one person who will read the material.")
    NOT_OF_THE_ORGANISATION = (
        "NOT_OF_THE_ORGANISATION",
        _("Everybody who is named must belong to the organisation that asks."),
    )
    PURPOSE_MISSING = "PURPOSE_MISSING", _("Say what you will use the material for.")
    ENDS_TOO_SOON = "ENDS_TOO_SOON", _("The agreement must last until tomorrow at least.")
    LASTS_TOO_LONG = "LASTS_TOO_LONG", _("The agreement can last three years at most.")
    HAS_RUN_OUT = "HAS_RUN_OUT", _("The time that was asked for has passed. Let them ask again.")
    NOT_OVER = "NOT_OVER", _("The agreement is not over yet.")
    CONFIRMED_ALREADY = (
        "CONFIRMED_ALREADY",
        _("It has been confirmed already. A confirmation is final."),
    )
    WAY_MISSING = "WAY_MISSING", _("Say whether it was given back or destroyed.")
    ITEM_MISSING = "ITEM_MISSING", _("An item that the law asks for is empty.")
    DAY_PASSED = "DAY_PASSED", _("The day has passed already.")
    DAY_TO_COME = "DAY_TO_COME", _("The day is still to come.")
    NOT_AGREED = "NOT_AGREED", _("The other side has not agreed to the request yet.")
    NDA_ALREADY = "NDA_ALREADY", _("The agreement for this request is made already.")
    ANSWERED_ALREADY = "ANSWERED_ALREADY", _("It has been answered already.")
    NOT_IN_FORCE = "NOT_IN_FORCE", _("The agreement is not in force.")
    NOT_STAFF = "NOT_STAFF", _("The list is kept by the programme office and auditors.")
    SHEET_MISSING = (
        "SHEET_MISSING",
        _(
            "What is kept secret goes to them only after a request sheet: ask them to give you one in"
            " writing, and agree to it."
        ),
    )
    NDA_MISSING = (
        "NDA_MISSING",
        _("What is kept secret goes to them only while an agreement on secrecy is in force."),
    )
    NOT_TO_SIGN = "NOT_TO_SIGN", _("Words are changed only before both sides have signed.")
    NOTHING_CHANGED = "NOTHING_CHANGED", _("Nothing was changed.")
    CLAUSE_EMPTY = "CLAUSE_EMPTY", _("A clause must not be empty: the law asks for each of them.")
    FACT_LOST = (
        "FACT_LOST",
        _("A day or an address that a clause named is gone; those are changed by asking anew."),
    )
    DRAFT_OPEN = "DRAFT_OPEN", _("Your words wait for the answer of the other side.")
    NOTICE_OPEN = "NOTICE_OPEN", _("An earlier notice still waits for consent.")
    HOW_MISSING = "HOW_MISSING", _("Say how, in a sentence; the other side reads it.")
