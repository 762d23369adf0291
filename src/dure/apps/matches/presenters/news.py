"""New matches as a part of the daily e-mail: one line for each need or technology of one's own."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, ngettext

from dure.apps.matches.models import Direction, Suggestion
from dure.apps.notices.operations import News

NAMED = 10


def news_of(suggestions: Sequence[Suggestion]) -> News:
    """What was suggested newly, the best of each by name; `suggestions` stand best first."""
    groups: dict[tuple[str, int], list[Suggestion]] = {}
    for suggestion in suggestions:
        groups.setdefault((suggestion.direction, suggestion.own_id), []).append(suggestion)
    best_first = sorted(groups.values(), key=lambda group: (group[0].rank, -len(group)))
    title = ngettext("%(n)s new match", "%(n)s new matches", len(suggestions)) % {
        "n": len(suggestions)
    }
    lines = [_line(group) for group in best_first[:NAMED]]
    shown = sum(len(group) for group in best_first[:NAMED])
    return News(
        title, lines, len(suggestions), reverse("matches:inbox"), is_whole=shown == len(suggestions)
    )


def _line(group: Sequence[Suggestion]) -> tuple[str, str]:
    best, language = group[0], get_language()
    is_for_need = best.direction == Direction.FOR_NEED
    own, other = (best.need, best.technology) if is_for_need else (best.technology, best.need)
    text = ngettext(
        "“%(own)s”: “%(best)s” of %(organisation)s",
        "“%(own)s”: %(n)s new, first “%(best)s” of %(organisation)s",
        len(group),
    ) % {
        "own": own.title_in(language),
        "n": len(group),
        "best": other.title_in(language),
        "organisation": str(other.organisation),
    }
    page = "matches:for_need" if is_for_need else "matches:for_technology"
    return text, reverse(page, args=[own.pk])
