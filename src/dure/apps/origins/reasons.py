"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_OURS = "NOT_OURS", _("Only people of the organisation that registered it can do this.")
    NOT_VERIFIED = (
        "NOT_VERIFIED",
        _("Your organisation is not verified yet. The programme office does it within a day."),
    )
    TITLE_MISSING = "TITLE_MISSING", _("Say in a few words what it is.")
    NO_FINGERPRINT = (
        "NO_FINGERPRINT",
        _("This is no SHA-256: it has 64 digits from 0 to 9 and a to f."),
    )
    REGISTERED_ALREADY = (
        "REGISTERED_ALREADY",
        _("Your organisation has registered this file already; the earlier day counts."),
    )
    NO_MATCH = (
        "NO_MATCH",
        _("This is not the file that was registered: its fingerprint is another one."),
    )
