"""Who may stop long jobs."""

from dure.apps.jobs.models import Job
from dure.apps.jobs.reasons import Reason
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict

# So many jobs of one organisation may wait at a time; of the programme office any number.
MOST_WAITING = 20


def may_ask(user: Reader, waiting: int) -> Verdict:
    """Put one more job in the queue, beside so many of one's organisations that wait there."""
    if waiting < MOST_WAITING or roles_of(user).is_officer:
        return YES
    return Verdict(Reason.TOO_MANY_WAITING)


def may_cancel(user: Reader, job: Job) -> Verdict:
    """Stop a job that waits or runs."""
    if not (roles_of(user).is_officer or (user.pk and job.requested_by_id == user.pk)):
        return Verdict(Reason.NOT_YOURS)
    if job.has_ended:
        return Verdict(Reason.HAS_ENDED)
    return Verdict(Reason.IS_CANCELLING) if job.is_cancelling else YES
