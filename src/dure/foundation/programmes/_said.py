"""What the engines find, in words: violations of a plan and verdicts on an applicant."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from dure.engines.eligibility import (
    Answer,
    AtLeast,
    AtMost,
    Clear,
    Effect,
    EligibilityRule,
    Fact,
    Holds,
    NoneOf,
    OneOf,
    Shown,
    Span,
    Value,
    Verdict,
    Younger,
)
from dure.engines.funding import Rule, Violation
from dure.foundation.programmes._file import BudgetRules, Programme
from dure.foundation.programmes._words import ids, name, sentence
from dure.foundation.vocabularies import entries, name_of

_KINDS: dict[type[Any], str] = {
    OneOf: "one_of",
    NoneOf: "none_of",
    AtMost: "at_most",
    AtLeast: "at_least",
    Younger: "younger",
    Clear: "clear",
    Holds: "holds",
    Shown: "shown",
}


def violation_sentence(
    violation: Violation,
    programme: Programme,
    budget: BudgetRules | None,
    language: str | None,
) -> str:
    """Say what is wrong, with whose money it is and by how much."""
    facts = {
        "role": name("role", violation.role or "", language),
        "limit": amount(violation.limit),
        "actual": amount(violation.actual),
        "excess": amount(violation.excess),
        "base": amount(violation.base),
        "share": _share(violation),
        "year": violation.year,
        "field": _field(violation.field, language),
        "value": violation.value,
        "needs": " · ".join(name("fact", need, language) for need in violation.needs),
        "category": _category(violation.category, budget, language),
    }
    rule_text = sentence("violation", _code(violation), language).format(**facts)
    places = [
        _phase(violation.phase, programme, language),
        str(violation.organisation or ""),
        _year(violation, language),
    ]
    where = ", ".join(place for place in places if place)
    return f"{where}: {rule_text}" if where else rule_text


def _code(violation: Violation) -> str:
    code = violation.rule.value
    match violation:
        case Violation(rule=Rule.MISSING, needs=(_, *_)):
            return f"{code}_needs"
        case Violation(rule=Rule.CATEGORY_MAX, base=None):
            return f"{code}_won"
        case Violation(rule=Rule.ORDER, limit=None):
            return f"{code}_phase"
        case Violation(rule=Rule.ORDER, needs=()):
            return f"{code}_won"
    return code


def _year(violation: Violation, language: str | None) -> str:
    if violation.year is None or violation.rule is Rule.ORDER:
        return ""
    return f"year {violation.year}" if language == "en" else f"{violation.year}차 연도"


def _share(violation: Violation) -> str:
    if violation.share is None:
        return ""
    if violation.rule is Rule.MULTIPLE_MAX:
        return decimal(violation.share)
    return f"{decimal(violation.share * 100)} %"


def _field(field: str | None, language: str | None) -> str:
    fact = (field or "").removeprefix("facts.")
    return name("fact", fact, language) if fact in ids("fact") else fact


def _category(category: str | None, budget: BudgetRules | None, language: str | None) -> str:
    named = {} if budget is None else {known.id: known.name for known in budget.categories}
    return named[category].in_language(language) if category in named else category or ""


def _phase(phase: str | None, programme: Programme, language: str | None) -> str:
    named = {known.id: known.name for known in programme.money.phases}
    return named[phase].in_language(language) if phase in named else ""


def amount(won: int | None) -> str:
    """Write a number with separators."""
    return "" if won is None else f"{won:,}"


def decimal(number: Fraction) -> str:
    """Write a fraction as a decimal number, without a point where it is whole."""
    return f"{float(number):g}"


def verdict_sentence(verdict: Verdict, language: str | None) -> str:
    """Say on which fact a verdict rests: whose, since when, and who says so."""
    if verdict.exempted_by is not None:
        fact = name("fact", verdict.exempted_by, language)
        return sentence("verdict", "exempted", language).format(fact=fact)
    answer = sentence("answer", verdict.answer.value, language)
    if verdict.fact is None:
        return answer
    known = verdict.fact
    as_of = known.as_of.isoformat() if known.as_of else sentence("verdict", "undated", language)
    fact_text = sentence("verdict", "fact", language).format(
        whose=name("role", known.whose, language),
        fact=name("fact", known.name, language),
        value=value_said(known.value, language),
        as_of=as_of,
        source=source_said(known, language),
    )
    return f"{answer}. {fact_text}"


def rule_question(
    rule: EligibilityRule, language: str | None, whose: Sequence[str] | None = None
) -> str:
    """Say what a rule asks of those it looks at, or of some roles of them: «lead: size is one of …»."""
    question = rule.question
    facts = {
        "whose": listed("role", rule.whose if whose is None else whose, language),
        "fact": name("fact", question.fact, language),
        "values": listed("size", getattr(question, "values", ()), language),
        "most": amount(getattr(question, "most", None)),
        "least": amount(getattr(question, "least", None)),
        "years": getattr(question, "years", None),
        "needs": listed("fact", getattr(question, "any_of", ()), language),
    }
    return sentence("eligibility", _KINDS[type(question)], language).format(**facts)


def listed(group: str, words: Iterable[str], language: str | None) -> str:
    """Write the names of some words of the vocabulary beside each other."""
    return " · ".join(name(group, word, language) for word in words)


def source_said(fact: Fact, language: str | None) -> str:
    """Say where a fact comes from, with the name of the list where it has one."""
    source = name("source", fact.source.value, language)
    if not fact.origin:
        return source
    return sentence("verdict", "origin", language).format(source=source, origin=fact.origin)


def value_said(value: Value, language: str | None) -> str:
    """Say what a fact is: yes or no, a number, a day, or the word for a size or region."""
    if isinstance(value, Span):
        years = {f"{value.first:%Y}", f"{value.last:%Y}"}
        return years.pop() if len(years) == 1 else f"{value.first} – {value.last}"
    if isinstance(value, bool):
        words = ("yes", "no") if language == "en" else ("예", "아니요")
        return words[0] if value else words[1]
    if isinstance(value, int):
        return amount(value)
    word = str(value)
    if word in entries("regions"):
        return name_of("regions", word, language)
    return name("size", word, language)


def remedy_sentence(verdict: Verdict, language: str | None, step: str = "application") -> str:
    """Say what to do at a step about a verdict that is no «yes»; empty for a «yes»."""
    rule = verdict.rule
    facts = {"fact": name("fact", rule.question.fact, language), "until": "", "needs": ""}
    if verdict.answer is Answer.YES:
        return ""
    if isinstance(rule.question, Shown):
        code = "shown"
        facts["needs"] = " · ".join(name("fact", fact, language) for fact in rule.question.any_of)
    elif verdict.answer is Answer.UNKNOWN:
        code = "unknown"
    elif rule.effect is Effect.COMES_FIRST:
        code = "comes_first"
    elif rule.curable_until is None:
        code = "incurable"
    else:
        code = "curable" if verdict.is_curable_at(step, ids("step")) else "too_late"
        facts["until"] = name("step", rule.curable_until, language)
    return sentence("remedy", code, language).format(**facts)
