"""Visits, drift, and what a ranking by verdicts still lacks, as pages show them."""

from collections import Counter
from itertools import pairwise
from typing import Any

from dure.apps.screening import adapter, queries
from dure.apps.screening.kinds import Check
from dure.apps.screening.models import Case, Place
from dure.apps.screening.presenters.rates import interval
from dure.engines.auditing import lacking

TONES = {Check.AS_SAID: "success", Check.OTHERWISE: "danger", Check.UNCHECKED: "default"}


def visits_of(case: Case) -> list[dict[str, Any]]:
    """The visits of a case, item by item, with how many were not checked."""
    shown = []
    for visit in case.visits.select_related("written_by"):
        words = adapter.items_on(visit.visited_on)
        results = [
            (words.get(code, code), Check(result).label, TONES[Check(result)])
            for code, result in visit.results.items()
        ]
        shown.append(
            {
                "visit": visit,
                "results": results,
                "checked": len(results) - visit.count_of(Check.UNCHECKED),
                "otherwise": visit.count_of(Check.OTHERWISE),
                "unchecked": visit.count_of(Check.UNCHECKED),
            }
        )
    return shown


def visit_items() -> list[dict[str, Any]]:
    """By year and item of the list how often visits checked it and what they found."""
    counts: dict[tuple[int, str], Counter[str]] = {}
    for year, day, results in queries.visit_results():
        words = adapter.items_on(day)
        for code, result in results.items():
            counts.setdefault((year, words.get(code, code)), Counter())[result] += 1
    return [
        {
            "year": year,
            "words": words,
            "checked": count[Check.AS_SAID] + count[Check.OTHERWISE],
            "otherwise": count[Check.OTHERWISE],
            "unchecked": count[Check.UNCHECKED],
        }
        for (year, words), count in counts.items()
    ]


def drift() -> list[dict[str, Any]]:
    """By signal and year the share of projects that showed it in the last run of the year, the latest
    first; `is_other` where its range and that of the year before do not meet."""
    years = queries.flagged_by_year()
    lines = []
    for code in adapter.signals():
        shares = [
            {
                "year": year,
                "projects": flagged.get(code, 0),
                "is_other": False,
                **interval(flagged.get(code, 0), whole),
            }
            for year, whole, flagged in years
            if whole
        ]
        for now, before in pairwise(shares):
            now["is_other"] = now["low"] > before["high"] or now["high"] < before["low"]
        if any(share["projects"] for share in shares):
            lines.append({"name": adapter.name(code), "shares": shares})
    return lines


def missing_verdicts() -> dict[str, int]:
    """How many checked, confirmed and cleared projects a ranking by verdicts still lacks."""
    return lacking(adapter.checked())


def learned_of(place: Place) -> list[dict[str, Any]]:
    """Why verdicts put a project where they put it: each signal, and whether it raises or lowers."""
    return [
        {"name": adapter.name(signal), "adds": adds, "is_raising": adds > 0}
        for signal, adds in place.reasons
    ]
