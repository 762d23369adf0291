"""A request to take on, one that is owned with a partner, a case, pools: for the test of routes."""

from django.core.files.base import ContentFile

from dure.apps.jobs.models import Job, JobStage
from dure.apps.support import operations
from dure.apps.support.kinds import pools
from dure.apps.support.models import Invitation
from dure.apps.support.stages import CandidateStage
from tests.conftest import NOON


def things(cast, world):
    cast.support_body()
    cast.support_body("mediation")
    asked = cast.support_request()
    owned = cast.owned_request()
    profile = cast.partner_profile()
    candidate = operations.propose(request=owned, profile=profile, by=cast["matcher"], at=NOON)
    for stage, by in (("WANTED", "supplier"), ("INTRODUCED", "matcher")):
        operations.answer(candidate=candidate, stage=CandidateStage(stage), by=cast[by], at=NOON)
    case = cast.owned_request("mediation")
    helped = cast.support_step(cast.owned_request("legal-help"), "working")
    report = operations.report(
        request=helped, text="자문", by=cast["matcher"], at=NOON,
        file=ContentFile(b"%PDF-1.7 report", "report.pdf"),
    )  # fmt: skip
    closed = cast.support_step(
        cast.support_request("expert"), "withdrawn", by="supplier", outcome="withdrawn"
    )
    programme = operations.hold_programme(
        pool=pools()["materials"],
        title="소재 교류의 날",
        on=NOON.date(),
        by=cast["officer"],
        at=NOON,
    )
    operations.invite(profiles=[profile], on=NOON.date(), by=cast["officer"], at=NOON)
    task = operations.find_task(
        programme=programme, title="센서 감도", text="", organisation=cast.supplier,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    result = {"problem_count": 0, "new": 1, "changed": 0, "same": 0, "rows": 1}
    job = Job.objects.create(
        kind=operations.CHECK, title="experts.xlsx", requested_by=cast["officer"],
        stage=JobStage.DONE, ended_at=NOON, result=result, arguments={"path": "/nowhere/experts.xlsx"},
    )  # fmt: skip
    return {
        "support:": owned.pk,
        "support:take_on": asked.pk,
        "support:assign_body": asked.pk,
        "support:step:step": "not_found",
        "support:ask:slug": "technology-partner",
        "support:name_body:slug": "technology-partner",
        "support:visit": helped.pk,
        "support:report": helped.pk,
        "support:rate": closed.pk,
        "support:report_file": report.pk,
        "support:candidate": candidate.pk,
        "support:answer": candidate.pk,
        "support:answer:stage": "declined",
        "support:gather": case.pk,
        "support:evidence": case.pk,
        "support:name_panelist": case.pk,
        "support:profile": profile.pk,
        "support:set_open": profile.pk,
        "support:set_open:answer": "closed",
        "support:pool:slug": "materials",
        "support:invite:slug": "materials",
        "support:hold_programme:slug": "materials",
        "support:find_task": programme.pk,
        "support:link_task": task.pk,
        "support:answer_invitation": Invitation.objects.get().pk,
        "support:answer_invitation:answer": "accepted",
        "support:import_job": job.pk,
        "support:import_confirm": job.pk,
    }
