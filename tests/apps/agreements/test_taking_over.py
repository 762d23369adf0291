"""What was selected becomes an agreement by itself; its plan is revised and held against the rules."""

import re
from datetime import date, timedelta

import pytest

from dure.apps.agreements import operations, permissions, queries
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import AgreementStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.selection.operations.deciding import Change
from dure.foundation.verdict import Refused
from tests.apps.agreements.cast import agency
from tests.apps.agreements.chain import DECIDED, decided
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def cut(cast):
    """A challenge whose 210M of public money the panel cut to 180M, with a condition."""
    agency(cast)
    return decided(cast, "challenge", Change(granted=180_000_000, conditions="시험 성적서를 낸다"))


def drawn_up(cast) -> Agreement:
    [made] = operations.draft_decided(at=DECIDED)
    return made


def refused(operation, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(**arguments)
    return refusal.value.reason


def test_nothing_is_retyped(cast, cut):
    made = drawn_up(cast)

    assert (made.title, made.months, made.conditions) == (
        "극저온 밸브 국산화", 14, "시험 성적서를 낸다",
    )  # fmt: skip
    assert (made.starts_on, made.ends_on) == (date(2027, 3, 1), date(2028, 4, 30))
    assert made.replan_until == cut.replan_until
    assert [(party.role, str(party)) for party in made.parties.all()] == [
        ("government", "기술협력사업단"), ("lead", "열림테크"), ("demand", "한빛중공업"),
    ]  # fmt: skip
    assert {
        (
            contribution.payer.role,
            contribution.recipient.role,
            contribution.kind,
            contribution.amount,
            contribution.year,
        )
        for contribution in made.contributions.all()
    } == {
        ("government", "lead", "cash", 180_000_000, 1),
        ("demand", "lead", "cash", 105_000_000, 1),
        ("lead", "lead", "in_kind", 35_000_000, 1),
    }
    # 315M of cash costs, less the 30M that the panel cut.
    assert [(cost.category, cost.kind, cost.amount, cost.year) for cost in made.costs.all()] == [
        ("materials", "cash", 285_000_000, 1), ("personnel", "in_kind", 35_000_000, 1),
    ]  # fmt: skip
    assert Notice.objects.filter(kind="AGREEMENT_DRAWN_UP", recipient=cast["supplier"]).exists()


def test_it_is_drawn_up_once_and_not_again_after_it_was_dropped(cast, cut):
    made = drawn_up(cast)

    assert operations.draft_decided(at=DECIDED) == []
    again = {"decision": cut, "agency": agency(cast), "by": cast["officer"], "at": DECIDED}
    assert refused(operations.take_over, **again) == Reason.DRAWN_UP_ALREADY
    operations.drop(agreement=made, reason="기업이 포기", by=cast["officer"], at=DECIDED)
    assert operations.draft_decided(at=DECIDED) == []


def test_who_listens_draws_it_up_when_it_is_decided(cast, django_capture_on_commit_callbacks):
    agency(cast)
    with django_capture_on_commit_callbacks(execute=True):
        decision = decided(cast, "challenge")

    assert Agreement.objects.get().application == decision.application


def test_without_a_known_agency_it_waits_on_the_desk_until_one_is_named(cast, cut, as_role):
    Organisation.objects.create(
        name="다른 전문기관", business_number="1018100011", kind=OrganisationKind.AGENCY,
        verified_at=NOON, verified_by=cast["officer"],
    )  # fmt: skip

    assert operations.draft_decided(at=DECIDED) == []
    assert list(queries.to_take_over(cast["officer"])) == [cut]
    assert not queries.to_take_over(cast["supplier"]).exists()
    page = as_role("officer").post(f"/agreements/decisions/{cut.pk}/", {"agency": agency(cast).pk})
    made = Agreement.objects.get()
    assert page.headers["Location"] == f"/agreements/{made.pk}/"
    assert made.created_by == cast["officer"]


def test_it_is_signed_once_nobody_can_object_and_the_plan_is_revised(cast, cut):
    made, officer = drawn_up(cast), cast["officer"]
    last_day = cut.objections_until

    assert permissions.may_open(officer, made, last_day).reason == Reason.DECISION_PROVISIONAL
    after = last_day + timedelta(days=1)
    assert permissions.may_open(officer, made, after).reason == Reason.PLAN_TO_REVISE
    assert list(queries.to_open(officer, after)) == []
    operations.replan(
        agreement=made, money={}, costs={}, note="줄인 그대로", by=cast["supplier"], at=DECIDED
    )
    made.refresh_from_db()
    assert permissions.may_open(officer, made, after)
    assert list(queries.to_open(officer, after)) == [made]


def test_the_lead_revises_within_its_term_and_the_same_rules_are_asked_again(cast, cut):
    made = drawn_up(cast)
    public, demand, _own = made.contributions.order_by("pk")
    material, _people = made.costs.order_by("pk")
    arguments = {
        "agreement": made,
        "by": cast["supplier"],
        "at": DECIDED,
        "note": "재료비를 줄였다",
    }
    less_demand = {
        "money": {demand.pk: 55_000_000},
        "costs": {material.pk: 235_000_000},
    }  # 55M of 270M are less than the 30 % that the demand organisation gives
    more_public = {"money": {public.pk: 180_000_001}, "costs": {material.pk: 285_000_001}}
    unbalanced = {"money": {}, "costs": {material.pk: 284_999_999}}

    assert refused(operations.replan, **arguments, **less_demand) == Reason.PLAN_BREAKS_RULES
    assert refused(operations.replan, **arguments, **more_public) == Reason.MORE_THAN_GRANTED
    assert refused(operations.replan, **arguments, **unbalanced) == Reason.COSTS_DIFFER
    late = {"at": DECIDED + timedelta(days=22), "money": {}, "costs": {}}  # the 20th is a Sunday
    assert refused(operations.replan, **arguments | late) == Reason.TERM_OVER
    split = [operations.NewCost(material.party_id, "activity", "cash", 20_000_000, 2)]
    operations.replan(**arguments, money={}, costs={material.pk: 265_000_000}, more=split)

    assert [(cost.category, cost.amount, cost.year) for cost in made.costs.all()] == [
        ("materials", 265_000_000, 1), ("personnel", 35_000_000, 1), ("activity", 20_000_000, 2),
    ]  # fmt: skip


def test_pages_show_the_way_from_the_decision_to_the_agreement(cast, cut, as_role):
    made = drawn_up(cast)
    page = f'href="/agreements/{made.pk}/"'

    assert page in as_role("supplier").get(f"/selection/results/{cut.pk}/").content.decode()
    assert page in as_role("officer").get(f"/calls/{cut.selection.call_id}/").content.decode()
    assert page in (
        as_role("supplier").get(f"/applications/{cut.application_id}/").content.decode()
    )
    page = flat(as_role("officer").get(f"/agreements/{made.pk}/").content.decode())
    assert re.search("Materials ?</th>", page)
    assert as_role("rival").get(f"/agreements/{made.pk}/").status_code == 404


def test_account_is_said_once_for_all_agreements_that_run(cast):
    signed = cast.signed_agreement()
    draft = cast.drafted_agreement()
    form = {
        "representative": "새대표", "bank": "국민은행", "account_number": "777-1",
        "account_holder": "열림테크",
    }  # fmt: skip

    operations.set_particulars(organisation=cast.supplier, **form, by=cast["supplier"], at=NOON)

    for agreement in (signed, draft):
        lead = agreement.parties.get(role="lead")
        assert (lead.representative, lead.account_number) == ("새대표", "777-1")
    opened = cast.opened_agreement(budget=None)
    opened.parties.filter(role="lead").update(account_number="1-1")
    cast.sign_all(opened)
    assert opened.stage == AgreementStage.IN_FORCE
    assert opened.parties.get(role="lead").account_number == "777-1"
    by_member = {"organisation": cast.buyer, **form, "by": cast["member"], "at": NOON}
    assert refused(operations.set_particulars, **by_member) == Reason.NOT_THEIR_SIGNATORY
