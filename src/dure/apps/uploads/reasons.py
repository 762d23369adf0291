"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_YOURS = "NOT_YOURS", _("Only who began an upload goes on with it.")
    TOO_LARGE = "TOO_LARGE", _("A file is larger than %(megabytes)s MB. Send it in parts.")
    TOO_MUCH = (
        "TOO_MUCH",
        _(
            "You have sent large files that you have not used yet. Enter them first, or remove those on their"
            " way; what nobody uses is forgotten after three days."
        ),
    )
    NO_SPACE = "NO_SPACE", _("There is no space for a file of this size now. Tell the operator.")
    NOT_ALLOWED = (
        "NOT_ALLOWED",
        _("The file is not what its name says, or of a kind that is not taken."),
    )
    INFECTED = "INFECTED", _("The virus scanner found something in the file.")
    OFFSET_WRONG = "OFFSET_WRONG", _("The next piece begins elsewhere.")
    TOO_LONG = "TOO_LONG", _("More came than the file has.")
    OVER = "OVER", _("Nothing more comes for this file.")
    NOT_WHOLE = "NOT_WHOLE", _("The file has not arrived yet.")
    ELSEWHERE = "ELSEWHERE", _("The file was sent for another page.")
