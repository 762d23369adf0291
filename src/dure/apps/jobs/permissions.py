"""Who may stop long jobs."""

from dure.apps.jobs.models import Job
from dure.apps.jobs.reasons import Reason
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_cancel(user: Reader, job: Job) -> Verdict:
    """Stop a job that waits or runs."""
    if not (roles_of(user).is_officer or (user.pk and job.requested_by_id == user.pk)):
        return Verdict(Reason.NOT_YOURS)
    if job.has_ended:
        return Verdict(Reason.HAS_ENDED)
    return Verdict(Reason.IS_CANCELLING) if job.is_cancelling else YES
