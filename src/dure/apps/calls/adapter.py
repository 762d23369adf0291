"""A call's programme as its file says it, and organisations as applicants of the eligibility engine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.timezone import localtime

from dure.apps.calls.models import Call
from dure.apps.people.models import Organisation, OrganisationKind
from dure.engines import eligibility
from dure.engines.eligibility import Answer, Fact, Shown, Source, Verdict
from dure.foundation import programmes

SIZES = {
    OrganisationKind.LARGE: "large",
    OrganisationKind.MID_SIZE: "mid",
    OrganisationKind.PUBLIC: "public",
    OrganisationKind.SME: "small",
    OrganisationKind.STARTUP: "small",
    OrganisationKind.UNIVERSITY: "university",
    OrganisationKind.INSTITUTE: "institute",
}
CAPITAL_REGION = ("SEOUL", "INCHEON", "GYEONGGI")
# What a call may ask less of than the file of its programme.
PARTS = ("documents", "criteria", "bonus")


@dataclass(frozen=True, slots=True)
class Part:
    """A document, criterion or bonus of a programme; `key` is how a call leaves it out."""

    key: str
    thing: Any


@dataclass(frozen=True, slots=True)
class Chances:
    """What is known of an organisation's right to apply.

    `barred` says why not, `lacking` are verdicts of the programme whose fact is not known, `shown`
    papers to bring, `declared` general reasons of exclusion that are asked at the application,
    `behind` what puts others first; `is_elsewhere` is true where the call is for other regions, None where the region is not known.
    """

    barred: tuple[Verdict, ...] = ()
    lacking: tuple[Verdict, ...] = ()
    shown: tuple[Verdict, ...] = ()
    declared: tuple[Verdict, ...] = ()
    behind: tuple[Verdict, ...] = ()
    is_elsewhere: bool | None = False

    @property
    def answer(self) -> Answer:
        """YES, NO, or UNKNOWN while a fact of the programme's own rules is not known."""
        if self.barred or self.is_elsewhere:
            return Answer.NO
        return Answer.UNKNOWN if self.lacking or self.is_elsewhere is None else Answer.YES


@lru_cache(maxsize=512)
def _read(content: str) -> programmes.Programme:
    return programmes.read(content.encode())


def programme_of(call: Call) -> programmes.Programme:
    """The programme as the version says it with which the call was opened."""
    return _read(call.version.content)


def kinds_of(content: str) -> tuple[str, ...]:
    """How a programme is applied for, in the codes of calls."""
    return tuple(each.upper() for each in _read(content).class_.calls)


def parts_of(content: str, name: str, on: date) -> list[Part]:
    """The `documents` at the application, the `criteria`, or the `bonus` points of a programme.

    Those of the rule sets that it follows stand first, as the rule sets are in force on a day.
    """
    said = _read(content)
    kind = "documents" if name == "documents" else "evaluation"
    shared = programmes.shelf().rule_set(kind, getattr(said.rules, kind), on)
    general = list(getattr(shared, name, None) or ()) if shared else []
    own = list(getattr(said, name))
    found = (own or general) if name == "criteria" else [*general, *own]
    if name == "documents":
        found = [each for each in found if each.stage == "application"]
    return [Part(f"{name}/{each.id}", each) for each in found]


def asked(call: Call, name: str) -> list[Any]:
    """What the call asks for of such a part, without what it leaves out."""
    parts = parts_of(call.version.content, name, day_of(call))
    return [each.thing for each in parts if each.key not in call.left_out]


def sizes_of(call: Call) -> tuple[str, ...]:
    """The sizes of organisations that may be the lead; empty where the programme names none."""
    return tuple(
        size
        for rule in programme_of(call).eligibility
        if rule.kind == "one_of" and rule.fact == "size" and "lead" in rule.whose
        for size in rule.values
    )


def sections(call: Call, language: str | None) -> tuple[programmes.Section, ...]:
    """The programme in words, as its rules stand on the day of the call."""
    return programmes.described(programme_of(call), day_of(call), language)


def sample(call: Call) -> programmes.Judgement | None:
    """The first sample plan of the programme that passes, as an example of who pays what."""
    said = programme_of(call)
    for each in programmes.samples(said.id):
        judged = programmes.judge_plan(said, each.read(), day_of(call))
        if judged.passes:
            return judged
    return None


def chances(call: Call, organisation: Organisation) -> Chances:
    """Hold what the platform knows of an organisation against who may apply, as its lead.

    Eligibility goes by the day on which the call closes (korean-rules B1); for a call without one
    by the day it opened. Of the founding only the year is known: a rule that its days would answer
    differently stays unknown.
    """
    said, on = programme_of(call), localtime(call.deadline_at or call.opens_at).date()
    shared = programmes.shelf().rule_set("exclusions", said.rules.exclusions, on)
    own = {rule.id for rule in said.eligibility}
    verdicts = list(_verdicts(programmes.eligibility_of(said, shared), organisation, on))
    papers = [each for each in verdicts if _is_paper(each)]
    others = [each for each in verdicts if not _is_paper(each)]
    unknown = [each for each in others if each.answer is Answer.UNKNOWN]
    return Chances(
        barred=tuple(each for each in others if each.bars),
        lacking=tuple(each for each in unknown if each.rule.id in own),
        shown=tuple(each for each in papers if each.answer is Answer.NO),
        declared=tuple(each for each in unknown if each.rule.id not in own),
        behind=tuple(each for each in others if each.answer is Answer.NO and not each.bars),
        is_elsewhere=_is_elsewhere(call, organisation),
    )


def _is_paper(verdict: Verdict) -> bool:
    return isinstance(verdict.rule.question, Shown)


def _is_elsewhere(call: Call, organisation: Organisation) -> bool | None:
    if not call.regions:
        return False
    return organisation.region not in call.regions if organisation.region else None


def _verdicts(
    rules: tuple[eligibility.EligibilityRule, ...], organisation: Organisation, on: date
) -> Iterator[Verdict]:
    first, last = (
        eligibility.judge(eligibility.Applicant(tuple(_facts(organisation, ends))), rules, on)
        for ends in ((1, 1), (12, 31))
    )
    for early, late in zip(first, last, strict=True):
        is_sure = early.answer is late.answer
        yield late if is_sure else replace(late, answer=Answer.UNKNOWN, fact=None)


def _facts(organisation: Organisation, day: tuple[int, int]) -> Iterator[Fact]:
    """What the platform knows of an organisation, were it founded on this day of the year."""
    if size := SIZES.get(OrganisationKind(organisation.kind)):
        yield Fact("size", size, source=Source.OWN)
    if organisation.region:
        yield Fact("region", organisation.region, source=Source.OWN)
        is_outside = organisation.region not in (*CAPITAL_REGION, "OVERSEAS")
        yield Fact("outside_capital_region", is_outside, source=Source.OWN)
    if organisation.founded:
        yield Fact("founded", date(organisation.founded, *day), source=Source.OWN)


def day_of(call: Call) -> date:
    """The day in Seoul by whose rules a call stands: that on which it opens."""
    return localtime(call.opens_at).date()
