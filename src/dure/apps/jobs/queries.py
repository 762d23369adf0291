"""Who sees which job."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from dure.apps.jobs.models import ENDED, Job, JobStage
from dure.apps.people.models import Membership, MembershipStage, User
from dure.apps.people.queries import Reader, roles_of


def jobs_visible_to(user: Reader) -> QuerySet[Job]:
    """One's own jobs; all of them for officers."""
    jobs = Job.objects.select_related("requested_by")
    if roles_of(user).is_officer:
        return jobs
    return jobs.filter(requested_by=user) if user.is_authenticated else jobs.none()


def waiting_jobs_of_share(user: User) -> QuerySet[Job]:
    """The waiting jobs of everybody in the organisations of `user`: together they have one share."""
    colleagues = Membership.objects.filter(
        organisation__in=roles_of(user).organisations, stage=MembershipStage.ACTIVE
    ).values("user")
    requested_by = Q(requested_by=user) | Q(requested_by__in=colleagues)
    return Job.objects.filter(requested_by, stage=JobStage.WAITING)


def unfinished_jobs(kind: str) -> QuerySet[Job]:
    """Jobs of one kind that wait or run."""
    return Job.objects.filter(kind=kind).exclude(stage__in=ENDED)


def running_jobs() -> QuerySet[Job]:
    """Every job that waits or runs, whoever asked for it, oldest first: for the command line."""
    return (
        Job.objects.exclude(stage__in=ENDED)
        .select_related("requested_by")
        .order_by("requested_at", "pk")
    )


def failed_jobs(user: Reader, since: datetime) -> QuerySet[Job]:
    """Jobs that `user` may see and that failed since a moment, newest first."""
    return jobs_visible_to(user).filter(stage=JobStage.FAILED, ended_at__gte=since)


def job_by_id(pk: UUID) -> Job:
    """A job with the person who asked: for those who listen to events."""
    return Job.objects.select_related("requested_by").get(pk=pk)
