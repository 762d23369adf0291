"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    LINK_BROKEN = (
        "LINK_BROKEN",
        _("This link is not complete. Sign in and change it on your account page."),
    )
