"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    SIGN_IN = "SIGN_IN", _("Sign in first.")
    NO_SEAT_LEFT = "NO_SEAT_LEFT", _("All seats are taken.")
    SEAT_TAKEN_ALREADY = "SEAT_TAKEN_ALREADY", _("This person has a seat already.")
    SEATS_ARE_TAKEN = "SEATS_ARE_TAKEN", _("Somebody has a seat in this session already.")
