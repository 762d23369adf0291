"""Who may read everybody's history."""

from dure.apps.people.models import Role
from dure.apps.people.queries import Reader, standing_of
from dure.apps.trail.reasons import Reason
from dure.foundation.verdict import YES, Verdict


def may_audit(user: Reader) -> Verdict:
    """Read who changed what, in every record."""
    if standing_of(user).roles & {Role.AUDITOR, Role.ADMINISTRATOR}:
        return YES
    return Verdict(Reason.NOT_AN_AUDITOR)
