"""Rule sets of a selection: how sheets are counted, what a panel is, objections, conflicts."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from dure.engines import conflicts, scoring
from dure.foundation.programmes._base import RuleSet
from dure.foundation.programmes._parts import Count, Id, Line, Number, Percent, Strict, Text


class Grade(Strict):
    """A mark that a reviewer may give: its percentage of the weight of a criterion."""

    id: Id
    name: Text
    percent: Annotated[int, Field(ge=0, le=100)]


class Gate(Strict):
    """What an application must pass; it is out when most of its panel says no."""

    id: Id
    name: Text


class Anchor(Strict):
    """What a criterion means, and what its best and its worst mark look like."""

    criterion: Id
    asks: Text
    best: Text | None = None
    worst: Text | None = None


class PanelSize(Strict):
    """How many sit on a panel from an amount in won on."""

    from_won: Annotated[int, Field(ge=0)]
    members: Count


class Vote(Strict):
    """The share of yes that a motion needs, of all members or of those present."""

    percent: Annotated[int, Field(ge=1, le=100)] | None = None
    thirds: Literal[1, 2] | None = None
    of_all: bool

    def majority(self) -> scoring.Majority:
        """Return the majority as the engine takes it."""
        share = Fraction(self.thirds, 3) if self.thirds else Fraction(self.percent or 100, 100)
        return scoring.Majority(share, self.of_all)


class Objection(Strict):
    """Objections: the term in days from the day after the notice, who hears them, by what vote.

    `panel` is `fresh` (nobody who judged) or `same` (at least `kept_percent` of the old panel).
    """

    days: Count
    answer_days: Count | None = None
    panel: Literal["fresh", "same"]
    kept_percent: Annotated[int, Field(ge=0, le=100)] = 0
    members: Count
    vote: Vote
    grounds: Annotated[list[Gate], Field(min_length=1)]
    excluded: list[Gate] = []


class RatingClass(Strict):
    """Credit ratings down to `last` bring so many percent of the points."""

    last: Line
    percent: Percent


class FinalGrade(Strict):
    """A grade from a score on."""

    id: Id
    from_score: Annotated[int, Field(ge=0, le=100)]


class SelectionRules(RuleSet):
    """How an agency counts sheets, composes panels, decides and hears objections."""

    kind: Literal["selection"]
    combine: Literal["mean", "median", "trimmed"]
    decimals: Annotated[int, Field(ge=0, le=8)] | None = None
    grades: Annotated[list[Grade], Field(min_length=2)]
    gates: list[Gate] = []
    anchors: list[Anchor] = []
    ties: list[Annotated[list[Id], Field(min_length=1)]] = []
    ties_by_heaviest: bool = False
    bonus_lifts: bool = True
    spread: Number | None = None
    panel_sizes: Annotated[list[PanelSize], Field(min_length=1)]
    fewest_present: Count
    outside_majority: bool = False
    bias_percent: Annotated[int, Field(ge=1, le=1000)] | None = None
    fixed_percent: Percent | None = None
    judged_again_percent: Number | None = None
    shows_members: bool = False
    shows_scores: bool = False
    cure_days: Count = 10
    replan_days: Count = 20
    most_sheets_a_year: Count = 60
    objection: Objection
    ratings: list[RatingClass] = []
    final_grades: list[FinalGrade] = []

    def scoring(
        self,
        criteria: tuple[scoring.Criterion, ...],
        pass_score: int | None,
        most_bonus: int | None,
    ) -> scoring.Rules:
        """Return how sheets over these criteria are counted. Ties go by criteria that there are."""
        known = {criterion.id for criterion in criteria}
        groups = (
            tuple(criterion_id for criterion_id in group if criterion_id in known)
            for group in self.ties
        )
        return scoring.Rules(
            criteria=criteria,
            combine=scoring.Combine(self.combine),
            decimals=self.decimals,
            pass_score=None if pass_score is None else Fraction(pass_score),
            most_bonus=None if most_bonus is None else Fraction(most_bonus),
            bonus_lifts=self.bonus_lifts,
            ties=tuple(group for group in groups if group),
            by_heaviest=self.ties_by_heaviest,
            fewest_sheets=self.fewest_present,
            spread=self.spread,
        )

    def members(self, amount: int) -> int:
        """Return how many sit on a panel that decides about so many won."""
        steps = [(step.from_won, step.members) for step in self.panel_sizes]
        return scoring.panel_size(amount, steps)


class Reviewing(Strict):
    """Reviewers for each application, instead of panels that score their whole batch.

    Each application has so many `reviews`, of them at least `needs[kind]` by reviewers of a kind;
    nobody has more than `most` of them (absent: as many as the year allows). `objective` is the
    highest fit of all together, or to lift the worst-off application.
    """

    reviews: Annotated[int, Field(ge=1, le=30)]
    most: Annotated[int, Field(ge=1, le=200)] | None = None
    needs: dict[Line, Annotated[int, Field(ge=1, le=30)]] = {}
    objective: Literal["total", "fair"] = "total"


class ConflictRule(Strict):
    """For how long a kind of fact counts after its end; without `years` for ever.

    `circle`: what it does (engines/conflicts). `whole_years` counts from 1 January.
    """

    id: Id
    name: Text
    circle: Literal["belongs", "tie", "person"]
    years: Annotated[int, Field(ge=0, le=50)] | None = None
    whole_years: bool = False


class ConflictRules(RuleSet):
    """Which ties between a reviewer and an application are conflicts of interest."""

    kind: Literal["conflicts"]
    rules: Annotated[list[ConflictRule], Field(min_length=1)]
    exempt: list[Line] = []

    def policy(self) -> conflicts.Policy:
        """Return the policy as the engine takes it."""
        return conflicts.Policy(
            {
                rule.id: conflicts.Rule(conflicts.Circle(rule.circle), rule.years, rule.whole_years)
                for rule in self.rules
            },
            frozenset(self.exempt),
        )
