"""Living labs: enrol, try, answer, reply; enough good answers let a step pass."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from dure.apps.livinglabs import adapter, permissions, queries
from dure.apps.livinglabs.models import Answer, Lab, Participant, Trial
from dure.apps.livinglabs.notices import lab_news
from dure.apps.livinglabs.reasons import Reason
from dure.apps.livinglabs.stages import TrialStage
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.projects.models import Project
from dure.foundation.verdict import Refused


@transaction.atomic
def open_lab(
    *, project: Project, title: str, text: str, places: int, by: User, at: datetime
) -> Lab:
    """Ask consumers to take part in a project. Raises Refused."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    permissions.may_open_lab(by, project).require()
    return Lab.objects.create(
        project=project, title=title, text=text, places=places, opened_by=by, opened_at=at
    )


@transaction.atomic
def join(*, lab: Lab, by: User, at: datetime) -> Participant:
    """Enrol as a consumer; who comes back keeps the number. Raises Refused."""
    lab = _locked(lab)
    permissions.may_join(by, lab).require()
    before = lab.participants.filter(user=by).first()
    if before is not None:
        before.left_at = None
        before.save(update_fields=["left_at"])
        return before
    last = lab.participants.aggregate(last=Max("number"))["last"] or 0
    return Participant.objects.create(lab=lab, user=by, number=last + 1, joined_at=at)


@transaction.atomic
def leave(*, lab: Lab, by: User, at: datetime) -> None:
    """Leave a lab; what one said before stays, under the number. Raises Refused."""
    lab = _locked(lab)
    permissions.may_leave(by, lab).require()
    lab.participants.filter(user=by).update(left_at=at)


@transaction.atomic
def open_trial(
    *, lab: Lab, text: str, questions: Sequence[str], closes_on: date, by: User, at: datetime
) -> Trial:
    """Let consumers try the next step of the programme. Raises Refused."""
    lab = _locked(lab)
    permissions.may_open_trial(by, lab).require()
    if closes_on <= localdate(at):
        raise Refused(Reason.DAY_IS_OVER)
    step = adapter.next_step(lab.project, queries.passed_steps(lab))
    if step is None:
        raise Refused(Reason.ALL_PASSED)
    trial = Trial.objects.create(
        lab=lab,
        step=step.id,
        text=text,
        questions=list(questions),
        closes_on=closes_on,
        opened_by=by,
        opened_at=at,
    )
    consumers = [participant.user for participant in queries.enrolled_in(lab)]
    _tell(lab, "OPEN", consumers, at=at, until=closes_on.isoformat())
    return trial


@transaction.atomic
def answer(
    *,
    trial: Trial,
    score: int,
    is_ready: bool,
    texts: Sequence[str],
    by: User,
    at: datetime,
) -> Answer:
    """Say what one found, once; `texts` stand in the order of the questions. Raises Refused."""
    trial = _held(trial)
    permissions.may_answer(by, trial).require()
    return Answer.objects.create(
        trial=trial,
        participant=queries.participant_of(by, trial.lab),
        score=score,
        is_ready=is_ready,
        texts=list(texts),
        answered_at=at,
    )


@transaction.atomic
def reply(*, answer: Answer, text: str, by: User, at: datetime) -> Answer:
    """Reply to a consumer. Raises Refused."""
    answer = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("trial__lab__project", "participant__user")
        .get(pk=answer.pk)
    )
    permissions.may_reply(by, answer).require()
    answer.reply, answer.replied_by, answer.replied_at = text, by, at
    answer.save(update_fields=["reply", "replied_by", "replied_at"])
    _tell(answer.trial.lab, "REPLIED", [answer.participant.user], at=at)
    return answer


@transaction.atomic
def close(*, trial: Trial, by: User, at: datetime) -> Trial:
    """End a trial: enough good answers let the step pass, else it is tried again. Raises Refused."""
    trial = _held(trial)
    permissions.may_close(by, trial, localdate(at)).require()
    step = adapter.step_of(trial.lab.project, trial.step)
    has_passed = step.passes(*queries.tally_of(trial))
    trial.stage = TrialStage.PASSED if has_passed else TrialStage.FAILED
    trial.closed_by, trial.closed_at = by, at
    trial.save(update_fields=["stage", "closed_by", "closed_at"])
    consumers = [participant.user for participant in queries.enrolled_in(trial.lab)]
    _tell(
        trial.lab,
        "CLOSED",
        [*consumers, trial.lab.project.officer],
        at=at,
        what=str(trial.get_stage_display()),
    )
    return trial


def _locked(lab: Lab) -> Lab:
    held = Lab.objects.select_for_update(of=("self",))
    return held.select_related("project__version__programme", "project__officer").get(pk=lab.pk)


def _held(trial: Trial) -> Trial:
    """A trial as it is now; its lab is held first, so that answers and the end come one by one."""
    lab = _locked(trial.lab)
    held = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    held.lab = lab
    return held


def _tell(lab: Lab, event: str, to: Iterable[User], *, at: datetime, **facts: str) -> None:
    tell(
        recipients=list(to),
        kind=lab_news,
        facts={"event": event, "lab": str(lab), **facts},
        url=lab.get_absolute_url(),
        at=at,
    )
