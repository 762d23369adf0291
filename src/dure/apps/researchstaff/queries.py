"""A researcher's own application, the firms that ask, and which firm may read whose name."""

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from dure.apps.people.queries import Reader
from dure.apps.researchstaff.kinds import REMINDED_DAYS
from dure.apps.researchstaff.models import Application, Consent
from dure.apps.support.kinds import ProfileKind, Service, services
from dure.apps.support.models import Candidate
from dure.apps.support.queries import requests_ever, sides_of
from dure.apps.support.stages import CandidateStage

ASKED = (CandidateStage.INTRODUCED, CandidateStage.ACCEPTED)
"""Stages in which a firm and a researcher know of each other."""


def applications_visible_to(user: Reader) -> QuerySet[Application]:
    """One's own; nobody else reads it, the office neither."""
    applications = Application.objects.select_related("profile", "user")
    return applications.filter(user=user.pk) if user.is_authenticated else applications.none()


def consents_visible_to(user: Reader) -> QuerySet[Consent]:
    """Those that one gave oneself."""
    consents = Consent.objects.select_related("organisation", "candidate__request", "application")
    if not user.is_authenticated:
        return consents.none()
    return consents.filter(application__user=user.pk)


def own_application(user: Reader) -> Application | None:
    """The application of somebody."""
    return applications_visible_to(user).first()


def is_researcher(user: Reader) -> bool:
    """True for who has an application here."""
    return applications_visible_to(user).exists()


def firms_asking(user: Reader) -> QuerySet[Candidate]:
    """The requests of firms that were introduced to a researcher, the newest first."""
    application = own_application(user)
    candidates = Candidate.objects.select_related("request__organisation", "profile")
    if application is None:
        return candidates.none()
    known = candidates.filter(profile=application.profile_id)
    shown = (*ASKED, CandidateStage.DECLINED, CandidateStage.ENDED)
    return known.filter(stage__in=shown).order_by("-proposed_at", "-pk")


def candidates_visible_to(user: Reader) -> QuerySet[Candidate]:
    """What one was asked oneself."""
    return firms_asking(user)


def consents_to_give(user: Reader) -> QuerySet[Candidate]:
    """Firms with which a researcher agreed, and which may not read the name yet."""
    given = Consent.objects.values("candidate")
    agreed = firms_asking(user).filter(stage=CandidateStage.ACCEPTED)
    return agreed.exclude(pk__in=given).order_by("answered_at", "pk")


def consent_for(candidate: Candidate) -> Consent | None:
    """What a researcher allowed the firm of a request."""
    consents = Consent.objects.filter(candidate=candidate)
    return consents.select_related("application__user").first()


def application_of(candidate: Candidate) -> Application | None:
    """The application behind a proposed researcher, where it came from here."""
    applications = Application.objects.filter(profile=candidate.profile_id)
    return applications.select_related("user", "profile").first()


def reads_contact(user: Reader, candidate: Candidate) -> bool:
    """True for the people of the asking firm who act in its request, while there is a consent."""
    return "firm" in sides_of(user, candidate.request) and consent_for(candidate) is not None


def at_work(application: Application) -> bool:
    """True while a researcher works for a firm: then it is not erased by its term."""
    agreed = Candidate.objects.filter(
        profile=application.profile_id, stage=CandidateStage.ACCEPTED, request__closed_at=None
    )
    return agreed.exists()


def has_worked(application: Application) -> bool:
    """True for who ever agreed with a firm."""
    stages = (CandidateStage.ACCEPTED, CandidateStage.ENDED)
    worked = Candidate.objects.filter(profile=application.profile_id, stage__in=stages)
    return worked.exists()


def ending_soon(today: date) -> QuerySet[Application]:
    """Applications that end within some days, and whose researcher was not told."""
    soon = Application.objects.filter(
        keep_until__gte=today, keep_until__lte=today + timedelta(days=REMINDED_DAYS)
    )
    return soon.exclude(reminded_of__gte=today - timedelta(days=REMINDED_DAYS)).order_by("pk")


def over(today: date) -> QuerySet[Application]:
    """Applications whose term is over."""
    return Application.objects.filter(keep_until__lt=today).order_by("pk")


def services_for_researchers() -> list[Service]:
    """The support services that match firms with researchers, as their files say."""
    return [
        service for service in services().values() if ProfileKind.RESEARCHER in service.proposes
    ]


def figures() -> dict[str, int]:
    """Applications and requests of firms in numbers; nothing of a person."""
    codes = [service.id for service in services_for_researchers()]
    requests = requests_ever().filter(service__in=codes).order_by()
    counted = requests.aggregate(
        asked=Count("pk"), open=Count("pk", filter=Q(closed_at=None)),
        placed=Count("pk", filter=Q(outcome="placed")),
    )  # fmt: skip
    return {"researchers": Application.objects.count(), **counted}
