"""How far needs came: the funnel, what was lost, how long each step took, and where they are from."""

from math import ceil
from statistics import median
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators.queries import Chain, Step
from dure.foundation import vocabularies


def funnel_of(chain: Chain, link: Any) -> list[dict[str, Any]]:
    """The steps with the needs that came at least as far; `link(step)` lists those that stopped."""
    return [
        {"label": step.label, "value": len(ids), "text": f"{len(ids):,}", "url": link(step)}
        for step, ids in chain.reached.items()
    ]


def losses_of(chain: Chain, link: Any) -> list[dict[str, Any]]:
    """How many needs stopped at each step but the last."""
    return [
        {"label": step.label, "count": len(chain.stopped(step)), "url": link(step)}
        for step in list(Step)[:-1]
    ]


def waits_of(chain: Chain) -> list[dict[str, Any]]:
    """Days from one step to the next: the middle one, and within which nine of ten came."""
    return [
        {
            "label": step.label,
            "count": len(days),
            "middle": round(median(days)),
            "nine_of_ten": days[ceil(0.9 * len(days)) - 1],
        }
        for step, days in chain.waits().items()
    ]


def regions_of(counts: dict[str, int], link: Any) -> list[dict[str, Any]]:
    """All regions with how many needs came from each; `link(code)` narrows the page to one."""
    regions = vocabularies.entries("regions")
    return [
        {
            "code": code,
            "label": entry.name_in(get_language()),
            "value": counts.get(code, 0),
            "url": link(code),
        }
        for code, entry in regions.items()
    ]


def stopped_sheet(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The needs that stopped at a step."""
    return {
        "title": _("Needs that stopped"),
        "headers": [_("Record"), _("Title")],
        "rows": [[row["id"], row["record"].title if row["record"] else ""] for row in rows],
    }
