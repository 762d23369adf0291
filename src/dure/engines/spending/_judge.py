"""What of an expense will be disallowed, by which rule."""

from collections.abc import Iterable
from datetime import time
from fractions import Fraction

from dure.engines.spending._model import Condition, Fact, Facts, Finding, Part, Rule
from dure.values.money import at_least, at_most, nearest


def judge(facts: Facts, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return what `rules` disallow of an expense, the largest first, equal ones in their order."""
    findings = [finding for rule in rules if (finding := _finding(facts, rule))]
    return tuple(sorted(findings, key=lambda judged: -judged.disallowed))


def disallowed_of(findings: Iterable[Finding]) -> int:
    """What is disallowed of an expense in all: its reasons overlap, so the largest counts."""
    return max((finding.disallowed for finding in findings), default=0)


def _finding(facts: Facts, rule: Rule) -> Finding | None:
    if not all(holds(condition, facts) for condition in rule.when):
        return None
    if any(holds(condition, facts) for condition in rule.unless):
        return None
    if rule.disallowed.part is Part.NOTHING:
        return Finding(rule.id, 0)
    sum_ = min(_sum(facts, rule), _number(facts, "amount", _pay(facts)))
    return Finding(rule.id, sum_) if sum_ > 0 else None


def holds(condition: Condition, facts: Facts) -> bool:
    """True where `condition` is so; false where its fact is not known."""
    value = facts.get(condition.fact)
    if value is None:
        return False
    return (
        (condition.one_of is None or value in condition.one_of)
        and (condition.none_of is None or value not in condition.none_of)
        and (condition.above is None or _exact(value) > condition.above)
        and (condition.at_least is None or _exact(value) >= condition.at_least)
        and (condition.below is None or _exact(value) < condition.below)
        and (condition.hours is None or _within(value, *condition.hours))
        and (condition.names is None or _names(value, condition.names))
    )


def _exact(value: Fact) -> Fraction:
    if isinstance(value, int | Fraction):
        return Fraction(value)
    raise TypeError(f"{value!r} is no number")


def _within(value: Fact, first: time, last: time) -> bool:
    if not isinstance(value, time):
        raise TypeError(f"{value!r} is no time of day")
    if first <= last:
        return first <= value <= last
    return value >= first or value <= last


def _names(value: Fact, words: tuple[str, ...]) -> bool:
    text = str(value).casefold()
    return any(word in text for word in words)


def _sum(facts: Facts, rule: Rule) -> int:
    disallowed = rule.disallowed
    amount = _number(facts, "amount")
    if disallowed.part is Part.FACT:
        return _number(facts, disallowed.fact)
    if disallowed.part is Part.ABOVE:
        return amount - disallowed.won
    if disallowed.part is Part.PER_HEAD:
        return (
            amount - disallowed.won * _number(facts, disallowed.fact)
            if disallowed.fact in facts
            else 0
        )
    if disallowed.part is Part.BEYOND:
        whole, allowed = _number(facts, disallowed.fact), _number(facts, disallowed.allowed)
        return at_least(amount, Fraction(whole - allowed, whole)) if whole > allowed else 0
    if disallowed.part is Part.SHARE:
        return (
            amount - at_most(_number(facts, disallowed.fact), disallowed.share)
            if disallowed.fact in facts
            else 0
        )
    if disallowed.part is Part.PARTICIPATION:
        return _over_all_time(facts)
    return amount or _pay(facts)


def _over_all_time(facts: Facts) -> int:
    """Pay for more than 100 % of a month: the excess, at most what is claimed here."""
    shares = facts.get("shares", ())
    excess = (sum(shares) if isinstance(shares, tuple) else 0) - 100
    excess = min(excess, _number(facts, "share_here"))
    return nearest(_number(facts, "month_pay"), Fraction(excess, 100)) if excess > 0 else 0


def _pay(facts: Facts) -> int:
    return _number(facts, "month_pay")


def _number(facts: Facts, name: str, otherwise: int = 0) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else otherwise
