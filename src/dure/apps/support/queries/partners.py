"""Partners: who reads their profiles, who can be proposed, who has been asked."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, roles_of
from dure.apps.support.kinds import ProfileKind
from dure.apps.support.models import Body, Candidate, Profile, SupportRequest
from dure.apps.support.queries.requests import requests_visible_to, sides_of
from dure.apps.support.roles import READS
from dure.apps.support.stages import CandidateStage

PEOPLE = (ProfileKind.EXPERT, ProfileKind.RESEARCHER)
ASKED = (
    CandidateStage.INTRODUCED,
    CandidateStage.ACCEPTED,
    CandidateStage.DECLINED,
    CandidateStage.ENDED,
)


def reads_profiles(user: Reader) -> bool:
    """True for the office, centres, and people of bodies that answer."""
    roles = roles_of(user)
    return roles.is_officer or roles.holds([READS["centre"]]) or is_of_any_body(user)


def is_of_any_body(user: Reader) -> bool:
    """True for people of an organisation that answers some service."""
    own = roles_of(user).organisations
    return bool(own) and Body.objects.filter(organisation__in=own, ended_on=None).exists()


def own_profiles(user: Reader) -> QuerySet[Profile]:
    """The profiles for which somebody answers: of own organisations, and that of oneself."""
    profiles = (
        Profile.objects.filter(_own(user)) if user.is_authenticated else Profile.objects.none()
    )
    return profiles.order_by("name", "pk")


def has_profile(user: Reader) -> bool:
    """True for who answers for a profile."""
    return own_profiles(user).exists()


def profiles_visible_to(user: Reader) -> QuerySet[Profile]:
    """All for those who propose; for others what is their own or was proposed to them by name."""
    profiles = Profile.objects.select_related("organisation")
    if reads_profiles(user):
        return profiles
    if not user.is_authenticated:
        return profiles.none()
    proposed = Candidate.objects.filter(
        request__in=requests_visible_to(user).order_by().values("pk")
    ).exclude(profile__kind=ProfileKind.RESEARCHER)
    return profiles.filter(_own(user) | Q(pk__in=proposed.values("profile")))


def _own(user: Reader, at: str = "") -> Q:
    """Profiles of one's organisations, and that of oneself as a person, known by the address."""
    organisations = roles_of(user).organisations
    is_body = Q(**{f"{at}organisation__in": organisations}) & ~Q(**{f"{at}kind__in": PEOPLE})
    email = getattr(user, "email", "")
    is_person = Q(**{f"{at}kind__in": PEOPLE, f"{at}email__iexact": email})
    return is_body | (is_person if email else Q(pk__in=[]))


def candidates_visible_to(user: Reader) -> QuerySet[Candidate]:
    """Those of requests that one sees, and those for which one was asked oneself."""
    candidates = Candidate.objects.select_related(
        "profile__organisation", "request__organisation", "request__owner", "request__body"
    )
    if not user.is_authenticated:
        return candidates.none()
    seen = requests_visible_to(user).order_by().values("pk")
    return candidates.filter(Q(request__in=seen) | _own(user, "profile__") & Q(stage__in=ASKED))


def candidates_waiting_for(user: Reader) -> QuerySet[Candidate]:
    """Introductions that somebody has not answered yet, the oldest first."""
    if not user.is_authenticated:
        return Candidate.objects.none()
    candidates = Candidate.objects.select_related("request__organisation", "profile")
    waiting = candidates.filter(_own(user, "profile__"), stage=CandidateStage.INTRODUCED)
    return waiting.order_by("introduced_at", "pk")


def is_asked(user: Reader, candidate: Candidate) -> bool:
    """True for who answers for the partner."""
    if not user.is_authenticated:
        return False
    profile = candidate.profile
    if profile.is_person:
        return bool(profile.email) and profile.email.lower() == user.email.lower()
    return profile.organisation_id in roles_of(user).organisations


def names_hidden_from(user: Reader, candidate: Candidate) -> bool:
    """True where the firm may not learn yet who the person is: before they have agreed."""
    if not candidate.request.file.consent_first:
        return False
    if candidate.stage in (CandidateStage.ACCEPTED, CandidateStage.ENDED):
        return False
    return "body" not in sides_of(user, candidate.request) and not is_asked(user, candidate)


def profiles_to_propose(request: SupportRequest) -> QuerySet[Profile]:
    """Who is open, of a kind that the service proposes, and not proposed for the request yet.

    Never the firm itself nor one of its group of companies, nor whom opted out of matching.
    """
    firm = request.organisation
    profiles = Profile.objects.filter(is_open=True, kind__in=request.file.proposes)
    profiles = profiles.exclude(candidacies__request=request).exclude(organisation=firm)
    if firm.group_id:
        profiles = profiles.exclude(organisation__group=firm.group_id)
    return profiles.exclude(organisation__is_opted_out=True).select_related("organisation")


def partners_agreed_for(organisation: Organisation) -> QuerySet[Candidate]:
    """The partners that agreed to work with a firm, with their roles, the newest first."""
    candidates = Candidate.objects.filter(
        request__organisation=organisation, stage=CandidateStage.ACCEPTED
    )
    candidates = candidates.select_related("profile__organisation", "request")
    return candidates.order_by("-answered_at", "-pk")


def partnerships(people: Collection[int], organisations: Collection[int]) -> QuerySet[Candidate]:
    """Who worked with which firm, of those people and organisations; people by their address."""
    addresses = User.objects.filter(pk__in=people).values("email")
    worked = Candidate.objects.filter(
        stage__in=(CandidateStage.ACCEPTED, CandidateStage.ENDED)
    ).select_related("profile", "request")
    concerned = Q(profile__email__in=addresses) | Q(request__organisation__in=organisations)
    return worked.filter(concerned | Q(profile__organisation__in=organisations))


def accounts_of_partners(people: Collection[int]) -> dict[str, int]:
    """The accounts of persons with a profile by their address: of those people, or of any."""
    addresses = Profile.objects.filter(kind__in=PEOPLE).exclude(email="").values("email")
    accounts = User.objects.filter(email__in=addresses) | User.objects.filter(pk__in=people)
    return {email.lower(): pk for email, pk in accounts.values_list("email", "pk")}
