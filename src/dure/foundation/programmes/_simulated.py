"""A call tried on a field of applications: who passes which gate, and why others do not."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dure.engines import eligibility, funding
from dure.foundation.programmes._engine import eligibility_of, terms
from dure.foundation.programmes._field import Application
from dure.foundation.programmes._file import Programme
from dure.foundation.programmes._rule_sets import rule_sets
from dure.foundation.programmes._said import remedy_sentence, verdict_sentence, violation_sentence
from dure.foundation.programmes._words import sentence

GATES = ("eligibility", "documents", "money", "evaluation", "places")


@dataclass(slots=True)
class Course:
    """How far one application comes; `stopped_at` is None when it is selected."""

    id: str
    stopped_at: str | None = None
    reasons: list[str] = field(default_factory=list)
    score: int | None = None
    rank: int | None = None


def simulate(
    programme: Programme,
    applications: tuple[Application, ...],
    places: int | None,
    on: date,
    language: str | None,
) -> dict[str, Any]:
    """Run a call of `programme` with `places` on `applications`, by the shared rules of a day.

    What an application does not say is not judged. Those that stop at one gate do not come to the
    next; equal scores are told apart by the heaviest criterion, then by the next.
    """
    jury = _Jury(programme, on, language)
    courses = [Course(application.id) for application in applications]
    gates: tuple[tuple[str, Callable[[Application, Course], Iterator[str]]], ...] = (
        ("eligibility", jury.may_apply),
        ("documents", jury.papers),
        ("money", jury.money),
        ("evaluation", jury.score),
    )
    for application, course in zip(applications, courses, strict=True):
        for gate, judge in gates:
            if reasons := list(judge(application, course)):
                course.stopped_at, course.reasons = gate, reasons
                break
    jury.rank(applications, courses, places)
    return {"programme": programme.id, "gates": _gates(courses), "applications": _rows(courses)}


class _Jury:
    """Judges applications one by one; each gate yields the reasons for which one stops there."""

    def __init__(self, programme: Programme, on: date, language: str | None) -> None:
        rules = programme.rules
        shared = rule_sets()
        self.programme, self.on, self.language = programme, on, language
        self.budget = shared.rule_set("budget", rules.budget, on)
        self.terms = terms(programme, self.budget)
        self.rules = eligibility_of(programme, shared.rule_set("exclusions", rules.exclusions, on))
        evaluation = shared.rule_set("evaluation", rules.evaluation, on)
        self.criteria = programme.criteria or (evaluation.criteria if evaluation else [])
        self.pass_score = evaluation.pass_score if evaluation else None
        self.most_bonus = evaluation.most_bonus if evaluation else None
        bonus = [*(evaluation.bonus if evaluation else ()), *programme.bonus]
        self.points = {line.id: line.points for line in bonus}
        papers = shared.rule_set("documents", rules.documents, on)
        first = programme.stages[0].id
        asked = [*(papers.documents if papers else ()), *programme.documents]
        self.papers_asked = [
            paper
            for paper in asked
            if paper.stage in {first, "application"} and not paper.is_optional
        ]

    def _say(self, code: str, **facts: Any) -> str:
        return sentence("simulation", code, self.language).format(**facts)

    def may_apply(self, application: Application, course: Course) -> Iterator[str]:
        for verdict in eligibility.judge(application.applicant, self.rules, self.on):
            if verdict.bars:
                sentence_text = verdict_sentence(verdict, self.language)
                yield f"{verdict.rule.id}: {sentence_text}. {remedy_sentence(verdict, self.language)}"

    def papers(self, application: Application, course: Course) -> Iterator[str]:
        handed_in = application.documents
        if handed_in is None:
            return
        groups: dict[str, list[Any]] = {}
        for paper in self.papers_asked:
            groups.setdefault(paper.one_of or paper.id, []).append(paper)
        for papers in groups.values():
            if not any(paper.id in handed_in for paper in papers):
                names = " · ".join(paper.name.in_language(self.language) for paper in papers)
                yield self._say("no_paper", papers=names)

    def money(self, application: Application, course: Course) -> Iterator[str]:
        if application.plan is not None:
            for violation in funding.check(application.plan, self.terms):
                yield violation_sentence(violation, self.programme, self.budget, self.language)

    def score(self, application: Application, course: Course) -> Iterator[str]:
        scores = application.scores
        if scores is None or not self.criteria:
            return
        for criterion in self.criteria:
            criterion_name = criterion.name.in_language(self.language)
            points = scores.get(criterion.id)
            if points is None:
                yield self._say("no_score", criterion=criterion_name)
            elif points > criterion.weight:
                yield self._say("above_weight", criterion=criterion_name, weight=criterion.weight)
            elif points < criterion.minimum:
                yield self._say(
                    "below", what=criterion_name, points=points, least=criterion.minimum
                )
        course.score = sum(
            scores.get(criterion.id, 0) for criterion in self.criteria
        ) + self._bonus(application)
        if self.pass_score is not None and course.score < self.pass_score:
            total = self._say("total")
            yield self._say("below", what=total, points=course.score, least=self.pass_score)

    def _bonus(self, application: Application) -> int:
        points: list[int] = [self.points.get(code, 0) for code in dict.fromkeys(application.bonus)]
        bonus = sum(point for point in points if point > 0)
        most = bonus if self.most_bonus is None else min(bonus, self.most_bonus)
        return most + sum(point for point in points if point < 0)

    def rank(
        self, applications: tuple[Application, ...], courses: list[Course], places: int | None
    ) -> None:
        """Give those who are left their ranks, and stop those for whom there is no place."""
        heaviest = sorted(self.criteria, key=lambda criterion: -criterion.weight)

        def merit(place: int) -> tuple[int, ...]:
            scores = applications[place].scores or {}
            points = (scores.get(criterion.id, 0) for criterion in heaviest)
            return (-(courses[place].score or 0), *(-point for point in points))

        left = [place for place, course in enumerate(courses) if course.stopped_at is None]
        for rank, place in enumerate(sorted(left, key=merit), start=1):
            course = courses[place]
            course.rank = rank
            if places is not None and rank > places:
                course.stopped_at = "places"
                course.reasons = [self._say("no_place", rank=rank, places=places)]


def _gates(courses: list[Course]) -> list[dict[str, Any]]:
    stopped = Counter(course.stopped_at for course in courses)
    gates, came = [], len(courses)
    for gate in GATES:
        gates.append({"gate": gate, "came": came, "passed": came - stopped[gate]})
        came -= stopped[gate]
    return gates


def _rows(courses: list[Course]) -> list[dict[str, Any]]:
    return [
        {
            "id": course.id,
            "selected": course.stopped_at is None,
            "stopped_at": course.stopped_at,
            "reasons": course.reasons,
            "score": course.score,
            "rank": course.rank,
        }
        for course in courses
    ]
