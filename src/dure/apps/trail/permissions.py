"""Who may read everybody's history."""

from dure.apps.people.queries import Reader, roles_of
from dure.apps.trail.reasons import Reason
from dure.apps.trail.roles import AUDITORS
from dure.foundation.verdict import YES, Verdict


def may_audit(user: Reader) -> Verdict:
    """Read who changed what, in every record."""
    return YES if roles_of(user).holds(AUDITORS) else Verdict(Reason.NOT_AN_AUDITOR)
