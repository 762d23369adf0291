"""A call's programme as its file says it: what is asked of those who apply."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dure.apps.calls.models import Call
from dure.apps.calls.queries.eligibility import day_of, programme_in, programme_of
from dure.foundation import programmes

# What a call may ask less of than the file of its programme.
PARTS = ("documents", "criteria", "bonus")


@dataclass(frozen=True, slots=True)
class Part:
    """A document, criterion or bonus of a programme; `key` is how a call leaves it out."""

    key: str
    thing: Any


def kinds_of(content: str) -> tuple[str, ...]:
    """How a programme is applied for, in the codes of calls."""
    return tuple(call.upper() for call in programme_in(content).class_.calls)


def parts_of(content: str, name: str, on: date) -> list[Part]:
    """The `documents` at the application, the `criteria`, or the `bonus` points of a programme.

    Those of the rule sets that it follows stand first, as the rule sets are in force on a day.
    """
    programme = programme_in(content)
    kind = "documents" if name == "documents" else "evaluation"
    shared = programmes.rule_sets().rule_set(kind, getattr(programme.rules, kind), on)
    general = list(getattr(shared, name, None) or ()) if shared else []
    own = list(getattr(programme, name))
    parts = (own or general) if name == "criteria" else [*general, *own]
    if name == "documents":
        parts = [part for part in parts if part.stage == "application"]
    return [Part(f"{name}/{part.id}", part) for part in parts]


def asked(call: Call, name: str) -> list[Any]:
    """What the call asks for of such a part, without what it leaves out."""
    parts = parts_of(call.version.content, name, day_of(call))
    return [part.thing for part in parts if part.key not in call.left_out]


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
    programme = programme_of(call)
    for sample in programmes.samples(programme.id):
        judged = programmes.judge_plan(programme, sample.read(), day_of(call))
        if judged.passes:
            return judged
    return None
