"""A programme in words, section by section, for the command line and for pages alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.foundation.programmes import _money, _people
from dure.foundation.programmes._engine import eligibility_rule
from dure.foundation.programmes._file import Programme
from dure.foundation.programmes._rule_sets import rule_sets
from dure.foundation.programmes._said import amount, decimal, listed, rule_question
from dure.foundation.programmes._words import name, sentence


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the description: its id, its title, and one line for each thing."""

    id: str
    title: str
    lines: tuple[str, ...]


def described(programme: Programme, on: date, language: str | None) -> tuple[Section, ...]:
    """Say all of a programme in one language, with the shared rules in force on a day."""
    speaker = _Speaker(programme, on, language)
    sections = {
        "class": speaker.class_(),
        "apply": speaker.who_may_apply(),
        "payers": speaker.payers(),
        "rules": speaker.rules(),
        "stages": speaker.stages(),
        "reviewing": speaker.reviewing(),
        "documents": speaker.documents(),
        "questions": speaker.questions(),
        "criteria": speaker.criteria(),
        "bonus": speaker.bonus(),
        "obligations": speaker.obligations(),
        "closing": speaker.closing(),
        "figures": speaker.figures(),
    }
    return tuple(
        Section(section_id, sentence("section", section_id, language), lines)
        for section_id, sentences in sections.items()
        if (lines := tuple(sentences))
    )


def rule_sentence(rule: Any, programme: Programme, language: str | None) -> str:
    """Say a rule of money."""
    return _Speaker(programme, date.min, language).rule(rule)


def eligibility_sentence(rule: Any, language: str | None) -> str:
    """Say a rule of who may apply, with the step until which it can be cured."""
    question = rule_question(eligibility_rule(rule), language)
    if rule.until is not None:
        until = name("step", rule.until, language)
        code = "until" if rule.closes_by is None else "closes_by"
        question = sentence("eligibility", code, language).format(
            sentence=question, until=until, closes_by=rule.closes_by
        )
    if rule.comes_first:
        question = sentence("eligibility", "comes_first", language).format(sentence=question)
    return question


