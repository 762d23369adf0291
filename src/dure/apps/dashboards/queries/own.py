"""What belongs to the reader's own organisations, and what the start page says of it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.catalog.stages import NEED_OPEN, NeedStage, TechnologyStage
from dure.apps.matches.models import AnswerKind, Direction, Suggestion
from dure.apps.matches.queries import best_of_each, last_look_of, suggestions_for_user
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, standing_of


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
        Need.objects.filter(organisation__in=standing_of(user).organisations)
        .exclude(stage__in=over)
        .select_related("organisation")
        .defer("search")
        .order_by("-updated_at", "-pk")
    )


def own_technologies(user: User) -> QuerySet[Technology]:
    """The technologies of one's organisations that are not withdrawn, with their file counts."""
    return (
        Technology.objects.filter(organisation__in=standing_of(user).organisations)
        .exclude(stage=TechnologyStage.WITHDRAWN)
        .select_related("organisation")
        .defer("search")
        .annotate(file_count=Count("attachments"))
        .order_by("-updated_at", "-pk")
    )


def unanswered(user: User, direction: Direction) -> QuerySet[Suggestion]:
    """What one's organisations have not answered yet, the best first."""
    return suggestions_for_user(user).filter(direction=direction)


def counts_of_unanswered(user: User) -> dict[str, int]:
    """Of all that waits for an answer on one's needs: how much is `fresh`, how much `wanted`."""
    return unanswered(user, Direction.FOR_NEED).order_by().aggregate(**_counted(user))


def needs_with_suggestions(user: User, limit: int) -> list[dict[str, Any]]:
    """Own open needs with something to answer: those with new suggestions come first.

    Each has the `need`, the `best` suggestion, and how many there are (`count`), are `fresh`
    since the last look at matches, and are wanted by the firm behind them (`wanted`).
    """
    found = unanswered(user, Direction.FOR_NEED)
    rows = list(
        found.order_by()
        .values("direction", "own_id")
        .annotate(**_counted(user))
        .order_by("-wanted", "-fresh", "-own_id")[:limit]
    )
    best = {each.need_id: each for each in best_of_each(found, rows, 1)} if rows else {}
    return [
        {**row, "need": best[row["own_id"]].need, "best": best[row["own_id"]]}
        for row in rows
        if row["own_id"] in best
    ]


def own_counts(user: User) -> dict[str, int]:
    """How many needs of one's organisations are open, in the making, and under review."""
    return own_needs(user).aggregate(
        open=Count("pk", filter=Q(stage__in=NEED_OPEN)),
        drafts=Count("pk", filter=Q(stage=NeedStage.DRAFT)),
        under_review=Count("pk", filter=Q(stage=NeedStage.UNDER_REVIEW)),
    )


def _counted(user: User) -> dict[str, Count]:
    look = last_look_of(user)
    newer = Q(first_made_at__gt=look.at) if look else Q()
    return {
        "count": Count("pk"),
        "fresh": Count("pk", filter=newer),
        "wanted": Count("pk", filter=Q(supply_answer=AnswerKind.INTERESTED)),
    }


def _varied(entries: QuerySet[Any], limit: int) -> list[Any]:
    """The newest `limit` entries; further ones of an organisation only where others are lacking."""
    newest = list(entries.defer("search").order_by("-published_at", "-pk")[: limit * 20])
    first = {entry.organisation_id: entry for entry in reversed(newest)}
    rest = [entry for entry in newest if first[entry.organisation_id] is not entry]
    leading = sorted(first.values(), key=newest.index)
    return [*leading, *rest][:limit]
