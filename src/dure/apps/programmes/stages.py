"""The life of a programme's version. Its diagram in docs/reference is made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionStage(TextChoices):
    """A version of a programme."""

    DRAFT = "DRAFT", _("Draft")
    RELEASED = "RELEASED", _("Released")
    DISCARDED = "DISCARDED", _("Discarded")


VERSION_NEXT = {
    VersionStage.DRAFT: {VersionStage.RELEASED, VersionStage.DISCARDED},
    VersionStage.RELEASED: set(),
    VersionStage.DISCARDED: set(),
}
