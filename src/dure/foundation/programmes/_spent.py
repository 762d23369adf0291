"""What the engine of spending needs of a rule set, and what is said of what it finds."""

from datetime import time

from dure.engines import spending
from dure.engines.spending import Fraction
from dure.foundation.programmes._spending import (
    Condition,
    Disallowed,
    SpendingRule,
    SpendingRules,
)
from dure.foundation.programmes._words import sentence


def spending_of(rules: SpendingRules) -> tuple[spending.Rule, ...]:
    """Return the rules of use as values of the engine."""
    return tuple(_rule(rule) for rule in rules.rules)


def approvals_of(rules: SpendingRules) -> tuple[spending.ChangeRule, ...]:
    """Return the changes that need approval as values of the engine."""
    return tuple(
        spending.ChangeRule(
            approval.id,
            tuple(map(_condition, approval.when)),
            tuple(map(_condition, approval.only_if)),
            approval.days_before_end or 0,
        )
        for approval in rules.approvals
    )


def notices_of(rules: SpendingRules) -> tuple[spending.ChangeRule, ...]:
    """Return the changes that the rule set names as only notified, as values of the engine."""
    return tuple(
        spending.ChangeRule(notice.id, tuple(map(_condition, notice.when)))
        for notice in rules.notices
    )


def purposes_of(rules: SpendingRules) -> tuple[spending.Purpose, ...]:
    """Return the purposes with the words by which they are proposed, and their names in lists."""
    return tuple(
        spending.Purpose(
            purpose.id,
            purpose.line,
            tuple(word.casefold() for word in purpose.words),
            (purpose.name.ko, *purpose.listed_as),
        )
        for purpose in rules.purposes
    )


def finding_sentence(finding: spending.Finding, rules: SpendingRules, language: str | None) -> str:
    """Say what will be disallowed unless it is cured, in Korean unless English is asked for."""
    rule = next(rule for rule in rules.rules if rule.id == finding.rule)
    code = "disallowed" if finding.disallowed else "looked_at"
    return sentence("finding", code, language).format(
        name=rule.name.in_language(language),
        cure=rule.cure.in_language(language),
        amount=f"{finding.disallowed:,}",
        source=rule.source,
    )


def _rule(rule: SpendingRule) -> spending.Rule:
    return spending.Rule(
        rule.id,
        tuple(map(_condition, rule.when)),
        tuple(map(_condition, rule.unless)),
        _disallowed(rule.disallowed),
    )


def _condition(condition: Condition) -> spending.Condition:
    one_of = condition.one_of if condition.is_ is None else [condition.is_]
    return spending.Condition(
        condition.fact,
        one_of=None if one_of is None else tuple(one_of),
        none_of=None if condition.none_of is None else tuple(condition.none_of),
        above=_exact(condition.above),
        at_least=_exact(condition.at_least),
        below=_exact(condition.below),
        hours=None
        if condition.hours is None
        else (_hour(condition.hours[0]), _hour(condition.hours[1])),
        names=None
        if condition.names is None
        else tuple(word.casefold() for word in condition.names),
    )


def _disallowed(disallowed: Disallowed) -> spending.Disallowed:
    return spending.Disallowed(
        spending.Part(disallowed.part),
        disallowed.fact or "",
        disallowed.allowed or "",
        disallowed.won or 0,
        Fraction(1) if disallowed.percent is None else disallowed.percent / 100,
    )


def _exact(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _hour(text: str) -> time:
    return time.fromisoformat(text)
