"""The life of a walk-in. Its diagram in docs is made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WalkInStage(TextChoices):
    """A walk-in."""

    WAITING = "WAITING", _("Waiting")
    PLACED = "PLACED", _("Placed")
    REFUSED = "REFUSED", _("No place found")
    LEFT = "LEFT", _("Left")


WALK_IN_NEXT = {
    WalkInStage.WAITING: {WalkInStage.PLACED, WalkInStage.REFUSED, WalkInStage.LEFT},
    WalkInStage.PLACED: {WalkInStage.LEFT},
    WalkInStage.REFUSED: {WalkInStage.WAITING},
    WalkInStage.LEFT: {WalkInStage.WAITING},
}
