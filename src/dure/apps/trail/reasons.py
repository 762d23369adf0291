"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_AN_AUDITOR = "NOT_AN_AUDITOR", _("Only an auditor can do this.")
