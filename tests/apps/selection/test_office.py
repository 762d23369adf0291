"""The office: rounds, what comes next, lines of the table, fees, letters, fairness in numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.applications.models import Application, Opening
from dure.apps.calls.models import Round
from dure.apps.selection import adapter, operations, queries
from dure.apps.selection.models import Decision, Reviewer
from dure.apps.selection.operations import Change
from dure.apps.selection.reasons import Reason
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def begin(client, cast, opening, **more):
    client.force_login(cast["officer"])
    form = {"opening": opening.pk, "places": 1, "reserve": 0, "fee_won": 0}
    return client.post(reverse("selection:list"), form | more)


def test_each_round_of_a_call_begins_its_own_selection(client, cast):
    call = cast.opened_call()
    within = Round.objects.create(
        call=call, number=1, opens_at=NOON, closes_at=LATER, deadline_at=LATER
    )
    Application.objects.filter(call=call).update(round=within)
    Opening.objects.filter(call=call).update(round=within)
    opening = Opening.objects.get(call=call)

    offered = list(queries.openings_to_begin(cast["officer"]))
    begin(client, cast, opening)

    made = within.selections.get()
    assert offered == [opening]
    assert made.items.count() == 3
    assert str(made) != str(call)
    assert not queries.openings_to_begin(cast["officer"]).exists()
    assert client.get(reverse("selection:list")).context["form"] is None


@pytest.mark.parametrize(
    ("made", "leads_to"),
    [
        ("begun_selection", "check"),
        ("panelled_selection", "remind"),
        ("scored_selection", "panel"),
        ("closed_selection", "table"),
    ],
)
def test_the_office_has_one_button_that_brings_it_on(client, cast, made, leads_to):
    selection = getattr(cast, made)()
    client.force_login(cast["officer"])

    step = client.get(reverse("selection:selection", args=[selection.pk])).context["step"]

    part = {"remind": "/remind/", "check": "/check/", "panel": "/panels/", "table": "/table/"}
    assert part[leads_to] in step["url"]


def test_a_line_is_changed_before_it_is_proposed_and_an_exception_needs_a_reason(client, cast):
    selection = cast.closed_selection()
    first, _second, third = selection.items.all()
    by = {"by": cast["officer"], "at": LATER}
    refused(
        Reason.REASON_MISSING, operations.change_line, item=third,
        change=Change(outcome="SELECTED"), **by,
    )  # fmt: skip
    refused(
        Reason.MONEY_WRONG, operations.change_line, item=first, change=Change(granted=10**12), **by
    )
    client.force_login(cast["officer"])
    page = reverse("selection:line", args=[first.pk])
    shown = client.get(page)
    client.post(page, {"granted": "100000000", "months": "12"})
    operations.change_line(item=third, change=Change(outcome="SELECTED", reason="지역 안배"), **by)
    client.post(reverse("selection:table", args=[selection.pk]))
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    decided = {decision.application_id: decision for decision in Decision.objects.all()}
    assert len(shown.context["line"]["sheets"]) == 6
    assert sum(sheet["is_left_out"] for sheet in shown.context["line"]["sheets"]) == 2
    assert decided[first.application_id].granted == 100_000_000
    assert decided[third.application_id].reason == "지역 안배"


def test_another_weight_is_tried_and_nothing_of_it_is_kept(client, cast):
    selection = cast.closed_selection()
    client.force_login(cast["officer"])
    table = reverse("selection:table", args=[selection.pk])

    tried = client.get(table, {"weight_need": 60, "places": 2})

    assert tried.context["tried"]["weights"]["need"] == 60
    assert [row["line"].outcome.value for row in tried.context["rows"]].count("SELECTED") == 2
    assert [row["is_other"] for row in tried.context["rows"]] == [False, True, True]
    assert client.get(table).context["tried"] == {}


def test_of_one_challenge_no_more_are_selected_than_the_call_says(cast):
    selection = cast.closed_selection()
    challenge = cast.challenge_of_buyer()
    selection.places, selection.most_of_a_challenge = 3, 1
    selection.save()
    first, second, _third = selection.items.select_related("application")
    for item in (first, second):
        item.application.challenge = challenge
        item.application.save()

    lines = {int(line.id): line for line in adapter.ranking_of(selection).lines}

    assert lines[first.pk].outcome.value == "SELECTED"
    assert (lines[second.pk].outcome.value, lines[second.pk].cause.value) == (
        "REJECTED", "QUOTA_FULL",
    )  # fmt: skip


def test_nobody_reads_more_in_a_year_than_the_smaller_of_both_limits(cast):
    selection = cast.begun_selection()
    selection.items.update(stage="ADMITTED")
    Reviewer.objects.update(most_a_year=2)

    refused(
        Reason.IMPOSSIBLE, operations.form_panels, selection=selection, count=1, members=5,
        due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip


def test_every_sheet_that_counts_is_paid(client, cast):
    selection = cast.scored_selection()
    selection.fee_won = 50_000
    selection.save()
    client.force_login(cast["officer"])

    page = client.get(reverse("selection:fees", args=[selection.pk]))
    sheet = client.get(reverse("selection:fees", args=[selection.pk]), {"format": "xlsx"})

    assert page.context["won"] == 18 * 50_000
    assert {row["won"] for row in page.context["rows"]} == {150_000}
    assert sheet["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_letter_is_a_pdf_in_both_languages_for_its_applicant_alone(client, cast, language):
    decision = cast.decided_selection().decisions.get(application__organisation=cast.supplier)
    url = reverse("selection:letter", args=[decision.pk])
    client.force_login(cast["supplier"])
    letter = client.get(url, {"language": language})
    client.force_login(cast["rival"])

    assert letter.content.startswith(b"%PDF")
    assert client.get(url).status_code == 404


def test_fairness_is_open_to_all_once_decided_and_small_groups_are_left_out(client, cast):
    running = cast.panelled_selection()
    decided = cast.decided_selection()

    closed = client.get(reverse("selection:fairness", args=[running.pk]))
    opened = client.get(reverse("selection:fairness", args=[decided.pk]))

    assert closed.status_code == 404
    assert opened.status_code == 200
    rows = [row for group in opened.context["groups"] for row in group["rows"]]
    assert {row["count"] for row in rows} == {None}


def test_how_reviewers_keep_to_terms_is_known(cast):
    selection = cast.panelled_selection()
    item = selection.items.first()
    seat = queries.readers_of(item)[0]
    late = DUE + timedelta(days=1)
    operations.save_sheet(
        item=item, seen=0,
        marks={criterion.id: 80 for criterion in queries.criteria_of(selection)},
        reasons={criterion.id: "근거" for criterion in queries.criteria_of(selection)},
        failed=[], opinion="", note="", is_final=True, by=seat.reviewer.user, at=late,
    )  # fmt: skip

    past = queries.punctuality()[seat.reviewer_id]

    assert (past.sheets, past.late) == (1, 1)


def test_the_office_reads_no_score_before_every_sheet_of_every_panel_is_in(client, cast):
    selection = cast.scored_selection()
    item = selection.items.first()
    client.force_login(cast["officer"])
    pages = [
        reverse("selection:table", args=[selection.pk]),
        reverse("selection:line", args=[item.pk]),
    ]
    early = [client.get(page).content.decode() for page in pages]
    chair = item.panel.members.get(is_chair=True).reviewer.user
    operations.start_consensus(panel=item.panel, by=chair, at=LATER)
    later = [client.get(page).content.decode() for page in pages]

    assert not any("100.00" in page for page in early)
    assert all("100.00" in page for page in later)
