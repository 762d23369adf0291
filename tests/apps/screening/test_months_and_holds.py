"""Projects under way are screened monthly, and a person may hold the next instalment."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from dure.apps.agreements.models import Agreement, PaymentHold
from dure.apps.agreements.permissions import may_pay
from dure.apps.agreements.reasons import Hold
from dure.apps.agreements.reasons import Reason as AgreementReason
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run as work
from dure.apps.notices.models import Notice
from dure.apps.projects import operations as project_operations
from dure.apps.screening import operations, queries, tasks
from dure.apps.screening.models import Run
from dure.apps.screening.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.screening.cast import Still
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def monthly(cast):
    return operations.run(by=None, clock=timezone.now, progress=Still(), codes=["same_evidence"])


def test_the_run_of_the_month_is_put_in_the_queue_and_nobody_asked_for_it(cast, twice):
    tasks.screen_monthly(timestamp=0)

    job = Job.objects.get(kind="screen")
    work(job_id=str(job.pk), clock=lambda: NOON)
    assert Run.objects.get().asked_by is None


def test_auditors_are_told_how_many_projects_under_way_show_something_new(cast, twice):
    monthly(cast)
    monthly(cast)

    notices = Notice.objects.filter(recipient=cast["auditor"], kind="MONTH_SCREENED").order_by("pk")
    assert [notice.facts["count"] for notice in notices] == [1, 0]


def test_what_is_new_in_projects_under_way_can_be_listed(as_role, cast, place):
    address = reverse("screening:list")
    assert as_role("auditor").get(f"{address}?look=fresh_signals").context["total"] == 1
    assert as_role("auditor").get(f"{address}?look=running").context["total"] == 1

    cast.screening()

    assert as_role("auditor").get(f"{address}?look=fresh_signals").context["total"] == 0


@pytest.fixture
def paid(cast):
    """A case of a project whose agreement has public money to come."""
    agreement = cast.signed_agreement()
    project_operations.open_signed(at=NOON)
    return Agreement.objects.get(pk=agreement.pk)


def test_a_person_holds_the_next_instalment_and_lets_it_go(as_role, cast, paid):
    project = paid.project
    case = cast.audit_case(project)
    paid.instalments.update(due_on=localdate())
    instalment = paid.instalments.filter(payer__role="government").first()

    answer = as_role("auditor").post(
        reverse("screening:hold", args=[case.pk]), {"reason": "영수증 확인 중"}
    )

    assert answer.status_code == 302
    held = PaymentHold.objects.get(agreement=paid)
    assert held.held_by == cast["auditor"]
    assert str(Hold.UNDER_LOOK.label) in hold_told(as_role, paid)
    instalment.stage = "CONFIRMED"
    assert may_pay(cast["officer"], instalment, NOON.date()).reason == AgreementReason.HELD
    page = as_role("auditor").get(case.get_absolute_url()).content.decode()
    assert "영수증 확인 중" in page
    assert (
        "영수증 확인 중" not in as_role("supplier").get(f"/agreements/{paid.pk}/").content.decode()
    )
    assert Notice.objects.filter(recipient=cast["supplier"], kind="PAYMENTS_HELD").exists()

    as_role("auditor").post(reverse("screening:release", args=[case.pk]))

    assert queries.hold_of(case) is None
    with pytest.raises(Refused) as refused:
        operations.release(case=case, by=cast["auditor"], at=NOON)
    assert refused.value.reason == AgreementReason.NOT_HELD


def hold_told(as_role, agreement):
    return as_role("officer").get(f"/agreements/{agreement.pk}/").content.decode()


def test_a_project_without_an_agreement_here_has_nothing_to_hold(cast, place):
    case = cast.audit_case(place.project)
    with pytest.raises(Refused) as refused:
        operations.hold(case=case, reason="확인", by=cast["auditor"], at=NOON)
    assert refused.value.reason == Reason.NO_AGREEMENT


@pytest.mark.parametrize("role", ["officer", "supplier", "administrator"])
def test_only_auditors_hold(cast, place, role):
    case = cast.audit_case(place.project)
    with pytest.raises(Refused) as refused:
        operations.hold(case=case, reason="확인", by=cast[role], at=NOON)
    assert refused.value.reason == Reason.NOT_AN_AUDITOR
