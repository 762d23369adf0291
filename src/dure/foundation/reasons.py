"""Reasons that several apps give; each takes those it needs into its own `Reason`.

class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
"""

from django.utils.translation import gettext_lazy as _

NOT_AN_OFFICER = "NOT_AN_OFFICER", _("Only a programme officer can do this.")
STAGE_CLOSED = "STAGE_CLOSED", _("This is no longer possible at this stage.")
ORGANISATION_NOT_VERIFIED = (
    "ORGANISATION_NOT_VERIFIED",
    _("The organisation is not verified yet. The programme office does it within a day."),
)
NOTHING_TO_TAKE_BACK = "NOTHING_TO_TAKE_BACK", _("There is no answer to take back.")
