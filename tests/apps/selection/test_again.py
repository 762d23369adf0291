"""Judged again: across panels, after an objection, after a conflict; the ranking made anew."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.selection import adapter, operations, queries
from dure.apps.selection.kinds import Again, Cause, Outcome
from dure.apps.selection.models import Reevaluation, Renewal, Sheet
from dure.apps.selection.operations import Change
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import reader, refused, told

pytestmark = pytest.mark.django_db


def ranks(selection):
    items = {str(item.pk): item.application.organisation for item in selection.items.all()}
    return [items[line.id] for line in adapter.ranking_of(selection).lines]


def across(cast, selection):
    return operations.judge_across(
        selection=selection, reviewers=queries.seated_in(selection), due_at=DUE,
        by=cast["officer"], at=LATER,
    )  # fmt: skip


def test_the_best_are_fixed_and_those_around_the_cut_are_judged_again_across_panels(cast):
    selection = cast.closed_selection(panels=2, members=5)
    selection.places = 2  # 70 % of two is one, 130 % are two: the second alone is judged again
    selection.save()
    first, second, third = ranks(selection)
    again = selection.items.get(application__organisation=second)
    old = again.panel

    panel = across(cast, selection)
    refused(
        Reason.PANELS_OPEN, operations.propose, selection=selection, changes={},
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    cast.close(panel, lambda item: 100)

    again.refresh_from_db()
    assert (again.panel, again.tier) == (panel, 1)
    kept = Reevaluation.objects.get()
    assert (kept.why, kept.rank, kept.before, kept.outcome) == (
        Again.ACROSS, 2, old, Outcome.SELECTED,
    )  # fmt: skip
    # A hundred points do not pass the one that was fixed, nor do few of the last one go before it.
    assert ranks(selection) == [first, second, third]
    assert again.sheets.filter(member__panel=old).exists()
    line = next(line for line in adapter.ranking_of(selection).lines if line.id == str(again.pk))
    assert line.final == 100
    refused(
        Reason.JUDGED_AGAIN, operations.judge_across, selection=selection,
        reviewers=queries.seated_in(selection), due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip


def decided_across(cast, mark):
    """Judged across panels and decided: the first was fixed, the second judged again, a third behind."""
    selection = cast.closed_selection(panels=2, members=5)
    selection.places = 2
    selection.save()
    items = [selection.items.get(application__organisation=firm) for firm in ranks(selection)]
    cast.close(across(cast, selection), lambda item: mark)
    by = {"by": cast["officer"], "at": LATER}
    operations.propose(selection=selection, changes={}, **by)
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)
    return selection, items


def test_a_member_in_conflict_on_a_panel_across_all_is_replaced_by_one_of_all_panels(cast, as_role):
    """Too few are left and no panel scores to which it could move: another member of theirs comes."""
    selection = cast.closed_selection(panels=2, members=5)
    selection.places = 2
    selection.save()
    seated = list(queries.seated_in(selection))
    panel = operations.judge_across(
        selection=selection, reviewers=seated[:5], due_at=DUE, by=cast["officer"], at=LATER
    )
    item, seat = panel.items.get(), panel.members.first()
    cast.pool(count=20)  # others in the pool, who judged nothing here, do not come

    operations.pin_conflict(
        item=item, reviewer=seat.reviewer, reason="거래", by=cast["officer"], at=LATER
    )

    item.refresh_from_db()
    seat.refresh_from_db()
    assert (item.panel, seat.stage) == (panel, "LEFT")
    readers = {reader.reviewer for reader in queries.readers_of(item)}
    assert len(readers) == 5
    assert readers <= set(seated)
    assert "REPLACED" in Notice.objects.filter(kind="CONFLICT_REOPENED").first().facts["touched"]


def test_what_was_fixed_by_a_sheet_that_is_void_is_compared_with_what_was_judged_again(cast):
    selection, (first, second, _third) = decided_across(cast, 100)
    assert ranks(selection)[0] == first.application.organisation  # fixed, with 100 points too
    seats = queries.readers_of(first)
    pinned = {"item": first, "reason": "거래", "by": cast["officer"]}

    operations.pin_conflict(reviewer=seats[0].reviewer, at=LATER + timedelta(days=1), **pinned)
    assert queries.loosened(selection) == {first.pk}
    operations.lift_conflict(
        conflict=first.application.conflicts.get(source="PINNED"), by=cast["officer"], at=LATER
    )
    assert queries.loosened(selection) == set()

    operations.pin_conflict(reviewer=seats[1].reviewer, at=LATER + timedelta(days=1), **pinned)
    panel = operations.judge_for_conflict(
        item=first, reviewers=queries.second_judges(first.application, LATER.date())[:5],
        due_at=DUE, by=cast["officer"], at=LATER + timedelta(days=1),
    )  # fmt: skip
    cast.close(panel, lambda item: 60)
    # Sixty points do not go before a hundred any more because others had once fixed it.
    assert ranks(selection)[0] == second.application.organisation


def test_members_of_second_panels_are_paid_for_both_sheets_and_read_more_this_year(cast):
    selection = cast.closed_selection(panels=2, members=5)
    selection.places = 2
    selection.save()
    before = Sheet.objects.count()
    loads = queries.loads(DUE.year)

    panel = across(cast, selection)
    cast.close(panel)

    seats = panel.members.count()
    items = list(selection.items.all())
    assert queries.sheets_to_pay(items).count() == before + seats
    assert sum(queries.loads(DUE.year).values()) == sum(loads.values()) + seats


def test_an_objection_that_was_upheld_is_judged_by_a_second_panel_and_the_ranking_made_anew(
    client, cast
):
    objection = cast.upheld_objection()
    decision, selection = objection.decision, objection.decision.selection
    item = decision.application.item
    judged = set(item.panel.members.values_list("reviewer", flat=True))
    client.force_login(cast["officer"])
    page = reverse("selection:judge_again", args=[objection.pk])
    chosen = [reviewer.pk for reviewer in client.get(page).context["form"].initial["reviewers"]]
    client.post(page, {"reviewers": chosen, "due_at": f"{DUE:%Y-%m-%dT%H:%M}"})
    item.refresh_from_db()
    assert not judged & set(item.panel.members.values_list("reviewer", flat=True))
    refused(
        Reason.PANELS_OPEN, operations.propose_renewal, selection=selection, reason="이의신청",
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    cast.close(item.panel, lambda criterion: 100)

    renew = reverse("selection:renew", args=[selection.pk])
    changes = client.get(renew).context["changes"]
    client.post(renew, {"reason": "이의신청이 받아들여짐"})
    refused(
        Reason.SECOND_PERSON, operations.decide_renewal, selection=selection, by=cast["officer"],
        at=LATER,
    )  # fmt: skip
    told_before = Notice.objects.filter(kind="SELECTION_RESULT").count()
    client.force_login(cast["officer2"])
    shown = client.get(reverse("selection:table", args=[selection.pk]))
    client.post(reverse("selection:decide_anew", args=[selection.pk]))

    [changed] = changes
    assert (changed["rank"], changed["score"]) == ([2, 1], ["80.0000", "100.0000"])
    assert shown.context["changes"] == changes
    decision.refresh_from_db()
    objection.refresh_from_db()
    # Tied with the one that was selected: it waits where it waited, with its new rank.
    assert (decision.rank, decision.score, decision.outcome) == (1, 100, Outcome.RESERVE)
    assert objection.stage == ObjectionStage.RENEWED
    assert Renewal.objects.get().decided_by == cast["officer2"]
    assert Notice.objects.filter(kind="SELECTION_RESULT").count() > told_before


def test_who_overtakes_is_selected_and_nobody_loses_a_place(cast):
    objection = cast.upheld_objection()
    selection = objection.decision.selection
    best = selection.decisions.get(application__organisation=cast.supplier)
    item = best.application.item
    for seat in queries.readers_of(item)[:2]:  # its sheets of 100 points: two of six stop counting
        operations.pin_conflict(
            item=item, reviewer=seat.reviewer, reason="거래", by=cast["officer"], at=LATER
        )
    # Too few sheets are left: the ranking cannot be made before the item is judged again.
    panel = operations.judge_again(
        objection=objection, reviewers=queries.second_judges(objection.decision.application, LATER.date())[:5],
        due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip
    cast.close(panel, lambda criterion: 100)
    by = {"by": cast["officer"], "at": LATER}
    refused(
        Reason.SHEETS_UNUSABLE, operations.propose_renewal, selection=selection, reason="x", **by
    )
    for conflict in best.application.conflicts.filter(source="PINNED"):
        operations.lift_conflict(conflict=conflict, **by)
    selection.refresh_from_db()
    selection.places = 2
    selection.save()
    operations.propose_renewal(selection=selection, reason="이의신청", **by)
    operations.decide_renewal(selection=selection, by=cast["officer2"], at=LATER)

    decisions = {
        decision.application.organisation: decision for decision in selection.decisions.all()
    }
    assert decisions[cast.supplier].outcome == Outcome.SELECTED
    assert (decisions[cast.rival].outcome, decisions[cast.rival].cause) == (
        Outcome.SELECTED, Cause.JUDGED_AGAIN,
    )  # fmt: skip
    assert decisions[cast.rival].granted == 147_000_000
    assert decisions[cast.rival].replan_until


def test_a_renewal_that_was_overtaken_or_changes_nothing_is_refused(cast):
    selection = cast.decided_selection()
    by = {"by": cast["officer"], "at": LATER}
    refused(
        Reason.NOTHING_CHANGED, operations.propose_renewal, selection=selection, reason="x", **by
    )
    item = selection.items.get(application__organisation=cast.stranger)
    operations.pin_conflict(
        item=item, reviewer=queries.readers_of(item)[0].reviewer, reason="거래", **by
    )
    refused(
        Reason.NOTHING_CHANGED, operations.propose_renewal, selection=selection, reason="x", **by
    )
    assert "DECISION" in Notice.objects.filter(kind="CONFLICT_REOPENED").first().facts["touched"]


def test_an_exception_stays_when_the_ranking_is_made_anew(cast):
    selection = cast.closed_selection()
    third = selection.items.get(application__organisation=cast.stranger)
    by = {"by": cast["officer"], "at": LATER}
    operations.change_line(item=third, change=Change(outcome="SELECTED", reason="지역 안배"), **by)
    operations.propose(selection=selection, changes={}, **by)
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    assert adapter.changes_of(selection) == []


def test_whose_challenge_is_full_waits_for_a_place_of_it(cast):
    selection = cast.closed_selection()
    challenge = cast.challenge_of_buyer()
    selection.places, selection.most_of_a_challenge = 2, 1
    selection.reserve, selection.reserve_of_challenge = 0, 1
    selection.save()
    first, second, third = selection.items.select_related("application")
    for item in (first, second):
        item.application.challenge = challenge
        item.application.save()
    by = {"by": cast["officer"], "at": LATER}
    operations.propose(selection=selection, changes={}, **by)
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)
    outcome = {decision.application_id: decision.outcome for decision in selection.decisions.all()}
    assert [outcome[item.application_id] for item in (first, second, third)] == [
        Outcome.SELECTED, Outcome.RESERVE, Outcome.SELECTED,
    ]  # fmt: skip

    of_another = selection.decisions.get(application=third.application)
    operations.record_withdrawal(decision=of_another, reason="포기", **by)
    refused(Reason.NO_RESERVE, operations.move_up, selection=selection, **by)
    of_it = selection.decisions.get(application=first.application)
    operations.record_withdrawal(decision=of_it, reason="포기", **by)

    assert operations.move_up(selection=selection, **by).application == second.application


def test_an_item_that_too_few_can_judge_moves_to_another_panel(cast):
    selection = cast.panelled_selection(panels=2, members=5)
    item = selection.items.first()
    old = item.panel
    operations.declare_conflict(item=item, reason="자문했다", by=reader(item), at=LATER)

    item.refresh_from_db()
    assert item.panel != old
    assert len(queries.readers_of(item)) == 5
    assert "MOVED" in Notice.objects.filter(kind="CONFLICT_REOPENED").first().facts["touched"]
    assert told("ITEM_MOVED") == {str(seat) for seat in queries.readers_of(item)}


def test_who_is_away_until_the_term_is_replaced_with_one_press_that_shows_who_comes(client, cast):
    selection = cast.panelled_selection()
    seat = selection.panels.get().members.filter(is_chair=False).first()
    client.force_login(seat.reviewer.user)
    days = {"first": f"{LATER:%Y-%m-%d}", "last": f"{DUE + timedelta(days=3):%Y-%m-%d}"}
    client.post(reverse("selection:absence"), days)
    assert told("REVIEWER_ABSENT") >= {"officer"}

    client.force_login(cast["officer"])
    step = client.get(reverse("selection:selection", args=[selection.pk])).context["step"]
    page = client.get(step["url"])
    newcomer = adapter.newcomer_for(seat, LATER.date())
    client.post(step["url"], {"reason": page.context["form"].initial["reason"]})

    assert str(newcomer) in page.context["lead"]
    assert "밀봉" in page.context["lead"]
    seated = selection.panels.get().members.exclude(stage="LEFT")
    assert newcomer in [member.reviewer for member in seated]
    assert seat not in seated


def test_a_firm_is_never_before_two_panels_at_once(cast):
    panel, other = (cast.panelled_selection().panels.get() for _ in range(2))
    start = LATER + timedelta(days=20)
    plan = {"starts_at": start, "minutes": 20, "place": "서울", "by": cast["officer"], "at": LATER}
    operations.plan_day(panel=panel, **plan)
    operations.plan_day(panel=other, **plan)

    firms = {}
    for item in [*panel.items.all(), *other.items.all()]:
        firms.setdefault(item.application.organisation_id, []).append(item.presents_at)
    assert all(len(set(times)) == len(times) == 2 for times in firms.values())
    times = sorted(other.items.values_list("presents_at", flat=True))
    assert times == [start + timedelta(minutes=20 * n) for n in range(3)]


def test_the_day_has_pauses_and_its_page_a_clock_that_hides_what_one_is_in_conflict_with(
    client, cast
):
    selection = cast.panelled_selection()
    panel = selection.panels.get()
    item = panel.items.first()
    start = LATER + timedelta(days=20)
    operations.plan_day(
        panel=panel, starts_at=start, minutes=20, place="서울", pause_after=2, pause_minutes=10,
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    times = sorted(panel.items.values_list("presents_at", flat=True))
    assert times == [start + timedelta(minutes=minutes) for minutes in (0, 20, 50)]

    who = reader(item)
    operations.declare_conflict(item=item, reason="자문했다", by=who, at=LATER)
    client.force_login(who)
    own = client.get(reverse("selection:agenda", args=[panel.pk]))
    client.force_login(cast["officer"])
    office = client.get(reverse("selection:agenda", args=[panel.pk]))

    assert item.application.title not in own.content.decode()
    assert [row["stays_out"] for row in office.context["rows"]] == [[str(who)], [], []]
