"""New matches taken for the daily e-mail, each once for each person."""

from datetime import datetime

from django.db import transaction

from dure.apps.matches.models import Suggestion, ToldMatch
from dure.apps.matches.queries import untold_suggestions
from dure.apps.people.models import User


@transaction.atomic
def take_untold(*, user: User, at: datetime) -> list[Suggestion]:
    """The new matches of one's organisations' needs and technologies, marked as told."""
    taken = list(untold_suggestions(user))
    pairs = {(suggestion.need_id, suggestion.technology_id) for suggestion in taken}
    ToldMatch.objects.bulk_create(
        (
            ToldMatch(user=user, need_id=need, technology_id=technology, told_at=at)
            for need, technology in sorted(pairs)
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    return taken
