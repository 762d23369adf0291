"""The steps of a programme that consumers judge, and when they let one pass."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language

from dure.apps.calls.queries import programme_in
from dure.apps.projects.models import Project


@dataclass(frozen=True, slots=True)
class Step:
    """A step with a gate of consumers: at least `answers` of them, `percent` of whom find it ready."""

    id: str
    name: str
    answers: int
    percent: Fraction

    def passes(self, answered: int, ready: int) -> bool:
        """Whether that many answers, of which so many say it is ready, let the step pass."""
        return answered >= self.answers and ready * 100 >= self.percent * answered


def steps_of(project: Project) -> list[Step]:
    """The steps of the project's programme that consumers judge, in order."""
    return [
        Step(
            stage.id,
            stage.name.in_language(get_language()),
            stage.gate.answers or 1,
            stage.gate.percent or Fraction(50),
        )
        for stage in programme_in(project.version.content).stages
        if stage.gate and stage.gate.by == "consumers"
    ]


def step_of(project: Project, step: str) -> Step:
    """One of them by its id."""
    return next(candidate for candidate in steps_of(project) if candidate.id == step)


def next_step(project: Project, passed: set[str]) -> Step | None:
    """The first step that consumers have not let pass yet."""
    return next((step for step in steps_of(project) if step.id not in passed), None)