class _Speaker:
    """Says the parts of one programme in one language."""

    def __init__(self, programme: Programme, on: date, language: str | None) -> None:
        self.programme = programme
        self.on = on
        self.language = language

    def _say(self, code: str, **facts: Any) -> str:
        return sentence("section", code, self.language).format(**facts)

    def _name(self, group: str, word: str) -> str:
        return name(group, word, self.language)

    def _shared(self, kind: str) -> Any:
        return rule_sets().rule_set(kind, getattr(self.programme.rules, kind), self.on)

    def class_(self) -> Iterator[str]:
        it = self.programme.class_
        yield self._name("goal", it.goal)
        yield listed("call", it.calls, self.language)
        yield self._name("run", it.runs_as)

    def who_may_apply(self) -> Iterator[str]:
        for rule in self.programme.eligibility:
            yield eligibility_sentence(rule, self.language)
        if shared := self._shared("exclusions"):
            exempt = self.programme.exempt_from
            for rule in shared.eligibility:
                if rule.id not in exempt:
                    yield eligibility_sentence(rule, self.language)

    def payers(self) -> Iterator[str]:
        for payer in self.programme.money.payers:
            instruments = listed("instrument", payer.instruments, self.language)
            yield f"{self._name('role', payer.role)}: {instruments}"
        for term in self.programme.money.terms:
            yield self._name("term", term)

    def rules(self) -> Iterator[str]:
        for phase in self.programme.money.phases:
            if phase.months is not None:
                yield sentence("rule", "phase_months", self.language).format(
                    phase=phase.name.in_language(self.language), months=phase.months
                )
        for rule in self.programme.money.rules:
            yield self.rule(rule)

    def rule(self, rule: Any) -> str:
        """Say a rule of money, with the conditions it has."""
        facts: dict[str, Any] = {
            "whose": self._whose(rule),
            "won": amount(getattr(rule, "won", None)),
            "months": getattr(rule, "months", None),
        }
        if percent := getattr(rule, "percent", None):
            facts["percent"] = decimal(percent)
        if isinstance(rule, _money.MultipleMax):
            facts["times"] = decimal(rule.times)
        if not isinstance(rule, _money.DurationMax | _money.Confirmed):
            facts["base"] = self._whose(getattr(rule, "of", None))
        if isinstance(rule, _money.Order):
            confirmed = (
                self._name("fact", rule.confirmed)
                if rule.confirmed
                else sentence("rule", "confirmed", self.language)
            )
            facts |= {
                "first": self._whose(rule.first),
                "then": self._whose(rule.then),
                "confirmed": confirmed,
            }
        if isinstance(rule, _money.Confirmed):
            facts["needs"] = listed("fact", rule.any_of, self.language)
        rule_text = sentence("rule", rule.rule, self.language).format(**facts)
        conditions = ", ".join(self._conditions(rule))
        return f"{conditions}: {rule_text}" if conditions else rule_text

    def _whose(self, of: Any) -> str:
        roles = getattr(of, "roles", None) or ([of.role] if getattr(of, "role", None) else [])
        who = listed("role", roles, self.language)
        details = [
            self._name("instrument", instrument)
            for instrument in getattr(of, "instruments", None) or ()
        ]
        if isinstance(of, _money.Of) and of.phase is not None:
            details.insert(0, self._phase(of.phase))
        who = who or sentence("rule", "everyone", self.language)
        return f"{who} ({' · '.join(details)})" if details else who

    def _phase(self, phase: str) -> str:
        names = {known.id: known.name for known in self.programme.money.phases}
        return names[phase].in_language(self.language)

    def _conditions(self, rule: Any) -> Iterator[str]:
        if phase := getattr(rule, "phase", None):
            yield sentence("condition", "phase", self.language).format(value=self._phase(phase))
        if scope := sentence("scope", getattr(rule, "per", "project"), self.language):
            yield scope
        if rule.when is None:
            return
        levels = rule.when.trl
        values = {
            "trl": f"{levels[0]}-{levels[1]}" if levels else "",
            "size": listed("size", rule.when.size or (), self.language),
            "region": ", ".join(rule.when.region or ()),
            "paid_by": listed("role", rule.when.paid_by or (), self.language),
            "not_paid_by": listed("role", rule.when.not_paid_by or (), self.language),
        }
        for condition, value in values.items():
            if value:
                yield sentence("condition", condition, self.language).format(value=value)

    def stages(self) -> Iterator[str]:
        for stage in self.programme.stages:
            stage_text = stage.name.in_language(self.language)
            if stage.count is not None:
                stage_text = self._say("count", name=stage_text, count=stage.count)
            if stage.needs:
                needs = listed("fact", stage.needs, self.language)
                stage_text = self._say("needs", name=stage_text, needs=needs)
            if stage.gate is not None:
                stage_text = self._say(
                    "gate", name=stage_text, by=self._name("body", stage.gate.by)
                )
            yield stage_text
        for quota in self.programme.quotas:
            by = self._name("body", quota.by)
            if quota.bodies is not None:
                yield self._say("quota", by=by, bodies=quota.bodies)
            if quota.times is not None:
                yield self._say("quota_times", by=by, times=decimal(quota.times))

    def reviewing(self) -> Iterator[str]:
        reviewing = self.programme.reviewing
        if reviewing is None:
            return
        yield self._say("reviews", count=reviewing.reviews)
        if reviewing.most is not None:
            yield self._say("reviews_most", count=reviewing.most)
        for kind, count in reviewing.needs.items():
            yield self._say("reviews_need", kind=kind, count=count)

    def documents(self) -> Iterator[str]:
        shared = self._shared("documents")
        names = {stage.id: stage.name for stage in self.programme.stages}
        for paper in [*(shared.documents if shared else ()), *self.programme.documents]:
            stage = names.get(paper.stage)
            document_text = self._say(
                "one_of" if paper.one_of else "document",
                name=paper.name.in_language(self.language),
                by=self._name("role", paper.by),
                stage=stage.in_language(self.language) if stage else paper.stage,
            )
            yield (
                self._say("optional", document=document_text)
                if paper.is_optional
                else document_text
            )

    def questions(self) -> Iterator[str]:
        shared = self._shared("questions")
        for question in [*(shared.questions if shared else ()), *self.programme.questions]:
            part, name = (
                text.in_language(self.language) for text in (question.part, question.name)
            )
            yield self._say("question", part=part, name=name, characters=f"{question.characters:,}")

    def criteria(self) -> Iterator[str]:
        shared = self._shared("evaluation")
        for criterion in self.programme.criteria or (shared.criteria if shared else ()):
            yield self._say(
                "criterion",
                name=criterion.name.in_language(self.language),
                weight=criterion.weight,
                minimum=criterion.minimum,
            )

    def bonus(self) -> Iterator[str]:
        shared = self._shared("evaluation")
        bonus: list[_people.Bonus] = [*(shared.bonus if shared else ()), *self.programme.bonus]
        for line in bonus:
            yield self._say(
                "bonus_line",
                name=line.name.in_language(self.language),
                points=line.points,
                evidence=line.evidence.in_language(self.language),
            )

    def obligations(self) -> Iterator[str]:
        for obligation in self.programme.obligations:
            obligation_text = (
                f"{self._name('role', obligation.by)}: {obligation.name.in_language(self.language)}"
            )
            if obligation.waived_for is not None:
                reason = obligation.waived_for.in_language(self.language)
                obligation_text = self._say("waived", name=obligation_text, reason=reason)
            yield obligation_text

    def closing(self) -> Iterator[str]:
        closing = self.programme.closing
        if closing is None:
            return
        yield listed("result", closing.results, self.language)
        if closing.follow_up_years:
            years = ", ".join(map(str, closing.follow_up_years))
            yield self._say("follow_up", years=years)

    def figures(self) -> Iterator[str]:
        for figure in self.programme.figures:
            yield self._say(
                "figure",
                year=figure.year,
                what=self._name("figure", figure.what),
                value=amount(figure.value),
            )
