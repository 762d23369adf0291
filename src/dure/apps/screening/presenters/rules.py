"""Parameters of signals and what a change of them does, as pages show them."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from dure.apps.screening import adapter, queries
from dure.apps.screening.models import RuleSet

Figures = dict[str, int | float]
PARAMETERS = {
    "days": _("Days"),
    "digits": _("Digits of the running number"),
    "fence": _("Distance from the middle half of the field"),
    "from_hour": _("From this hour"),
    "full_from": _("Full weight from this threshold (won)"),
    "half_at": _("Months that make half a score"),
    "later_days": _("Days that bills may come later"),
    "least": _("Least amount (won)"),
    "least_apart": _("Least difference of first digits"),
    "least_days": _("Least days"),
    "least_field": _("Least number to compare with"),
    "least_length": _("Least length of the number"),
    "least_months": _("Least months"),
    "least_payments": _("Least payments"),
    "least_percent": _("Least holding (percent)"),
    "least_share": _("Least share (1 is all)"),
    "least_spread": _("Least spread of prices"),
    "least_sum": _("Least sum (won)"),
    "least_times": _("Least times"),
    "limit": _("Limit a head (won)"),
    "most_alike": _("Most that may look alike"),
    "most_beyond": _("How far beyond the usual"),
    "most_bits": _("Most differing bits of 64"),
    "most_changes": _("Most changed characters"),
    "most_common": _("Most common share in the field"),
    "most_days": _("Most days between"),
    "most_firms": _("Most firms"),
    "most_minutes": _("Most minutes between"),
    "most_people": _("Most people"),
    "most_percent": _("Most percent of the time"),
    "most_present": _("Most days at work"),
    "most_projects": _("Most projects"),
    "most_rows": _("Rows shown at the most"),
    "most_step": _("Most step between numbers"),
    "most_times": _("Most times"),
    "most_vendors": _("Most vendors"),
    "near": _("How near below a threshold (1 is at it)"),
    "near_beyond": _("From how far a price counts"),
    "round": _("Round to (won)"),
    "times": _("Times the usual"),
    "to_hour": _("Until this hour"),
}


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
            "figures": [
                (PARAMETERS[parameter], _said(figure))
                for parameter, figure in {**figures, **changed.get(code, {})}.items()
            ],
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
        old, new = (
            {**shipped, **changed.get(signal, {})} for changed in (before, draft.parameters)
        )
        changes += [
            {
                "name": adapter.name(signal),
                "parameter": PARAMETERS[name],
                "before": _said(old[name]),
                "after": _said(new[name]),
            }
            for name in shipped
            if old[name] != new[name]
        ]
    return changes


def effect_of(draft: RuleSet) -> dict[str, Any] | None:
    """What a draft would have changed, signal by signal; None before it was measured."""
    if not draft.effect:
        return None
    signals = [
        {**signal, "name": adapter.name(signal["signal"])} for signal in draft.effect["signals"]
    ]
    return {**draft.effect, "signals": signals}


def _said(figure: int | float) -> str:
    return str(number_format(figure, use_l10n=True, force_grouping=True))
