"""Pages of a selection: the reviewer's evening, the table of the office, the applicant's result."""

import pytest
from django.urls import reverse

from dure.apps.selection import operations, queries
from dure.apps.selection.models import Decision, Sheet
from dure.apps.selection.stages import PanelStage, SelectionStage
from tests.apps.selection.cast import LATER, SECRET

pytestmark = pytest.mark.django_db


def reader_of(item):
    return queries.readers_of(item)[1].reviewer.user


def filled(item, mark=80):
    criteria = [criterion.id for criterion in queries.criteria_of(item.selection)]
    marks = {f"mark_{criterion}": mark for criterion in criteria}
    return marks | {f"reason_{criterion}": "근거가 있다" for criterion in criteria} | {"seen": 0}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_reviewer_reads_an_application_and_hands_the_sheet_in(client, cast, language):
    item = cast.panelled_selection().items.first()
    client.force_login(reader_of(item))
    client.cookies["django_language"] = language
    page = reverse("selection:sheet", args=[item.pk])

    shown = client.get(page).content.decode()
    left_out = client.post(page, {"seen": 0, "what": "final"})
    done = client.post(page, filled(item) | {"what": "final", "opinion": "시제품이 좋다"})
    stale = client.post(page, filled(item) | {"what": "final"})

    assert SECRET in shown
    assert left_out.status_code == 422 or left_out.context["form"].errors
    assert done.url == reverse("selection:panel", args=[item.panel_id])
    assert stale.context["form"].errors
    assert [sheet.opinion for sheet in Sheet.objects.filter(item=item)] == ["시제품이 좋다"]


def test_nothing_of_another_sheet_is_read_before_all_are_in(client, cast):
    item = cast.panelled_selection().items.first()
    first, second = (seat.reviewer.user for seat in queries.readers_of(item)[:2])
    cast.sheet(item, first, mark=60)
    client.force_login(second)

    alone = client.get(reverse("selection:panel", args=[item.panel_id]))

    assert alone.context["compared"] == []
    assert [row["sheet"] for row in alone.context["tasks"]] == [None, None, None]


def test_whoever_is_in_conflict_finds_nothing_of_the_application_on_any_page(client, cast):
    item = cast.scored_selection().items.first()
    user = reader_of(item)
    title = item.application.title
    client.force_login(user)
    pages = [
        reverse("selection:reviews"),
        reverse("selection:panel", args=[item.panel_id]),
        reverse("selection:sheet", args=[item.pk]),
        reverse("selection:declare", args=[item.pk]),
        reverse("applications:list"),
        reverse("applications:opened", args=[item.application_id]),
    ]
    before = [title in client.get(page).content.decode() for page in pages]
    client.post(reverse("selection:declare", args=[item.pk]), {"reason": "전 직장"})

    after = [title in client.get(page).content.decode() for page in pages]

    assert any(before)
    assert not any(after)
    assert client.get(pages[2]).status_code == 404


def test_the_office_proposes_a_second_person_decides_and_the_applicant_objects(client, cast):
    selection = cast.closed_selection()
    table = reverse("selection:table", args=[selection.pk])
    best = selection.items.first()
    client.force_login(cast["officer"])
    tried = client.get(table, {"places": 0})
    line = {"granted": "100000000", "months": "12", "conditions": "시제품부터"}
    client.post(reverse("selection:line", args=[best.pk]), line)
    client.post(table)
    client.post(reverse("selection:decide", args=[selection.pk]))
    selection.refresh_from_db()
    by_the_same = selection.stage
    client.force_login(cast["officer2"])
    client.post(reverse("selection:decide", args=[selection.pk]))
    decision = Decision.objects.get(application=best.application)
    client.force_login(cast["supplier"])
    shown = client.get(reverse("selection:result", args=[decision.pk]))

    assert {row["outcome"] for row in tried.context["rows"]} != {"Selected"}
    assert by_the_same == SelectionStage.PROPOSED
    assert (decision.granted, decision.months) == (100_000_000, 12)
    assert shown.status_code == 200
    assert client.get(table).status_code == 404


def test_a_panel_comes_to_its_end_through_the_pages(client, cast):
    panel = cast.scored_selection().panels.get()
    chair = panel.members.get(is_chair=True).reviewer.user
    move = reverse("selection:move", args=[panel.pk])
    client.force_login(chair)
    client.post(move, {"what": "consensus"})
    panel.refresh_from_db()
    client.post(
        reverse("selection:minutes", args=[panel.pk]), {"text": "합의함", "seen": panel.version}
    )
    panel.refresh_from_db()
    client.post(move, {"what": "close"})
    panel.refresh_from_db()
    too_early = panel.stage
    for seat in panel.members.all():
        client.force_login(seat.reviewer.user)
        client.post(move, {"what": "confirm", "seen": panel.version})
    client.force_login(chair)
    client.post(move, {"what": "close"})
    panel.refresh_from_db()

    assert (too_early, panel.stage) == (PanelStage.CONSENSUS, PanelStage.CLOSED)


def test_the_office_invites_checks_and_forms_panels_through_the_pages(client, cast):
    selection = cast.begun_selection()
    client.force_login(cast["officer"])
    client.post(reverse("selection:pool"), {"email": cast["coordinator"].email})
    for item in selection.items.all():
        client.post(
            reverse("selection:check", args=[item.pk]),
            {"stage": "ADMITTED", "bonus": 0, "penalty": 0},
        )
    form = {"count": 1, "members": 6, "due_at": f"{LATER:%Y-%m-%dT%H:%M}"}
    client.post(reverse("selection:form_panels", args=[selection.pk]), form)
    page = client.get(reverse("selection:selection", args=[selection.pk]))

    assert queries.reviewer_of(cast["coordinator"]).stage == "INVITED"
    assert len(page.context["panels"][0]["members"]) == 6
    assert operations.elect_chair(
        member=selection.panels.get().members.first(), by=cast["officer"]
    ).is_chair
