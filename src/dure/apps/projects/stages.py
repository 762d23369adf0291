"""The lives of a project, of a marked row, of a recovery and of a sanction."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectStage(TextChoices):
    """A project: an agreement in life."""

    RUNNING = "RUNNING", _("Under way")
    HELD = "HELD", _("In special evaluation")
    STOPPED = "STOPPED", _("Stopped")
    GIVEN_UP = "GIVEN_UP", _("Given up")
    SETTLING = "SETTLING", _("In settlement")
    SETTLED = "SETTLED", _("Settled")
    CLOSED = "CLOSED", pgettext_lazy("project", "Closed")


# Without rules of settlement in its programme a project is closed from where it runs.
PROJECT_NEXT = {
    ProjectStage.RUNNING: {
        ProjectStage.SETTLING, ProjectStage.HELD, ProjectStage.STOPPED, ProjectStage.GIVEN_UP,
        ProjectStage.CLOSED,
    },
    ProjectStage.HELD: {ProjectStage.RUNNING, ProjectStage.STOPPED},
    ProjectStage.STOPPED: {ProjectStage.SETTLING, ProjectStage.RUNNING, ProjectStage.CLOSED},
    ProjectStage.GIVEN_UP: {ProjectStage.CLOSED},
    ProjectStage.SETTLING: {ProjectStage.SETTLED},
    ProjectStage.SETTLED: {ProjectStage.CLOSED},
    ProjectStage.CLOSED: set(),
}  # fmt: skip
SPENDING = (ProjectStage.RUNNING, ProjectStage.STOPPED)
"""While money is spent, or what was spent is still entered."""
UNSETTLED = (*SPENDING, ProjectStage.HELD)
"""Until the settlement begins."""


class MarkStage(TextChoices):
    """A row of a settlement that the accounting firm has marked."""

    OPEN = "OPEN", _("The firm answers")
    ANSWERED = "ANSWERED", _("The accountant decides")
    DROPPED = "DROPPED", _("Accepted")
    UPHELD = "UPHELD", _("Disallowed")


MARK_NEXT = {
    MarkStage.OPEN: {MarkStage.ANSWERED, MarkStage.DROPPED, MarkStage.UPHELD},
    MarkStage.ANSWERED: {MarkStage.OPEN, MarkStage.DROPPED, MarkStage.UPHELD},
    MarkStage.DROPPED: set(),
    MarkStage.UPHELD: set(),
}


class RecoveryStage(TextChoices):
    """Money that has to come back; enforcement goes step by step."""

    NOTIFIED = "NOTIFIED", pgettext_lazy("recovery", "Notified")
    DEFERRED = "DEFERRED", _("Deferred")
    DEMANDED = "DEMANDED", _("Demanded again")
    ENFORCED = "ENFORCED", _("In enforcement")
    PAID = "PAID", _("Paid")
    WRITTEN_OFF = "WRITTEN_OFF", _("Written off")


RECOVERY_NEXT = {
    RecoveryStage.NOTIFIED: {
        RecoveryStage.DEFERRED, RecoveryStage.DEMANDED, RecoveryStage.PAID,
    },
    RecoveryStage.DEFERRED: {RecoveryStage.DEMANDED, RecoveryStage.PAID},
    RecoveryStage.DEMANDED: {
        RecoveryStage.DEFERRED, RecoveryStage.ENFORCED, RecoveryStage.PAID,
    },
    RecoveryStage.ENFORCED: {RecoveryStage.PAID, RecoveryStage.WRITTEN_OFF},
    RecoveryStage.PAID: set(),
    RecoveryStage.WRITTEN_OFF: set(),
}  # fmt: skip


class SanctionStage(TextChoices):
    """A sanction: told before, looked at again where asked for, then decided."""

    PRE_NOTICE = "PRE_NOTICE", _("Pre-notice given")
    REEXAMINED = "REEXAMINED", _("Re-examination asked for")
    DECIDED = "DECIDED", _("Decided")
    DROPPED = "DROPPED", _("Dropped")


SANCTION_NEXT = {
    SanctionStage.PRE_NOTICE: {
        SanctionStage.REEXAMINED, SanctionStage.DECIDED, SanctionStage.DROPPED,
    },
    SanctionStage.REEXAMINED: {SanctionStage.DECIDED, SanctionStage.DROPPED},
    SanctionStage.DECIDED: set(),
    SanctionStage.DROPPED: set(),
}  # fmt: skip
