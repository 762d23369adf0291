"""Changes: notified or approved, split, signed anew, written into money, ledger and project."""

from datetime import date, timedelta

import pytest

from dure.apps.agreements import operations, queries
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import Agreement, Change
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.agreements.stages import AgreementStage, ChangeStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.ledger.queries import balances_of
from dure.apps.notices.models import Notice
from dure.apps.projects import operations as projects
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
NEW = operations.NewCost


@pytest.fixture
def agreement(cast):
    """315M of cash and 35M in kind, with a budget."""
    return cast.signed_agreement(
        costs=[
            NEW(2, "materials", "cash", 265 * MILLION, 1),
            NEW(2, "activity", "cash", 30 * MILLION, 1),
            NEW(2, "indirect", "cash", 20 * MILLION, 1),
            NEW(2, "personnel", "in_kind", 35 * MILLION, 1),
        ]
    )


def cost(agreement, category):
    return agreement.costs.get(category=category)


def moved(agreement, source, target, won):
    """So many won from one budget category to another."""
    rows = cost(agreement, source), cost(agreement, target)
    return {rows[0].pk: rows[0].amount - won, rows[1].pk: rows[1].amount + won}


def ask(cast, agreement, wish, who="supplier", **more):
    return operations.ask_change(
        agreement=agreement, wish=wish, reason="시험 일정", by=cast[who], at=NOON, **more
    )


def answer(cast, change, is_yes=True, text=""):
    return operations.answer_change(
        change=change, is_yes=is_yes, answer=text, by=cast["officer"], at=NOON
    )


