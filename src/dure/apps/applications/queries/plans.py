"""What stands in the money of an opened application, for the apps that go on with it."""

from typing import Any

PERSONNEL = "personnel"
"""The budget category of the pay of people."""


def pay_won(person: dict[str, Any]) -> int | None:
    """What a person costs the project, in won, rounded down; None while a figure is lacking."""
    figures = person["monthly_won"], person["rate"], person["months"]
    if None in figures:
        return None
    return int(person["monthly_won"] * person["rate"] * person["months"] // 100)
