"""A project's spending as pictures, each with its table: days, vendors and whom else they sell to, people."""

from collections import defaultdict
from math import cos, pi, sin, sqrt
from typing import Any

from dure.apps.projects.models import Project
from dure.apps.screening import queries
from dure.apps.screening.models import Place

WIDTH, HEIGHT = 720, 380
VENDORS, OTHERS = 10, 6
_UNTIED = ("", "other")


def flagged_rows(place: Place) -> set[int]:
    """The expenses that some signal of the project is about."""
    return {
        int(row[1:])
        for finding in place.findings.all()
        for row in finding.rows
        if row.startswith("e")
    }


def timeline(project: Project, flagged: set[int]) -> dict[str, Any]:
    """Each payment as a line over its day, as high as its amount (by its root); flagged ones stand out."""
    spent = list(project.expenses.order_by("spent_on", "pk"))
    if not spent:
        return {}
    first = min(project.begins_on, spent[0].spent_on)
    days = max((max(project.ends_on, spent[-1].spent_on) - first).days, 1)
    most = max(expense.amount for expense in spent)
    return {
        "first": first,
        "last": max(project.ends_on, spent[-1].spent_on),
        "lines": [
            {
                "x": round(10 + (WIDTH - 20) * (expense.spent_on - first).days / days, 1),
                "y": round(100 - 90 * sqrt(expense.amount / most), 1),
                "is_flagged": expense.pk in flagged,
            }
            for expense in spent
        ],
        "rows": [{"expense": expense, "is_flagged": expense.pk in flagged} for expense in spent],
    }


def vendors(project: Project, flagged: set[int]) -> dict[str, Any]:
    """Who was paid most, and which other projects pay the same vendors."""
    paid = _paid(project, flagged)
    shown = sorted(paid.values(), key=lambda vendor: (-vendor["won"], vendor["name"]))[:VENDORS]
    elsewhere = queries.projects_paying([vendor["key"] for vendor in shown], project)
    for vendor in shown:
        vendor["projects"] = elsewhere.get(vendor["key"], {})
    return {"rows": shown, **_drawn(shown, _others(elsewhere))}


def people(project: Project) -> dict[str, Any]:
    """Who was paid in which month: share of time in percent; above 100 over all projects stands out."""
    paid = queries.months_of_people(project)
    months = sorted({line["month"] for line in paid})
    by_person: dict[tuple[str, str], dict[Any, Any]] = defaultdict(dict)
    for line in paid:
        by_person[line["name"], line["researcher"]][line["month"]] = line
    return {
        "months": months,
        "rows": [
            {"name": name, "cells": [cells.get(month) for month in months]}
            for (name, _number), cells in sorted(by_person.items())
        ],
    }


def _paid(project: Project, flagged: set[int]) -> dict[str, dict[str, Any]]:
    paid: dict[str, dict[str, Any]] = {}
    for expense in project.expenses.all():
        key = expense.payee_number or expense.payee
        known = paid.setdefault(
            key,
            {
                "key": key,
                "name": expense.payee,
                "won": 0,
                "times": 0,
                "tie": "",
                "is_flagged": False,
            },
        )
        known["won"] += expense.amount
        known["times"] += 1
        known["is_flagged"] |= expense.pk in flagged
        if expense.relation not in _UNTIED:
            known["tie"] = expense.relation
    return paid


def _others(elsewhere: dict[str, dict[int, str]]) -> list[tuple[int, str]]:
    """The other projects that share most vendors with this one."""
    shared: dict[tuple[int, str], int] = defaultdict(int)
    for projects in elsewhere.values():
        for other in projects.items():
            shared[other] += 1
    return sorted(shared, key=lambda other: (-shared[other], other))[:OTHERS]


def _drawn(shown: list[dict[str, Any]], others: list[tuple[int, str]]) -> dict[str, Any]:
    """Places: the project in the middle, its vendors around it, other projects at the edge."""
    most = max((vendor["won"] for vendor in shown), default=1)
    for vendor, (x, y) in zip(shown, _around(len(shown), 150, 105), strict=True):
        vendor |= {"x": x, "y": y, "r": round(8 + 20 * sqrt(vendor["won"] / most), 1)}
        vendor["label_y"] = round(y + vendor["r"] + 14, 1)
    places = dict(zip(others, _around(len(others), 285, 165), strict=True))
    at = {number: place for (number, _title), place in places.items()}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "middle": {"x": WIDTH // 2, "y": HEIGHT // 2},
        "others": [
            {"x": x, "y": y, "label": title[:10], "label_y": y + 18}
            for (_number, title), (x, y) in places.items()
        ],
        "links": [
            {"x1": vendor["x"], "y1": vendor["y"], "x2": at[number][0], "y2": at[number][1]}
            for vendor in shown
            for number in at
            if number in vendor["projects"]
        ],
    }


def _around(count: int, wide: int, high: int) -> list[tuple[float, float]]:
    return [
        (
            round(WIDTH / 2 + wide * cos(2 * pi * (at + 0.5) / count), 1),
            round(HEIGHT / 2 + high * sin(2 * pi * (at + 0.5) / count), 1),
        )
        for at in range(count)
    ]
