"""Everything that changes outcomes."""

from dure.apps.outcomes.operations.answering import confirm, dispute, withdraw
from dure.apps.outcomes.operations.follow_ups import take_follow_ups
from dure.apps.outcomes.operations.importing import (
    CHECK,
    IMPORT,
    check_outcomes,
    import_outcomes,
)
from dure.apps.outcomes.operations.merging import keep_apart, merge, part
from dure.apps.outcomes.operations.reporting import add_evidence, report, report_known
from dure.apps.outcomes.operations.tracing import find_ways_again, tie

__all__ = [
    "CHECK",
    "IMPORT",
    "add_evidence",
    "check_outcomes",
    "confirm",
    "dispute",
    "find_ways_again",
    "import_outcomes",
    "keep_apart",
    "merge",
    "part",
    "report",
    "report_known",
    "take_follow_ups",
    "tie",
    "withdraw",
]
