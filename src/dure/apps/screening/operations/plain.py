"""What a finding names, as it is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Days as text; everything else as it is."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
    }
