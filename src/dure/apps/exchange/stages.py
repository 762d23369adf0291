"""The lives of an exchange meeting, of who takes part, of a consultation and of a request."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingStage(TextChoices):
    """An exchange meeting with firms of other countries."""

    PLANNED = "PLANNED", pgettext_lazy("exchange meeting", "Planned")
    OPEN = "OPEN", pgettext_lazy("exchange meeting", "Open for applications")
    ARRANGING = "ARRANGING", _("Consultations are arranged")
    HELD = "HELD", pgettext_lazy("exchange meeting", "Held")
    CANCELLED = "CANCELLED", _("Cancelled")


MEETING_NEXT = {
    MeetingStage.PLANNED: {MeetingStage.OPEN, MeetingStage.CANCELLED},
    MeetingStage.OPEN: {MeetingStage.ARRANGING, MeetingStage.CANCELLED},
    MeetingStage.ARRANGING: {MeetingStage.OPEN, MeetingStage.HELD, MeetingStage.CANCELLED},
    MeetingStage.HELD: set(),
    MeetingStage.CANCELLED: set(),
}


class PartStage(TextChoices):
    """Somebody who takes part in an exchange meeting."""

    APPLIED = "APPLIED", pgettext_lazy("exchange meeting", "Applied")
    SELECTED = "SELECTED", pgettext_lazy("exchange meeting", "Selected")
    REFUSED = "REFUSED", pgettext_lazy("exchange meeting", "Not selected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


PART_NEXT = {
    PartStage.APPLIED: {PartStage.SELECTED, PartStage.REFUSED, PartStage.WITHDRAWN},
    PartStage.SELECTED: {PartStage.WITHDRAWN},
    PartStage.REFUSED: set(),
    PartStage.WITHDRAWN: set(),
}


class TalkStage(TextChoices):
    """A consultation of two firms at an exchange meeting."""

    PLANNED = "PLANNED", pgettext_lazy("consultation", "Planned")
    HELD = "HELD", pgettext_lazy("consultation", "Held")
    MISSED = "MISSED", _("Somebody did not come")
    CANCELLED = "CANCELLED", _("Cancelled")


TALK_NEXT = {
    TalkStage.PLANNED: {TalkStage.HELD, TalkStage.MISSED, TalkStage.CANCELLED},
    TalkStage.HELD: set(),
    TalkStage.MISSED: set(),
    TalkStage.CANCELLED: set(),
}


class RequestStage(TextChoices):
    """A request for support of negotiations, or for a check of a buyer."""

    ASKED = "ASKED", pgettext_lazy("request", "Asked")
    TAKEN = "TAKEN", pgettext_lazy("request", "Taken on")
    REPORTED = "REPORTED", pgettext_lazy("request", "Report given")


REQUEST_NEXT = {
    RequestStage.ASKED: {RequestStage.TAKEN},
    RequestStage.TAKEN: {RequestStage.REPORTED},
    RequestStage.REPORTED: set(),
}
