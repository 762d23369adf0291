"""Every «no» of the sealed record, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_A_READER = "NOT_A_READER", _("How the record stands is shown to the office and auditors.")
    NOT_A_SIDE = "NOT_A_SIDE", _("A proof goes to those whom it is about, and to nobody else.")
