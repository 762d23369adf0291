"""The file of a programme, and those of the dated rule sets that programmes share."""

import sys
from typing import Annotated, Literal

from pydantic import Field

from dure.foundation.programmes._base import Day, Fault, RuleSet
from dure.foundation.programmes._money import Money
from dure.foundation.programmes._money import Rule as MoneyRule
from dure.foundation.programmes._parts import (
    MOST_ROWS,
    CallName,
    FigureName,
    GoalName,
    Id,
    KindName,
    Line,
    Percent,
    ResultName,
    RunName,
    SizeName,
    Strict,
    Text,
    Won,
)
from dure.foundation.programmes._people import (
    Bonus,
    Criterion,
    Document,
    Eligibility,
    Obligation,
    Question,
    Quota,
    Stage,
    doubles,
    other_kinds,
    unknown_values,
)
from dure.foundation.programmes._selecting import ConflictRules, Reviewing, SelectionRules
from dure.foundation.programmes._spending import (
    RoyaltyRules,
    SettlementRules,
    SpendingRules,
    VerdictRules,
)


class Class(Strict):
    """How a programme is classed (programmes, section 3)."""

    goal: GoalName
    calls: Annotated[list[CallName], Field(min_length=1)]
    runs_as: RunName


class Figure(Strict):
    """A published figure of the programme; money in won."""

    what: FigureName
    year: Annotated[int, Field(ge=1990, le=2100)]
    value: Won


class Rules(Strict):
    """Which shared rule sets the programme follows; each is dated."""

    budget: Id | None = None
    ceilings: Id | None = None
    exclusions: Id | None = None
    evaluation: Id | None = None
    documents: Id | None = None
    selection: Id | None = None
    conflicts: Id | None = None
    questions: Id | None = None
    spending: Id | None = None
    settlement: Id | None = None
    verdict: Id | None = None
    royalty: Id | None = None


class Closing(Strict):
    """What closes a project, and in which years after that its results are asked for."""

    results: Annotated[list[ResultName], Field(min_length=1)]
    follow_up_years: list[Annotated[int, Field(gt=0, le=20)]] = []


class Programme(Strict):
    """A programme as its file says it."""

    id: Id
    version: Annotated[str, Field(pattern=r"^\d{4}(\.\d{1,3})?$")]
    valid_from: Day
    valid_to: Day | None = None
    name: Text
    summary: Text
    proposed_by: Text | None = None
    class_: Annotated[Class, Field(alias="class")]
    money: Money
    rules: Rules = Rules()
    exempt_from: list[Id] = []
    eligibility: Annotated[list[Eligibility], Field(max_length=MOST_ROWS)] = []
    stages: Annotated[list[Stage], Field(min_length=1, max_length=50)]
    quotas: list[Quota] = []
    reviewing: Reviewing | None = None
    documents: Annotated[list[Document], Field(max_length=MOST_ROWS)] = []
    questions: Annotated[list[Question], Field(max_length=100)] = []
    criteria: Annotated[list[Criterion], Field(max_length=50)] = []
    bonus: Annotated[list[Bonus], Field(max_length=50)] = []
    obligations: list[Obligation] = []
    closing: Closing | None = None
    figures: Annotated[list[Figure], Field(max_length=MOST_ROWS)] = []

    def faults(self) -> list[Fault]:
        """Return where the file contradicts itself: (place, code of the mistake, its facts)."""
        faults: list[Fault] = [
            (("money", *place), code, facts) for place, code, facts in self.money.faults()
        ]
        if self.valid_to is not None and self.valid_to < self.valid_from:
            faults.append((("valid_to",), "ends_before", {}))
        lists = ("eligibility", "stages", "documents", "questions", "criteria", "bonus")
        for name in (*lists, "obligations"):
            faults += doubles(getattr(self, name), name)
        faults += self._unknown_stages()
        years = self.closing.follow_up_years if self.closing else []
        faults += [
            (("closing", "follow_up_years", place), "twice", {"value": year})
            for place, year in enumerate(years)
            if year in years[:place]
        ]
        faults += [
            (("stages", place, "gate", "passes"), "passes_above_count", {})
            for place, stage in enumerate(self.stages)
            if stage.gate and (stage.gate.passes or 0) > (stage.count or sys.maxsize)
        ]
        faults += [*unknown_values(self.eligibility), *other_kinds(self.eligibility)]
        faults += _weights(self.criteria)
        if self.reviewing:
            faults += [
                (("reviewing", "needs", kind), "needs_above_reviews", {})
                for kind, count in self.reviewing.needs.items()
                if count > self.reviewing.reviews
            ]
        faults += [
            (("figures", place, "what"), "twice", {"value": figure.what})
            for place, figure in enumerate(self.figures)
            if any(
                (figure.what, figure.year) == (other.what, other.year)
                for other in self.figures[:place]
            )
        ]
        return faults

    def _unknown_stages(self) -> list[Fault]:
        stages = {stage.id for stage in self.stages}
        named = [
            *((("documents", n, "stage"), paper.stage) for n, paper in enumerate(self.documents)),
            *(
                (("questions", n, "stage"), question.stage)
                for n, question in enumerate(self.questions)
            ),
            *(
                (("money", "instalments", n, "stage"), instalment.stage)
                for n, instalment in enumerate(self.money.instalments)
            ),
        ]
        return [
            (place, "no_stage", {"value": stage, "known": sorted(stages)})
            for place, stage in named
            if stage not in stages
        ]


