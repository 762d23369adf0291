"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_OF_THE_ORGANISATION = (
        "NOT_OF_THE_ORGANISATION",
        _("Only the people of the organisation use its document box."),
    )
    ONLY_ITS_MANAGERS = (
        "ONLY_ITS_MANAGERS",
        _("Only a manager of the organisation removes a paper."),
    )
    REMOVED_ALREADY = "REMOVED_ALREADY", _("This paper is removed already.")
    FILED_ALREADY = (
        "FILED_ALREADY",
        _("This paper is in the box already. Open it and add a new version."),
    )
    TITLE_MISSING = "TITLE_MISSING", _("Say what paper it is.")
    DATES_REVERSED = "DATES_REVERSED", _("It cannot end before it was issued.")
    ISSUED_LATER = "ISSUED_LATER", _("The day of issue is still to come.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("This is not a PDF, image, HWP or Office file, or its content is of another kind."),
    )
    FILE_INFECTED = "FILE_INFECTED", _("The virus scanner found something in this file.")
    FILE_GONE = "FILE_GONE", _("The file cannot be read. Tell the programme office.")
