"""Figures as words, charts and links to the lists behind them."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.catalog.stages import NeedStage
from dure.apps.matches.models import AnswerKind
from dure.foundation import vocabularies

# A need passes these one after the other; each step holds all who came at least this far.
PATH = (
    NeedStage.UNDER_REVIEW,
    NeedStage.PUBLISHED,
    NeedStage.MATCHED,
    NeedStage.IN_IMPLEMENTATION,
    NeedStage.CLOSED,
)
BARS = 8


def figure(number: int, label: str, url: str, note: str = "", tone: str = "") -> dict[str, Any]:
    """One figure that leads to the list behind it."""
    return {"number": f"{number:,}", "label": label, "url": url, "note": note, "tone": tone}


def needs_url(**filters: str) -> str:
    """The list of needs, narrowed."""
    return _listed("catalog:need_list", filters)


def technologies_url(**filters: str) -> str:
    """The list of technologies, narrowed."""
    return _listed("catalog:technology_list", filters)


def stage_funnel(counts: dict[str, int]) -> list[dict[str, Any]]:
    """How many needs came at least as far as each stage."""
    # A need that ended without a match had been published.
    reached = {**counts, NeedStage.PUBLISHED: counts.get(NeedStage.PUBLISHED, 0)}
    reached[NeedStage.PUBLISHED] += counts.get(NeedStage.UNMATCHED, 0)
    return [
        {
            "label": stage.label if at else _("Needs handed in"),
            "value": value,
            "text": f"{value:,}",
            "url": needs_url(status=stage.value),
        }
        for at, stage in enumerate(PATH)
        if (value := sum(reached.get(later, 0) for later in PATH[at:])) or at < 2
    ]


def field_bars(counts: dict[str, int], limit: int = BARS) -> list[dict[str, Any]]:
    """Needs by field, the fullest first."""
    return _bars(counts, "fields", limit, lambda code: needs_url(field=code))


def region_bars(counts: dict[str, int], limit: int = BARS) -> list[dict[str, Any]]:
    """Needs by region, the fullest first."""
    return _bars(counts, "regions", limit, lambda code: needs_url(region=code))


def answer_shares(counts: dict[str, int]) -> list[dict[str, Any]]:
    """What people answered to suggestions."""
    return [
        {
            "label": kind.label,
            "value": counts[kind],
            "text": f"{counts[kind]:,}",
            "url": f"{reverse('matches:answers')}?{urlencode({'kind': kind.value})}",
        }
        for kind in AnswerKind
        if counts.get(kind)
    ]


def _bars(counts: dict[str, int], vocabulary: str, limit: int, url_of: Any) -> list[dict[str, Any]]:
    language = get_language()
    return [
        {
            "label": vocabularies.name_of(vocabulary, code, language),
            "value": count,
            "text": f"{count:,}",
            "url": url_of(code),
        }
        for code, count in list(counts.items())[:limit]
        if code
    ]


def _listed(name: str, filters: dict[str, str]) -> str:
    query = urlencode({key: value for key, value in filters.items() if value})
    return f"{reverse(name)}?{query}" if query else reverse(name)
