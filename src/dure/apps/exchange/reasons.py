"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_A_RUNNER = "NOT_A_RUNNER", _("Only the office for international exchange can do this.")
    NOT_A_SIDE = "NOT_A_SIDE", _("Only the organisations that it concerns can do this.")
    NOT_A_MEMBER = "NOT_A_MEMBER", _("International exchange is open to people of organisations.")
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    STAGE_CLOSED = reasons.STAGE_CLOSED
    WRONG_SIDE = (
        "WRONG_SIDE",
        _("A Korean organisation and one from abroad belong to it, one of each."),
    )
    TEXT_MISSING = "TEXT_MISSING", _("Write it in a sentence.")
    NO_ENGLISH_NAME = (
        "NO_ENGLISH_NAME",
        _("Enter the English name of your organisation first: partners abroad read it."),
    )
    NOT_LISTED = "NOT_LISTED", _("Register a technology for exchange first.")
    LISTED_ALREADY = "LISTED_ALREADY", _("This technology is registered already.")
    NOT_PUBLISHED = "NOT_PUBLISHED", _("Only a published technology can be registered.")
    APPLIED_ALREADY = "APPLIED_ALREADY", _("This organisation has applied already.")
    CLOSED_FOR_APPLICATIONS = (
        "CLOSED_FOR_APPLICATIONS",
        _("The meeting takes no applications now. Look at when it does."),
    )
    OWN_APPLICATION = (
        "OWN_APPLICATION",
        _("Somebody else than the applicant decides on an application."),
    )
    FULL = "FULL", _("All places are given. Somebody has to withdraw first.")
    WHY_MISSING = "WHY_MISSING", _("Say why: the applicant reads it.")
    NOT_SELECTED = "NOT_SELECTED", _("Only selected organisations of this meeting can meet.")
    BAD_TIME = "BAD_TIME", _("The end comes after the beginning, at most eight hours later.")
    OUTSIDE_MEETING = "OUTSIDE_MEETING", _("This is outside the time of the meeting.")
    FIRM_TAKEN = "FIRM_TAKEN", _("One of the two has another consultation at this time.")
    INTERPRETER_TAKEN = (
        "INTERPRETER_TAKEN",
        _("The interpreter has another consultation at this time. Choose somebody else."),
    )
    LANGUAGE_NOT_SPOKEN = "LANGUAGE_NOT_SPOKEN", _("The interpreter does not speak this language.")
    NOT_YET = "NOT_YET", _("It is still to come.")
    OPEN_ALREADY = "OPEN_ALREADY", _("The two are in exchange already.")
    UNKNOWN_ZONE = "UNKNOWN_ZONE", _("There is no such time zone. Write it as Asia/Jakarta.")
    BAD_LEI = "BAD_LEI", _("The check digits of this LEI are wrong. Copy all 20 signs.")
    REGISTER_MISSING = "REGISTER_MISSING", _("Name the register and the number in it.")
    PLAN_EXISTS = "PLAN_EXISTS", pgettext_lazy("exchange", "There is a plan for this year already.")
    PARTNER_EXISTS = "PARTNER_EXISTS", _("This agency is a partner already.")
    NO_RATE = (
        "NO_RATE",
        _("There is no rate of %(currency)s for %(day)s or the ten days before. Enter it first."),
    )
    RATE_EXISTS = "RATE_EXISTS", _("There is a rate of this currency for this day already.")
    AMOUNT_MISSING = "AMOUNT_MISSING", _("A contract, and what became money, has an amount.")
    TOO_MANY_DIGITS = (
        "TOO_MANY_DIGITS",
        _("The currency has fewer digits behind the point than this amount."),
    )
    DAY_TO_COME = "DAY_TO_COME", _("The day is still to come.")
    FINDING_MISSING = "FINDING_MISSING", _("Say what the check found.")
    BUYER_MISSING = "BUYER_MISSING", _("Name the buyer and its country.")
    NOT_THE_OWNER = "NOT_THE_OWNER", _("Whoever took the request on reports on it.")
    NOT_IN_ENGLISH = (
        "NOT_IN_ENGLISH",
        _("Write it in English, as both sides sign it. The Korean beside it is a translation."),
    )
    SOURCE_CHANGED = (
        "SOURCE_CHANGED",
        _("The original was changed meanwhile. Read it again before you confirm."),
    )
    SAME_LANGUAGE = "SAME_LANGUAGE", _("This is still in the language of the original.")
    NO_TRANSLATOR = (
        "NO_TRANSLATOR",
        _("No machine translation is set up. Write the translations by hand."),
    )


@problem_kinds
class ExchangeProblem(TextChoices):
    """What can be wrong with a row of a list of exchange."""

    NOT_ABROAD = "NOT_ABROAD", _("This list is for organisations of other countries.")
    WRONG_LEI = "WRONG_LEI", _("The check digits of this LEI are wrong. Copy all 20 signs.")
    NO_FOREIGN_NUMBER = (
        "NO_FOREIGN_NUMBER",
        _("Without a LEI, name the register and the number in it."),
    )
    WRONG_ZONE = "WRONG_ZONE", _("There is no such time zone. Write it as Asia/Jakarta.")
    FOREIGN_NUMBER_TWICE = "FOREIGN_NUMBER_TWICE", _("Row %(row)s has the same organisation.")
    NAMED_OTHERWISE = (
        "NAMED_OTHERWISE",
        _("This number belongs to %(name)s. Check the number and the name."),
    )
    UNKNOWN_TECHNOLOGY = (
        "UNKNOWN_TECHNOLOGY",
        _("The organisation has no published technology of this title."),
    )
    TECHNOLOGY_TWICE = "TECHNOLOGY_TWICE", _("Row %(row)s has the same technology.")
    TITLE_OF_SEVERAL = "TITLE_OF_SEVERAL", _("Several of its technologies have this title.")
    ENGLISH_NAME_MISSING = (
        "ENGLISH_NAME_MISSING",
        _("Its English name is missing on the page of the organisation: partners abroad read it."),
    )
    NOBODY_OF_NUMBER = "NOBODY_OF_NUMBER", _("No organisation here has this number.")
    NOT_VERIFIED_YET = "NOT_VERIFIED_YET", _("The programme office has not verified it yet.")
    NOT_REGISTERED_TECHNOLOGY = (
        "NOT_REGISTERED_TECHNOLOGY",
        _("A Korean organisation comes with a technology that it has registered for exchange."),
    )
    WISH_MISSING = "WISH_MISSING", _("Say what the organisation from abroad looks for.")
    ONLY_FROM_ABROAD = "ONLY_FROM_ABROAD", _("Delegations are of organisations from abroad.")
    OTHER_COUNTRY = "OTHER_COUNTRY", _("This delegation comes from another country: %(country)s.")
    NO_TRAVEL_DAY = "NO_TRAVEL_DAY", _("This is no day. Write it as 2026-11-30.")
    LEAVES_TOO_EARLY = "LEAVES_TOO_EARLY", _("It leaves before it arrives.")
