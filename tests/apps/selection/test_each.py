"""A programme with reviewers for each application: from the opening to the decision, without panels."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.selection import operations, queries
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Assignment, Conflict, Reviewer
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage, PanelStage, ReviewerStage, SelectionStage
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db


def readers(item):
    return {seat.reviewer_id for seat in queries.readers_of(item)}


def score(cast, selection, marks=(100, 80, 60)):
    for item, mark in zip(selection.items.all(), marks, strict=True):
        for seat in queries.readers_of(item):
            cast.sheet(item, seat.reviewer.user, mark)


def test_officers_assign_score_and_decide_without_a_panel(cast, as_role):
    selection = cast.begun_selection(slug="research-staff")
    selection.items.update(stage=ItemStage.ADMITTED)
    Reviewer.objects.update(most_a_year=2)  # so that nobody reads all three
    officer = as_role("officer")
    page = reverse("selection:form_panels", args=[selection.pk])
    assert "5" in officer.get(page).context["lead"]
    officer.post(page, {"due_at": f"{DUE:%Y-%m-%dT%H:%M}"})

    panel = selection.panels.get()
    items = list(selection.items.all())
    assert panel.reviews == 5
    assert [len(readers(item)) for item in items] == [5, 5, 5]
    for seat in panel.members.all():
        operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
        given = set(seat.assignments.values_list("item", flat=True))
        assert (
            set(queries.items_read_by(seat.reviewer.user, panel).values_list("pk", flat=True))
            == given
        )
    some = panel.members.first()
    other = selection.items.exclude(assignments__member=some).first()
    refused(
        Reason.CONFLICT, operations.save_sheet, item=other, seen=0, marks={}, reasons={}, failed=[],
        opinion="", note="", is_final=False, by=some.reviewer.user, at=LATER,
    )  # fmt: skip
    refused(Reason.NOT_ALL_IN, operations.close_panel, panel=panel, by=cast["officer"], at=LATER)

    score(cast, selection)
    shown = officer.get(reverse("selection:selection", args=[selection.pk]))
    assert shown.context["step"]["url"] == reverse("selection:panel", args=[panel.pk])
    assert all(len(row["readers"]) == 5 for row in shown.context["items"])
    officer.post(reverse("selection:move", args=[panel.pk]), {"what": "close"})
    panel.refresh_from_db()
    assert panel.stage == PanelStage.CLOSED

    selection.refresh_from_db()
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)
    decisions = operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    assert {decided.application.organisation.name: decided.outcome for decided in decisions} == {
        cast.supplier.name: Outcome.SELECTED, cast.rival.name: Outcome.RESERVE,
        cast.stranger.name: Outcome.REJECTED,
    }  # fmt: skip
    # The letter names those who judged this application alone; an objection goes to others.
    decision = decisions[0]
    judged = readers(decision.application.item)
    assert {seat.reviewer_id for seat in queries.judges_of(decision)} == judged
    assert queries.all_judges_of(decision.application) == judged


def test_nobody_is_given_what_ties_them_nor_more_than_is_allowed(cast):
    selection = cast.begun_selection(slug="research-staff")
    selection.items.update(stage=ItemStage.ADMITTED)
    item = selection.items.first()
    tied = Reviewer.objects.order_by("pk").first()
    operations.pin_conflict(item=item, reviewer=tied, reason="거래", by=cast["officer"], at=LATER)
    full = Reviewer.objects.order_by("pk").last()
    Reviewer.objects.filter(pk=full.pk).update(most_a_year=1)

    operations.assign_reviewers(selection=selection, due_at=DUE, by=cast["officer"], at=LATER)

    assert tied.pk not in readers(item)
    assert Assignment.objects.filter(member__reviewer=full).count() <= 1
    assert (
        queries.loads(DUE.year)[full.pk] == Assignment.objects.filter(member__reviewer=full).count()
    )


def test_where_too_few_can_read_the_page_says_which_limits_clash(cast, as_role):
    selection = cast.begun_selection(slug="research-staff")
    selection.items.update(stage=ItemStage.ADMITTED)
    few = Reviewer.objects.order_by("pk").values_list("pk", flat=True)[:4]
    Reviewer.objects.exclude(pk__in=list(few)).update(stage=ReviewerStage.DECLINED)
    page = reverse("selection:form_panels", args=[selection.pk])

    shown = as_role("officer").post(page, {"due_at": f"{DUE:%Y-%m-%dT%H:%M}"})

    assert shown.status_code == 422
    number = selection.items.first().application.number
    assert shown.context["clash"][0] == f"{number} needs 5 reviewers."
    assert shown.context["clash"][-1] == "4 reviewers can be asked in all."
    selection.refresh_from_db()
    assert selection.stage == SelectionStage.CHECKING


def test_a_conflict_while_they_score_gives_the_application_to_somebody_else(cast):
    selection = cast.assigned_selection()
    item = selection.items.first()
    before = {shown_item.pk: readers(shown_item) for shown_item in selection.items.all()}
    seat = queries.readers_of(item)[0]
    cast.sheet(item, queries.readers_of(item)[1].reviewer.user, 80)

    operations.declare_conflict(item=item, reason="제 회사예요", by=seat.reviewer.user, at=LATER)

    after = {shown_item.pk: readers(shown_item) for shown_item in selection.items.all()}
    assert seat.reviewer_id not in after[item.pk]
    assert len(after[item.pk]) == 5
    # Nobody else moves: what was handed in, and every other application, stays where it was.
    assert before[item.pk] - {seat.reviewer_id} < after[item.pk]
    assert [after[pk] for pk in after if pk != item.pk] == [
        before[pk] for pk in before if pk != item.pk
    ]


def test_who_cannot_come_leaves_what_is_left_to_others_and_sheets_stay(cast, as_role):
    selection = cast.assigned_selection()
    panel = selection.panels.get()
    seat = max(panel.members.all(), key=lambda member: member.assignments.count())
    given = set(seat.assignments.values_list("item", flat=True))
    operations.set_absence(
        reviewer=seat.reviewer, first=DUE.date() - timedelta(days=2), last=None,
        by=seat.reviewer.user, at=LATER,
    )  # fmt: skip
    officer = as_role("officer")
    step = officer.get(reverse("selection:selection", args=[selection.pk])).context["step"]
    assert step["url"] == reverse("selection:replace", args=[seat.pk])
    officer.post(step["url"], {"reason": "부재"})

    seat.refresh_from_db()
    assert seat.stage == "LEFT"
    assert all(len(readers(item)) == 5 for item in selection.items.all())
    assert all(
        seat.reviewer_id not in readers(item) for item in selection.items.filter(pk__in=given)
    )


def test_a_conflict_known_after_closing_opens_the_review_again(cast):
    selection = cast.assigned_selection()
    score(cast, selection)
    panel = operations.close_panel(panel=selection.panels.get(), by=cast["officer"], at=LATER)
    item = selection.items.first()
    seat = queries.readers_of(item)[0]

    operations.pin_conflict(
        item=item, reviewer=seat.reviewer, reason="거래", by=cast["officer"], at=LATER
    )

    panel.refresh_from_db()
    assert panel.stage == PanelStage.SCORING
    [(waiting, newcomer)] = queries.missing_sheets(panel)
    assert waiting == item
    assert not Conflict.objects.filter(
        reviewer=newcomer.reviewer, application=item.application
    ).exists()


def test_a_programme_of_panels_is_not_assigned_and_the_other_forms_none(cast):
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    by = {"by": cast["officer"], "at": LATER, "due_at": DUE}
    refused(Reason.FORMS_PANELS, operations.assign_reviewers, selection=selection, **by)

    other = cast.begun_selection(slug="research-staff")
    other.items.update(stage=ItemStage.ADMITTED)
    refused(Reason.HAS_REVIEWERS, operations.form_panels, selection=other, count=1, members=5, **by)
    panel = operations.assign_reviewers(selection=other, **by)
    refused(
        Reason.NEVER_MEETS, operations.plan_day, panel=panel, starts_at=DUE, minutes=20, place="서울",
        by=cast["officer"], at=LATER,
    )  # fmt: skip
