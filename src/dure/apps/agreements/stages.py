"""The lives of agreements, of payments and of changes. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementStage(TextChoices):
    """An agreement. What runs after the signatures ends as COMPLETED or, before its time, TERMINATED."""

    DRAFT = "DRAFT", _("Draft")
    SIGNING = "SIGNING", _("Being signed")
    IN_FORCE = "IN_FORCE", _("In force")
    REFUSED = "REFUSED", _("Signature refused")
    EXPIRED = "EXPIRED", _("Not signed in time")
    DROPPED = "DROPPED", _("Cancelled")
    COMPLETED = "COMPLETED", _("Completed")
    TERMINATED = "TERMINATED", _("Terminated")


AGREEMENT_NEXT = {
    AgreementStage.DRAFT: {AgreementStage.SIGNING, AgreementStage.DROPPED},
    AgreementStage.SIGNING: {
        AgreementStage.IN_FORCE,
        AgreementStage.REFUSED,
        AgreementStage.EXPIRED,
        AgreementStage.DRAFT,
    },
    AgreementStage.IN_FORCE: {AgreementStage.COMPLETED, AgreementStage.TERMINATED},
    AgreementStage.REFUSED: {AgreementStage.DRAFT, AgreementStage.DROPPED},
    AgreementStage.EXPIRED: {AgreementStage.DRAFT, AgreementStage.DROPPED},
    AgreementStage.DROPPED: set(),
    AgreementStage.COMPLETED: set(),
    AgreementStage.TERMINATED: set(),
}


class InstalmentStage(TextChoices):
    """Money of an agreement that is to come from one payer at one time."""

    PLANNED = "PLANNED", _("Planned")
    ASKED = "ASKED", _("Confirmation asked for")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    ORDERED = "ORDERED", _("Ordered from the bank")
    PAID = "PAID", _("Paid")
    CANCELLED = "CANCELLED", _("Cancelled")


INSTALMENT_NEXT = {
    InstalmentStage.PLANNED: {
        InstalmentStage.ASKED,
        InstalmentStage.CONFIRMED,
        InstalmentStage.CANCELLED,
    },
    InstalmentStage.ASKED: {
        InstalmentStage.PLANNED,
        InstalmentStage.CONFIRMED,
        InstalmentStage.CANCELLED,
    },
    InstalmentStage.CONFIRMED: {
        InstalmentStage.ORDERED,
        InstalmentStage.PAID,
        InstalmentStage.CANCELLED,
    },
    InstalmentStage.ORDERED: {
        InstalmentStage.CONFIRMED,
        InstalmentStage.PAID,
        InstalmentStage.CANCELLED,
    },
    InstalmentStage.PAID: set(),
    InstalmentStage.CANCELLED: set(),
}


class ChangeStage(TextChoices):
    """A change of an agreement: what is only notified is done at once."""

    ASKED = "ASKED", pgettext_lazy("change", "Waits for an answer")
    SIGNING = "SIGNING", pgettext_lazy("change", "Being signed anew")
    DONE = "DONE", pgettext_lazy("change", "Holds")
    REFUSED = "REFUSED", pgettext_lazy("change", "Refused")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("change", "Taken back")
    EXPIRED = "EXPIRED", pgettext_lazy("change", "Not signed in time")


CHANGE_NEXT = {
    ChangeStage.ASKED: {
        ChangeStage.SIGNING,
        ChangeStage.DONE,
        ChangeStage.REFUSED,
        ChangeStage.WITHDRAWN,
    },
    ChangeStage.SIGNING: {
        ChangeStage.DONE,
        ChangeStage.REFUSED,
        ChangeStage.WITHDRAWN,
        ChangeStage.EXPIRED,
    },
    ChangeStage.DONE: set(),
    ChangeStage.REFUSED: set(),
    ChangeStage.WITHDRAWN: set(),
    ChangeStage.EXPIRED: set(),
}
CHANGE_OPEN = (ChangeStage.ASKED, ChangeStage.SIGNING)


class OutsideStage(TextChoices):
    """A file signed outside: it counts once every party accepted it."""

    WAITING = "WAITING", pgettext_lazy("outside", "Waits for acceptance")
    ACCEPTED = "ACCEPTED", pgettext_lazy("outside", "Accepted by all")
    REFUSED = "REFUSED", pgettext_lazy("outside", "Not accepted")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("outside", "Withdrawn")


OUTSIDE_NEXT = {
    OutsideStage.WAITING: {OutsideStage.ACCEPTED, OutsideStage.REFUSED, OutsideStage.WITHDRAWN},
    OutsideStage.ACCEPTED: set(),
    OutsideStage.REFUSED: set(),
    OutsideStage.WITHDRAWN: set(),
}
