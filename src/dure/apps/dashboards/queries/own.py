"""What belongs to the reader's own organisations, and what the start page says of it."""

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import (
    needs_visible_to,
    technologies_visible_to,
)
from dure.apps.catalog.stages import NEED_OPEN, NeedStage, TechnologyStage
from dure.apps.matches.models import LIKELY, Answer, AnswerKind, Direction, Side, Suggestion
from dure.apps.matches.queries import BY_STRENGTH, last_look_of, own_suggestions_in
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, roles_of


def newest_needs(user: Reader, limit: int) -> list[Need]:
    """The needs published last that `user` may see, one of each organisation where possible."""
    return _varied(needs_visible_to(user).filter(stage=NeedStage.PUBLISHED), limit)


def newest_technologies(user: Reader, limit: int) -> list[Technology]:
    """The technologies published last that `user` may see, one of each organisation if possible."""
    return _varied(technologies_visible_to(user).filter(stage=TechnologyStage.PUBLISHED), limit)


def own_needs(user: User) -> QuerySet[Need]:
    """The needs of one's organisations that are not over, newest first."""
    over = (NeedStage.CLOSED, NeedStage.UNMATCHED, NeedStage.MERGED, NeedStage.WITHDRAWN)
    return (
        Need.objects.filter(organisation__in=roles_of(user).organisations)
        .exclude(stage__in=over)
        .select_related("organisation")
        .defer("search")
        .order_by("-updated_at", "-pk")
    )


def own_technologies(user: User) -> QuerySet[Technology]:
    """The technologies of one's organisations that are not withdrawn, with their file counts."""
    return (
        Technology.objects.filter(organisation__in=roles_of(user).organisations)
        .exclude(stage=TechnologyStage.WITHDRAWN)
        .select_related("organisation")
        .defer("search")
        .annotate(file_count=Count("attachments"))
        .order_by("-updated_at", "-pk")
    )


def unanswered(user: User, direction: Direction) -> QuerySet[Suggestion]:
    """Likely matches that one's organisations have not answered, best first; each says `they_want`."""
    sides = (Side.DEMAND, Side.SUPPLY)
    near, far = sides if direction == Direction.FOR_NEED else reversed(sides)
    answers = Answer.objects.filter(need=OuterRef("need"), technology=OuterRef("technology"))
    return (
        own_suggestions_in(user, direction)
        .filter(strength__in=LIKELY)
        .exclude(Exists(answers.filter(side=near)))
        .annotate(they_want=Exists(answers.filter(side=far, kind=AnswerKind.INTERESTED)))
        .select_related("need__organisation", "technology__organisation")
        .defer("need__search", "technology__search")
        .annotate(by_strength=BY_STRENGTH)
        .order_by("by_strength", "rank", "-score", "pk")
    )


def unanswered_by_need(user: User) -> list[dict[str, int]]:
    """Own open needs with something to answer: those that firms want, then those with new ones, the
    strongest first.

    Rows of `need_id`, how many suggestions there are (`count`), how many came since the last look
    at matches (`fresh`), and behind how many stands a firm that is interested (`wanted`).
    """
    look = last_look_of(user)
    newer = Q(first_created_at__gt=look.at) if look else Q()
    return list(
        unanswered(user, Direction.FOR_NEED)
        .order_by()
        .values("need_id")
        .annotate(
            count=Count("pk"),
            fresh=Count("pk", filter=newer),
            wanted=Count("pk", filter=Q(they_want=True)),
            best=Min("by_strength"),
        )
        .annotate(has_fresh=Q(fresh__gt=0))
        .order_by("-wanted", "-has_fresh", "best", "-fresh", "-need_id")
    )


def best_unanswered(user: User, needs: list[int]) -> dict[int, Suggestion]:
    """The best suggestion that waits for an answer, for each of some of one's own needs."""
    place = Window(RowNumber(), partition_by="need_id", order_by=["rank", "-score", "pk"])
    of_these = unanswered(user, Direction.FOR_NEED).filter(need__in=needs).annotate(place=place)
    return {suggestion.need_id: suggestion for suggestion in of_these.filter(place=1)}


def own_counts(user: User) -> dict[str, int]:
    """How many needs of one's organisations are open, in the making, and under review."""
    return own_needs(user).aggregate(
        open=Count("pk", filter=Q(stage__in=NEED_OPEN)),
        drafts=Count("pk", filter=Q(stage=NeedStage.DRAFT)),
        under_review=Count("pk", filter=Q(stage=NeedStage.UNDER_REVIEW)),
    )


def _varied(entries: QuerySet[Any], limit: int) -> list[Any]:
    """The newest `limit` entries; further ones of an organisation only where others are lacking."""
    newest = list(entries.defer("search").order_by("-published_at", "-pk")[: limit * 20])
    first = {entry.organisation_id: entry for entry in reversed(newest)}
    rest = [entry for entry in newest if first[entry.organisation_id] is not entry]
    leading = sorted(first.values(), key=newest.index)
    return [*leading, *rest][:limit]
