"""A group with everything that it can have, for the test of routes."""

import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from dure.apps.groups import operations
from dure.apps.jobs.models import Job, JobStage
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.conftest import NOON


def things(cast, world):
    group = cast.exchange_group()
    goal = operations.add_goal(
        group=group, values={"year": 2026, "kind": "PURCHASE", "measure": "절감액", "target": 10},
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    job = _job(cast["officer"], operations.CHECK)
    bank = _job(cast["supplier"], operations.CHECK_BANK, group=group.pk)
    running = cast.group_meeting(group, timezone.now() - timedelta(hours=1))
    held = cast.group_meeting(group)
    operations.write_minutes(
        meeting=held, minutes="의논함", result="", by=cast["officer"], at=timezone.now()
    )
    photo = operations.add_photo(
        meeting=running, file=small_photo(), caption="단체 사진", by=cast["supplier"], at=NOON
    )
    paid = _booking(cast, group, "300,000")
    operations.give_receipt(booking=paid, by=cast["supplier"], at=NOON)
    other = _booking(cast, group, "두 번째")
    calendar = operations.renew_calendar(group=group, by=cast["supplier"])
    proposal = operations.raise_proposal(
        group=cast.federation(), by=cast["officer"], at=NOON,
        values={"kind": "POLICY", "title": "시험 장비", "text": "함께 써요."},
    )  # fmt: skip
    operations.take_up(
        proposal=proposal, owner=cast["reviewer"], due_on=timezone.localdate(),
        by=cast["officer"], at=timezone.now(),
    )  # fmt: skip
    cast.second_member(group)
    pair = cast.group_pair(group)
    project = operations.found_group(
        values={"name": "과제 모임", "level": "PROJECT", "region": "BUSAN"}, by=cast["officer"]
    )
    step = _step(cast, project)
    return {
        "groups:": group.pk,
        "groups:leave": group.members.get(organisation=cast.supplier).pk,
        "groups:review": goal.pk,
        "groups:survey_job": job.pk,
        "groups:survey_confirm": job.pk,
        "groups:bank_job": bank.pk,
        "groups:bank_confirm": bank.pk,
        "groups:feed:token": calendar.token,
        "groups:door:code": running.code,
        **{f"groups:{name}": running.pk for name in _OF_A_MEETING},
        "groups:confirm": held.pk,
        "groups:photo": photo.pk,
        "groups:photo_remove": photo.pk,
        "groups:account:year": 2026,
        "groups:approve:year": 2025,
        "groups:assign": other.pk,
        "groups:receipt_new": other.pk,
        "groups:receipt": paid.pk,
        "groups:proposal": proposal.pk,
        "groups:take_up": proposal.pk,
        "groups:answer": proposal.pk,
        "groups:fits": pair.seeker_id,
        **{f"groups:{name}": pair.pk for name in _OF_A_PAIR},
        "groups:package": project.pk,
        "groups:evidence": step.pk,
        "groups:gate": step.pk,
    }


_OF_A_MEETING = (
    "meeting", "meeting_change", "meeting_call_off", "present", "minutes", "photo_new",
)  # fmt: skip
_OF_A_PAIR = ("pair", "pair_answer", "pre_plan", "found", "drop")


def _job(by, kind, **arguments):
    return Job.objects.create(
        kind=kind, title="survey.xlsx", requested_by=by, stage=JobStage.DONE, ended_at=NOON,
        result={"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1},
        arguments={"path": "/nowhere/survey.xlsx", **arguments},
    )  # fmt: skip


def small_photo():
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "JPEG")
    return SimpleUploadedFile("a.jpg", drawn.getvalue(), "image/jpeg")


def _booking(cast, group, text):
    member = group.members.get(organisation=cast.supplier)
    values = {
        "on": date(2026, 4, 1), "kind": "DUES", "amount": 300_000, "party": "열림테크",
        "text": text, "member": member,
    }  # fmt: skip
    return operations.book(group=group, values=values, by=cast["supplier"], at=NOON)


def _step(cast, project):
    """A step that waits at its gate."""
    load_shipped(at=NOON)
    package = operations.open_package(
        group=project, programme=Programme.objects.get(slug="exchange-package"),
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    step = package.steps.order_by("number").first()
    return operations.show_evidence(step=step, evidence="협약서", by=cast["officer"], at=NOON)
