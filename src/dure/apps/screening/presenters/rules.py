"""Parameters of signals and what a change of them does, as pages show them."""

from typing import Any

from dure.apps.screening import adapter, queries
from dure.apps.screening.models import RuleSet

Figures = dict[str, int | float]


def now_of(signal: str) -> Figures:
    """The parameters of a signal as the draft has them, else as they are in force."""
    draft = queries.draft_of_rules()
    rules = draft or queries.rules_in_force()
    changed = rules.parameters.get(signal, {}) if rules else {}
    return {**adapter.figures_of(signal), **changed}


def parameters_of_signals() -> list[dict[str, Any]]:
    """Each signal with its figures in force."""
    rules = queries.rules_in_force()
    changed = rules.parameters if rules else {}
    return [
        {
            "code": code,
            "name": adapter.name(code),
            "figures": {**figures, **changed.get(code, {})},
            "is_changed": bool(changed.get(code)),
        }
        for code in adapter.signals()
        if (figures := adapter.figures_of(code))
    ]


def changes_of(draft: RuleSet) -> list[dict[str, Any]]:
    """What differs in a draft from what is in force."""
    rules = queries.rules_in_force()
    before = rules.parameters if rules else {}
    changes = []
    for signal in sorted(set(before) | set(draft.parameters)):
        shipped = adapter.figures_of(signal)
        old, new = ({**shipped, **each.get(signal, {})} for each in (before, draft.parameters))
        changes += [
            {
                "name": adapter.name(signal),
                "parameter": name,
                "before": old[name],
                "after": new[name],
            }
            for name in shipped
            if old[name] != new[name]
        ]
    return changes


def effect_of(draft: RuleSet) -> dict[str, Any] | None:
    """What a draft would have changed, signal by signal; None before it was measured."""
    if not draft.effect:
        return None
    signals = [{**each, "name": adapter.name(each["signal"])} for each in draft.effect["signals"]]
    return {**draft.effect, "signals": signals}
