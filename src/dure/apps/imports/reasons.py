"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    NOT_YOUR_UPLOAD = "NOT_YOUR_UPLOAD", _("Only the person who uploaded the file can import it.")
    NOT_CHECKED = "NOT_CHECKED", _("The preview is not finished yet.")
    HAS_PROBLEMS = (
        "HAS_PROBLEMS",
        _("Correct the problems in the preview first, then upload again."),
    )
    NOTHING_NEW = "NOTHING_NEW", _("Everything in this file is here already.")
    IMPORTED_ALREADY = "IMPORTED_ALREADY", _("This file is being imported or was imported already.")
