"""Who sees which surveys and answers, and how many have answered."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import OFFICE, Role
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.stages import AskedStage, SurveyStage, WishStage

ALL_READERS = (*OFFICE, Role.AUDITOR)


def surveys_visible_to(user: Reader) -> QuerySet[Survey]:
    """All for the office and auditors; for others those that ask them or that their ministry asks."""
    surveys = counted(Survey.objects.prefetch_related("ministries"))
    roles = roles_of(user)
    if roles.holds(ALL_READERS):
        return surveys
    if not user.is_authenticated:
        return surveys.none()
    theirs = Survey.objects.filter(
        Q(asked__organisation__in=roles.organisations) | Q(ministries__in=roles.organisations)
    )
    return surveys.filter(pk__in=theirs.values("pk"))


def counted(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys with `asked_count` and `answered_count`, the newest first."""
    has_answered = ~Q(asked__stage=AskedStage.ASKED)
    return surveys.annotate(
        asked_count=Count("asked", distinct=True),
        answered_count=Count("asked", filter=has_answered, distinct=True),
    ).order_by("-opened_at", "-pk")


def asked_visible_to(user: Reader) -> QuerySet[Asked]:
    """All bodies of the surveys that one reads as office or ministry, else one's own."""
    of_surveys = Asked.objects.select_related("survey", "organisation", "answered_by").annotate(
        wish_count=Count("wishes", filter=~Q(wishes__stage=WishStage.DRAFT))
    )
    roles = roles_of(user)
    if roles.holds(ALL_READERS):
        return of_surveys
    asking = Survey.objects.filter(ministries__in=roles.organisations)
    return of_surveys.filter(Q(organisation__in=roles.organisations) | Q(survey__in=asking))


def wishes_visible_to(user: Reader) -> QuerySet[Wish]:
    """One's own at every stage; those handed in also for the office and the ministries that ask."""
    wishes = Wish.objects.select_related(
        "asked__organisation", "asked__survey", "programme", "ministry", "need", "branch__roadmap"
    )
    roles = roles_of(user)
    given = ~Q(stage=WishStage.DRAFT)
    own = Q(asked__organisation__in=roles.organisations)
    if roles.holds(ALL_READERS):
        return wishes.filter(given | own)
    asking = Survey.objects.filter(ministries__in=roles.organisations)
    return wishes.filter(own | given & Q(asked__survey__in=asking))


def ministries_to_name() -> QuerySet[Organisation]:
    """Verified agencies and ministries; public."""
    return Organisation.objects.filter(
        kind=OrganisationKind.AGENCY, verified_at__isnull=False
    ).order_by("name")


def bodies_to_ask(survey: Survey) -> QuerySet[Organisation]:
    """Verified demand organisations that the survey does not ask yet, public bodies first."""
    return (
        Organisation.objects.filter(
            kind__in=[
                OrganisationKind.PUBLIC, OrganisationKind.LARGE, OrganisationKind.MID_SIZE
            ],
            verified_at__isnull=False,
        )
        .exclude(pk__in=survey.asked.values("organisation"))
        .order_by("-kind", "name")
    )  # fmt: skip


def unanswered(survey: Survey) -> QuerySet[Asked]:
    """The bodies that a survey still waits for."""
    return survey.asked.filter(stage=AskedStage.ASKED).select_related("organisation", "survey")


def is_asked(user: Reader) -> bool:
    """Whether an organisation of `user` has a survey that it has not answered."""
    return Asked.objects.filter(
        organisation__in=roles_of(user).verified, stage=AskedStage.ASKED
    ).exists()


def to_answer(user: Reader, at: datetime) -> QuerySet[Asked]:
    """What organisations of `user` are asked and have not answered, the most urgent first."""
    if not user.is_authenticated:
        return Asked.objects.none()
    return (
        Asked.objects.filter(
            organisation__in=roles_of(user).organisations,
            stage=AskedStage.ASKED,
            survey__stage=SurveyStage.OPEN,
            survey__closes_at__gte=at,
        )
        .select_related("survey", "organisation")
        .order_by("survey__closes_at", "pk")
    )


def to_allot(user: Reader) -> QuerySet[Wish]:
    """Needs handed in that the office has not allotted yet, oldest first."""
    if not is_office(user):
        return Wish.objects.none()
    return (
        Wish.objects.filter(stage=WishStage.GIVEN)
        .select_related("asked__organisation", "asked__survey")
        .order_by("asked__answered_at", "pk")
    )


def with_words(wishes: QuerySet[Wish], words: str) -> QuerySet[Wish]:
    """Those with every word in their title, text or body."""
    for word in words.split():
        wishes = wishes.filter(
            Q(title__icontains=word)
            | Q(body__icontains=word)
            | Q(asked__organisation__name__icontains=word)
            | Q(asked__organisation__name_en__icontains=word)
        )
    return wishes


def allotted(survey: Survey) -> list[tuple[str, int]]:
    """How many needs of a survey went where, the most first."""
    counts: dict[str, int] = {}
    allotted_ones = Wish.objects.filter(asked__survey=survey, stage=WishStage.ALLOTTED)
    for wish in allotted_ones.select_related("programme", "ministry"):
        place = str(wish.programme or wish.ministry)
        counts[place] = counts.get(place, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
