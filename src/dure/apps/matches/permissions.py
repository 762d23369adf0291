"""Who may answer, introduce, bar and start matching."""

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.stages import NEED_OPEN, TECHNOLOGY_SHOWN
from dure.apps.matches.queries import sees_matches_of, sides_of
from dure.apps.matches.reasons import Reason
from dure.apps.matches.roles import READERS
from dure.apps.people.permissions import has_role
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_see_matches(user: Reader, entry: Need | Technology) -> Verdict:
    """See what was suggested for an entry."""
    return YES if sees_matches_of(user, entry) else Verdict(Reason.NOT_YOUR_SIDE)


def may_read_all_answers(user: Reader) -> Verdict:
    """Read what both sides of every pair answered, and how good the suggestions are."""
    return has_role(user, READERS)


def may_read_answers(user: Reader) -> Verdict:
    """Read answers at all: those of one's own side, or by role all of them."""
    return YES if roles_of(user).organisations else may_read_all_answers(user)


def may_read_bars(user: Reader) -> Verdict:
    """Learn which organisations must not be matched."""
    return has_role(user, READERS)


def may_answer(user: Reader, need: Need, technology: Technology) -> Verdict:
    """Say for one's side what one thinks of a pair."""
    if not sides_of(user, need, technology):
        return Verdict(Reason.NOT_YOUR_SIDE)
    if need.stage not in NEED_OPEN or technology.stage not in TECHNOLOGY_SHOWN:
        return Verdict(Reason.NO_LONGER_OPEN)
    return YES


def may_take_back(user: Reader, need: Need, technology: Technology) -> Verdict:
    """Take back what one's side said, also after the need was closed."""
    return YES if sides_of(user, need, technology) else Verdict(Reason.NOT_YOUR_SIDE)


def may_run_matching(user: Reader) -> Verdict:
    """Start matching, introduce pairs, bar organisations."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)
