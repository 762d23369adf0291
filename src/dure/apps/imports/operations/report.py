"""What an import does or would do."""

from dataclasses import dataclass, field
from typing import Any

from dure.foundation.sheets import Problem

PROBLEMS_KEPT = 500


@dataclass
class Report:
    """What an import does or would do: counts, and every problem with its place."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with a job."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "problem_count": len(self.problems),
            "problems": [problem.as_json() for problem in self.problems[:PROBLEMS_KEPT]],
            "titles": self.titles,
        }
