"""From a run to a recovery: the list, a case, the firm's answer, the verdict, the rates."""

import pytest
from django.urls import reverse

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run as work
from dure.apps.notices.models import Notice
from dure.apps.projects.kinds import RecoveryCause
from dure.apps.projects.models import Recovery
from dure.apps.screening import operations
from dure.apps.screening.kinds import Cause, Outcome
from dure.apps.screening.models import Case, Question, Run
from dure.apps.screening.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def judged(question, cast, verdict, disallowed=0):
    return operations.judge(
        question=question, verdict=verdict, disallowed=disallowed, note="확인",
        by=cast["auditor"], at=NOON,
    )  # fmt: skip


def answered(question, cast):
    return operations.answer(
        question=question, text="두 번 등록했습니다.", by=cast["supplier"], at=NOON
    )


def test_from_the_run_to_the_recovery(as_role, cast, made, twice):
    as_role("auditor").post(reverse("screening:start"))
    job = work(job_id=str(Job.objects.get(kind="screen").pk), clock=lambda: NOON)
    assert job.result == {"projects": 1, "rows": 2}
    place = Run.objects.get().places.get()
    listed = as_role("auditor").get(reverse("screening:list")).content.decode()
    assert made.title in listed
    shown = as_role("auditor").get(place.get_absolute_url()).content.decode()
    assert "1,230,450" in shown

    as_role("auditor").post(reverse("screening:open_case", args=[place.pk]))
    case = Case.objects.get()
    page = as_role("auditor").get(case.get_absolute_url()).content.decode()
    assert "<b>Same proof claimed twice</b>" in page
    finding = place.findings.get(signal="same_evidence")
    asking = f"{reverse('screening:ask', args=[case.pk])}?finding={finding.pk}"
    as_role("auditor").post(asking, {"text": "무엇을 샀나요?", "due_on": "2026-12-20"})
    question = Question.objects.get()
    assert list(question.expenses.order_by("pk")) == twice
    assert Notice.objects.filter(recipient=cast["supplier"], kind="AUDIT_QUESTION").exists()
    assert "무엇을 샀나요?" in as_role("supplier").get("/").content.decode()

    page = as_role("supplier").get(question.get_absolute_url()).content.decode()
    assert twice[0].payee in page
    assert "신호" not in page
    as_role("supplier").post(question.get_absolute_url(), {"text": "두 번 등록했습니다."})
    as_role("auditor").post(
        reverse("screening:judge", args=[question.pk]),
        {"verdict": Outcome.CONFIRMED, "disallowed": "1230450", "note": "한 건은 근거가 없습니다."},
    )
    as_role("auditor").post(reverse("screening:close", args=[case.pk]), {"note": "환수"})

    recovery = Recovery.objects.get(cause=RecoveryCause.AUDIT)
    assert (recovery.amount, recovery.project) == (1_230_450, made)
    case.refresh_from_db()
    assert case.recovery == recovery
    rates = as_role("visitor").get(reverse("screening:rates")).content.decode()
    assert "100 %" in rates
    assert made.title not in rates


def test_what_was_explained_stays_explained_in_the_next_run(cast, place):
    finding = place.findings.get(signal="same_evidence")
    case = cast.audit_case(place.project)
    question = answered(cast.audit_question(case, finding), cast)
    judged(question, cast, Outcome.EXPLAINED)
    again = cast.screening().places.get()

    assert again.findings.get(signal="same_evidence").digest == question.digest


def test_an_explained_signal_is_marked_and_comes_last(as_role, cast, place):
    question = cast.audit_question(
        cast.audit_case(place.project), place.findings.get(signal="same_evidence")
    )
    judged(answered(question, cast), cast, Outcome.EXPLAINED)

    page = as_role("auditor").get(place.get_absolute_url())

    assert page.context["findings"][-1]["is_explained"]


def test_no_verdict_while_the_firm_can_still_answer(cast, place):
    question = cast.audit_question(cast.audit_case(place.project))
    with pytest.raises(Refused) as refused:
        judged(question, cast, Outcome.CONFIRMED)
    assert refused.value.reason == Reason.STILL_TIME


@pytest.mark.parametrize(
    ("verdict", "won"), [(Outcome.EXPLAINED, 1), (Outcome.CONFIRMED, 2_460_901)]
)
def test_only_what_is_confirmed_is_disallowed_and_no_more_than_the_rows(cast, place, verdict, won):
    finding = place.findings.get(signal="same_evidence")
    question = answered(cast.audit_question(cast.audit_case(place.project), finding), cast)
    with pytest.raises(Refused) as refused:
        judged(question, cast, verdict, won)
    assert refused.value.reason == Reason.OUT_OF_RANGE


def test_a_case_with_an_open_question_stays_open(cast, place):
    case = cast.audit_case(place.project)
    cast.audit_question(case)
    with pytest.raises(Refused) as refused:
        operations.close(case=case, note="", by=cast["auditor"], at=NOON)
    assert refused.value.reason == Reason.OPEN_QUESTIONS


def test_one_open_case_of_a_project_at_a_time(cast, place):
    cast.audit_case(place.project, Cause.TIP, tip="제보")
    with pytest.raises(Refused) as refused:
        cast.audit_case(place.project)
    assert refused.value.reason == Reason.CASE_OPEN


def test_nobody_is_asked_twice_about_the_same_rows(cast, place):
    case, finding = cast.audit_case(place.project), place.findings.get(signal="same_evidence")
    cast.audit_question(case, finding)
    with pytest.raises(Refused) as refused:
        cast.audit_question(case, finding)
    assert refused.value.reason == Reason.ASKED_ALREADY


def test_chance_chooses_among_those_without_a_case(cast, place):
    case = operations.open_at_random(seed=1, by=cast["auditor"], at=NOON)
    assert (case.project, case.cause) == (place.project, Cause.RANDOM)
    with pytest.raises(Refused) as refused:
        operations.open_at_random(seed=1, by=cast["auditor"], at=NOON)
    assert refused.value.reason == Reason.NOTHING_LEFT


def test_the_list_as_a_workbook_and_narrowed(as_role, place):
    address = reverse("screening:list")
    assert as_role("auditor").get(f"{address}?format=xlsx").status_code == 200
    assert as_role("auditor").get(f"{address}?signal=same_evidence").context["total"] == 1
    assert as_role("auditor").get(f"{address}?signal=cash").context["total"] == 0


@pytest.mark.parametrize("role", ["supplier", "officer", "administrator", "centre_officer"])
def test_open_signals_stay_with_auditors(as_role, place, role):
    assert as_role(role).get(place.get_absolute_url()).status_code == 404
    assert as_role(role).get(reverse("screening:list")).status_code == 404
