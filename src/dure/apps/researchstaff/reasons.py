"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    STAGE_CLOSED = reasons.STAGE_CLOSED
    SIGN_IN_FIRST = "SIGN_IN_FIRST", _("Please sign in first.")
    APPLIED_ALREADY = "APPLIED_ALREADY", _("Your application is there already.")
    NOT_YOURS = "NOT_YOURS", _("Only the researcher can do this.")
    AGREE_FIRST = "AGREE_FIRST", _("Please agree that what you write is kept and matched.")
    NOT_ASKED_YET = "NOT_ASKED_YET", _("No firm has been introduced to you here.")
    CONSENTED_ALREADY = "CONSENTED_ALREADY", _("This firm can read your name and contact already.")
