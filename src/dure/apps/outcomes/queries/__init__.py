"""Who reads which outcome, what ties two organisations, and what counts on a day."""

from dure.apps.outcomes.queries.counting import Counted, counted, counted_as_of, spans_ever
from dure.apps.outcomes.queries.dealings import dealings_of
from dure.apps.outcomes.queries.outcomes import (
    concerns_anywhere,
    evidence_visible_to,
    of_project,
    of_thing,
    outcomes_visible_to,
    to_check,
    to_confirm,
    twins_of_outcome,
    twins_to_answer,
    twins_visible_to,
    with_unfound_way,
)
from dure.apps.outcomes.queries.ties import (
    agreement_of_project,
    meetings_between,
    project_numbered,
    project_of_agreement,
    reported_follow_ups,
    things_between,
)
from dure.apps.people.queries import organisations_called

__all__ = [
    "Counted",
    "agreement_of_project",
    "concerns_anywhere",
    "counted",
    "counted_as_of",
    "dealings_of",
    "evidence_visible_to",
    "meetings_between",
    "of_project",
    "of_thing",
    "organisations_called",
    "outcomes_visible_to",
    "project_numbered",
    "project_of_agreement",
    "reported_follow_ups",
    "spans_ever",
    "things_between",
    "to_check",
    "to_confirm",
    "twins_of_outcome",
    "twins_to_answer",
    "twins_visible_to",
    "with_unfound_way",
]
