"""Confirmed outcomes between two organisations: what ties them for conflicts of interest."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from dure.apps.outcomes.kinds import kinds
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.stages import OutcomeStage


def dealings_of(organisations: Collection[int]) -> QuerySet[Outcome]:
    """What was confirmed between any of these organisations and another one, of kinds that tie."""
    outcomes = Outcome.objects.filter(
        stage=OutcomeStage.CONFIRMED,
        kind__in=[kind.id for kind in kinds() if kind.tie],
        counterpart__isnull=False,
    )
    return outcomes.filter(
        Q(organisation__in=organisations) | Q(counterpart__in=organisations)
    ).order_by("pk")
