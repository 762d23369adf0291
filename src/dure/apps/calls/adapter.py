"""A call's programme as its file says it, and organisations as applicants of the eligibility engine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import localtime

from dure.apps.calls.models import Call
from dure.apps.calls.queries import SIZES, programme_of
from dure.apps.people.models import Organisation, OrganisationKind
from dure.engines import eligibility
from dure.engines.eligibility import Answer, Fact, Shown, Source, Verdict
from dure.foundation import programmes

CAPITAL_REGION = ("SEOUL", "INCHEON", "GYEONGGI")


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
