"""Hit rates with their range."""

from collections import Counter
from math import sqrt
from typing import Any

from dure.apps.screening import adapter, queries
from dure.apps.screening.kinds import Cause

Z = 1.96


def rates() -> list[dict[str, Any]]:
    """By year and signal how many of the judged questions were confirmed, with a 95 % interval."""
    judged: Counter[tuple[int, str]] = Counter()
    confirmed: Counter[tuple[int, str]] = Counter()
    for line in queries.verdicts_by_signal():
        named = [adapter.name(line["signal"])] if line["signal"] else []
        for name in [*named, str(Cause(line["cause"]).label)]:
            judged[line["year"], name] += line["judged"]
            confirmed[line["year"], name] += line["confirmed"]
    return [
        {
            "year": year,
            "name": name,
            "judged": count,
            "confirmed": confirmed[year, name],
            **interval(confirmed[year, name], count),
        }
        for (year, name), count in sorted(
            judged.items(), key=lambda item: (-item[0][0], item[0][1])
        )
    ]


def interval(hits: int, of: int) -> dict[str, int]:
    """Percent, and the lowest and highest that fit (Wilson's interval, 95 %).

    >>> interval(5, 60)
    {'percent': 8, 'low': 4, 'high': 18}
    """
    part = hits / of
    middle = (part + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(part * (1 - part) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return {
        "percent": round(100 * part),
        "low": round(100 * max(0.0, middle - half)),
        "high": round(100 * min(1.0, middle + half)),
    }


def checks() -> list[dict[str, Any]]:
    """By year and way of choosing: cases, and how many closed ones confirmed something, with an
    interval; of chance this is the share of misuse in the field, which the list would miss."""
    return [
        {
            **line,
            "name": Cause(line["cause"]).label,
            "rate": interval(line["hits"], line["closed"]) if line["closed"] else None,
            "hours_each": round(line["hours"] / line["hits"])
            if line["hours"] and line["hits"]
            else None,
        }
        for line in queries.checks_by_year()
    ]


def unchecked() -> list[dict[str, int]]:
    """By year how many projects had a signal that nobody checked."""
    by_year = queries.unchecked_by_year()
    return [{"year": year, "projects": by_year[year]} for year in sorted(by_year, reverse=True)]
