"""Federations raise requests and projects: owner, day, answer, published where allowed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.groups.models import Proposal
from dure.apps.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(as_role, cast):
    federation = cast.federation()
    federation.officers.create(
        user=cast["supplier"], office="SECRETARY", starts_on="2026-01-01", ends_on="2080-12-31"
    )
    as_role("supplier").post(
        reverse("groups:proposal_new", args=[federation.pk]),
        {
            "kind": "POLICY",
            "title": "시험 장비 공동 이용",
            "text": "쉽게 써요.",
            "may_publish": "on",
        },
    )
    return Proposal.objects.get()


def test_from_the_request_to_the_published_answer(as_role, cast, raised):
    page = raised.get_absolute_url()
    assert as_role("member").get(page).status_code == 404  # not answered yet
    assert "시험 장비 공동 이용" in as_role("officer").get("/").content.decode()
    due = timezone.localdate() + timedelta(days=20)
    as_role("officer").post(
        reverse("groups:take_up", args=[raised.pk]),
        {"owner": "reviewer@example.org", "due_on": due.isoformat()},
    )
    assert "시험 장비 공동 이용" in as_role("reviewer").get("/").content.decode()
    as_role("reviewer").post(
        reverse("groups:answer", args=[raised.pk]),
        {"outcome": "PARTLY", "answer": "2곳에서 시작해요."},
    )

    raised.refresh_from_db()
    assert (raised.stage, raised.answered_by) == ("ANSWERED", cast["reviewer"])
    assert "2곳에서 시작해요." in as_role("member").get(page).content.decode()
    assert Notice.objects.filter(recipient=cast["supplier"]).count() == 1


def test_what_may_not_be_published_stays_with_federation_and_office(as_role, cast, raised):
    Proposal.objects.update(may_publish=False, stage="ANSWERED", answer="아니요", outcome="REFUSED",
                            answered_at=timezone.now(), answered_by=cast["officer"])  # fmt: skip
    assert as_role("member").get(raised.get_absolute_url()).status_code == 404
    assert as_role("supplier").get(raised.get_absolute_url()).status_code == 200


def test_a_unit_raises_nothing_itself(as_role, cast):
    unit = cast.exchange_group()
    answer = as_role("supplier").post(
        reverse("groups:proposal_new", args=[unit.pk]),
        {"kind": "JOINT", "title": "공동 전시", "text": "함께"},
    )
    assert answer.status_code == 422
