"""Who may read the ledger, and who gives programmes their money."""

from dure.apps.ledger import queries
from dure.apps.ledger.reasons import Reason
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_read(user: Reader) -> Verdict:
    """Read accounts, entries and budgets: the office and auditors."""
    return YES if queries.is_reader(user) else Verdict(Reason.NOT_A_READER)


def may_appropriate(user: Reader) -> Verdict:
    """Enter what a programme has for a year."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)
