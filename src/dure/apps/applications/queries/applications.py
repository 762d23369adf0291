"""Applications and what they are made of; each asks for the reader's right before."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from dure.apps.applications.models import Application, DraftPart, Participant, Submission
from dure.apps.applications.stages import TAKING_PART, ApplicationStage
from dure.apps.people.queries import Reader, roles_of

STANDING = Q(withdrawn_at=None, voided_at=None) & (
    Q(is_late=False) | Q(admission__confirmed_at__isnull=False)
)


def application_by_id(pk: int) -> Application:
    """An application: for those who listen to events."""
    return Application.objects.select_related("call__version__programme", "organisation").get(pk=pk)


def members_of(application: Application) -> QuerySet[Participant]:
    """Who takes part or is invited, the lead first."""
    return (
        application.participants.filter(stage__in=TAKING_PART)
        .select_related("organisation", "confirmed_by")
        .order_by("pk")
    )


def participant_in(application: Application, user: Reader) -> Participant | None:
    """The part that somebody's organisation has in an application, the lead's first."""
    own = roles_of(user).organisations
    return members_of(application).filter(organisation__in=own).first()


def other_parts_of(participant: Participant) -> QuerySet[Participant]:
    """The same organisation in other applications that may still succeed, since a year before."""
    since = participant.application.created_at - timedelta(days=365)
    over = (ApplicationStage.LAPSED, ApplicationStage.WITHDRAWN, ApplicationStage.VOID)
    return (
        Participant.objects.filter(
            organisation=participant.organisation_id,
            stage__in=TAKING_PART,
            application__created_at__gte=since,
        )
        .exclude(application=participant.application_id)
        .exclude(application__stage__in=over)
        .select_related("application")
    )


def parts_of(application: Application) -> QuerySet[DraftPart]:
    """The locked parts of a draft."""
    return application.parts.select_related("edited_by").order_by("name")


def part_of(application: Application, name: str) -> DraftPart | None:
    """One locked part of a draft, once there is something in it."""
    return application.parts.select_related("edited_by").filter(name=name).first()


def submissions_of(application: Application) -> QuerySet[Submission]:
    """Everything that was submitted, the newest first."""
    return (
        application.submissions.select_related("submitted_by", "admission")
        .defer("sealed")
        .order_by("-version")
    )


def standing_submission(application: Application) -> Submission | None:
    """The version that counts: the last one that is neither withdrawn, nor void, nor late."""
    return submissions_of(application).filter(STANDING).first()


def submission_by_id(pk: int) -> Submission:
    """A submission: for jobs and for those who listen to events."""
    return Submission.objects.select_related("application__call", "submitted_by").get(pk=pk)
