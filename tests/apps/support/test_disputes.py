"""Disputes: evidence in one step, the other side, the panel, the settlement."""

import pytest
from django.urls import reverse

from dure.apps.rooms.models import Item
from dure.apps.support import operations
from dure.apps.support.models import Evidence
from dure.apps.support.reasons import Reason
from dure.foundation import sealing
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return refusal.value.reason


@pytest.fixture
def case(cast):
    return cast.owned_request("mediation")


def panelist(cast, case, name, profession="engineer", is_chair=False, by="matcher"):
    return operations.name_panelist(
        request=case, name=name, affiliation="", profession=profession, is_chair=is_chair,
        by=cast[by], at=NOON,
    )  # fmt: skip


def complete(cast, case):
    panelist(cast, case, "정의장", "lawyer", is_chair=True)
    panelist(cast, case, "김위원")
    panelist(cast, case, "이위원")


def test_the_other_side_reads_the_case_only_once_it_is_served(cast, as_role):
    cast.support_body("mediation")
    asked = cast.support_request("mediation")
    assert as_role("manager").get(asked.get_absolute_url()).status_code == 404

    case = operations.take_on(request=asked, by=cast["matcher"], at=NOON)

    page = as_role("manager").get(case.get_absolute_url())
    assert page.status_code == 200
    assert page.context["history"] == page.context["evidence"] == []
    assert as_role("rival").get(case.get_absolute_url()).status_code == 404
    replied = cast.support_step(case, "replied", by="manager", values={"reply": "인정 안 해요."})
    assert replied.values["reply"] == "인정 안 해요."


def test_a_panel_of_three_to_five_with_a_lawyer_in_the_chair(cast, case):
    assert refused(cast.support_step, case, "panel") == Reason.PANEL_MISSING
    assert refused(panelist, cast, case, "김교수", "professor", is_chair=True) == (
        Reason.CHAIR_PROFESSION
    )
    assert refused(panelist, cast, case, "김", "singer") == Reason.FIELD_MISSING
    assert refused(panelist, cast, case, "김", by="supplier") == Reason.NOT_THE_OWNER
    complete(cast, case)
    assert refused(panelist, cast, case, "박변리", "patent_attorney", is_chair=True) == (
        Reason.CHAIR_TAKEN
    )
    assert refused(panelist, cast, case, "김위원") == Reason.NAMED_ALREADY
    assert cast.support_step(case, "panel").step == "panel"
    panelist(cast, case, "사")
    panelist(cast, case, "오")
    assert refused(panelist, cast, case, "육") == Reason.PANEL_FULL


def test_a_proposal_that_both_accept_is_a_settlement(cast, case):
    complete(cast, case)
    case = cast.support_step(case, "panel")
    assert refused(cast.support_step, case, "proposed") == Reason.FIELD_MISSING
    case = cast.support_step(case, "proposed", values={"proposal": "3천만 원 배상"})
    assert refused(cast.support_step, case, "accepted", by="supplier") == Reason.NOT_THEIR_TURN
    case = cast.support_step(case, "accepted", by="manager")

    case = cast.support_step(
        case, "agreed", by="supplier", outcome="agreed", values={"settlement": "3천만 원, 30일"}
    )

    assert (case.outcome, case.values["settlement"]) == ("agreed", "3천만 원, 30일")
    assert case.closed_at


def test_arbitration_needs_the_other_sides_consent(cast):
    case = cast.owned_request("arbitration")

    assert refused(cast.support_step, case, "panel") == Reason.STAGE_CLOSED
    assert refused(cast.support_step, case, "consented") == Reason.NOT_THEIR_TURN
    given = {"values": {"consent": "2026-11-20"}}
    assert cast.support_step(case, "consented", by="manager", **given).step == "consented"


def test_advice_to_correct_has_thirty_days(cast):
    case = cast.owned_request("administrative-inquiry")

    case = cast.support_step(case, "advised", values={"finding": "침해", "advice": "폐기"})

    assert (case.due_on - NOON.date()).days == 30
    assert cast.support_step(case, "published", outcome="published").outcome == "published"


def test_without_another_side_there_is_no_case(cast):
    from dure.apps.support.kinds import services

    ask = {
        "service": services()["mediation"], "organisation": cast.supplier, "title": "도용",
        "values": {}, "by": cast["supplier"], "at": NOON,
    }  # fmt: skip
    assert refused(operations.ask, **ask) == Reason.NO_COUNTERPART
    assert refused(operations.ask, **ask, counterpart=cast.supplier) == Reason.NO_COUNTERPART


def test_evidence_is_gathered_in_one_step_in_order_with_hashes_and_proofs(cast, case, as_role):
    assert refused(operations.gather, request=case, by=cast["supplier"], at=NOON) == (
        Reason.NOTHING_FOUND
    )
    room = cast.room()
    cast.room_item(room, "REQUEST", who="manager", text="도면을 보여 주세요.")
    cast.room_item(room, "HAND_OVER", names=["밸브.pdf"], text="도면을 넘겨요.")
    assert refused(operations.gather, request=case, by=cast["matcher"], at=NOON) == (
        Reason.NOT_FOR_THIS_FIRM
    )
    gather = reverse("support:gather", args=[case.pk])
    as_role("supplier").post(gather)

    kept = Evidence.objects.get()
    asked, given = kept.rows
    assert (asked["number"], asked["side"]) == (1, cast.buyer.name)
    assert given["files"][0]["sha256"] == room.items.last().files.get().sha256
    assert len(given["sealed"]) == 1
    assert len(given["sealed"][0]["hash"]) == 64
    assert kept.sha256 == sealing.digest(kept.rows)

    Item.objects.filter(pk=given["entry"]).update(text="바뀜")
    assert Evidence.objects.get().rows[1]["text"] == "도면을 넘겨요."
    paper = reverse("support:evidence", args=[case.pk])
    for role in ("supplier", "matcher", "officer"):
        answer = as_role(role).get(paper)
        assert answer["Content-Type"] == "application/pdf", role
    assert as_role("manager").get(paper).status_code == 404


def test_a_case_that_a_court_hands_over_says_so(cast, as_role):
    case = cast.owned_request("mediation", court="yes", case_number="2026가합123")

    page = as_role("matcher").get(case.get_absolute_url()).content.decode()
    assert "2026가합123" in page
