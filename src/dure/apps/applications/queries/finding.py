"""What pages look up: one's own applications, what can be copied, where joint development begins."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from dure.apps.applications.models import (
    Admission,
    Application,
    Helper,
    Look,
    Opening,
    Participant,
    Submission,
)
from dure.apps.applications.queries.access import (
    applications_visible_to,
    drafts_visible_to,
    signed_for,
)
from dure.apps.applications.queries.opening import submissions_opened_in
from dure.apps.calls.models import Call
from dure.apps.calls.queries import open_calls, programme_of
from dure.apps.consultations.models import ConsultationRecord, NextStep
from dure.apps.consultations.queries import records_visible_to
from dure.apps.papers.models import PaperVersion
from dure.apps.papers.queries import valid_paper
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, organisations_of, roles_of


def firms_of(user: Reader) -> QuerySet[Organisation]:
    """The organisations for which somebody can apply."""
    return organisations_of(user)


def own_applications(user: Reader) -> QuerySet[Application]:
    """Those in which one's organisations take part, and those one helps with, the newest first."""
    if not user.is_authenticated:
        return Application.objects.none()
    return drafts_visible_to(user).order_by("-created_at", "-pk")


def participants() -> QuerySet[Participant]:
    """Members with their application; narrow them to what the reader may know of."""
    return Participant.objects.select_related("application__call", "organisation")


def helpers_in(applications: QuerySet[Application]) -> QuerySet[Helper]:
    """Who helps with some applications now."""
    return Helper.objects.filter(application__in=applications, ended_at=None)


def looks_into(application: Application) -> QuerySet[Look]:
    """What people of the office read of a draft, the newest first."""
    looks = Look.objects.filter(helper__application=application)
    return looks.select_related("helper__user").order_by("-seen_at", "-pk")


def applications_to_copy(application: Application) -> QuerySet[Application]:
    """The other applications that the same organisation led, the newest first."""
    applications = Application.objects.filter(organisation=application.organisation)
    return applications.exclude(pk=application.pk).select_related("call").order_by("-created_at")


def joint_record(pk: int | None, user: Reader) -> ConsultationRecord | None:
    """A record in which joint development was agreed, for people of the small firm in it."""
    if pk is None:
        return None
    record = records_visible_to(user).filter(pk=pk, next_step=NextStep.JOINT_DEVELOPMENT).first()
    if record is None or supplier_in(record).pk not in roles_of(user).organisations:
        return None
    return record


def supplier_in(record: ConsultationRecord) -> Organisation:
    """The small firm of a record."""
    return record.of.sides[1]


def calls_for_joint_development(at: datetime) -> list[Call]:
    """Open calls whose programme has a demand organisation or investor in it, the next deadline
    first."""
    calls = open_calls(at).filter(opens_at__lte=at).order_by("deadline_at", "pk")
    roles = {"demand", "investor"}
    return [
        call
        for call in calls.select_related("version__programme")
        if roles & {payer.role for payer in programme_of(call).money.payers}
    ]


def late_visible_to(user: Reader) -> QuerySet[Submission]:
    """Late submissions, for the office: whose and when, never what."""
    submissions = Submission.objects.filter(is_late=True).defer("sealed")
    submissions = submissions.select_related("application__call", "application__organisation")
    return submissions if is_office(user) else submissions.none()


def openings_visible_to(user: Reader) -> QuerySet[Opening]:
    """Openings that were asked for, for the office."""
    openings = Opening.objects.select_related("call", "requested_by", "round")
    return openings if is_office(user) else openings.none()


def admissions_visible_to(user: Reader) -> QuerySet[Admission]:
    """Admissions that were proposed, for the office."""
    admissions = Admission.objects.select_related("submission__application__call", "proposed_by")
    return admissions if is_office(user) else admissions.none()


def admissions_to_confirm(user: Reader) -> QuerySet[Admission]:
    """What another officer would admit, oldest first."""
    waiting = admissions_visible_to(user).filter(confirmed_at=None, dropped_at=None)
    return waiting.exclude(proposed_by=user.pk).order_by("proposed_at", "pk")


def openings_to_confirm(user: Reader) -> QuerySet[Opening]:
    """Openings before the deadline that another officer asked for, oldest first."""
    waiting = openings_visible_to(user).filter(
        is_early=True, confirmed_at=None, dropped_at=None, opened_at=None
    )
    return waiting.exclude(requested_by=user.pk).order_by("requested_at", "pk")


def admitted_in(call: Call) -> QuerySet[Admission]:
    """Late submissions that were admitted, with the reason that everybody can read."""
    admissions = Admission.objects.filter(
        submission__application__call=call, confirmed_at__isnull=False
    )
    return admissions.select_related("proposed_by", "confirmed_by").order_by("confirmed_at")


def early_openings(call: Call) -> QuerySet[Opening]:
    """Openings before the deadline that took place, with the reason."""
    return call.openings.filter(is_early=True, opened_at__isnull=False)


def opened_submission(application: Application, user: Reader) -> Submission | None:
    """What was opened of an application that the reader may know of."""
    submissions_opened = submissions_opened_in(application.call).filter(application=application)
    return (
        submissions_opened.first()
        if applications_visible_to(user).filter(pk=application.pk)
        else None
    )


def to_approve(user: Reader, on: date) -> QuerySet[Application]:
    """What is filed and waits for somebody's approval, oldest first."""
    return (
        applications_visible_to(user)
        .filter(filed_at__isnull=False, organisation__in=signed_for(user, on))
        .order_by("filed_at", "pk")
    )


def to_answer(user: Reader) -> QuerySet[Participant]:
    """Invitations that somebody's organisations have not answered, oldest first."""
    own = roles_of(user).organisations
    invited = participants().filter(organisation__in=own, stage="INVITED")
    return invited.order_by("invited_at", "pk")


def to_confirm(user: Reader, on: date) -> QuerySet[Participant]:
    """Parts that wait for the confirmation of organisations that somebody signs for, oldest first."""
    unconfirmed = participants().filter(
        organisation__in=signed_for(user, on),
        stage="JOINED",
        confirmed_at=None,
        application__stage__in=("DRAFT", "SUBMITTED", "WITHDRAWN", "VOID"),
    )
    return unconfirmed.exclude(role="lead").order_by("answered_at", "pk")


def boxed_paper(
    user: Reader, participant: Participant, document: str, at: datetime
) -> PaperVersion | None:
    """The valid paper of a member's document box for one that it hands in, for its own people."""
    if participant.organisation_id not in roles_of(user).organisations:
        return None
    return valid_paper(participant.organisation, document, localtime(at).date())
