"""Minutes: written by the secretary, confirmed by all who were there, then recorded."""

from datetime import datetime

from django.db import transaction

from dure.apps.councils import permissions, queries
from dure.apps.councils.kinds import CONFIRMED
from dure.apps.councils.models import Confirmation, Meeting
from dure.apps.councils.operations.telling import tell_people
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import MeetingStage
from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.foundation import sealing
from dure.foundation.verdict import Refused


@transaction.atomic
def write_minutes(*, meeting: Meeting, text: str, by: User, at: datetime) -> Meeting:
    """Write the minutes of a meeting that was held; all who were there are asked. Raises Refused."""
    permissions.may_run(by).require()
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.stage != MeetingStage.CLOSED:
        raise Refused(Reason.STAGE_CLOSED)
    if not text.strip():
        raise Refused(Reason.MINUTES_EMPTY)
    meeting.minutes = text
    meeting.minutes_digest = sealing.digest({"meeting": meeting.pk, "minutes": text})
    meeting.save(update_fields=["minutes", "minutes_digest"])
    people = [attendance.seat.user for attendance in queries.unconfirmed(meeting)]
    tell_people(
        people, "MINUTES", meeting.file, meeting.get_absolute_url(), by, at, meeting=meeting.title
    )
    return meeting


@transaction.atomic
def confirm_minutes(
    *, meeting: Meeting, digest: str, objection: str = "", by: User, at: datetime
) -> Meeting:
    """Say yes to the minutes that were read (`digest`), or what is wrong with them.

    When all who were there have said yes, the minutes stand, and that is recorded. Raises Refused.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    permissions.may_confirm(by, meeting).require()
    if digest != meeting.minutes_digest:
        raise Refused(Reason.CHANGED_MEANWHILE)
    came = meeting.attendances.filter(seat__user=by).select_related("seat")
    for attendance in came:
        Confirmation.objects.create(
            meeting=meeting, seat=attendance.seat, digest=digest, objection=objection, at=at
        )
    if not queries.unconfirmed(meeting).exists():
        _stand(meeting, by, at)
    return meeting


def _stand(meeting: Meeting, by: User, at: datetime) -> None:
    meeting.stage = MeetingStage.CONFIRMED
    meeting.save(update_fields=["stage"])
    record(
        kind=CONFIRMED,
        about=f"meeting:{meeting.pk}",
        content={
            "council": meeting.council,
            "minutes_sha256": meeting.minutes_digest,
            "confirmed_by": meeting.attendances.count(),
        },
        is_of_office=True,
        by=by,
        at=at,
    )
