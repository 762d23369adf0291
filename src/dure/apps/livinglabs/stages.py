"""The life of a trial: a step of a project that consumers judge."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrialStage(TextChoices):
    """Consumers try and answer; then the step is passed, or is tried again."""

    OPEN = "OPEN", _("Consumers answer")
    PASSED = "PASSED", _("Consumers let it pass")
    FAILED = "FAILED", _("Not ready yet")


TRIAL_NEXT = {
    TrialStage.OPEN: {TrialStage.PASSED, TrialStage.FAILED},
    TrialStage.PASSED: set(),
    TrialStage.FAILED: set(),
}
