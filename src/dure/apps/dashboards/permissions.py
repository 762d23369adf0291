"""Who may read the lists behind the figures of the office."""

from dure.apps.dashboards.roles import READERS
from dure.apps.people.permissions import has_role
from dure.apps.people.queries import Reader
from dure.foundation.verdict import Verdict


def may_read_figures(user: Reader) -> Verdict:
    """Read the lists behind the figures of the office."""
    return has_role(user, READERS)
