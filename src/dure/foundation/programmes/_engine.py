"""Turns what files say into the values that the engines decide on."""

from datetime import date
from typing import Any

from dure.engines import eligibility, funding
from dure.engines.funding import Rule, Selection
from dure.foundation.programmes import _file, _money, _people
from dure.foundation.programmes._file import BudgetRules, Ceilings, Exclusions, Programme

_PERCENT = 100


def terms(programme: Programme, budget: BudgetRules | None = None) -> funding.Programme:
    """Return what the funding engine needs of `programme`, with the budget rules that apply."""
    return funding.Programme(
        payers=tuple(
            funding.Payer(payer.role, tuple(payer.instruments)) for payer in programme.money.payers
        ),
        limits=tuple(limit(rule) for rule in programme.money.rules),
        phases=tuple(
            funding.Phase(phase.id, phase.months, tuple(phase.instruments))
            for phase in programme.money.phases
        ),
        budget=None if budget is None else budget_of(budget),
        tranches=tuple(
            funding.Tranche(instalment.stage, instalment.percent)
            for instalment in programme.money.instalments
        ),
        stages=tuple(funding.Stage(stage.id, tuple(stage.needs)) for stage in programme.stages),
    )


def ceilings_of(rules: Ceilings, programme: Programme) -> funding.Programme:
    """Return the ceilings of general law as rules for the payers of `programme`."""
    payers = tuple(
        funding.Payer(payer.role, tuple(payer.instruments)) for payer in programme.money.payers
    )
    return funding.Programme(payers, tuple(limit(rule) for rule in rules.rules))


def limit(rule: Any) -> funding.Limit:
    """Return the engine's rule of a rule in a file."""
    when = _condition(rule.when)
    match rule:
        case _money.DurationMax():
            return funding.DurationMax(rule.months, when)
        case _money.Confirmed():
            return funding.Confirmed(tuple(rule.any_of), rule.role, when)
        case _money.Order():
            return funding.Order(
                _selection(rule.first),
                _selection(rule.then),
                rule.role,
                rule.confirmed,
                rule.won or 1,
                when,
            )
    counted = _selection(rule)
    scope = funding.Scope(rule.per)
    match rule:
        case _money.TotalMax():
            return funding.AmountMax(counted, rule.won, None, scope, when)
        case _money.AmountMax():
            return funding.AmountMax(counted, rule.won, rule.role, scope, when)
        case _money.AmountMin():
            return funding.AmountMin(counted, rule.won, rule.role, scope, when)
        case _money.MultipleMax():
            return funding.MultipleMax(counted, _selection(rule.of), rule.times, rule.role, when)
        case _money.CashShareMin():
            return funding.cash_share(counted, rule.percent / _PERCENT, rule.role, scope, when)
        case _money.ShareMax() | _money.ShareMin():
            return funding.Share(
                Rule(rule.rule),
                counted,
                _base(rule),
                rule.percent / _PERCENT,
                rule.role,
                is_floor=isinstance(rule, _money.ShareMin),
                scope=scope,
                when=when,
            )
    raise TypeError(f"no rule of money: {rule!r}")


def _selection(of: Any) -> Selection:
    roles = of.roles or ([of.role] if getattr(of, "role", None) else [])
    return Selection(
        tuple(roles),
        tuple(of.instruments or ()),
        tuple(of.kinds or funding.PAID),
        of.phase,
    )


def _base(rule: _money.ShareMax | _money.ShareMin) -> Selection:
    """What a share is taken of: the total of the phase that the rule is for, unless it says so."""
    return Selection(phase=rule.phase) if rule.of is None else _selection(rule.of)


def _condition(when: _money.When | None) -> funding.Condition:
    if when is None:
        return funding.Condition()
    return funding.Condition(
        trl=(when.trl[0], when.trl[1]) if when.trl else None,
        sizes=tuple(when.size or ()),
        regions=tuple(when.region or ()),
        paid_by=tuple(when.paid_by or ()),
        not_paid_by=tuple(when.not_paid_by or ()),
    )


def budget_of(rules: BudgetRules) -> funding.Budget:
    """Return the categories and limits of a set of budget rules."""
    direct = [category.id for category in rules.categories if category.is_direct]
    return funding.Budget(
        tuple(category.id for category in rules.categories),
        tuple(_category_limit(limit, direct) for limit in rules.limits),
    )


def _category_limit(
    category_limit: _file.CategoryLimit, direct: list[str]
) -> funding.CategoryLimit:
    of = direct if isinstance(category_limit.of, str) else category_limit.of or []
    return funding.CategoryLimit(
        category_limit.category,
        None if category_limit.percent is None else category_limit.percent / _PERCENT,
        tuple(name for name in of if name not in category_limit.without),
        tuple(category_limit.kinds),
        category_limit.won_a_year,
        tuple(category_limit.sizes),
    )


def eligibility_of(
    programme: Programme, exclusions: Exclusions | None = None, closes_on: date | None = None
) -> tuple[eligibility.EligibilityRule, ...]:
    """Return the programme's own rules of who may apply, after the general ones that bind it.

    `closes_on` is the day on which the call closes; without it a «no» that only early calls let
    be cured counts as one that cannot be.
    """
    general = exclusions.eligibility if exclusions is not None else []
    return tuple(
        eligibility_rule(rule, closes_on)
        for rule in [
            *(rule for rule in general if rule.id not in programme.exempt_from),
            *programme.eligibility,
        ]
    )


def eligibility_rule(rule: Any, closes_on: date | None = None) -> eligibility.EligibilityRule:
    """Return the engine's rule of a rule in a file, for a call that closes on a day."""
    is_early = rule.closes_by is None or (
        closes_on is not None and f"{closes_on:%m-%d}" <= rule.closes_by
    )
    return eligibility.EligibilityRule(
        rule.id,
        _question(rule),
        tuple(rule.whose),
        rule.until if is_early else None,
        tuple(rule.unless),
        eligibility.Effect.COMES_FIRST if rule.comes_first else eligibility.Effect.EXCLUDES,
    )


def _question(rule: Any) -> eligibility.Question:
    match rule:
        case _people.OneOf():
            return eligibility.OneOf(rule.fact, tuple(rule.values))
        case _people.NoneOf():
            return eligibility.NoneOf(rule.fact, tuple(rule.values))
        case _people.AtMost():
            return eligibility.AtMost(rule.fact, rule.most)
        case _people.AtLeast():
            return eligibility.AtLeast(rule.fact, rule.least)
        case _people.Younger():
            return eligibility.Younger(rule.fact, rule.years)
        case _people.Clear():
            return eligibility.Clear(rule.fact)
        case _people.Holds():
            return eligibility.Holds(rule.fact)
        case _people.Shown():
            return eligibility.Shown(tuple(rule.any_of))
    raise TypeError(f"no rule of eligibility: {rule!r}")


def holds_on(thing: Any, on: date) -> bool:
    """Return whether a programme or rule set is in force on a day."""
    return bool(thing.valid_from <= on and (thing.valid_to is None or on <= thing.valid_to))
