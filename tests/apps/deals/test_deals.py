"""A deal is brokered from a written request to the paid contract, and shown to nobody whom it does not concern."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dure.apps.deals import operations, queries
from dure.apps.deals.kinds import rules
from dure.apps.deals.models import Deal, Entrusted, Proposal
from dure.apps.deals.operations import NewPayment
from dure.apps.deals.reasons import Reason
from dure.apps.deals.roles import Role
from dure.apps.outcomes.kinds import kind_of
from dure.apps.people.models import Appointment, OrganisationKind
from dure.apps.records.models import Entry
from dure.foundation.signing import judge
from dure.foundation.verdict import Refused
from tests.conftest import prove_identity

pytestmark = pytest.mark.django_db


def refusal(act, **named):
    with pytest.raises(Refused) as raised:
        act(**named, at=timezone.now())
    return raised.value.reason


def sealed(deal):
    entries = Entry.objects.filter(about=f"deal:{deal.pk}").order_by("pk")
    return [json.loads(entry.leaf) for entry in entries]


def test_every_kind_of_contract_is_a_kind_of_outcome():
    assert all(kind_of(kind.outcome) for kind in rules().kinds)


def test_a_deal_from_the_request_to_the_last_payment(cast):
    now = timezone.now()
    deal = cast.agreed_deal()
    assert deal.room.sides == (cast.buyer, cast.supplier)
    assert (deal.room.need, deal.room.technology) == (deal.need, deal.technology)
    deal = operations.sign(deal=deal, by=cast["supplier"], at=now)
    assert (deal.stage, deal.outcome) == ("TERMS", None)
    assert refusal(operations.sign, deal=deal, by=cast["supplier"]) == Reason.SIGNED_ALREADY
    why = refusal(
        operations.set_terms, deal=deal, kind="licence", terms="x", amount=0, payments=[],
        by=cast["member"],
    )  # fmt: skip
    assert why == Reason.STAGE_CLOSED  # nobody changes what one side has signed

    deal = operations.sign(deal=deal, by=cast["manager"], at=now)
    with deal.file.open("rb") as file:
        verdict = judge(file.read())
    assert verdict.is_good
    assert {signature.signer for signature in verdict.signatures} == {
        cast.buyer.name,
        cast.supplier.name,
    }
    outcome = deal.outcome
    assert (outcome.kind, outcome.organisation, outcome.counterpart) == (
        "licence", cast.supplier, cast.buyer
    )  # fmt: skip
    assert (int(outcome.amount), outcome.number) == (30_000_000, deal.document_number)
    assert outcome.chain.technology == deal.technology

    for payment in deal.payments.all():
        operations.enter_payment(
            payment=payment, paid_on=timezone.localdate(), by=cast["supplier"], at=now
        )
    deal.refresh_from_db()
    assert deal.stage == "COMPLETED"
    leaves = sealed(deal)
    assert [leaf["kind"] for leaf in leaves] == [
        "DEAL_MOVED", "DEAL_MOVED", "DEAL_PROPOSED", "DEAL_MOVED", "DEAL_MOVED", "DEAL_MOVED",
        "DEAL_SIGNED", "DEAL_SIGNED", "DEAL_PAID", "DEAL_PAID",
    ]  # fmt: skip
    assert leaves[7]["files"][0]["sha256"] == deal.file_sha256
    assert "통상실시권, 5년" not in json.dumps(leaves, ensure_ascii=False)


def test_the_owner_of_a_technology_sees_nothing_before_its_proposal_is_taken(cast):
    proposal = cast.proposed_deal()
    assert not queries.deals_visible_to(cast["supplier"]).exists()
    assert not queries.proposals_visible_to(cast["supplier"]).exists()
    assert queries.proposals_visible_to(cast["member"]).get() == proposal
    assert not queries.deals_visible_to(cast["rival"]).exists()

    operations.take(proposal=proposal, by=cast["member"], at=timezone.now())
    assert queries.deals_visible_to(cast["supplier"]).exists()


def test_a_broker_is_a_role_and_not_an_officer(cast):
    deal = cast.filed_deal()
    judging = {"deal": deal, "is_fit": True, "judgement": "좋음", "by": cast["reviewer"]}
    assert refusal(operations.judge, **judging) == Reason.NOT_A_BROKER
    Appointment.objects.create(user=cast["reviewer"], role=Role.BROKER)
    cast["reviewer"].__dict__.pop("_roles", None)
    deal = operations.judge(**judging, at=timezone.now())
    assert (deal.stage, deal.broker) == ("JUDGED", cast["reviewer"])


def test_who_found_a_need_is_told_apart_and_sees_no_terms(cast, as_role):
    deal = cast.filed_deal(who="rival", finder=cast.rival)
    assert deal.found_by == "SUPPORTER"
    cast.rival.kind = OrganisationKind.CENTRE
    cast.rival.save()
    assert cast.filed_deal(who="rival", finder=cast.rival).found_by == "BODY"
    assert cast.filed_deal().found_by == "OWNER"

    agreed = cast.agreed_deal()
    Deal.objects.filter(pk=agreed.pk).update(finder=cast.rival)
    page = as_role("rival").get(agreed.get_absolute_url()).content.decode()
    assert "통상실시권, 5년" not in page
    assert cast.supplier.name not in page
    workbook = as_role("rival").get(reverse("deals:deals") + "?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert not any("30000000" in str(row) or cast.supplier.name in str(row) for row in rows)
    assert "통상실시권, 5년" in as_role("member").get(agreed.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "barter"}, Reason.UNKNOWN_KIND),
        ({"amount": 29_999_999}, Reason.PLAN_DIFFERS),
        ({"fee_support": 2_000_000}, Reason.SUPPORT_TOO_HIGH),
        ({"terms": " "}, Reason.TEXT_MISSING),
    ],
)
def test_terms_that_do_not_hold_together_are_refused(cast, change, reason):
    deal = cast.agreed_deal()
    terms = {
        "kind": "licence", "terms": "x", "amount": 30_000_000, "fee": 1_500_000,
        "payments": [NewPayment(timezone.localdate(), 30_000_000)],
    }  # fmt: skip
    assert refusal(operations.set_terms, deal=deal, **terms | change, by=cast["member"]) == reason


def test_steps_follow_the_file(cast):
    deal = cast.filed_deal()
    for stage in ("NEGOTIATING", "CONTRACTED", "JUDGED"):
        move = refusal(operations.move, deal=deal, stage=stage, by=cast["member"])
        assert move in (Reason.STAGE_CLOSED, Reason.NOT_A_BROKER)
    failing = {"deal": deal, "stage": "FAILED", "by": cast["member"]}
    assert refusal(operations.move, **failing, failure="price", note="") == Reason.WHY_MISSING
    assert refusal(operations.move, **failing, failure="moon", note="x") == Reason.WHY_MISSING
    deal = operations.move(**failing, failure="price", note="예산이 없음", at=timezone.now())
    assert (deal.failure_of.code, deal.failure_of.en) == ("price", "Price")


def test_figures_say_who_found_what_and_why_not(cast, as_role):
    deal = cast.agreed_deal()
    for who in ("manager", "supplier"):
        operations.sign(deal=deal, by=cast[who], at=timezone.now())
    failed = cast.filed_deal()
    operations.judge(
        deal=failed, is_fit=False, judgement="범위가 넓음", by=cast["officer"], at=timezone.now()
    )
    cast.filed_deal(who="rival", finder=cast.rival)

    own, other = sorted(queries.figures(Deal.objects.all()), key=lambda line: -line.filed)
    assert (own.filed, own.judged, own.matched, own.closed, own.failed) == (2, 1, 1, 1, 1)
    assert (own.amount, own.why_not) == (30_000_000, {"unfit": 1})
    assert (other.filed, other.judged, other.failed) == (1, 0, 0)
    page = as_role("auditor").get(reverse("deals:figures")).content.decode()
    assert "Not fit for a deal" in page
    assert as_role("member").get(reverse("deals:figures")).status_code == 404
    assert as_role("officer").get(reverse("deals:figures") + "?format=xlsx").content[:2] == b"PK"


def test_the_way_on_pages(as_role, cast):
    need, technology = cast.need(title="배기열 회수"), cast.technology()
    client = as_role("member")
    assert "File a request for technology" in client.get(need.get_absolute_url()).content.decode()
    form = {
        "need": need.pk, "finder": cast.buyer.pk, "title": "배기열 회수", "text": "열을 되찾음",
        "wish": "licence",
    }  # fmt: skip
    assert client.post(reverse("deals:new"), form).status_code == 302
    deal = Deal.objects.get()

    client = as_role("officer")
    client.post(reverse("deals:entrusted"), {"technology": technology.pk, "since": "2026-01-05"})
    assert Entrusted.objects.get().technology == technology
    judged = {"is_fit": "yes", "judgement": "규격이 분명함"}
    client.post(reverse("deals:judge", args=[deal.pk]), judged)
    assert client.get(reverse("deals:propose", args=[deal.pk])).status_code == 200
    proposed = {"technology": technology.pk, "note": "효율이 높음"}
    client.post(reverse("deals:propose", args=[deal.pk]), proposed)
    proposal = Proposal.objects.get()
    assert proposal.is_entrusted

    as_role("member").post(reverse("deals:take", args=[proposal.pk]))
    as_role("supplier").post(reverse("deals:negotiate", args=[deal.pk]))
    terms = {
        "kind": "licence", "terms": "국내, 5년", "amount": 3_000_000, "fee": 100_000,
        "due_1": "2027-01-05", "amount_1": 1_000_000, "due_2": "2027-02-05", "amount_2": 2_000_000,
    }  # fmt: skip
    client = as_role("supplier")
    wrong = terms | {"amount_2": 1_000_000}
    assert client.post(reverse("deals:terms", args=[deal.pk]), wrong).status_code == 422
    assert client.post(reverse("deals:terms", args=[deal.pk]), terms).status_code == 302
    for who in ("supplier", "manager"):
        client = as_role(who)
        prove_identity(client, cast[who])
        client.post(reverse("deals:sign", args=[deal.pk]))
    deal.refresh_from_db()
    assert deal.stage == "CONTRACTED"
    contract = client.get(reverse("deals:contract", args=[deal.pk]))
    assert contract.content.startswith(b"%PDF")
    client = as_role("supplier")
    for payment in deal.payments.all():
        client.post(reverse("deals:paid", args=[payment.pk]), {"paid_on": "2026-11-01"})
    deal.refresh_from_db()
    assert deal.stage == "COMPLETED"
    page = client.get(deal.get_absolute_url()).content.decode()
    assert "Paid in full" in page
    assert client.get(reverse("deals:deals") + "?format=xlsx").content.startswith(b"PK")