def _weights(criteria: list[Criterion]) -> list[Fault]:
    faults: list[Fault] = [
        (("criteria", place, "minimum"), "minimum_above_weight", {})
        for place, criterion in enumerate(criteria)
        if criterion.minimum > criterion.weight
    ]
    whole = sum(criterion.weight for criterion in criteria)
    if criteria and whole != 100:
        faults.append((("criteria", 0, "weight"), "not_hundred", {"value": whole}))
    return faults


class Category(Strict):
    """A budget category; `is_direct` counts it as direct cost (직접비)."""

    id: Id
    name: Text
    is_direct: bool = True


class CategoryLimit(Strict):
    """A cap of a category: `percent` of the cost of other categories, or `won_a_year` on average.

    `of` names the categories of the base, "direct" all direct ones; `without` leaves some out.
    """

    category: Id
    percent: Percent | None = None
    of: Literal["direct"] | list[Id] | None = None
    without: list[Id] = []
    kinds: Annotated[list[KindName], Field(min_length=1)] = ["cash", "in_kind"]
    won_a_year: Won | None = None
    sizes: list[SizeName] = []
    source: Line


class BudgetRules(RuleSet):
    """Budget categories (비목) and their limits."""

    kind: Literal["budget"]
    categories: Annotated[list[Category], Field(min_length=1)]
    limits: list[CategoryLimit] = []

    def faults(self) -> list[Fault]:
        faults = [*super().faults(), *doubles(self.categories, "categories")]
        known = [category.id for category in self.categories]
        for place, limit in enumerate(self.limits):
            of = [] if isinstance(limit.of, str) else limit.of or []
            for key, names in (
                ("category", [limit.category]),
                ("of", of),
                ("without", limit.without),
            ):
                faults += [
                    (("limits", place, key), "no_category", {"value": name, "known": known})
                    for name in names
                    if name not in known
                ]
            if (limit.percent is None) is not (limit.of is None):
                key = "percent" if limit.percent is not None else "of"
                faults.append((("limits", place, key), "percent_of_what", {}))
        return faults


class Ceilings(RuleSet):
    """Shares that general law allows at most or asks for at least; a plan is warned of them."""

    kind: Literal["ceilings"]
    rules: Annotated[list[MoneyRule], Field(min_length=1)]


class Exclusions(RuleSet):
    """Reasons for which nobody may apply, whatever the programme."""

    kind: Literal["exclusions"]
    eligibility: Annotated[list[Eligibility], Field(min_length=1)]

    def faults(self) -> list[Fault]:
        return [
            *super().faults(),
            *doubles(self.eligibility, "eligibility"),
            *unknown_values(self.eligibility),
            *other_kinds(self.eligibility),
        ]


class Evaluation(RuleSet):
    """Criteria and bonus points that calls begin from."""

    kind: Literal["evaluation"]
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    bonus: list[Bonus] = []
    most_bonus: Annotated[int, Field(ge=0, le=100)] | None = None
    pass_score: Annotated[int, Field(ge=0, le=100)] | None = None

    def faults(self) -> list[Fault]:
        return [
            *super().faults(),
            *doubles(self.criteria, "criteria"),
            *doubles(self.bonus, "bonus"),
            *_weights(self.criteria),
        ]


class Documents(RuleSet):
    """Papers that every call of research and development asks for."""

    kind: Literal["documents"]
    documents: Annotated[list[Document], Field(min_length=1)]

    def faults(self) -> list[Fault]:
        return [*super().faults(), *doubles(self.documents, "documents")]


class Questions(RuleSet):
    """What applications answer in words."""

    kind: Literal["questions"]
    questions: Annotated[list[Question], Field(min_length=1, max_length=100)]

    def faults(self) -> list[Fault]:
        return [*super().faults(), *doubles(self.questions, "questions")]


AnyRuleSet = Annotated[
    BudgetRules
    | Ceilings
    | Exclusions
    | Evaluation
    | Documents
    | Questions
    | SpendingRules
    | SettlementRules
    | VerdictRules
    | RoyaltyRules
    | SelectionRules
    | ConflictRules,
    Field(discriminator="kind"),
]
