"""How a living lab looks: its steps with what consumers said."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.livinglabs import adapter, queries
from dure.apps.livinglabs.models import Answer, Lab, Trial
from dure.apps.livinglabs.stages import TrialStage

TONES = {TrialStage.OPEN: "point", TrialStage.PASSED: "success", TrialStage.FAILED: "warning"}


def steps(lab: Lab) -> list[dict[str, Any]]:
    """The steps of the programme and how each stands."""
    stages: dict[str, Trial] = {trial.step: trial for trial in lab.trials.all()}
    return [
        {
            "name": step.name,
            "answers": step.answers,
            "percent": step.percent,
            "trial": stages.get(step.id),
            "tone": TONES[TrialStage(stages[step.id].stage)] if step.id in stages else "",
        }
        for step in adapter.steps_of(lab.project)
    ]


def trial(shown: Trial, answers: Iterable[Answer]) -> dict[str, Any]:
    """A trial with its answers, each beside its question."""
    answered, ready = queries.tally_of(shown)
    step = adapter.step_of(shown.lab.project, shown.step)
    return {
        "trial": shown,
        "step": step,
        "tone": TONES[TrialStage(shown.stage)],
        "answered": answered,
        "ready": ready,
        "answers": [
            {
                "answer": answer,
                "texts": [
                    (question, text)
                    for question, text in zip(shown.questions, answer.texts, strict=False)
                    if text
                ],
            }
            for answer in answers
        ],
    }


def sheet(labs: Iterable[Lab]) -> dict[str, Any]:
    """Living labs, one in a row."""
    headers = [_("Title"), _("Project"), _("Programme"), _("Places"), _("Enrolled"), _("Opened")]
    rows = [
        [
            lab.title,
            str(lab.project),
            str(lab.project.version.programme),
            lab.places,
            getattr(lab, "enrolled", 0),
            lab.opened_at,
        ]
        for lab in labs
    ]
    return {"title": _("Living labs"), "headers": headers, "rows": rows}
