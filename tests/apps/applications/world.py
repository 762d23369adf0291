"""Applications in several states, for the test of routes."""

from dure.apps.applications import operations
from dure.apps.applications.models import Admission, Opening
from tests.apps.applications.cast import DEADLINE, _lead_of, open_call
from tests.apps.applications.test_recommending import body_with_an_application
from tests.conftest import NOON


def things(cast, world):
    call = open_call(cast)
    draft = cast.filed_application(call)
    operations.take_back_filing(application=draft, by=cast["supplier"])
    invited = operations.invite(
        application=draft, organisation=cast.buyer, role="demand", sees_all=False,
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    helper = operations.let_help(
        application=draft, helper=cast["officer2"], by=cast["supplier"], at=NOON
    )
    received = cast.submitted_application(open_call(cast))
    late = cast.submitted_application(open_call(cast), at=DEADLINE)
    proposed = Admission.objects.create(
        submission=cast.submitted_application(open_call(cast), at=DEADLINE).submissions.get(),
        reason="장애", proposed_by=cast["officer"], proposed_at=NOON,
    )  # fmt: skip
    early = Opening.objects.create(
        call=open_call(cast), is_early=True, reason="x", requested_by=cast["officer"],
        requested_at=NOON,
    )  # fmt: skip
    opened = cast.opened_application()
    file = opened.submissions.get().content["members"][0]["documents"][0]["file"]
    return {
        "applications:": draft.pk,
        "call_id": call.pk,
        "name": "answers/need",
        "table": "costs",
        "ending": "hwpx",
        "participant": _lead_of(draft).pk,
        "applications:receipt": received.pk,
        "applications:receipt_pdf": received.pk,
        "applications:answer": invited.pk,
        "applications:confirm": invited.pk,
        "applications:leave": invited.pk,
        "applications:drop": invited.pk,
        "applications:end_help": helper.pk,
        "applications:admit": late.submissions.get().pk,
        "applications:settle_admission": proposed.pk,
        "applications:settle_opening": early.pk,
        "applications:opened": opened.pk,
        "applications:recommend": body_with_an_application(cast).pk,
        "applications:opened_file": opened.pk,
        "applications:file": draft.pk,
        "uid": file,
    }
