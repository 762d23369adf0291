"""Figures that are the same for many readers; each is counted at most once a minute."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from dure.apps.catalog.models import Need, Technology, Visibility
from dure.apps.catalog.queries import open_needs
from dure.apps.catalog.stages import NEED_OPEN, NEED_SHOWN, TECHNOLOGY_SHOWN, NeedStage
from dure.apps.matches.models import LIKELY, Answer, AnswerKind, Direction, Side, Suggestion
from dure.apps.matches.queries import needs_without_match
from dure.apps.people.models import Organisation

SECONDS_KEPT = 60
OPEN_TO_ALL = (Visibility.PUBLIC, Visibility.TEASER)
Figure = TypeVar("Figure")


def public_counts() -> dict[str, int]:
    """How many needs, technologies and organisations everybody may see."""
    return _kept(
        "public_counts",
        lambda: {
            "needs": Need.objects.filter(stage__in=NEED_SHOWN, visibility__in=OPEN_TO_ALL).count(),
            "technologies": Technology.objects.filter(
                stage__in=TECHNOLOGY_SHOWN, visibility__in=OPEN_TO_ALL
            ).count(),
            "organisations": Organisation.objects.filter(verified_at__isnull=False).count(),
        },
    )


def public_needs_by_field() -> dict[str, int]:
    """How many open needs there are in each field, for everybody."""
    return _kept(
        "public_needs_by_field",
        lambda: _by(
            Need.objects.filter(stage__in=NEED_OPEN, visibility__in=OPEN_TO_ALL).exclude(field=""),
            "field",
        ),
    )


def needs_by_stage() -> dict[str, int]:
    """How many needs stand at each stage, whoever may see them: for staff."""
    return _kept("needs_by_stage", lambda: _by(Need.objects.all(), "stage"))


def needs_by_field() -> dict[str, int]:
    """How many open needs there are in each field, whoever may see them: for staff."""
    return _kept(
        "needs_by_field",
        lambda: _by(Need.objects.filter(stage__in=NEED_OPEN).exclude(field=""), "field"),
    )


def needs_by_region() -> dict[str, int]:
    """How many open needs there are in each region, whoever may see them: for staff."""
    at_home = Coalesce(NullIf("region", Value("")), "organisation__region")
    return _kept(
        "needs_by_region",
        lambda: _by(Need.objects.filter(stage__in=NEED_OPEN).annotate(at_home=at_home), "at_home"),
    )


def technologies_by_region() -> dict[str, int]:
    """How many published technologies there are in each region: for staff."""
    at_home = Coalesce(NullIf("region", Value("")), "organisation__region")
    return _kept(
        "technologies_by_region",
        lambda: _by(
            Technology.objects.filter(stage__in=TECHNOLOGY_SHOWN).annotate(at_home=at_home),
            "at_home",
        ),
    )


def answers_by_kind() -> dict[str, int]:
    """How often the two sides were interested, declined or were introduced: for staff."""
    return _kept("answers_by_kind", lambda: _by(Answer.objects.all(), "kind"))


def matching_counts() -> dict[str, int]:
    """Needs without a match, needs whose matches nobody answered, pairs introduced: for staff."""
    return _kept(
        "matching_counts",
        lambda: {
            "unmatched": needs_without_match().count(),
            "unanswered": needs_unanswered().count(),
            "introduced": Answer.objects.filter(kind=AnswerKind.INTRODUCED).count(),
            "under_review": Need.objects.filter(stage=NeedStage.UNDER_REVIEW).count(),
        },
    )


def needs_unanswered() -> QuerySet[Need]:
    """Open needs with likely matches of which the demand organisation has answered nothing."""
    of_need = Q(need=OuterRef("pk"))
    suggested = Suggestion.objects.filter(
        of_need, direction=Direction.FOR_NEED, strength__in=LIKELY
    )
    answered = Answer.objects.filter(of_need, side=Side.DEMAND)
    return open_needs().filter(Exists(suggested)).exclude(Exists(answered))


def _by(rows: QuerySet[Any], name: str) -> dict[str, int]:
    counted = rows.order_by().values_list(name).annotate(count=Count("pk"))
    return {code or "": count for code, count in counted.order_by("-count", name)}


def _kept(name: str, count: Callable[[], Figure]) -> Figure:
    return caches["own"].get_or_set(f"dashboards.{name}", count, SECONDS_KEPT)
