"""What all dated rule sets have in common."""

from datetime import date
from typing import Annotated, Any

from pydantic import WithJsonSchema

from dure.foundation.programmes._parts import Id, Line, Strict, Text

Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]
Day = Annotated[date, WithJsonSchema({"type": "string", "format": "date"})]


class RuleSet(Strict):
    """A rule set: the day from which it holds, and the text it is from."""

    id: Id
    valid_from: Day
    valid_to: Day | None = None
    name: Text
    source: Line

    def faults(self) -> list[Fault]:
        """Return where the file contradicts itself."""
        if self.valid_to is not None and self.valid_to < self.valid_from:
            return [(("valid_to",), "ends_before", {})]
        return []
