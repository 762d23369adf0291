"""The lives of a stake and of a movement of its money."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class StakeStage(TextChoices):
    """A pledge, savings, a voucher or a way through institutions."""

    ASKED = "ASKED", pgettext_lazy("stake", "Asked for")
    RUNNING = "RUNNING", pgettext_lazy("stake", "Running")
    REFUSED = "REFUSED", pgettext_lazy("stake", "Refused")
    COMPLETED = "COMPLETED", pgettext_lazy("stake", "Completed")
    LEFT = "LEFT", pgettext_lazy("stake", "Left early")
    LAPSED = "LAPSED", pgettext_lazy("stake", "Lapsed")


STAKE_NEXT = {
    StakeStage.ASKED: {StakeStage.RUNNING, StakeStage.REFUSED},
    StakeStage.RUNNING: {StakeStage.COMPLETED, StakeStage.LEFT, StakeStage.LAPSED},
    StakeStage.REFUSED: set(),
    StakeStage.COMPLETED: set(),
    StakeStage.LEFT: set(),
    StakeStage.LAPSED: set(),
}


class MovementStage(TextChoices):
    """What one side enters and another confirms; most movements are confirmed at once."""

    ENTERED = "ENTERED", pgettext_lazy("movement", "To be confirmed")
    CONFIRMED = "CONFIRMED", pgettext_lazy("movement", "Confirmed")
    REFUSED = "REFUSED", pgettext_lazy("movement", "Not confirmed")


MOVEMENT_NEXT = {
    MovementStage.ENTERED: {MovementStage.CONFIRMED, MovementStage.REFUSED},
    MovementStage.CONFIRMED: set(),
    MovementStage.REFUSED: set(),
}
