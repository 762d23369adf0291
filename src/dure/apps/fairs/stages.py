"""The lives of fairs, registrations and timetables. Their diagrams in docs are made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FairStage(TextChoices):
    """A fair."""

    DRAFT = "DRAFT", _("Draft")
    REGISTRATION = "REGISTRATION", _("Registration open")
    WISHES = "WISHES", _("Collecting wishes")
    PLANNING = "PLANNING", _("Planning the timetable")
    RELEASED = "RELEASED", _("Timetable released")
    HELD = "HELD", _("Being held")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


FAIR_NEXT = {
    FairStage.DRAFT: {FairStage.REGISTRATION, FairStage.CANCELLED},
    FairStage.REGISTRATION: {FairStage.DRAFT, FairStage.WISHES, FairStage.CANCELLED},
    FairStage.WISHES: {FairStage.REGISTRATION, FairStage.PLANNING, FairStage.CANCELLED},
    FairStage.PLANNING: {FairStage.WISHES, FairStage.RELEASED, FairStage.CANCELLED},
    FairStage.RELEASED: {FairStage.PLANNING, FairStage.HELD, FairStage.CANCELLED},
    FairStage.HELD: {FairStage.RELEASED, FairStage.CLOSED},
    FairStage.CLOSED: {FairStage.HELD},
    FairStage.CANCELLED: {FairStage.DRAFT},
}

# Stages in which the days, slots, halls and tables of a fair can still be changed.
FAIR_SET_UP = (FairStage.DRAFT, FairStage.REGISTRATION, FairStage.WISHES, FairStage.PLANNING)
# Stages in which a timetable is made, also anew.
FAIR_PLANNED = (FairStage.PLANNING, FairStage.RELEASED, FairStage.HELD)
# Stages in which there are wishes, and in which there may be a timetable, to look at.
FAIR_WISHED = (FairStage.WISHES, *FAIR_PLANNED, FairStage.CLOSED)
FAIR_TIMED = (*FAIR_PLANNED, FairStage.CLOSED)
# Stages in which participants see when they meet whom.
FAIR_SHOWN = (FairStage.RELEASED, FairStage.HELD, FairStage.CLOSED)
# Stages after which nothing about a fair is announced or taken any more.
FAIR_OVER = (FairStage.CLOSED, FairStage.CANCELLED)


class RegistrationStage(TextChoices):
    """A registration for a fair."""

    APPLIED = "APPLIED", _("Applied")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


REGISTRATION_NEXT = {
    RegistrationStage.APPLIED: {
        RegistrationStage.APPROVED,
        RegistrationStage.REFUSED,
        RegistrationStage.WITHDRAWN,
    },
    RegistrationStage.APPROVED: {RegistrationStage.REFUSED, RegistrationStage.WITHDRAWN},
    RegistrationStage.REFUSED: {RegistrationStage.APPROVED},
    RegistrationStage.WITHDRAWN: {RegistrationStage.APPLIED},
}
# Stages in which an organisation still means to come.
REGISTRATION_LIVE = (RegistrationStage.APPLIED, RegistrationStage.APPROVED)


class TimetableStage(TextChoices):
    """A version of a timetable."""

    DRAFT = "DRAFT", pgettext_lazy("timetable", "Draft")
    RELEASED = "RELEASED", _("Released")
    REPLACED = "REPLACED", _("Replaced by a newer version")
    DISCARDED = "DISCARDED", _("Discarded")


TIMETABLE_NEXT = {
    TimetableStage.DRAFT: {TimetableStage.RELEASED, TimetableStage.DISCARDED},
    TimetableStage.RELEASED: {TimetableStage.REPLACED},
    TimetableStage.REPLACED: set(),
    TimetableStage.DISCARDED: set(),
}
