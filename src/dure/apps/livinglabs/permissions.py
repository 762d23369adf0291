"""Who may do what in a living lab."""

from datetime import date

from dure.apps.livinglabs import adapter, queries
from dure.apps.livinglabs.models import Answer, Lab, Trial
from dure.apps.livinglabs.reasons import Reason
from dure.apps.livinglabs.stages import TrialStage
from dure.apps.people.queries import Reader
from dure.apps.projects.models import Project
from dure.apps.projects.stages import ProjectStage
from dure.foundation.verdict import YES, Verdict


def may_read_labs(user: Reader) -> Verdict:
    """Look at living labs: everybody who is signed in."""
    return YES if user.is_authenticated else Verdict(Reason.SIGN_IN_FIRST)


def may_open_lab(user: Reader, project: Project) -> Verdict:
    """Ask consumers to take part: the lead of a running project whose programme has such steps."""
    if not queries.leads(user, project):
        return Verdict(Reason.NOT_THE_LEAD)
    if project.stage != ProjectStage.RUNNING or queries.has_lab(project):
        return Verdict(Reason.STAGE_CLOSED)
    return YES if adapter.steps_of(project) else Verdict(Reason.NO_CONSUMERS)


def may_join(user: Reader, lab: Lab) -> Verdict:
    """Enrol: anybody with an account who is not of the project's organisations."""
    if not user.is_authenticated:
        return Verdict(Reason.SIGN_IN_FIRST)
    if queries.takes_part(user, lab.project):
        return Verdict(Reason.TAKES_PART_ITSELF)
    if queries.participant_of(user, lab):
        return Verdict(Reason.JOINED_ALREADY)
    if lab.project.stage != ProjectStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if queries.enrolled_in(lab).count() < lab.places else Verdict(Reason.IS_FULL)


def may_leave(user: Reader, lab: Lab) -> Verdict:
    """Leave a lab: who is enrolled."""
    return YES if queries.participant_of(user, lab) else Verdict(Reason.NOT_ENROLLED)


def may_open_trial(user: Reader, lab: Lab) -> Verdict:
    """Let consumers try the next step: the lead, one at a time."""
    if not queries.leads(user, lab.project):
        return Verdict(Reason.NOT_THE_LEAD)
    if lab.project.stage != ProjectStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    if queries.open_trial_of(lab):
        return Verdict(Reason.TRIAL_IS_OPEN)
    left = adapter.next_step(lab.project, queries.passed_steps(lab))
    return YES if left else Verdict(Reason.ALL_PASSED)


def may_answer(user: Reader, trial: Trial) -> Verdict:
    """Answer once: an enrolled consumer, while the trial is open."""
    participant = queries.participant_of(user, trial.lab)
    if participant is None:
        return Verdict(Reason.NOT_ENROLLED)
    if trial.stage != TrialStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    has_answered = trial.answers.filter(participant=participant).exists()
    return Verdict(Reason.ANSWERED_ALREADY) if has_answered else YES


def may_reply(user: Reader, answer: Answer) -> Verdict:
    """Reply to a consumer, once: the lead."""
    if not queries.leads(user, answer.trial.lab.project):
        return Verdict(Reason.NOT_THE_LEAD)
    return Verdict(Reason.ANSWERED_ALREADY) if answer.replied_at else YES


def may_close(user: Reader, trial: Trial, on: date) -> Verdict:
    """End a trial: the lead, when enough have answered or its last day is over."""
    if not queries.leads(user, trial.lab.project):
        return Verdict(Reason.NOT_THE_LEAD)
    if trial.stage != TrialStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    answered, _ready = queries.tally_of(trial)
    needed = adapter.step_of(trial.lab.project, trial.step).answers
    is_over = on > trial.closes_on
    return YES if is_over or answered >= needed else Verdict(Reason.TOO_FEW_ANSWERS)
