"""Who may read the lists behind the figures of the office."""

from dure.apps.dashboards.reasons import Reason
from dure.apps.people.queries import Reader, standing_of
from dure.foundation.verdict import YES, Verdict


def may_read_figures(user: Reader) -> Verdict:
    """Read the lists behind the figures of the office."""
    return YES if standing_of(user).is_staff else Verdict(Reason.NOT_STAFF)
