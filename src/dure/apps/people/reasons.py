"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_FOR_YOUR_ROLE = "NOT_FOR_YOUR_ROLE", _("Your role on the platform does not open this.")
    UNKNOWN_ROLE = "UNKNOWN_ROLE", _("There is no such role on this platform.")
    NOT_AN_ADMINISTRATOR = "NOT_AN_ADMINISTRATOR", _("Only an administrator can do this.")
    NOT_A_MANAGER = (
        "NOT_A_MANAGER",
        _("Only a manager of this organisation can do this. Ask one of them."),
    )
    NOT_A_SIGNATORY = (
        "NOT_A_SIGNATORY",
        _("Only an authorised signatory or a delegate of this organisation can do this."),
    )
    NOT_THE_MONEY = (
        "NOT_THE_MONEY",
        _("Only the people of this organisation and its bookkeeper can read its money."),
    )
    NAMED_BY_ITS_MANAGERS = (
        "NAMED_BY_ITS_MANAGERS",
        _("Only a manager of the organisation itself names who acts for it."),
    )
    NOT_OF_THE_ORGANISATION = (
        "NOT_OF_THE_ORGANISATION",
        _("Only somebody who belongs to the organisation can sign for it. Let them in first."),
    )
    PROFILE_FULL = "PROFILE_FULL", _("The profile is full: take something out first.")
    LAST_DAY_MISSING = "LAST_DAY_MISSING", _("Say until when the delegate may sign.")
    DAYS_REVERSED = "DAYS_REVERSED", _("The last day lies before the first one.")
    DAYS_PAST = "DAYS_PAST", _("The last day is over already.")
    NAMED_ALREADY = (
        "NAMED_ALREADY",
        _("This person is named for these days already. End the other mandate first."),
    )
    ENDED_ALREADY = "ENDED_ALREADY", _("This mandate has ended already.")
    NOT_YOURS = "NOT_YOURS", _("This belongs to somebody else.")
    BUSINESS_NUMBER_TAKEN = (
        "BUSINESS_NUMBER_TAKEN",
        _("An organisation with this business registration number exists. Ask to join it."),
    )
    OTHER_NUMBER_TAKEN = (
        "OTHER_NUMBER_TAKEN",
        _("An organisation with this number in another register exists. Ask to join it."),
    )
    ALREADY_A_MEMBER = "ALREADY_A_MEMBER", _("This person belongs to the organisation already.")
    ALREADY_ASKED = "ALREADY_ASKED", _("You have asked already. A manager will answer.")
    ALREADY_VERIFIED = "ALREADY_VERIFIED", _("This organisation is verified already.")
    NO_BUSINESS_NUMBER = (
        "NO_BUSINESS_NUMBER",
        _("Enter the business registration number first; without it nothing can be verified."),
    )
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("You entered this or belong to it. A second person of the programme office verifies it."),
    )
    OWN_REQUEST = (
        "OWN_REQUEST",
        _("Nobody answers their own request or raises themselves. Ask somebody else."),
    )
    LAST_MANAGER = (
        "LAST_MANAGER",
        _("An organisation needs at least one manager. Make somebody else a manager first."),
    )
    LAST_ADMINISTRATOR = (
        "LAST_ADMINISTRATOR",
        _("The platform needs at least one administrator. Appoint another one first."),
    )
    ONLY_MANAGER = (
        "ONLY_MANAGER",
        _(
            "You are the only manager of an organisation. Make somebody else a manager first, or"
            " ask the programme office to take the organisation off."
        ),
    )
    WRONG_PASSWORD = "WRONG_PASSWORD", _("The password is not right.")
    NOT_REQUESTED = "NOT_REQUESTED", _("There is no open request to join.")
