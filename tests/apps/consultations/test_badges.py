"""The badges of a fair: a job prints them, a page tells how far it is and hands the file out."""

import subprocess

import pytest
from django.urls import reverse

from dure.apps.consultations.operations.badges import ask_badges, kept_badges
from dure.apps.consultations.presenters.badges import ON_A_PAGE
from dure.apps.consultations.reasons import Reason
from dure.apps.fairs.models import Attendee
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import JobStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON


@pytest.fixture
def page(hall, settings, tmp_path):
    settings.HOME = tmp_path
    return reverse("consultations:badges", args=[hall.fair.pk])


def come(registration, count):
    Attendee.objects.bulk_create(
        Attendee(registration=registration, name=f"사람 {n:02}") for n in range(count)
    )


def printed(job, seen=None):
    report = seen.append if seen is not None else None
    return jobs.run(
        job_id=str(job.pk),
        clock=lambda: NOON,
        listener=report and (lambda job: report((job.done, job.total))),
    )


def test_badges_are_asked_for_on_the_page_and_fetched_there(as_role, hall, meeting, page):
    come(meeting.pair.supply, ON_A_PAGE + 1)
    client = as_role("officer")
    file = f"{page.removesuffix('/')}.pdf"

    assert client.get(file).status_code == 404
    client.post(page)
    assert "Waiting" in client.get(page).content.decode()
    job = client.get(page).context["job"]
    printed(job)

    assert file in client.get(page).content.decode()
    answer = client.get(file)
    assert answer["Content-Type"] == "application/pdf"
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=b"".join(answer.streaming_content),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert [f"사람 {n:02}" in text for n in range(ON_A_PAGE + 1)] == [True] * (ON_A_PAGE + 1)
    assert text.count("\f") == 2


def test_job_says_how_many_badges_are_set(cast, hall, meeting, page):
    come(meeting.pair.supply, 2 * ON_A_PAGE)
    seen = []

    job = printed(ask_badges(fair=hall.fair, language="ko", by=cast["officer"]), seen)

    assert (job.stage, job.result) == (JobStage.DONE, {"badges": 2 * ON_A_PAGE})
    assert (0, 2 * ON_A_PAGE) in seen
    assert (2 * ON_A_PAGE, 2 * ON_A_PAGE) in seen


def test_badges_of_nobody_are_refused(cast, hall, page):
    with pytest.raises(Refused) as refused:
        ask_badges(fair=hall.fair, language="ko", by=cast["officer"])

    assert refused.value.reason == Reason.NOBODY_COMES
    assert not kept_badges(hall.fair).exists()


@pytest.mark.parametrize("role", ["member", "supplier", "rival", "auditor"])
def test_only_officers_and_the_desk_fetch_them(as_role, hall, meeting, page, role):
    client = as_role(role)

    assert client.get(page).status_code == client.post(page).status_code == 404
    assert client.get(f"{page.removesuffix('/')}.pdf").status_code == 404
