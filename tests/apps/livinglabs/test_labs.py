"""Living labs: consumers enrol, try and answer; enough good answers let a step pass."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.livinglabs import adapter, operations, queries
from dure.apps.livinglabs.models import Answer, Lab, Participant, Trial
from dure.apps.livinglabs.reasons import Reason
from dure.apps.livinglabs.stages import TrialStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import User
from dure.foundation.verdict import Refused
from tests.at_once import at_once
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def crowd(lab, count):
    """So many consumers of a lab."""
    people = [
        User.objects.create_user(
            f"consumer{number}@example.org", "pass-word-1", name=f"소비{number}"
        )
        for number in range(count)
    ]
    for person in people:
        operations.join(lab=lab, by=person, at=NOON)
    return people


@pytest.mark.parametrize(("ready", "stage"), [(6, TrialStage.PASSED), (5, TrialStage.FAILED)])
def test_sixty_of_a_hundred_let_a_step_pass(cast, ready, stage):
    lab = cast.living_lab()
    people = crowd(lab, 10)
    trial = cast.consumer_trial(lab)
    for number, person in enumerate(people):
        operations.answer(
            trial=trial, score=3, is_ready=number < ready, texts=["", ""], by=person, at=NOON
        )

    closed = operations.close(trial=trial, by=cast["supplier"], at=NOON)

    assert closed.stage == stage
    following = cast.consumer_trial(lab)
    steps = [step.id for step in adapter.steps_of(lab.project)]
    assert steps == ["plan", "develop", "demonstrate", "spread"]
    assert following.step == ("develop" if stage == TrialStage.PASSED else "plan")


def test_a_trial_ends_with_enough_answers_or_after_its_last_day(cast):
    lab = cast.living_lab()
    [person, *_] = crowd(lab, 2)
    trial = cast.consumer_trial(lab)
    operations.answer(trial=trial, score=5, is_ready=True, texts=["", ""], by=person, at=NOON)

    with pytest.raises(Refused) as caught:
        operations.close(trial=trial, by=cast["supplier"], at=NOON)
    closed = operations.close(trial=trial, by=cast["supplier"], at=NOON + timedelta(days=15))

    assert caught.value.reason == Reason.TOO_FEW_ANSWERS
    assert closed.stage == TrialStage.FAILED


def test_who_comes_back_keeps_the_number(cast):
    lab = cast.living_lab()
    crowd(lab, 1)
    second = operations.join(lab=lab, by=cast["newcomer"], at=NOON)
    operations.leave(lab=lab, by=cast["newcomer"], at=NOON)
    assert queries.participant_of(cast["newcomer"], lab) is None

    again = operations.join(lab=lab, by=cast["newcomer"], at=NOON)

    assert (again.pk, again.number) == (second.pk, 2)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_once(cast):
    lab = cast.living_lab(places=1)
    answers = at_once(
        *(
            lambda who=who: operations.join(lab=lab, by=cast[who], at=NOON)
            for who in ("newcomer", "reviewer")
        )
    )

    assert answers == [Reason.IS_FULL, "done"]
    assert Participant.objects.count() == 1


def test_the_firm_reads_answers_but_no_names(cast, as_role):
    lab = cast.living_lab()
    operations.join(lab=lab, by=cast["newcomer"], at=NOON)
    cast.consumer_answer(cast.consumer_trial(lab))

    firm = as_role("supplier").get(lab.get_absolute_url()).content.decode()
    other = as_role("rival").get(lab.get_absolute_url()).content.decode()

    assert "조용했어요" in firm
    assert str(cast["newcomer"].name) not in firm
    assert "조용했어요" not in other
    assert "밤에 켜 두세요." not in other


def test_from_the_lab_to_the_reply_on_the_pages(cast, as_role):
    project = cast.project("L-1", programme="living-lab")
    opening = reverse("livinglabs:open", args=[project.pk])
    assert opening in as_role("supplier").get(project.get_absolute_url()).content.decode()
    as_role("supplier").post(
        opening, {"title": "조용한 환기구", "text": "써 보세요", "places": "5"}
    )
    lab = Lab.objects.get()
    as_role("newcomer").post(reverse("livinglabs:join", args=[lab.pk]))
    trying = reverse("livinglabs:open_trial", args=[lab.pk])
    values = {"text": "켜 두세요", "questions": "소리는?\n\n값은?", "closes_on": "2020-01-01"}
    assert as_role("supplier").post(trying, values).status_code == 422
    last = (localdate() + timedelta(days=7)).isoformat()
    as_role("supplier").post(trying, values | {"closes_on": last})
    trial = Trial.objects.get()
    assert trial.questions == ["소리는?", "값은?"]

    answering = reverse("livinglabs:answer", args=[trial.pk])
    assert answering in as_role("newcomer").get("/").content.decode()
    assert as_role("newcomer").post(answering, {"score": "9"}).status_code == 422
    as_role("newcomer").post(
        answering, {"score": "5", "is_ready": "no", "question_0": "조용해요", "question_1": ""}
    )
    answer = Answer.objects.get()
    assert (answer.score, answer.is_ready, answer.texts) == (5, False, ["조용해요", ""])
    assert as_role("newcomer").get(answering).status_code == 404

    replying = reverse("livinglabs:reply", args=[answer.pk])
    assert replying in as_role("supplier").get("/").content.decode()
    as_role("supplier").post(replying, {"text": "고맙습니다. 값을 낮출게요."})

    assert "값을 낮출게요" in as_role("newcomer").get(lab.get_absolute_url()).content.decode()
    notices = Notice.objects.filter(recipient=cast["newcomer"], kind="LIVING_LAB")
    assert notices.count() == 2
