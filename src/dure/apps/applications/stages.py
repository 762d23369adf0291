"""The lives of an application and of its members. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationStage(TextChoices):
    """An application; only in SUBMITTED and OPENED has anything been received."""

    DRAFT = "DRAFT", _("Draft")
    FILED = "FILED", _("Waits for its signatory")
    SUBMITTED = "SUBMITTED", pgettext_lazy("application", "Submitted")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("application", "Withdrawn")
    VOID = "VOID", _("Void: a member left")
    OPENED = "OPENED", pgettext_lazy("application", "Opened")
    LAPSED = "LAPSED", _("Not submitted in time")


# While SUBMITTED the version submitted last stands, also while a newer one is edited and filed.
# A late submission leaves the stage as it is; once two officers admit it, it is SUBMITTED.
NEXT = {
    ApplicationStage.DRAFT: {
        ApplicationStage.FILED,
        ApplicationStage.SUBMITTED,
        ApplicationStage.LAPSED,
    },
    ApplicationStage.FILED: {
        ApplicationStage.DRAFT,
        ApplicationStage.SUBMITTED,
        ApplicationStage.LAPSED,
    },
    ApplicationStage.SUBMITTED: {
        ApplicationStage.WITHDRAWN,
        ApplicationStage.VOID,
        ApplicationStage.OPENED,
    },
    ApplicationStage.WITHDRAWN: {
        ApplicationStage.FILED,
        ApplicationStage.SUBMITTED,
        ApplicationStage.LAPSED,
    },
    ApplicationStage.VOID: {
        ApplicationStage.FILED,
        ApplicationStage.SUBMITTED,
        ApplicationStage.LAPSED,
    },
    ApplicationStage.OPENED: set(),
    ApplicationStage.LAPSED: set(),
}
NOTHING_RECEIVED = (
    ApplicationStage.DRAFT,
    ApplicationStage.FILED,
    ApplicationStage.WITHDRAWN,
    ApplicationStage.VOID,
    ApplicationStage.LAPSED,
)


class ParticipantStage(TextChoices):
    """An organisation in an application."""

    INVITED = "INVITED", pgettext_lazy("member of an application", "Invited")
    JOINED = "JOINED", _("Takes part")
    DECLINED = "DECLINED", pgettext_lazy("member of an application", "Declined")
    LEFT = "LEFT", pgettext_lazy("member of an application", "Left")


PARTICIPANT_NEXT = {
    ParticipantStage.INVITED: {
        ParticipantStage.JOINED,
        ParticipantStage.DECLINED,
        ParticipantStage.LEFT,
    },
    ParticipantStage.JOINED: {ParticipantStage.LEFT},
    ParticipantStage.DECLINED: {ParticipantStage.INVITED},
    ParticipantStage.LEFT: {ParticipantStage.INVITED},
}
TAKING_PART = (ParticipantStage.INVITED, ParticipantStage.JOINED)
