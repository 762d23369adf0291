"""What more tables would bring: the same wishes planned twice, as it is and with more tables."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from dure.apps.fairs import permissions
from dure.apps.fairs.adapter.timetable import to_engine
from dure.apps.fairs.models import Fair
from dure.apps.fairs.operations.solving import solved
from dure.apps.fairs.reasons import Reason
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

WHAT_IF = "what_if_fair"
MOST_TABLES = 20
SECONDS = 30


def ask_what_if(*, fair: Fair, tables: int, by: User, at: datetime) -> Job:
    """Put the question what `tables` more would bring in the queue. Raises Refused."""
    permissions.may_plan(by, fair).require()
    asked = Job.objects.filter(kind=WHAT_IF, arguments__fair=fair.pk)
    if asked.filter(stage__in=(JobStage.WAITING, JobStage.RUNNING)).exists():
        raise Refused(Reason.PLAN_RUNNING)
    if not to_engine(fair, on=localtime(at).date()).fair.requests:
        raise Refused(Reason.NOTHING_TO_PLAN)
    arguments = {"fair": fair.pk, "tables": tables}
    return enqueue(kind=WHAT_IF, title=fair.name[:200], arguments=arguments, by=by)


def what_if(
    *, fair: Fair, tables: int, at: datetime, progress: Progress, seconds: float = SECONDS
) -> dict[str, Any]:
    """How many meetings the best timetable holds now, and how many with more tables in every slot.

    Nothing is locked and nothing stored: it is advice before halls are booked.
    """
    now = to_engine(fair, on=localtime(at).date()).fair
    then = replace(now, tables=tuple(count + tables for count in now.tables_by_slot))
    held = [
        len(solved(setup, near=(), seconds=seconds, progress=progress).meetings)
        for setup in (now, then)
    ]
    return {"tables": tables, "now": held[0], "then": held[1], "more": held[1] - held[0]}
