"""What the public reads of plans, and how the analyst goes down to the records."""

import pytest
from django.urls import reverse

from dure.apps.catalog.models import Visibility
from dure.apps.indicators import operations
from dure.apps.indicators.models import Revision
from dure.foundation.measures import MEASURES
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, cast):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(cast.analyst())
    return client


def page(client, name, *arguments, **query):
    return client.get(reverse(f"indicators:{name}", args=arguments), query)


def test_a_visitor_reads_targets_and_published_figures_and_no_drafts(as_role, cast):
    cast.published_figure()
    draft = cast.drafted_figure("2026", 71)
    visitor = as_role("visitor")

    plan = page(visitor, "plan", "small").content.decode()

    assert "60 factories" in plan
    assert "100 factories" in plan
    assert "71 factories" not in plan
    assert page(visitor, "figure", draft.figure_id).status_code == 404
    assert page(visitor, "desk").status_code == 302


def test_the_analyst_goes_from_the_figure_to_its_records_as_far_as_they_are_open(signed_in, cast):
    seen = cast.need(title="열린 수요", title_en="An open need")
    closed = cast.need(title="안의 수요", title_en="A need inside", visibility=Visibility.MEMBERS)
    revision = cast.published_figure(
        operations.draft_measured(
            indicator=cast.indicator("needs"), period="2026", as_of=NOON.date(), reason="",
            by=cast["officer"], at=NOON,
        )
    )  # fmt: skip

    shown = page(signed_in, "figure", revision.figure_id).content.decode()

    assert seen.get_absolute_url() in shown
    assert f"#{closed.pk}" in shown
    assert "A need inside" not in shown
    assert set(MEASURES["needs"].records(cast.analyst(), [str(seen.pk), str(closed.pk)])) == {
        str(seen.pk)
    }
    book = page(signed_in, "figure", revision.figure_id, format="xlsx")
    assert book["Content-Type"].endswith("sheet")


def test_the_public_sees_no_records_behind_a_figure(as_role, cast):
    need = cast.need(title="열린 수요", title_en="An open need")
    revision = cast.published_figure(
        operations.draft_measured(
            indicator=cast.indicator("needs"), period="2026", as_of=NOON.date(), reason="",
            by=cast["officer"], at=NOON,
        )
    )  # fmt: skip
    shown = page(as_role("visitor"), "figure", revision.figure_id).content.decode()
    assert need.get_absolute_url() not in shown
    assert "1 needs" in shown


def test_a_year_is_measured_and_confirmed_by_two_people_on_the_pages(signed_in, cast):
    cast.need()
    cast.small_plan()
    signed_in.post(
        reverse("indicators:measure_year", args=["small"]), {"year": 2026, "as_of": "2026-11-22"}
    )
    revision = Revision.objects.get(stage="DRAFT")
    move = reverse("indicators:move", args=[revision.pk])

    signed_in.post(move, {"stage": "CONFIRMED"})
    revision.refresh_from_db()
    assert revision.stage == "DRAFT"

    signed_in.force_login(cast["officer"])
    for stage in ("CONFIRMED", "PUBLISHED"):
        signed_in.post(move, {"stage": stage})
    revision.refresh_from_db()
    assert (revision.stage, revision.value) == ("PUBLISHED", 1)
    assert "agrees" in page(signed_in, "desk").content.decode()


def test_forms_say_what_is_wrong(signed_in, cast):
    cast.small_plan()
    where = reverse("indicators:report_figure", args=["small", "factories"])
    answer = signed_in.post(where, {"period": "im Mai", "value": "3", "evidence": "x"})
    assert "Write the period as" in answer.content.decode()
    answer = signed_in.post(where, {"period": "2025", "value": "3", "evidence": "x"})
    assert answer.status_code == 302


def test_a_plan_as_a_workbook_holds_every_figure(as_role, cast):
    import io

    import openpyxl

    cast.published_figure()
    book = page(as_role("visitor"), "plan", "small", format="xlsx")
    figures, meanings = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    assert [(row[1].value, row[2].value) for row in figures.iter_rows(min_row=2)] == [
        ("2024", 40), ("2025", 60),
    ]  # fmt: skip
    assert meanings.max_row == 3
