"""Every «no» about deposits, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_DEPOSITOR = "NOT_DEPOSITOR", _("Only the depositor's own people can do this.")
    ONLY_MANAGERS = "ONLY_MANAGERS", _("Only a manager of the organisation can do this.")
    NOT_KEEPER = "NOT_KEEPER", _("Only the keeper's office can do this.")
    OWN_CASE = "OWN_CASE", _("You belong to a party of this deposit; somebody else has to do it.")
    NOT_RELEASE_OFFICER = "NOT_RELEASE_OFFICER", _("Only release officers can do this.")
    NO_SHARE = "NO_SHARE", _("You keep no share of the key of this deposit.")
    SECOND_OFFICER = "SECOND_OFFICER", _("Another release officer has to grant it now.")
    STAGE_CLOSED = "STAGE_CLOSED", _("This is no longer possible at this stage.")
    NO_KEY = "NO_KEY", _("Set a passphrase for deposits first.")
    KEY_THERE = "KEY_THERE", _("There is a passphrase already.")
    PASSPHRASE_WRONG = "PASSPHRASE_WRONG", _("This is not the passphrase.")
    PASSPHRASE_SHORT = "PASSPHRASE_SHORT", _("Take at least 12 characters.")
    OFFICERS_MISSING = (
        "OFFICERS_MISSING",
        _("Three release officers have to set their passphrases before anything can be deposited."),
    )
    USERS_WRONG = "USERS_WRONG", _("This kind of contract takes another number of users.")
    USER_IS_DEPOSITOR = "USER_IS_DEPOSITOR", _("The depositor cannot be a user too.")
    FILES_MISSING = "FILES_MISSING", _("Choose at least one file.")
    TOO_MANY_FILES = "TOO_MANY_FILES", _("At most 20 files in one deposit.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("A file is larger than the platform takes.")
    FILE_EMPTY = "FILE_EMPTY", _("A file is empty.")
    FILE_UNREADABLE = (
        "FILE_UNREADABLE",
        _("This file cannot be read as what its name says: %(name)s"),
    )
    UPLOAD_GONE = (
        "UPLOAD_GONE",
        _("A large file was used or removed in the meantime. Choose it again."),
    )
    FILE_INFECTED = "FILE_INFECTED", _("A virus was found in a file.")
    FILE_GONE = "FILE_GONE", _("The file cannot be opened with this key.")
    NOT_DUE = "NOT_DUE", _("It can be renewed from 60 days before its end.")
    PAID_ALREADY = "PAID_ALREADY", _("It is paid already.")
    REASON_MISSING = "REASON_MISSING", _("Say why.")
    ALREADY_ASKED = "ALREADY_ASKED", _("A release of this deposit is open already.")
    NOT_A_PARTY = "NOT_A_PARTY", _("This ground is not open to your organisation.")
    STILL_WAITING = (
        "STILL_WAITING",
        _("The depositor can still object; it can be granted after that day."),
    )
