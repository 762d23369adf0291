"""How far the needs of a year came: matched, met, applied for, agreed on, come true. For figures, not for pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Min, QuerySet, TextChoices
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import Agreement
from dure.apps.agreements.stages import AgreementStage
from dure.apps.applications.models import Application
from dure.apps.applications.stages import ApplicationStage
from dure.apps.catalog.models import Need
from dure.apps.catalog.stages import NeedStage
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.models import Outcome as Held
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.matches.models import LIKELY, Direction, Suggestion
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.queries import SIZES


class Step(TextChoices):
    """What a need reaches one after the other."""

    REGISTERED = "REGISTERED", _("Needs registered")
    MATCHED = "MATCHED", _("with a likely technology")
    INTRODUCED = "INTRODUCED", _("with an introduction or a meeting in a timetable")
    MET = "MET", _("with a meeting that was held")
    APPLIED = "APPLIED", _("with an application that was opened")
    AGREED = "AGREED", _("with an agreement that was signed")
    RESULT = "RESULT", _("with an outcome that was confirmed")


SIGNED = (AgreementStage.IN_FORCE, AgreementStage.COMPLETED, AgreementStage.TERMINATED)
SECONDS_KEPT = 60
NOT_COUNTED = (NeedStage.DRAFT, NeedStage.WITHDRAWN, NeedStage.MERGED)


# What is known of a step: the day on which each need reached it first, None where no day is recorded.
Days = dict[int, date | None]


@dataclass(frozen=True, slots=True)
class Chain:
    """The needs that reached each step by themselves, and those that came at least as far."""

    days: dict[Step, Days]
    reached: dict[Step, frozenset[int]]

    def stopped(self, step: Step) -> frozenset[int]:
        """Needs that came as far as a step and no further."""
        steps = list(Step)
        later = steps[steps.index(step) + 1 :]
        return self.reached[step] - (self.reached[later[0]] if later else frozenset())

    def waits(self) -> dict[Step, list[int]]:
        """For each step the days that needs waited since the last step before it that has a day.

        What is not in order (a match found after the meeting) says nothing about waiting and is left out.
        """
        days_waited: dict[Step, list[int]] = defaultdict(list)
        for need in self.days[Step.REGISTERED]:
            dated = [(step, day) for step, days in self.days.items() if (day := days.get(need))]
            for (_before, since), (step, day) in pairwise(dated):
                if day >= since:
                    days_waited[step].append((day - since).days)
        return {step: sorted(days_waited[step]) for step in Step if days_waited[step]}


def needs_of_year(year: int) -> QuerySet[Need]:
    """The needs that were handed in in a year and count; for figures, not for pages."""
    return Need.objects.filter(handed_in_at__year=year).exclude(stage__in=NOT_COUNTED)


def needs_narrowed(
    year: int, chosen: Mapping[str, str], own: Collection[int] | None
) -> QuerySet[Need]:
    """The needs of a year in a region, of a field, of organisations of a size; of `own` alone, or of all."""
    needs = needs_of_year(year)
    if own is not None:
        needs = needs.filter(organisation__in=own)
    if region := chosen.get("region"):
        needs = needs.filter(organisation__region=region)
    if field := chosen.get("field"):
        needs = needs.filter(field=field)
    if size := chosen.get("size"):
        kinds = [kind for kind, called in SIZES.items() if called == size]
        needs = needs.filter(organisation__kind__in=kinds)
    return needs


def chain_of(needs: QuerySet[Need]) -> Chain:
    """How far some needs came, and when."""
    days = _days_at_each(needs.values("pk"))
    reached: dict[Step, frozenset[int]] = {}
    further: frozenset[int] = frozenset()
    for step in reversed(Step):
        further |= days[step].keys()
        reached[step] = further
    return Chain(days, {step: reached[step] for step in Step})


def chain_kept(needs: QuerySet[Need], key: str) -> Chain:
    """How far some needs came, as it was at most a minute ago; `key` says which needs they are.

    Following the needs of a year reads most tables there are: not at each request.
    """
    return caches["own"].get_or_set(
        f"indicators.chain.{key}", lambda: chain_of(needs), SECONDS_KEPT
    )


def needs_by_region(needs: QuerySet[Need]) -> dict[str, int]:
    """How many of some needs the organisations of each region handed in."""
    counted = needs.order_by().values("organisation__region").annotate(n=Count("pk"))
    return dict(counted.values_list("organisation__region", "n"))


def _days_at_each(needs: QuerySet[Need, Any]) -> dict[Step, Days]:
    suggested = Suggestion.objects.filter(
        need__in=needs, direction=Direction.FOR_NEED, strength__in=LIKELY
    )
    introduced = Introduction.objects.filter(need__in=needs).exclude(
        stage=IntroductionStage.TAKEN_BACK
    )
    paired = Need.objects.filter(pk__in=needs, pairs__meetings__isnull=False)
    held = ConsultationRecord.objects.filter(outcome=Held.KEPT)
    applied = Application.objects.filter(challenge__need__in=needs, stage=ApplicationStage.OPENED)
    agreed = Agreement.objects.filter(application__challenge__need__in=needs, stage__in=SIGNED)
    came_of_it = Outcome.objects.filter(chain__need__in=needs, stage=OutcomeStage.CONFIRMED)
    return {
        Step.REGISTERED: _first(
            _by(Need.objects.filter(pk__in=needs), "pk", "handed_in_at"),
        ),
        Step.MATCHED: _first(_by(suggested, "need", "first_created_at")),
        Step.INTRODUCED: _first(
            _by(introduced, "need", "introduced_at"),
            _by(paired, "pk", "pairs__meetings__timetable__released_at"),
        ),
        Step.MET: _first(
            _by(held.filter(pair__need__in=needs), "pair__need", "recorded_at"),
            _by(held.filter(introduction__need__in=needs), "introduction__need", "recorded_at"),
        ),
        Step.APPLIED: _first(_by(applied, "challenge__need", "filed_at")),
        Step.AGREED: _first(_by(agreed, "application__challenge__need", "agreed_on")),
        Step.RESULT: _first(_by(came_of_it, "chain__need", "confirmed_at")),
    }


def _by(records: QuerySet[Any], need: str, moment: str) -> Iterator[tuple[int, date | None]]:
    firsts = records.order_by().values_list(need).annotate(first=Min(moment))
    for pk, first in firsts.values_list(need, "first"):
        yield pk, localtime(first).date() if isinstance(first, datetime) else first


def _first(*sources: Iterable[tuple[int, date | None]]) -> Days:
    days: Days = {}
    for source in sources:
        for need, day in source:
            known = days.get(need)
            days[need] = min(known, day) if known and day else known or day
    return days
