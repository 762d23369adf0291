"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation.sheets import problem_kinds


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


@problem_kinds
class OrganisationProblem(TextChoices):
    """What can be wrong with the organisation that a row names."""

    UNKNOWN_ORGANISATION = (
        "UNKNOWN_ORGANISATION",
        _("No organisation with this number or name. Import organisations first."),
    )
    AMBIGUOUS_ORGANISATION = (
        "AMBIGUOUS_ORGANISATION",
        _("Several organisations have this name. Write the business registration number."),
    )
    NOT_YOUR_ORGANISATION = (
        "NOT_YOUR_ORGANISATION",
        _("You can import for your own organisation only."),
    )
    OTHER_ORGANISATION = (
        "OTHER_ORGANISATION",
        _("This number and this name belong to different organisations. Correct one of them."),
    )
