"""The dated rule sets of a running project: use of money, settlement, verdict, royalty."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dure.foundation.programmes._base import Fault, RuleSet
from dure.foundation.programmes._parts import Id, Line, Months, Percent, SizeName, Strict, Text, Won
from dure.foundation.programmes._people import doubles
from dure.foundation.programmes._words import ids

Days = Annotated[int, Field(gt=0, le=1000)]
Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Value = bool | int | Line
Words = Annotated[list[Line], Field(max_length=200)]


class Condition(Strict):
    """What has to be so of one fact of an expense or change; one other key says what."""

    fact: Id
    is_: Annotated[Value | None, Field(alias="is")] = None
    one_of: list[Value] | None = None
    none_of: list[Value] | None = None
    above: int | None = None
    at_least: int | None = None
    below: int | None = None
    hours: Annotated[list[Hour], Field(min_length=2, max_length=2)] | None = None
    names: Words | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if len(self.model_fields_set) != 2:
            raise PydanticCustomError("one_condition", "says not exactly one thing of its fact")
        return self


class Disallowed(Strict):
    """Which part of an expense a rule disallows; see docs/reference/spending-rules.md."""

    part: Literal[
        "whole", "fact", "above", "per_head", "beyond", "share", "participation", "nothing"
    ] = "whole"
    fact: Id | None = None
    allowed: Id | None = None
    won: Won | None = None
    percent: Percent | None = None

    @model_validator(mode="after")
    def _has_what_its_part_needs(self) -> Self:
        needs = {
            "fact": {"fact"},
            "above": {"won"},
            "per_head": {"fact", "won"},
            "beyond": {"fact", "allowed"},
            "share": {"fact", "percent"},
        }.get(self.part, set())
        if self.model_fields_set - {"part"} != needs:
            raise PydanticCustomError("part_needs", "", {"known": sorted(needs)})
        return self


class SpendingRule(Strict):
    """What is disallowed of an expense; `cure` completes “will be disallowed unless …”."""

    id: Id
    name: Text
    cure: Text
    source: Line
    when: list[Condition] = []
    unless: list[Condition] = []
    disallowed: Disallowed = Disallowed()


class Purpose(Strict):
    """What money is spent on (세세목), on which budget line; `words` propose it for a payee.

    `listed_as` are the names that other systems have for it (세목, 세세목).
    """

    id: Id
    line: Id
    name: Text
    words: Words = []
    listed_as: Words = []


class Question(Strict):
    """What is asked of an expense for some purposes, or for all where none is named."""

    id: Id
    ask: Text
    kind: Literal["yes_no", "number", "text"]
    purposes: list[Id] = []


class Approval(Strict):
    """A change of the plan that has to be approved first.

    `ask` is the question by which whoever asks for the change says so, where the amounts do not show
    it; `papers` what it needs. Without one of `only_if` it is barred. It is asked for `days_before_end`.
    """

    id: Id
    name: Text
    source: Line
    when: Annotated[list[Condition], Field(min_length=1)]
    ask: Text | None = None
    papers: Text | None = None
    only_if: list[Condition] = []
    days_before_end: Days | None = None


class Notice(Strict):
    """A change that is notified and holds at once, with what it needs (`papers`)."""

    id: Id
    name: Text
    source: Line
    when: Annotated[list[Condition], Field(min_length=1)]
    papers: Text | None = None


class Ground(Strict):
    """A reason for which a project may have another leader."""

    id: Id
    name: Text


class Leader(Strict):
    """When a project gets another leader, and after how many months without one it is looked at."""

    grounds: Annotated[list[Ground], Field(min_length=1)]
    vacant_months: Months
    source: Line


class MonthLimit(Strict):
    """At most `won` a month for a purpose, in the months in which the rule set holds."""

    purpose: Id
    won: Won
    source: Line


class SpendingRules(RuleSet):
    """How the money of a project may be used, and which changes of its plan need approval.

    A request for approval is answered within `answer_days`.
    """

    kind: Literal["spending"]
    purposes: Annotated[list[Purpose], Field(min_length=1)]
    questions: list[Question] = []
    rules: Annotated[list[SpendingRule], Field(min_length=1)]
    approvals: list[Approval] = []
    notices: list[Notice] = []
    answer_days: Days | None = None
    leader: Leader | None = None
    months: list[MonthLimit] = []
    notice_days: Days | None = None

    def faults(self) -> list[Fault]:
        faults = super().faults()
        for name in ("purposes", "questions", "rules", "approvals", "notices"):
            faults += doubles(getattr(self, name), name)
        grounds = doubles(self.leader.grounds, "grounds") if self.leader else []
        faults += [(("leader", *place), code, values) for place, code, values in grounds]
        purposes = [purpose.id for purpose in self.purposes]
        named = [
            *(
                (("questions", place, "purposes"), purpose)
                for place, question in enumerate(self.questions)
                for purpose in question.purposes
            ),
            *(
                (("months", place, "purpose"), month.purpose)
                for place, month in enumerate(self.months)
            ),
        ]
        faults += [
            (place, "no_purpose", {"value": purpose, "known": purposes})
            for place, purpose in named
            if purpose not in purposes
        ]
        facts = [*ids("expense_fact"), *(question.id for question in self.questions)]
        faults += [
            (place, "no_expense_fact", {"value": fact, "known": facts})
            for place, fact in self._facts()
            if fact not in facts
        ]
        return faults

    def _facts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for place, rule in enumerate(self.rules):
            for key in ("when", "unless"):
                for number, condition in enumerate(getattr(rule, key)):
                    yield ("rules", place, key, number, "fact"), condition.fact
            for key in ("fact", "allowed"):
                if fact := getattr(rule.disallowed, key):
                    yield ("rules", place, "disallowed", key), fact


class Sampling(Strict):
    """Projects below a yearly average are settled by a sample of their expenses.

    At most `percent` of the rows and at least `fewest`, drawn by their won; and besides those that
    break a rule, and those `always_from` so many won.
    """

    below_won_a_year: Won
    percent: Percent
    fewest: Annotated[int, Field(ge=1, le=1000)] = 1
    always_from: Won | None = None


class Deferral(Strict):
    """How often and for how many years at most a recovery may be put off."""

    times: Annotated[int, Field(ge=0, le=100)]
    most_years: Annotated[int, Field(gt=0, le=20)]
    source: Line


class SettlementRules(RuleSet):
    """How a project is settled: who gets the rest, and by when everybody has to act.

    Where `settles_stages`, every stage is settled for itself, and what goes on to the next is allowed
    before, within `carry_over_days`.
    """

    kind: Literal["settlement"]
    method: Literal["by_share", "all_to_return"]
    share_decimals: Annotated[int, Field(ge=1, le=12)] = 4
    report_months: Months
    pay_days: Days
    objection_days: Days
    answer_days: Days = 10
    late_months: Months
    settles_stages: bool = False
    carry_over_days: Days | None = None
    objection_panel: Annotated[int, Field(ge=1, le=50)] = 3
    interest_percent: Percent | None = None
    deferral: Deferral | None = None
    sampling: Sampling | None = None


class Band(Strict):
    """A score from which a verdict holds, whether the work was sincere or not."""

    at_least: Annotated[int, Field(ge=0, le=100)]
    sincere: Id
    insincere: Id


class Verdict(Strict):
    """A final verdict and what follows; `relief` is what it becomes where a relief is granted."""

    id: Id
    name: Text
    is_success: bool
    recovers_grant: bool = False
    is_sanctioned: bool = False


class Relief(Strict):
    """A fact for which a verdict becomes a milder one."""

    id: Id
    name: Text
    of: Id
    becomes: Id


class VerdictRules(RuleSet):
    """The matrix of a final verdict: score and sincerity; its reliefs; the clock of sanctions."""

    kind: Literal["verdict"]
    verdicts: Annotated[list[Verdict], Field(min_length=1)]
    bands: Annotated[list[Band], Field(min_length=1)]
    reliefs: list[Relief] = []
    reexamination_days: Days
    decision_days: Days
    ban_starts_days: Days
    most_ban_years: Annotated[int, Field(gt=0, le=50)]
    most_surcharge_times: Annotated[int, Field(gt=0, le=100)]

    def faults(self) -> list[Fault]:
        known = [verdict.id for verdict in self.verdicts]
        named = [
            *(
                (("bands", place, key), getattr(band, key))
                for place, band in enumerate(self.bands)
                for key in ("sincere", "insincere")
            ),
            *(
                (("reliefs", place, key), getattr(relief, key))
                for place, relief in enumerate(self.reliefs)
                for key in ("of", "becomes")
            ),
        ]
        return [
            *super().faults(),
            *doubles(self.verdicts, "verdicts"),
            *(
                (place, "no_verdict", {"value": name, "known": known})
                for place, name in named
                if name not in known
            ),
        ]

    def verdict(self, score: int, *, sincere: bool, reliefs: list[str]) -> Verdict:
        """The verdict of a score from 0 to 100, milder where a relief that was granted fits."""
        band = max(
            (band for band in self.bands if band.at_least <= score),
            key=lambda band: band.at_least,
        )
        name = band.sincere if sincere else band.insincere
        for relief in self.reliefs:
            if relief.id in reliefs and relief.of == name:
                name = relief.becomes
        return next(verdict for verdict in self.verdicts if verdict.id == name)


class RoyaltyRate(Strict):
    """The share of income that a size of firm pays, and the share of the grant that caps it."""

    size: SizeName
    percent: Percent
    most_percent: Percent

    def share_of(self, income: int) -> int:
        """The royalty on `income` before any cap; what is below a won falls away."""
        return int(income * self.percent / 100)

    def cap_of(self, grant: int) -> int:
        """What a project pays at most over all years, in won."""
        return int(grant * self.most_percent / 100)


class RoyaltyRules(RuleSet):
    """Royalty (기술료): a share of the income from a result, for some years."""

    kind: Literal["royalty"]
    rates: Annotated[list[RoyaltyRate], Field(min_length=1)]
    years_after_income: Annotated[int, Field(gt=0, le=30)]
    years_after_end: Annotated[int, Field(gt=0, le=30)]
    bill_days: Days

    def rate_of(self, size: str) -> RoyaltyRate | None:
        """What a firm of this size pays; None where the rule names no such size."""
        return next((rate for rate in self.rates if rate.size == size), None)

    def due(self, *, income: int, grant: int, paid: int, size: str) -> int:
        """The royalty on `income`, in won, up to what the cap leaves after `paid`."""
        rate = self.rate_of(size)
        if rate is None:
            return 0
        left = rate.cap_of(grant) - paid
        return max(min(rate.share_of(income), left), 0)
