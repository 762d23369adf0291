"""One verdict for every rule and everybody it looks at, each with the fact it rests on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dure.engines.eligibility._model import Answer, Effect, Fact, Source
from dure.engines.eligibility._rules import Question, Shown

# Of two facts that contradict each other the better source counts.
_RANK = {source: rank for rank, source in enumerate(Source)}
_ANSWERS = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """`question` is asked of each of the roles `whose`.

    `curable_until` is the step by which a «no» can still be cured, None when it cannot be.
    `unless` names facts of which a true one exempts from the rule.
    """

    id: str
    question: Question
    whose: tuple[str, ...] = ("lead",)
    curable_until: str | None = None
    unless: tuple[str, ...] = ()
    effect: Effect = Effect.EXCLUDES


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one role; `fact` is what it rests on, None while that is lacking.

    The answer is UNKNOWN also where the fact is too vague, such as a year where a day is asked for.
    `exempted_by` names the fact that lifts the rule.
    """

    rule: EligibilityRule
    whose: str
    answer: Answer
    fact: Fact | None = None
    exempted_by: str | None = None

    @property
    def bars(self) -> bool:
        """True when this keeps the application out now."""
        return self.answer is Answer.NO and self.rule.effect is Effect.EXCLUDES

    @property
    def is_curable(self) -> bool:
        """True when a «no» can still be mended after the application."""
        return self.answer is Answer.NO and self.rule.curable_until is not None

    def is_curable_at(self, step: str, steps: Sequence[str]) -> bool:
        """True when a «no» can still be mended at `step`; `steps` are all steps in their order.

        Raises ValueError for a step that is not among them.
        """
        until = self.rule.curable_until
        return until is not None and self.is_curable and steps.index(step) <= steps.index(until)


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of those who apply: facts, what they have shown, and which roles take part."""

    facts: tuple[Fact, ...] = ()
    confirmed: frozenset[str] = frozenset()
    roles: frozenset[str] = field(default_factory=lambda: frozenset({"lead"}))


def judge(applicant: Applicant, rules: Iterable[EligibilityRule], on: date) -> tuple[Verdict, ...]:
    """Return the verdict of every rule for every role it looks at that takes part, as of `on`.

    Facts dated after `on` do not count. Of several facts the one of the best source counts, and of
    those the latest.
    """
    return tuple(_verdicts(applicant, rules, on))


def _verdicts(
    applicant: Applicant, rules: Iterable[EligibilityRule], on: date
) -> Iterator[Verdict]:
    known: dict[tuple[str, str], Fact] = {}
    for fact in sorted(applicant.facts, key=_worth):
        if fact.as_of is None or fact.as_of <= on:
            known[fact.whose, fact.name] = fact
    for rule in rules:
        for whose in rule.whose:
            if whose in applicant.roles:
                yield _verdict(rule, whose, known, applicant.confirmed, on)


def _worth(fact: Fact) -> tuple[int, date]:
    return -_RANK[fact.source], fact.as_of or date.min


def _verdict(
    rule: EligibilityRule,
    whose: str,
    known: dict[tuple[str, str], Fact],
    confirmed: Collection[str],
    on: date,
) -> Verdict:
    for name in rule.unless:
        exemption = known.get((whose, name))
        if name in confirmed or (exemption is not None and exemption.value is True):
            return Verdict(rule, whose, Answer.YES, exemption, exempted_by=name)
    if isinstance(rule.question, Shown):
        papers = [known.get((whose, name)) for name in rule.question.any_of]
        paper = next((paper for paper in papers if paper is not None and paper.value is True), None)
        is_shown = paper is not None or rule.question.met_by(confirmed)
        return Verdict(rule, whose, Answer.YES if is_shown else Answer.NO, paper)
    fact = known.get((whose, rule.question.fact))
    if fact is None:
        return Verdict(rule, whose, Answer.UNKNOWN)
    return Verdict(rule, whose, _ANSWERS[rule.question.answer(fact.value, on)], fact)
