"""May this organisation apply to this call? Asked before the application, and again at every step.

`check(call, organisation, as_of)` is what every higher app asks:

* the self-check: `check(call, firm, eligibility_day(call), declared=[Fact("arrears", False)])`;
* at the deadline: the same, `step="first_evaluation"`;
* at the agreement and before a payment: `as_of` that day, `step="agreement"` or `"payment"`;
* of every other participant: `role="partner"` (any role of programme files).

`check(…).lines` has one line per rule: the verdict with the fact it rests on, whether it can still be
cured, and in words (`question`, `fact`, `remedy`) what is asked, what is known, from where, as of which
day, and what to do. Keep `check(…).as_json()` beside a decision: it says what was known then.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language

from dure.apps.calls.models import Call
from dure.apps.people.models import Organisation
from dure.engines import eligibility
from dure.engines.eligibility import Answer, Applicant, Fact, Shown, Verdict
from dure.foundation import programmes
from dure.foundation.facts import facts_about


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule says of the organisation at a step; `is_own` where the programme's own file has
    the rule."""

    verdict: Verdict
    step: str
    is_own: bool

    @property
    def is_curable(self) -> bool:
        """True for a «no» that can still be mended."""
        return self.verdict.is_curable_at(self.step, programmes.ids("step"))

    @property
    def is_paper(self) -> bool:
        """True for a rule that asks for a paper to be shown."""
        return isinstance(self.verdict.rule.question, Shown)

    @property
    def is_barred(self) -> bool:
        """True where this rule keeps the organisation out and it is too late to cure that."""
        return self.verdict.bars and not self.is_curable and not self.is_paper

    @property
    def question(self) -> str:
        """What the rule asks, in the reader's language."""
        return self.question_in(get_language())

    def question_in(self, language: str | None) -> str:
        """What the rule asks."""
        return programmes.rule_question(self.verdict.rule, language, (self.verdict.whose,))

    @property
    def fact(self) -> str:
        """The answer and the fact it rests on: whose, as of which day, where from."""
        return programmes.verdict_sentence(self.verdict, get_language())

    @property
    def remedy(self) -> str:
        """What to do about it; empty for a «yes»."""
        return programmes.remedy_sentence(self.verdict, get_language(), self.step)


@dataclass(frozen=True, slots=True)
class Check:
    """Whether an organisation may apply, or stay, in a role as of a day, rule by rule.

    `is_elsewhere` is true where the call is for other regions, None where the region is not known.
    """

    role: str
    as_of: date
    step: str
    lines: tuple[Line, ...]
    is_elsewhere: bool | None

    @property
    def answer(self) -> Answer:
        """NO when something bars that cannot be cured any more; UNKNOWN while a fact is lacking."""
        return self._answer(self.lacking)

    @property
    def answer_so_far(self) -> Answer:
        """The answer before anybody was asked: lacking are only facts of the programme's own rules."""
        return self._answer(tuple(line for line in self.lacking if line.is_own))

    def _answer(self, lacking: tuple[Line, ...]) -> Answer:
        if self.barred or self.is_elsewhere:
            return Answer.NO
        return Answer.UNKNOWN if lacking or self.is_elsewhere is None else Answer.YES

    @property
    def barred(self) -> tuple[Line, ...]:
        """What keeps it out."""
        return tuple(line for line in self.lines if line.is_barred)

    @property
    def curable(self) -> tuple[Line, ...]:
        """What keeps it out unless it is put right in time."""
        return tuple(line for line in self.lines if line.verdict.bars and line.is_curable)

    @property
    def lacking(self) -> tuple[Line, ...]:
        """Rules whose fact is not known."""
        return tuple(line for line in self.lines if line.verdict.answer is Answer.UNKNOWN)

    @property
    def papers(self) -> tuple[Line, ...]:
        """Papers to show that are not there yet."""
        return tuple(
            line for line in self.lines if line.is_paper and line.verdict.answer is Answer.NO
        )

    @property
    def behind(self) -> tuple[Line, ...]:
        """What puts others first and keeps nobody out."""
        return tuple(
            line
            for line in self.lines
            if line.verdict.answer is Answer.NO and not line.verdict.bars and not line.is_paper
        )

    def as_json(self) -> dict[str, Any]:
        """The check as plain values, to be kept with what was decided on it."""
        return {
            "role": self.role,
            "as_of": self.as_of.isoformat(),
            "step": self.step,
            "answer": self.answer.value,
            "is_elsewhere": self.is_elsewhere,
            "rules": [_line_json(line) for line in self.lines],
        }


def check(
    call: Call,
    organisation: Organisation,
    as_of: date,
    *,
    role: str = "lead",
    step: str = "application",
    declared: Iterable[Fact] = (),
    shown: Collection[str] = (),
) -> Check:
    """Hold all that is known of an organisation against the rules of a call, as of a day.

    Known is what every app says (`foundation/facts.py`) and what is `declared`; a declaration counts
    least. `shown` names the papers that were handed in, in the words of programme files. The rules
    are those of the day on which the call opened. Ask for the reader's right to the organisation's
    facts before (`registers.permissions.may_read_facts`).
    """
    programme = programme_of(call)
    shared = programmes.rule_sets().rule_set("exclusions", programme.rules.exclusions, day_of(call))
    rules = programmes.eligibility_of(programme, shared, eligibility_day(call))
    facts = (*facts_about(organisation, as_of), *declared)
    applicant = Applicant(
        facts=tuple(replace(fact, whose=role) for fact in facts),
        confirmed=frozenset(shown),
        roles=frozenset({role}),
    )
    own = {rule.id for rule in programme.eligibility}
    return Check(
        role=role,
        as_of=as_of,
        step=step,
        lines=tuple(
            Line(verdict, step, verdict.rule.id in own)
            for verdict in eligibility.judge(applicant, rules, as_of)
        ),
        is_elsewhere=_is_elsewhere(call, organisation) if role == "lead" else False,
    )


@lru_cache(maxsize=512)
def programme_in(content: str) -> programmes.Programme:
    """The programme that a released version says."""
    return programmes.read(content.encode())


def programme_of(call: Call) -> programmes.Programme:
    """The programme as the version says it with which the call was opened."""
    return programme_in(call.version.content)


def day_of(call: Call) -> date:
    """The day in Seoul by whose rules a call stands: that on which it opens."""
    return localtime(call.opens_at).date()


def eligibility_day(call: Call) -> date:
    """The day in Seoul as of which eligibility counts: that on which the call closes (korean rules of
    the ministry, GL 7); for a call without one that on which it opened."""
    return localtime(call.deadline_at or call.opens_at).date()


def _is_elsewhere(call: Call, organisation: Organisation) -> bool | None:
    if not call.regions:
        return False
    return organisation.region not in call.regions if organisation.region else None


def _line_json(line: Line) -> dict[str, Any]:
    fact = line.verdict.fact
    return {
        "rule": line.verdict.rule.id,
        "answer": line.verdict.answer.value,
        "bars": line.verdict.bars,
        "curable_until": line.verdict.rule.curable_until,
        "is_curable": line.is_curable,
        "exempted_by": line.verdict.exempted_by,
        "is_barred": line.is_barred,
        "is_paper": line.is_paper,
        "question": {language: line.question_in(language) for language in ("ko", "en")},
        "said": {
            language: programmes.verdict_sentence(line.verdict, language)
            for language in ("ko", "en")
        },
        "fact": fact
        and {
            "name": fact.name,
            "value": programmes.write_fact(fact.value),
            "as_of": fact.as_of and fact.as_of.isoformat(),
            "source": fact.source.value,
            "origin": fact.origin,
        },
    }
