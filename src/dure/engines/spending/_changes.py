"""Whether a change of the plan has to be approved first (사전승인) or only notified."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.spending._judge import holds
from dure.engines.spending._model import Facts, Rule


class Handling(StrEnum):
    """What a change needs: approval, a notice, or nothing helps because it comes too late."""

    APPROVE = "approve"
    NOTIFY = "notify"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a change needs, and the rules that ask for approval."""

    handling: Handling
    rules: tuple[str, ...] = ()


def classify_change(
    facts: Facts, rules: Iterable[Rule], *, days_left: int | None = None, notice_days: int = 0
) -> Decision:
    """Say what a change needs: approval where one of `rules` asks for it, else a notice.

    A notice comes too late with fewer than `notice_days` left before the end. A mixed change is
    approved as a whole.
    """
    asked = tuple(
        rule.id for rule in rules if all(holds(condition, facts) for condition in rule.when)
    )
    if asked:
        return Decision(Handling.APPROVE, asked)
    if days_left is not None and days_left < notice_days:
        return Decision(Handling.TOO_LATE)
    return Decision(Handling.NOTIFY)