def refused(operation, *args, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(*args, **arguments)
    return refusal.value.reason


def test_what_is_on_no_list_is_a_notice_and_holds_at_once(cast, agreement):
    change = ask(cast, agreement, Wish(costs=moved(agreement, "materials", "activity", MILLION)))

    assert (change.stage, change.approvals) == (ChangeStage.DONE, [])
    assert cost(agreement, "activity").amount == 31 * MILLION
    assert not queries.changes_to_answer(cast["officer"], NOON.date()).exists()


def test_more_indirect_cost_waits_and_is_refused_with_a_reason(cast, agreement):
    wish = Wish(costs=moved(agreement, "materials", "indirect", MILLION))
    change = ask(cast, agreement, wish)

    assert (change.stage, change.approvals) == (ChangeStage.ASKED, ["indirect"])
    assert cost(agreement, "indirect").amount == 20 * MILLION
    assert list(queries.changes_to_answer(cast["officer"], NOON.date())) == [change]
    assert Notice.objects.filter(kind="CHANGE_TO_ANSWER", recipient=cast["officer"]).exists()
    assert refused(ask, cast, agreement, wish) == Reason.CHANGE_OPEN
    assert refused(answer, cast, change, is_yes=False) == Reason.REASON_MISSING
    done = answer(cast, change, is_yes=False, text="간접비를 더 쓸 까닭이 없다")
    assert done.stage == ChangeStage.REFUSED
    assert refused(answer, cast, change) == Reason.STAGE_CLOSED


def test_a_mixed_change_waits_whole_and_is_split_in_one_tap(cast, agreement):
    wish = Wish(costs=moved(agreement, "materials", "activity", MILLION), ends_on=date(2028, 1, 15))
    change = ask(cast, agreement, wish)
    assert change.stage == ChangeStage.ASKED
    assert cost(agreement, "activity").amount == 30 * MILLION

    notice, rest = operations.split_change(change=change, by=cast["supplier"], at=NOON)

    assert (notice.stage, notice.split_from) == (ChangeStage.DONE, change)
    assert cost(agreement, "activity").amount == 31 * MILLION
    assert (rest.stage, rest.approvals) == (ChangeStage.ASKED, ["term"])
    assert Wish.of(rest.content) == Wish(ends_on=date(2028, 1, 15))
    assert refused(operations.split_change, change=rest, by=cast["supplier"], at=NOON) == (
        Reason.NOTHING_TO_SPLIT
    )


def test_a_change_obeys_the_rules_of_the_day_of_the_agreement(cast, agreement):
    """연구혁신비 exists since 2026-06-11: whoever agreed before that has no such category."""
    materials, lead = cost(agreement, "materials"), agreement.parties.get(role="lead")
    more = {
        "party": lead.pk, "category": "innovation", "kind": "cash", "amount": MILLION, "year": 1
    }  # fmt: skip
    wish = Wish(costs={materials.pk: 264 * MILLION}, more=(more,))
    Agreement.objects.filter(pk=agreement.pk).update(agreed_on=date(2026, 6, 10))
    assert refused(ask, cast, agreement, wish) == Reason.PLAN_BREAKS_RULES

    Agreement.objects.filter(pk=agreement.pk).update(agreed_on=date(2026, 6, 11))
    change = ask(cast, agreement, wish)

    assert (change.stage, change.approvals) == (ChangeStage.ASKED, ["innovation"])


def test_the_same_rules_are_asked_of_a_change(cast, agreement):
    longer = Wish(ends_on=date(2028, 3, 31))  # 16 months; the programme has 14 at most
    demand = agreement.contributions.get(payer__role="demand")
    less = Wish(
        money={demand.pk: 90 * MILLION}, costs={cost(agreement, "materials").pk: 250 * MILLION}
    )
    unbalanced = Wish(costs={cost(agreement, "materials").pk: 264 * MILLION})

    assert refused(ask, cast, agreement, longer) == Reason.PLAN_BREAKS_RULES
    assert refused(ask, cast, agreement, less) == Reason.PLAN_BREAKS_RULES
    assert refused(ask, cast, agreement, unbalanced) == Reason.COSTS_DIFFER
    assert refused(ask, cast, agreement, Wish()) == Reason.NOTHING_CHANGES
    assert not Change.objects.exists()


def test_changed_money_is_signed_anew_by_those_whom_it_concerns_and_follows_everywhere(
    cast, agreement, django_capture_on_commit_callbacks
):
    [project] = projects.open_signed(at=NOON)
    public = agreement.contributions.get(payer__role="government")
    wish = Wish(
        money={public.pk: 200 * MILLION}, costs={cost(agreement, "materials").pk: 255 * MILLION}
    )
    change = answer(cast, ask(cast, agreement, wish))

    assert change.stage == ChangeStage.SIGNING
    assert {signer.role for signer in change.signers.all()} == {"government", "lead"}
    text = queries.open_text(agreement)
    assert next(row["won"] for row in text.content["money"]) == 200 * MILLION
    payment = agreement.instalments.filter(payer__role="government").first()
    assert queries.hold_of(payment, NOON.date()) == Hold.CHANGE_OPEN
    assert [party.role for party in queries.to_sign(cast["supplier"], NOON.date())] == ["lead"]
    assert not queries.to_sign(cast["manager"], NOON.date()).exists()
    operations.sign(party=agreement.parties.get(role="lead"), by=cast["supplier"], at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        operations.sign(
            party=agreement.parties.get(role="government"), by=cast["officer2"], at=NOON
        )

    change.refresh_from_db()
    agreement.refresh_from_db()
    assert (change.stage, agreement.stage) == (ChangeStage.DONE, AgreementStage.IN_FORCE)
    owed = agreement.instalments.filter(payer__role="government")
    assert sum(instalment.amount for instalment in owed) == 200 * MILLION
    won = balances_of([agreement.subject])
    part = agreement.parties.get(role="government").part
    assert won[agreement.subject, "FUNDING", part] == 200 * MILLION
    assert Entry.objects.get(cause=change.subject).kind == "CHANGE"
    lead = project.members.get(role="LEAD")
    assert lead.grant == 200 * MILLION
    assert lead.budget.get(line="materials").amount == 255 * MILLION
    assert list(faults()) == []


def test_whoever_does_not_sign_leaves_everything_as_it_was(cast, agreement):
    change = answer(cast, ask(cast, agreement, Wish(goal="더 높은 목표")))
    assert change.signers.count() == 3

    operations.refuse(
        party=agreement.parties.get(role="demand"),
        reason="목표가 다르다",
        by=cast["manager"],
        at=NOON,
    )

    change.refresh_from_db()
    agreement.refresh_from_db()
    assert change.stage == ChangeStage.REFUSED
    assert (agreement.stage, agreement.goal) == (AgreementStage.IN_FORCE, "")
    assert not queries.to_sign(cast["supplier"], NOON.date()).exists()


def test_a_change_that_is_not_signed_in_time_leaves_everything_as_it_was(cast, agreement):
    change = answer(cast, ask(cast, agreement, Wish(goal="더 높은 목표")))
    assert change.sign_by == NOON.date() + timedelta(days=14)
    assert (
        operations.expire_changes(at=NOON + timedelta(days=15)) == 0
    )  # a Monday: the last day is a Sunday

    assert operations.expire_changes(at=NOON + timedelta(days=16)) == 1

    change.refresh_from_db()
    agreement.refresh_from_db()
    assert (change.stage, agreement.goal) == (ChangeStage.EXPIRED, "")
    assert not queries.to_sign(cast["supplier"], NOON.date()).exists()
    assert operations.expire_changes(at=NOON + timedelta(days=16)) == 0


def test_nobody_owes_less_than_has_come_in(cast, agreement):
    demand = agreement.contributions.get(payer__role="demand")
    later = NOON + timedelta(days=10)
    for instalment in agreement.instalments.filter(payer__role="demand").order_by("due_on"):
        instalment.stage = InstalmentStage.CONFIRMED
        instalment.save()
        operations.enter_payment(
            instalment=instalment, paid_on=later.date(), by=cast["officer"], at=later
        )
    public = agreement.contributions.get(payer__role="government")
    wish = Wish(
        money={demand.pk: 104 * MILLION, public.pk: 207 * MILLION},
        costs={cost(agreement, "materials").pk: 261 * MILLION},
    )

    assert refused(ask, cast, agreement, wish) == Reason.BELOW_PAID


def test_the_page_tells_the_story_and_splits(cast, agreement, as_role):
    wish = Wish(costs=moved(agreement, "materials", "activity", MILLION), ends_on=date(2028, 1, 15))
    change = ask(cast, agreement, wish)
    page = as_role("supplier").get(f"/agreements/{agreement.pk}/").content.decode()
    assert "Term of the agreement" in page
    assert f"/agreements/changes/{change.pk}/split/" in page

    as_role("supplier").post(f"/agreements/changes/{change.pk}/split/")
    assert Change.objects.filter(stage=ChangeStage.DONE).count() == 1
    as_role("officer").post(
        f"/agreements/changes/{change.pk}/answer/", {"is_yes": "no", "answer": "너무 짧다"}
    )
    page = as_role("member").get(f"/agreements/{agreement.pk}/").content.decode()
    assert "The change was refused: 너무 짧다" in page
    assert as_role("rival").post(f"/agreements/changes/{change.pk}/split/").status_code == 404


def test_a_change_is_asked_for_in_a_form_that_knows_the_rows(cast, agreement, as_role):
    material, activity = cost(agreement, "materials"), cost(agreement, "activity")
    money = {
        f"money_{contribution.pk}": contribution.amount
        for contribution in agreement.contributions.all()
    }
    costs = {f"cost_{cost.pk}": cost.amount for cost in agreement.costs.all()}
    form = money | costs | {
        f"cost_{material.pk}": 264 * MILLION, f"cost_{activity.pk}": 31 * MILLION,
        "ends_on": agreement.ends_on, "goal": "", "reason": "시험을 더 한다", "new_kind": "cash",
        "new_year": 1,
    }  # fmt: skip

    as_role("supplier").post(f"/agreements/{agreement.pk}/change/", form)

    assert Change.objects.get().stage == ChangeStage.DONE
    assert cost(agreement, "activity").amount == 31 * MILLION
