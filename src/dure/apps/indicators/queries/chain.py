"""How far the needs of a year came: matched, met, applied for, agreed on, come true. For figures, not for pages."""

from dataclasses import dataclass

from django.db.models import TextChoices
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
NOT_COUNTED = (NeedStage.DRAFT, NeedStage.WITHDRAWN, NeedStage.MERGED)


@dataclass(frozen=True, slots=True)
class Chain:
    """The needs that came at least as far as each step."""

    reached: dict[Step, frozenset[int]]

    def stopped(self, step: Step) -> frozenset[int]:
        """Needs that came as far as a step and no further."""
        steps = list(Step)
        later = steps[steps.index(step) + 1 :]
        return self.reached[step] - (self.reached[later[0]] if later else frozenset())


def chain_of_year(year: int) -> Chain:
    """How far the needs came that were handed in in a year."""
    needs = Need.objects.filter(handed_in_at__year=year).exclude(stage__in=NOT_COUNTED)
    at = {step: frozenset(ids) for step, ids in _at_each(needs.values("pk")).items()}
    reached: dict[Step, frozenset[int]] = {}
    further: frozenset[int] = frozenset()
    for step in reversed(Step):
        further |= at[step]
        reached[step] = further
    return Chain({step: reached[step] for step in Step})


def _at_each(needs: object) -> dict[Step, set[int]]:
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
        Step.REGISTERED: set(Need.objects.filter(pk__in=needs).values_list("pk", flat=True)),
        Step.MATCHED: set(suggested.values_list("need", flat=True)),
        Step.INTRODUCED: {
            *introduced.values_list("need", flat=True),
            *paired.values_list("pk", flat=True),
        },
        Step.MET: {
            *held.filter(pair__need__in=needs).values_list("pair__need", flat=True),
            *held.filter(introduction__need__in=needs).values_list("introduction__need", flat=True),
        },
        Step.APPLIED: set(applied.values_list("challenge__need", flat=True)),
        Step.AGREED: set(agreed.values_list("application__challenge__need", flat=True)),
        Step.RESULT: set(came_of_it.values_list("chain__need", flat=True)),
    }
