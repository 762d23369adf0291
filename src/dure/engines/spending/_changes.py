"""Whether a change of the plan has to be approved first (사전승인) or only notified."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.spending._judge import holds
from dure.engines.spending._model import Condition, Facts


class Handling(StrEnum):
    """What a change needs: approval, a notice, or nothing helps: it comes too late or is barred."""

    APPROVE = "approve"
    NOTIFY = "notify"
    TOO_LATE = "too_late"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A kind of change: it is one where all of `when` is so.

    Where `only_if` names conditions, one of them has to be so as well. It is asked for at least
    `days_before_end` days before the end.
    """

    id: str
    when: tuple[Condition, ...]
    only_if: tuple[Condition, ...] = ()
    days_before_end: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a change needs, and the rules that say so."""

    handling: Handling
    rules: tuple[str, ...] = ()


def classify_change(
    facts: Facts,
    rules: Iterable[ChangeRule],
    *,
    notices: Iterable[ChangeRule] = (),
    days_left: int | None = None,
    notice_days: int = 0,
) -> Decision:
    """Say what a change needs: approval where one of `rules` asks for it, else a notice.

    A mixed change is approved as a whole. It is barred where a rule's `only_if` is not so, and too late
    with fewer days left before the end than a rule asks for, or a notice than `notice_days`. `notices`
    name what is only notified.
    """
    asked = [rule for rule in rules if _is_so(rule, facts)]
    if barred := [rule for rule in asked if _is_barred(rule, facts)]:
        return Decision(Handling.BARRED, _ids(barred))
    if late := [rule for rule in asked if _is_late(rule.days_before_end, days_left)]:
        return Decision(Handling.TOO_LATE, _ids(late))
    if asked:
        return Decision(Handling.APPROVE, _ids(asked))
    if _is_late(notice_days, days_left):
        return Decision(Handling.TOO_LATE)
    return Decision(Handling.NOTIFY, _ids(rule for rule in notices if _is_so(rule, facts)))


def _is_so(rule: ChangeRule, facts: Facts) -> bool:
    return all(holds(condition, facts) for condition in rule.when)


def _is_barred(rule: ChangeRule, facts: Facts) -> bool:
    return bool(rule.only_if) and not any(holds(condition, facts) for condition in rule.only_if)


def _is_late(days: int, days_left: int | None) -> bool:
    return days_left is not None and days_left < days


def _ids(rules: Iterable[ChangeRule]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)
