"""Every kind of change that the rules name: who leads, what no amount shows, terms of answers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.agreements import adapter, operations, queries
from dure.apps.agreements.adapter import Whole, Wish
from dure.apps.agreements.models import Agreement, Change
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import ChangeStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import Membership
from dure.foundation import programmes
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
NEW = operations.NewCost


@pytest.fixture
def agreement(cast):
    """In force, with a budget, led by the supplier's manager."""
    return cast.signed_agreement(
        costs=[
            NEW(2, "materials", "cash", 280 * MILLION, 1),
            NEW(2, "activity", "cash", 30 * MILLION, 1),
            NEW(2, "reward", "cash", 5 * MILLION, 1),
            NEW(2, "personnel", "in_kind", 35 * MILLION, 1),
        ],
        leader=cast["supplier"],
    )


@pytest.fixture
def successor(cast):
    """Another person of the lead organisation."""
    Membership.objects.create(
        user=cast["member"], organisation=cast.supplier, role="MEMBER", stage="ACTIVE"
    )
    return cast["member"]


def ask(cast, agreement, wish, at=NOON):
    return operations.ask_change(
        agreement=agreement, wish=wish, reason="사정", by=cast["supplier"], at=at
    )


def refused(operation, *args, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(*args, **arguments)
    return refusal.value.reason


def test_every_kind_in_the_shipped_files_can_come_about(agreement):
    """No rule asks for a fact that neither the amounts nor a question can give."""
    whole = Whole.of(agreement)
    known = set(adapter.facts_of_change(whole, whole))
    for kind in programmes.rule_sets().rule_sets:
        if kind.kind != "spending":
            continue
        lines = {"_changed", "_up", "_up_percent"}
        for change in (*kind.approvals, *kind.notices):
            for condition in change.when:
                is_of_line = any(condition.fact.endswith(end) for end in lines)
                is_asked = getattr(change, "ask", None) is not None
                assert condition.fact in known or is_of_line or is_asked, condition.fact


def test_another_leader_needs_a_reason_of_the_list_and_approval(cast, agreement, successor):
    other = Wish(leader=successor.pk, left_on=NOON.date())
    assert refused(ask, cast, agreement, other) == Reason.GROUND_MISSING
    stranger = Wish(leader=cast["rival"].pk, ground="job")
    assert refused(ask, cast, agreement, stranger) == Reason.LEADER_NOT_OF_LEAD

    change = ask(cast, agreement, Wish(leader=successor.pk, left_on=NOON.date(), ground="job"))
    assert (change.stage, change.approvals) == (ChangeStage.ASKED, ["leader"])
    operations.answer_change(change=change, is_yes=True, answer="", by=cast["officer"], at=NOON)

    agreement.refresh_from_db()
    change.refresh_from_db()
    assert (change.stage, agreement.leader, agreement.leaderless_since) == (
        ChangeStage.DONE, successor, None,
    )  # fmt: skip


def test_another_leader_is_asked_for_a_month_before_the_end(cast, agreement, successor):
    late = NOON + (agreement.ends_on - NOON.date()) - timedelta(days=29)

    wish = Wish(leader=successor.pk, ground="leave")

    assert refused(ask, cast, agreement, wish, at=late) == Reason.CHANGE_TOO_LATE
    assert ask(cast, agreement, wish, at=late - timedelta(days=1)).approvals == ["leader"]


def test_who_has_no_leader_for_three_months_stands_on_the_desk(cast, agreement, successor):
    gone = NOON.date() - timedelta(days=5)
    change = ask(cast, agreement, Wish(left_on=gone, ground="death"))
    assert (change.stage, change.notices) == (ChangeStage.DONE, ["leader-left"])
    agreement.refresh_from_db()
    assert (agreement.leader, agreement.leaderless_since) == (None, gone)

    looked_at = queries.looked_at_on(agreement)
    assert looked_at == date(2027, 2, 17)
    assert not queries.vacant_too_long(cast["officer"], looked_at - timedelta(days=1)).exists()
    assert list(queries.vacant_too_long(cast["officer"], looked_at)) == [agreement]
    assert not queries.vacant_too_long(cast["supplier"], looked_at).exists()

    ask(cast, agreement, Wish(leader=successor.pk, ground="death"))
    assert Change.objects.get(stage=ChangeStage.ASKED).approvals == ["leader"]


def test_what_no_amount_shows_is_asked_and_needs_approval(cast, agreement):
    change = ask(cast, agreement, Wish(stated=("laboratory_added", "nonsense")))
    assert (change.stage, change.approvals) == (ChangeStage.ASKED, ["laboratory"])
    assert Wish.of(change.content) == Wish(stated=("laboratory_added",))
    operations.answer_change(change=change, is_yes=True, answer="", by=cast["officer"], at=NOON)
    change.refresh_from_db()
    assert change.stage == ChangeStage.DONE


def test_more_reward_without_more_money_is_barred(cast, agreement):
    materials, reward = (agreement.costs.get(category=name) for name in ("materials", "reward"))
    wish = Wish(costs={materials.pk: 279 * MILLION, reward.pk: 6 * MILLION})

    assert refused(ask, cast, agreement, wish) == Reason.CHANGE_BARRED


def test_an_answer_has_fifteen_days_is_reminded_of_and_silence_approves_nothing(cast, agreement):
    change = ask(cast, agreement, Wish(goal="높은 목표"))
    assert change.answer_by == date(2026, 12, 7)  # a Monday
    days = {-3: 1, -2: 0, 0: 0, 1: 1, 2: 0, 8: 1, 9: 0}

    reminded = {day: operations.remind_answers(at=NOON + timedelta(days=15 + day)) for day in days}

    assert reminded == days
    notices = Notice.objects.filter(kind="CHANGE_ANSWER_DUE", facts__stage="LATE")
    assert {cast["supplier"].pk, cast["officer2"].pk} <= set(
        notices.values_list("recipient", flat=True)
    )
    late = change.answer_by + timedelta(days=1)
    assert not queries.late_answers(cast["officer"], change.answer_by).exists()
    assert list(queries.late_answers(cast["officer"], late)) == [change]
    assert not queries.changes_to_answer(cast["officer"], late).exists()
    change.refresh_from_db()
    assert change.stage == ChangeStage.ASKED


def test_who_needs_longer_says_why_and_everybody_is_told(cast, agreement, as_role):
    change = ask(cast, agreement, Wish(goal="높은 목표"), at=timezone.now())
    page = reverse("agreements:extend", args=[change.pk])
    officer = as_role("officer")
    assert "already" not in officer.get(page).content.decode()
    form = {"until": change.answer_by, "reason": "전문가 의견을 기다려요"}
    assert officer.post(page, form).status_code == 422
    form["until"] = change.answer_by + timedelta(days=15)

    assert officer.post(page, form).status_code == 302

    change.refresh_from_db()
    assert (change.answer_by, change.extended_because) == (form["until"], form["reason"])
    assert Notice.objects.filter(kind="CHANGE_ANSWER_EXTENDED", recipient=cast["supplier"]).exists()
    shown = as_role("supplier").get(reverse("agreements:agreement", args=[agreement.pk]))
    assert form["reason"] in shown.content.decode()
    assert as_role("supplier").get(page).status_code == 404


def test_the_form_asks_for_another_leader(cast, agreement, successor, as_role):
    Agreement.objects.filter(pk=agreement.pk).update(
        ends_on=timezone.localdate() + timedelta(days=200)
    )
    agreement.refresh_from_db()
    money = {f"money_{row.pk}": row.amount for row in agreement.contributions.all()}
    costs = {f"cost_{row.pk}": row.amount for row in agreement.costs.all()}
    form = money | costs | {
        "ends_on": agreement.ends_on, "goal": "", "reason": "이직", "new_kind": "cash",
        "new_year": 1, "leader": successor.pk, "ground": "job", "stated": ["laboratory_added"],
    }  # fmt: skip

    as_role("supplier").post(reverse("agreements:change", args=[agreement.pk]), form)

    change = Change.objects.get()
    assert set(change.approvals) == {"leader", "laboratory"}
    page = as_role("officer").get(reverse("agreements:agreement", args=[agreement.pk]))
    assert str(successor) in page.content.decode()


def test_agreements_of_before_duties_get_them_from_the_programmes_file(cast):
    """Those that were signed before the platform wrote duties down; what is there stays."""
    linked = cast.signed_agreement(
        slug="purchase-linked", months=24, ends_on=date(2028, 11, 30),
        confirmed=("purchase_consent",),
        money=((0, "grant", "cash", 375), (2, "own_share", "cash", 125)),
    )  # fmt: skip
    linked.obligations.filter(kind="DUTY").delete()

    assert operations.complete_obligations(at=NOON) == 1

    duty = linked.obligations.get(kind="DUTY")
    assert (str(duty.party), duty.due_on) == ("한빛중공업", date(2029, 11, 30))
    assert operations.complete_obligations(at=NOON) == 0


def test_what_holds_payments_is_asked_in_as_many_queries_for_many(
    cast, django_assert_max_num_queries
):
    """A list of thirty payments asks no more than a list of one."""
    on = date(2030, 1, 1)
    numbers = []
    for count in (1, 3):
        while Agreement.objects.count() < count:
            cast.signed_agreement(budget=None if Agreement.objects.exists() else 10**12)
        rows = list(queries.due_instalments(cast["officer"], on))
        with django_assert_max_num_queries(60) as asked:
            holds = queries.holds_on(rows, on)
        assert set(holds) == {row.pk for row in rows}
        numbers.append(len(asked.captured_queries))
    assert numbers[0] == numbers[1]
