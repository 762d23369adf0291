"""What becomes known after the decision, and second panels whose members cannot judge."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.people.models import Membership, MembershipStage
from dure.apps.selection import operations, queries
from dure.apps.selection.kinds import Again, Outcome
from dure.apps.selection.models import Reevaluation, Renewal
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(days=1)


def page_of(as_role, selection, role="officer"):
    return as_role(role).get(reverse("selection:selection", args=[selection.pk]))


def employed(reviewer, organisation, since):
    membership = Membership.objects.create(
        user=reviewer.user, organisation=organisation, stage=MembershipStage.ACTIVE
    )
    Membership.objects.filter(pk=membership.pk).update(requested_at=since)


def declared(cast, item, number=1):
    """A reviewer who judged it declares what ties them to the firm; returns who."""
    reviewer = queries.readers_of(item)[number].reviewer
    operations.declare_interest(
        interest=operations.NewInterest(
            kind="KINSHIP", reason="대표의 가족", other=item.application.organisation
        ),
        by=reviewer.user, at=AFTER,
    )  # fmt: skip
    return reviewer


def test_what_is_declared_after_the_decision_shows_at_once_what_it_touched(cast, as_role):
    selection = cast.decided_selection(members=7)
    item = selection.items.get(application__organisation=cast.rival)

    reviewer = declared(cast, item)

    notice = Notice.objects.filter(kind="CONFLICT_REOPENED").first()
    assert notice.facts["touched"] == ["SHEET", "DECISION"]
    assert str(reviewer) in as_role("officer").get("/").content.decode()
    shown = page_of(as_role, selection)
    [row] = shown.context["late"]
    assert (row["item"], row["rank"], row["score"], row["is_short"]) == (item, 2, "80.00", False)
    assert row["conflicts"][0]["kind"] == "Kin"
    assert shown.context["step"]["url"] == "#late"

    # Nothing else would come of it: that is decided too, by a second person, and then it is settled.
    renew = reverse("selection:renew", args=[selection.pk])
    assert renew in shown.content.decode()
    operations.propose_renewal(
        selection=selection, reason="이해관계가 드러남", by=cast["officer"], at=AFTER
    )
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)
    assert Renewal.objects.get().changes == []
    assert page_of(as_role, selection).context["late"] == []
    assert not queries.known_late().exists()


def test_where_too_few_sheets_are_left_another_panel_judges_and_the_ranking_is_made_anew(
    cast, as_role
):
    selection = cast.decided_selection(members=5)
    item = selection.items.get(application__organisation=cast.rival)
    declared(cast, item)
    page = reverse("selection:judge_for_conflict", args=[item.pk])
    assert page_of(as_role, selection).context["late"][0]["is_short"]
    officer = as_role("officer")
    offered = officer.get(page).context["form"].fields["reviewers"].queryset
    judged = queries.all_judges_of(item.application)
    assert not judged & {reviewer.pk for reviewer in offered}
    officer.post(
        page,
        {"reviewers": [reviewer.pk for reviewer in offered][:5], "due_at": f"{DUE:%Y-%m-%dT%H:%M}"},
    )

    item.refresh_from_db()
    again = Reevaluation.objects.get()
    assert (again.why, again.panel, again.outcome) == (Again.CONFLICT, item.panel, Outcome.RESERVE)
    assert page_of(as_role, selection).context["step"]["url"] == reverse(
        "selection:panel", args=[item.panel_id]
    )
    table = reverse("selection:table", args=[selection.pk])
    assert "The ranking is not whole at present" in officer.get(table).content.decode()
    cast.close(item.panel, lambda criterion: 100)
    assert "not whole at present" not in officer.get(table).content.decode()
    assert page_of(as_role, selection).context["step"]["url"] == reverse(
        "selection:renew", args=[selection.pk]
    )
    operations.propose_renewal(
        selection=selection, reason="다시 평가함", by=cast["officer"], at=AFTER
    )
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=AFTER)
    decision = item.application.decision
    decision.refresh_from_db()
    assert decision.score == 100
    assert page_of(as_role, selection).context["step"] is None
    refused(
        Reason.NOTHING_CHANGED, operations.judge_for_conflict, item=item, reviewers=offered[:5],
        due_at=DUE, by=cast["officer"], at=AFTER,
    )  # fmt: skip


def test_what_ties_somebody_since_the_decision_touches_nothing_of_it(cast):
    selection = cast.decided_selection()
    item = selection.items.get(application__organisation=cast.rival)
    reviewer = queries.readers_of(item)[1].reviewer
    employed(reviewer, cast.rival, AFTER + timedelta(days=2))

    operations.find_conflicts(selection=selection, by=cast["officer"], at=AFTER + timedelta(days=3))

    assert not queries.known_late(selection).exists()


def test_every_night_it_is_looked_whether_facts_tie_who_judges(cast):
    selection = cast.decided_selection()
    item = selection.items.get(application__organisation=cast.rival)
    reviewer = queries.readers_of(item)[1].reviewer
    employed(reviewer, cast.rival, LATER - timedelta(days=400))

    assert operations.look_through_all(at=AFTER) >= 1
    [late] = queries.known_late(selection)
    assert (late.reviewer, late.kind, late.created_by) == (reviewer, "employment", None)
    assert operations.look_through_all(at=AFTER + timedelta(days=60)) == 0  # its term is over


@pytest.fixture
def second(cast):
    """The second panel of an objection that was upheld."""
    objection = cast.upheld_objection()
    application = objection.decision.application
    operations.judge_again(
        objection=objection, reviewers=queries.second_judges(application, LATER.date())[:5],
        due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip
    application.item.refresh_from_db()
    return application.item.panel


def test_who_is_away_on_a_second_panel_is_replaced_with_one_press(cast, as_role, second):
    cast.pool(count=20)
    seat = second.members.first()
    operations.set_absence(
        reviewer=seat.reviewer, first=DUE.date(), last=None, by=seat.reviewer.user, at=LATER
    )

    step = page_of(as_role, second.selection).context["step"]
    assert step["url"] == reverse("selection:replace", args=[seat.pk])
    as_role("officer").post(step["url"], {"reason": "부재"})

    seat.refresh_from_db()
    [newcomer] = second.members.filter(stage="ASKED").exclude(
        pk__in=[member.pk for member in second.members.filter(pk__lte=seat.pk + 4)]
    ) or [None]
    assert seat.stage == "LEFT"
    assert newcomer.reviewer_id not in Reevaluation.objects.get().before.members.values_list(
        "reviewer", flat=True
    )


def test_a_conflict_on_a_second_panel_asks_somebody_else_at_once(cast, second):
    cast.pool(count=20)
    item = second.items.get()
    seat = second.members.first()

    operations.pin_conflict(
        item=item, reviewer=seat.reviewer, reason="거래", by=cast["officer"], at=LATER
    )

    seat.refresh_from_db()
    assert seat.stage == "LEFT"
    assert len(queries.readers_of(item)) == 5
    assert Notice.objects.filter(kind="CONFLICT_REOPENED").first().facts["touched"] == ["REPLACED"]


def test_a_member_in_conflict_neither_reads_nor_decides_an_objection_and_is_replaced(cast, as_role):
    selection = cast.decided_selection()
    cast.pool(count=20)
    decision = selection.decisions.get(application__organisation=cast.rival)
    objection = operations.object_to(
        decision=decision, ground="misreading", text="거꾸로 읽었다", by=cast["rival"], at=LATER
    )
    fresh = queries.second_judges(decision.application, LATER.date())
    operations.name_voters(objection=objection, reviewers=fresh[:5], by=cast["officer"], at=LATER)
    voters = list(objection.voters.order_by("pk"))
    for voter in voters:
        operations.vote(voter=voter, is_yes=True, by=voter.reviewer.user, at=LATER)
    tied = voters[0]
    operations.pin_conflict(
        item=decision.application.item, reviewer=tied.reviewer, reason="거래", by=cast["officer"],
        at=LATER,
    )  # fmt: skip

    assert not queries.objections_visible_to(tied.reviewer.user).exists()
    answer = {
        "objection": objection,
        "answer": "다시 평가합니다",
        "by": cast["officer"],
        "at": LATER,
    }
    refused(Reason.VOTER_IN_CONFLICT, operations.settle, **answer)
    step = page_of(as_role, selection).context["step"]
    assert step["url"] == reverse("selection:replace_voter", args=[tied.pk])
    as_role("officer").post(step["url"], {"reviewer": fresh[5].pk, "reason": "이해관계"})
    refused(Reason.NOT_ALL_VOTED, operations.settle, **answer)
    newcomer = queries.standing_voters(objection).get(reviewer=fresh[5])
    operations.vote(voter=newcomer, is_yes=False, by=fresh[5].user, at=LATER)
    assert operations.settle(**answer).stage == ObjectionStage.UPHELD
    assert queries.standing_voters(objection).count() == 5
