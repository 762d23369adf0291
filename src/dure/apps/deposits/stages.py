"""The lives of deposits and of releases. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DepositStage(TextChoices):
    """A deposit. What lapsed can be renewed until its files are destroyed."""

    APPLIED = "APPLIED", pgettext_lazy("deposit", "Applied for")
    KEPT = "KEPT", _("In keeping")
    RETURNED = "RETURNED", _("Not accepted")
    LAPSED = "LAPSED", _("Term over")
    WITHDRAWN = "WITHDRAWN", _("Ended by the depositor")
    DESTROYED = "DESTROYED", _("Destroyed")


DEPOSIT_NEXT = {
    DepositStage.APPLIED: {DepositStage.KEPT, DepositStage.RETURNED, DepositStage.WITHDRAWN},
    DepositStage.KEPT: {DepositStage.LAPSED, DepositStage.WITHDRAWN},
    DepositStage.RETURNED: set(),
    DepositStage.LAPSED: {DepositStage.KEPT, DepositStage.WITHDRAWN, DepositStage.DESTROYED},
    DepositStage.WITHDRAWN: set(),
    DepositStage.DESTROYED: set(),
}

OPEN = (DepositStage.APPLIED, DepositStage.KEPT, DepositStage.LAPSED)
"""Stages in which the files are there."""


class ReleaseStage(TextChoices):
    """A release (교부). Two officers grant it, one after the other, with time to object between."""

    ASKED = "ASKED", pgettext_lazy("release", "Asked for")
    WAITING = "WAITING", _("Depositor may object")
    RELEASED = "RELEASED", _("Released")
    REFUSED = "REFUSED", pgettext_lazy("release", "Refused")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back")


RELEASE_NEXT = {
    ReleaseStage.ASKED: {ReleaseStage.WAITING, ReleaseStage.REFUSED, ReleaseStage.TAKEN_BACK},
    ReleaseStage.WAITING: {ReleaseStage.RELEASED, ReleaseStage.REFUSED, ReleaseStage.TAKEN_BACK},
    ReleaseStage.RELEASED: set(),
    ReleaseStage.REFUSED: set(),
    ReleaseStage.TAKEN_BACK: set(),
}

OPEN_RELEASES = (ReleaseStage.ASKED, ReleaseStage.WAITING)
