"""Who may do what with briefing sessions and stories."""

from datetime import datetime

from dure.apps.briefings.models import Briefing
from dure.apps.briefings.reasons import Reason
from dure.apps.fairs.models import Fair
from dure.apps.fairs.permissions import may_run_desk
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.fairs.stages import FAIR_OVER, FairStage
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_take_seat(user: Reader, briefing: Briefing, at: datetime) -> Verdict:
    """Take a seat in a briefing session; whether one is left is counted when it is taken."""
    if not user.is_authenticated:
        return Verdict(Reason.SIGN_IN)
    if briefing.fair.stage == FairStage.DRAFT:
        return Verdict(FairReason.NOT_YET)
    is_over = briefing.fair.stage in FAIR_OVER or at > briefing.ends_at
    return Verdict(FairReason.TOO_LATE) if is_over else YES


def may_tell_stories(user: Reader) -> Verdict:
    """Write and publish stories of good practice and commendations."""
    return YES if roles_of(user).is_officer else Verdict(FairReason.NOT_AN_OFFICER)


def may_edit_briefings(user: Reader, fair: Fair) -> Verdict:
    """Add, change and remove the briefing sessions of a fair, until it is over."""
    if not roles_of(user).is_officer:
        return Verdict(FairReason.NOT_AN_OFFICER)
    return Verdict(FairReason.STAGE_CLOSED) if fair.stage in FAIR_OVER else YES


def may_note_attendance(user: Reader, briefing: Briefing) -> Verdict:
    """Note who came to a briefing session, and let guests in."""
    return may_run_desk(user, briefing.fair)
