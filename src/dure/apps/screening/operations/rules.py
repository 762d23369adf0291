"""Parameters of signals: drafted, measured on last year's spending, released by a second person."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.people.models import User
from dure.apps.screening import adapter, permissions, queries
from dure.apps.screening.kinds import Outcome
from dure.apps.screening.models import RuleSet
from dure.apps.screening.reasons import Reason
from dure.engines.auditing import Screening, screen
from dure.foundation.verdict import Refused

MEASURE = "measure_rules"
FIRST = 100


@transaction.atomic
def change_rules(
    *, signal: str, values: Mapping[str, int | float], note: str, by: User, at: datetime
) -> RuleSet:
    """Write parameters of a signal into the draft, which begins as what is in force.

    Its effect has to be measured anew. Raises Refused.
    """
    permissions.may_screen(by).require()
    known = adapter.figures_of(signal)
    if not known or values.keys() != known.keys():
        raise Refused(Reason.NO_SUCH_PARAMETER)
    draft = RuleSet.objects.select_for_update().filter(number=None).first()
    if draft is None:
        in_force = queries.rules_in_force()
        draft = RuleSet(parameters=dict(in_force.parameters) if in_force else {})
    changed = {name: value for name, value in values.items() if value != known[name]}
    draft.parameters = {**draft.parameters, signal: changed}
    if not changed:
        del draft.parameters[signal]
    draft.note, draft.drafted_by, draft.drafted_at, draft.effect = note, by, at, {}
    draft.save()
    return draft


def ask_for_effect(*, rules: RuleSet, by: User) -> Job:
    """Put the measuring of a draft in the queue. Raises Refused."""
    permissions.may_screen(by).require()
    if rules.number is not None:
        raise Refused(Reason.RELEASED)
    title = gettext_noop("Effect of changed parameters")
    arguments = {"rules": rules.pk, "drafted": rules.drafted_at.isoformat()}
    return enqueue(kind=MEASURE, title=title, arguments=arguments, by=by)


def measure_effect(
    *, rules_id: int, clock: Callable[[], datetime], progress: Progress
) -> dict[str, Any]:
    """What a draft would have changed on the spending of last year, or where there was none, on all.

    Kept with the draft if nobody changed it meanwhile.
    """
    draft = RuleSet.objects.get(pk=rules_id)
    in_force = queries.rules_in_force()
    year = localdate(clock()).year - 1
    progress.step(gettext_noop("Looking for signals"), 2 * len(adapter.signals()))
    seen = [
        _screened(year, parameters, progress)
        for parameters in ((in_force.parameters if in_force else {}), draft.parameters)
    ]
    effect = {"year": year, **_effect(*seen)}
    unchanged = RuleSet.objects.filter(pk=draft.pk, number=None, drafted_at=draft.drafted_at)
    unchanged.update(effect=effect)
    return effect


@transaction.atomic
def release_rules(*, rules: RuleSet, by: User, at: datetime) -> RuleSet:
    """Put a draft in force: a second auditor, who sees its effect. Raises Refused."""
    rules = RuleSet.objects.select_for_update().get(pk=rules.pk)
    permissions.may_release_rules(by, rules).require()
    last = queries.rules_in_force()
    rules.number = (last.number or 0) + 1 if last else 1
    rules.released_by, rules.released_at = by, at
    rules.save()
    return rules


@transaction.atomic
def drop_rules(*, rules: RuleSet, by: User) -> None:
    """Throw a draft away. Raises Refused."""
    permissions.may_screen(by).require()
    rules = RuleSet.objects.select_for_update().get(pk=rules.pk)
    if rules.number is not None:
        raise Refused(Reason.RELEASED)
    rules.delete()


def _screened(year: int, parameters: Mapping[str, Any], progress: Progress) -> Screening:
    opening, _rows = adapter.ledger(year)
    with opening as ledger:
        return screen(ledger, parameters=parameters, done=lambda part, whole: progress.advance())


def _effect(before: Screening, after: Screening) -> dict[str, Any]:
    judged = queries.judged_rows()
    codes = {finding.signal for finding in (*before.findings, *after.findings)}
    signals = []
    for code in sorted(codes):
        old, new = (_counted(seen, code, judged) for seen in (before, after))
        if old != new:
            signals.append({"signal": code, "before": old, "after": new})
    first, then = ({ranked.project for ranked in s.ranking[:FIRST]} for s in (before, after))
    return {"signals": signals, "first": FIRST, "entered": len(then - first)}


def _counted(
    seen: Screening, code: str, judged: Mapping[str, set[tuple[str, str]]]
) -> dict[str, int]:
    """Findings of a signal, their projects, and how many judged questions they would have raised."""
    findings = [finding for finding in seen.findings if finding.signal == code]
    rows = {row for finding in findings for row in finding.rows}
    caught = {
        outcome: len({asked for asked, row in pairs if row in rows})
        for outcome, pairs in judged.items()
    }
    return {
        "findings": len(findings),
        "projects": len({finding.project for finding in findings}),
        "confirmed": caught.get(Outcome.CONFIRMED, 0),
        "explained": caught.get(Outcome.EXPLAINED, 0),
    }
