"""Who sees which discoveries and candidates, and what the funnel counts."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from dure.apps.catalog.models import Need
from dure.apps.challenges.models import (
    Candidate,
    Centre,
    Comment,
    Discovery,
    Judgement,
    PairAnswer,
    Round,
    SimilarPair,
    Version,
)
from dure.apps.challenges.stages import ALIVE, CandidateStage, DiscoveryStage, RoundStage
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.roadmaps.models import Branch
from dure.apps.roadmaps.queries import below
from dure.foundation.parsing import whole_number

_PUBLIC = Q(stage=CandidateStage.SELECTED, discovery__stage=DiscoveryStage.ANNOUNCED)


def discoveries_visible_to(user: Reader) -> QuerySet[Discovery]:
    """All are public: that something is looked for is announced; its candidates are not."""
    return Discovery.objects.all()


def candidates_visible_to(user: Reader) -> QuerySet[Candidate]:
    """What a reader may know of.

    The office; its centre's people; the committee of its discovery; the people of its owner; and
    everybody once it was announced with the text that its owner approved.
    """
    candidates = with_text(Candidate.objects.all())
    if is_office(user):
        return candidates
    roles = roles_of(user)
    own = Q(organisation__in=roles.organisations) | Q(centre__organisation__in=roles.organisations)
    if not user.is_authenticated:
        return candidates.filter(_PUBLIC)
    return candidates.filter(
        own | _PUBLIC | Q(discovery__in=Discovery.objects.filter(committee__user=user.pk))
    )


def announced_challenges() -> QuerySet[Candidate]:
    """What everybody may read, with the text that its owner approved: calls point to these."""
    return with_text(Candidate.objects.filter(_PUBLIC)).order_by("pk")


def reads_inside(user: Reader, candidate: Candidate) -> bool:
    """Whether comments, decisions and earlier versions are shown, not only the announced text."""
    return candidate.pk in read_inside(user, [candidate])


def read_inside(user: Reader, candidates: Iterable[Candidate]) -> set[int]:
    """The ids of those of `candidates` that somebody reads inside, asked in one question."""
    candidates = list(candidates)
    if is_office(user):
        return {candidate.pk for candidate in candidates}
    own = roles_of(user).organisations
    sitting = (
        set(user.committees.values_list("discovery", flat=True)) if user.is_authenticated else set()
    )
    return {
        candidate.pk
        for candidate in candidates
        if {candidate.organisation_id, candidate.centre.organisation_id} & own
        or candidate.discovery_id in sitting
    }


def with_text(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Candidates with all that a list shows of them, asked in few questions."""
    return candidates.select_related(
        "discovery", "centre__organisation", "organisation", "approved", "branch"
    ).prefetch_related(Prefetch("versions", Version.objects.order_by("-number"), "all_versions"))


def newest(candidate: Candidate) -> Version:
    """The newest text of a candidate that came with its versions."""
    return candidate.all_versions[0]


def shown_text(candidate: Candidate, is_inside: bool) -> Version:
    """The text a reader sees: for those inside the newest, for others what is announced."""
    return newest(candidate) if is_inside or not candidate.approved else candidate.approved


def candidates_of(discovery: Discovery) -> QuerySet[Candidate]:
    """All candidates of a discovery; for operations, and for who may see all of them."""
    return with_text(discovery.candidates.all())


def sits_in(user: Reader, discovery: Discovery) -> bool:
    """Whether somebody is a member of the committee of a discovery."""
    return user.is_authenticated and discovery.committee.filter(user=user.pk).exists()


def chairs(user: Reader, discovery: Discovery) -> bool:
    """Whether somebody chairs the committee of a discovery."""
    return (
        user.is_authenticated and discovery.committee.filter(user=user.pk, is_chair=True).exists()
    )


def chairs_somewhere(user: Reader) -> bool:
    """Whether somebody chairs a committee at all, and so gets its work on the desk."""
    return user.is_authenticated and user.committees.filter(is_chair=True).exists()


def to_judge(user: Reader) -> QuerySet[Candidate]:
    """What has no decision in an open round of a committee that somebody chairs."""
    rounds = Round.objects.filter(
        stage=RoundStage.OPEN,
        discovery__committee__user=user.pk,
        discovery__committee__is_chair=True,
    )
    judged = Judgement.objects.filter(round__in=rounds).values("candidate")
    return (
        with_text(Candidate.objects.filter(discovery__rounds__in=rounds))
        .filter(stage=CandidateStage.IN_REVIEW)
        .exclude(pk__in=judged)
        .exclude(organisation__in=roles_of(user).organisations)
        .order_by("created_at", "pk")
    )


def centres_of(user: Reader, discovery: Discovery) -> QuerySet[Centre]:
    """The centres for which somebody gathers in a discovery; all for the office."""
    centres = discovery.centres.select_related("organisation")
    if is_office(user):
        return centres
    return centres.filter(organisation__in=roles_of(user).organisations)


def open_round(discovery: Discovery) -> Round | None:
    """The round in which the committee decides now."""
    return discovery.rounds.filter(stage=RoundStage.OPEN).first()


def unjudged(current: Round) -> QuerySet[Candidate]:
    """What the committee still has to decide on in a round."""
    judged = Judgement.objects.filter(round=current).values("candidate")
    return current.discovery.candidates.filter(stage=CandidateStage.IN_REVIEW).exclude(
        pk__in=judged
    )


def last_decision(candidate: Candidate) -> Judgement | None:
    """What the committee decided last."""
    return candidate.judgements.order_by("-round__number").first()


