"""Who may do what on the day of a fair and after it."""

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.reasons import Reason
from dure.apps.consultations.roles import READERS
from dure.apps.fairs.models import Fair, Pair, Registration
from dure.apps.fairs.permissions import may_give_desk_duty, may_run_desk, open_in, speaks_for
from dure.apps.fairs.queries import has_desk_duty
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.fairs.stages import FairStage
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.people.permissions import has_role
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_read_report(user: Reader) -> Verdict:
    """Read what came of all meetings of a fair, and the report of it."""
    return has_role(user, READERS)


def may_print_badges(user: Reader, fair: Fair) -> Verdict:
    """Print everybody's badges: officers until the fair is over, the desk on the day."""
    return YES if may_give_desk_duty(user, fair) else may_run_desk(user, fair)


def may_record(user: Reader, of: Pair | Introduction) -> Verdict:
    """Write down what came of a meeting, on the day of a fair and after, or after an introduction."""
    roles = roles_of(user)
    fair = of.fair if isinstance(of, Pair) else None
    is_theirs = {side.pk for side in of.sides} & roles.organisations
    if not (roles.is_officer or is_theirs or (fair and has_desk_duty(user, fair))):
        return Verdict(Reason.NOT_YOUR_MEETING)
    if fair is not None:
        return open_in(fair, (FairStage.HELD, FairStage.CLOSED))
    return YES if of.stage != IntroductionStage.TAKEN_BACK else Verdict(FairReason.STAGE_CLOSED)


def may_finish_task(user: Reader, record: ConsultationRecord) -> Verdict:
    """Say that the step which follows from a meeting is done, or give it to somebody else."""
    if not (roles_of(user).is_officer or (user.pk and record.owner_id == user.pk)):
        return Verdict(Reason.NOT_YOUR_TASK)
    return YES if record.owner_id else Verdict(FairReason.STAGE_CLOSED)


def may_renew_feed(user: Reader, registration: Registration) -> Verdict:
    """Give the calendar of a registration a new secret address."""
    return YES if speaks_for(user, registration) else Verdict(FairReason.NOT_YOUR_REGISTRATION)
