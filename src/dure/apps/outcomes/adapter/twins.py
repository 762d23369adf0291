"""Reports as the engine compares them."""

from collections.abc import Iterable

from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.stages import ALIVE
from dure.engines.reconciling import Report, Twin, twins_of
from dure.foundation.sheets import bare


def alike_among(outcome: Outcome) -> list[Twin]:
    """The other reports that may tell of the same deal, the likeliest first; ids as text."""
    others = Outcome.objects.filter(stage__in=ALIVE).exclude(pk=outcome.pk)
    concerned = others.filter(organisation__in=outcome.parties) | others.filter(
        counterpart__in=outcome.parties
    )
    return twins_of(_report(outcome), _reports(concerned.distinct()))


def _reports(outcomes: Iterable[Outcome]) -> list[Report]:
    return [_report(outcome) for outcome in outcomes]


def _report(outcome: Outcome) -> Report:
    kind = outcome.kind_file
    parties = {str(pk) for pk in outcome.parties}
    if not outcome.counterpart_id and outcome.counterpart_name:
        parties.add(bare(outcome.counterpart_name))
    return Report(
        str(outcome.pk),
        kind.family if kind else outcome.kind,
        frozenset(parties),
        outcome.on,
        outcome.amount,
        outcome.currency,
        outcome.number,
    )