def judgements_of(candidate: Candidate) -> QuerySet[Judgement]:
    """Every decision on a candidate; ask for the reader's right before."""
    return candidate.judgements.select_related("round", "by", "version").order_by("round__number")


def comments_on(candidate: Candidate) -> QuerySet[Comment]:
    """What was said of a candidate; ask for the reader's right before."""
    return candidate.comments.select_related("by", "version")


def kept(discovery: Discovery) -> QuerySet[Candidate]:
    """What the last round kept: only these can be selected."""
    last = Judgement.objects.filter(candidate=OuterRef("pk")).order_by("-round__number")
    return (
        candidates_of(discovery)
        .filter(
            stage__in=[CandidateStage.IN_REVIEW, CandidateStage.SELECTED],
            judgements__isnull=False,
        )
        .annotate(last=Subquery(last.values("decision")[:1]))
        .filter(last="KEEP")
        .distinct()
    )


def funnel(discovery: Discovery) -> list[tuple[str, int, int]]:
    """The steps of a discovery: key, how many came so far, how many ended there.

    The keys are `gathered`, `round-1` … and `selected`.
    """
    candidates = list(
        discovery.candidates.exclude(stage=CandidateStage.WITHDRAWN).values_list("pk", "stage")
    )
    steps = [("gathered", len(candidates), 0)]
    for judging_round in discovery.rounds.order_by("number"):
        kept_here = judging_round.judgements.filter(decision="KEEP").count()
        judged = judging_round.judgements.count()
        steps.append((f"round-{judging_round.number}", kept_here, judged - kept_here))
    selected = sum(stage == CandidateStage.SELECTED for _pk, stage in candidates)
    steps.append(("selected", selected, 0))
    return steps


def at_step(candidates: QuerySet[Candidate], step: str) -> QuerySet[Candidate]:
    """The candidates that a number of the funnel counts."""
    if step == "selected":
        return candidates.filter(stage=CandidateStage.SELECTED)
    number = whole_number(step.removeprefix("round-"), high=9999)
    if step.startswith("round-") and number is not None:
        judged = Judgement.objects.filter(round__number=number, decision="KEEP")
        return candidates.filter(pk__in=judged.values("candidate"))
    return candidates.exclude(stage=CandidateStage.WITHDRAWN)


def under_branch(candidates: QuerySet[Candidate], branch: Branch) -> QuerySet[Candidate]:
    """The candidates of a branch of a roadmap and of all below it."""
    return candidates.filter(branch__in=below(branch))


def counted_by_branch(user: Reader, branches: Collection[int]) -> dict[int, int]:
    """How many candidates that `user` may know of point to each branch."""
    seen = Candidate.objects.filter(
        pk__in=candidates_visible_to(user).values("pk"), branch__in=branches
    )
    return dict(seen.order_by().values_list("branch").annotate(Count("pk")))


def with_words(candidates: QuerySet[Candidate], words: str) -> QuerySet[Candidate]:
    """The candidates whose newest title or owner has every word."""
    titles = Version.objects.filter(candidate=OuterRef("pk")).order_by("-number")
    candidates = candidates.annotate(newest_title=Subquery(titles.values("title")[:1]))
    for word in words.split():
        candidates = candidates.filter(
            Q(newest_title__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation__name_en__icontains=word)
        )
    return candidates


def by_centre(discovery: Discovery) -> Iterable[Centre]:
    """The centres with how many they gathered and how many were selected."""
    return discovery.centres.select_related("organisation").annotate(
        gathered=Count("candidates", filter=~Q(candidates__stage=CandidateStage.WITHDRAWN)),
        selected=Count("candidates", filter=Q(candidates__stage=CandidateStage.SELECTED)),
    )


def pairs_to_judge(discovery: Discovery) -> QuerySet[SimilarPair]:
    """Near-duplicates that the office looks at; for the office alone."""
    return (
        SimilarPair.objects.filter(
            first__discovery=discovery,
            answer__in=[PairAnswer.OPEN, PairAnswer.ASKED],
            first__stage__in=ALIVE,
            second__stage__in=ALIVE,
        )
        .select_related("first__organisation", "second__organisation")
        .order_by("-similarity", "pk")
    )


def merges_to_answer(user: Reader) -> QuerySet[SimilarPair]:
    """Merges that wait for the agreement of organisations that somebody manages."""
    managed = roles_of(user).managed
    waits = Q(first__organisation__in=managed, first_agreed_by__isnull=True) | Q(
        second__organisation__in=managed, second_agreed_by__isnull=True
    )
    return SimilarPair.objects.filter(
        waits, answer=PairAnswer.ASKED, first__stage__in=ALIVE, second__stage__in=ALIVE
    ).select_related("first__organisation", "second__organisation", "first__discovery")


def texts_to_approve(user: Reader) -> QuerySet[Candidate]:
    """Selected candidates of organisations that somebody manages, whose text waits for approval."""
    return candidates_of_all().filter(
        organisation__in=roles_of(user).managed,
        stage=CandidateStage.SELECTED,
        approved__isnull=True,
    )


def candidates_of_all() -> QuerySet[Candidate]:
    """The candidates of every discovery; for operations and desks that narrow them."""
    return with_text(Candidate.objects.all())


def needs_to_offer(user: Reader, centre: Centre, at: datetime) -> QuerySet[Need]:
    """Published needs of demand organisations that are no candidate of the discovery yet."""
    taken = Candidate.objects.filter(discovery=centre.discovery, need__isnull=False).exclude(
        stage=CandidateStage.WITHDRAWN
    )
    from_catalogue = Need.objects.filter(stage="PUBLISHED").exclude(pk__in=taken.values("need"))
    return from_catalogue.select_related("organisation").order_by("-published_at", "pk")
