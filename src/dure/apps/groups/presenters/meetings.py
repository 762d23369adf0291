"""Meetings of groups: their tones, who came as a workbook."""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.groups.models import Meeting, Presence
from dure.apps.groups.stages import MeetingStage
from dure.foundation.ui.listing import Sheet

MEETING_TONES = {
    MeetingStage.PLANNED: "information",
    MeetingStage.HELD: "warning",
    MeetingStage.CONFIRMED: "success",
    MeetingStage.CANCELLED: "",
}


def presence_sheet(meeting: Meeting, presences: Iterable[Presence]) -> Sheet:
    """Who came, as a sheet."""
    return {
        "title": _("Who came"),
        "headers": [_("Name"), _("Organisation"), _("How"), _("Came")],
        "rows": [
            [
                presence.name,
                presence.firm,
                presence.get_way_display(),
                localtime(presence.at).strftime("%H:%M"),
            ]
            for presence in presences
        ],
    }
