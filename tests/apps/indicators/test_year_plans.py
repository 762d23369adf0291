"""The plan of a year: written by task, resolved by a second person, measured, and carried into the next."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from dure.apps.indicators import operations, presenters, queries
from dure.apps.indicators.models import Action
from dure.apps.indicators.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_plan_is_resolved_by_a_second_person_and_then_stays(cast):
    drafted = cast.year_plan(2025)
    with pytest.raises(Refused) as refused:
        operations.resolve(year_plan=drafted, by=cast["officer"], at=NOON)
    assert refused.value.reason == Reason.SECOND_PERSON

    resolved = operations.resolve(year_plan=drafted, by=cast["officer2"], at=NOON)

    action = resolved.actions.get()
    with pytest.raises(Refused) as refused:
        operations.drop_action(action=action, by=cast["officer"])
    assert refused.value.reason == Reason.STAGE_CLOSED
    assert (
        operations.add_result(action=action, result=" 조사함 ", by=cast["officer"]).result
        == "조사함"
    )


def test_an_empty_plan_is_not_resolved(cast):
    drafted = cast.year_plan(2025)
    operations.drop_action(action=drafted.actions.get(), by=cast["officer"])

    with pytest.raises(Refused) as refused:
        operations.resolve(year_plan=drafted, by=cast["officer2"], at=NOON)

    assert refused.value.reason == Reason.NO_ACTIONS


def test_next_year_begins_with_the_actions_of_this_one_and_its_budget(cast):
    operations.resolve(year_plan=cast.year_plan(2025), by=cast["officer2"], at=NOON)
    Action.objects.update(starts_on=date(2024, 2, 29), ends_on=date(2024, 12, 31))

    begun = operations.begin_year_plan(
        plan=cast.small_plan(), year=2026, by=cast["officer"], at=NOON
    )

    action = begun.actions.get()
    assert (action.budget_before, action.budget) == (10**8, 10**8)
    assert (action.starts_on, action.ends_on) == (date(2026, 2, 28), date(2026, 12, 31))
    assert action.result == ""


def test_one_plan_for_each_year_of_the_plan(cast):
    cast.year_plan(2025)

    for year, reason in ((2025, Reason.YEAR_TAKEN), (2030, Reason.NOT_A_YEAR)):
        with pytest.raises(Refused) as refused:
            operations.begin_year_plan(
                plan=cast.small_plan(), year=year, by=cast["officer"], at=NOON
            )
        assert refused.value.reason == reason


def test_an_action_lies_in_the_year_and_under_a_task(cast):
    drafted = cast.year_plan(2025)
    values = {
        "year_plan": drafted, "name": "조사", "body": "기관", "budget_before": 0, "budget": 1,
        "indicator": None, "target": None, "by": cast["officer"],
        "starts_on": date(2025, 1, 1), "ends_on": date(2025, 2, 1),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        operations.write_action(**values, task="9-9")
    assert refused.value.reason == Reason.NO_TASK
    with pytest.raises(Refused) as refused:
        operations.write_action(**values | {"ends_on": date(2026, 1, 1)}, task="1-1")
    assert refused.value.reason == Reason.NOT_ITS_YEAR


def test_the_figure_of_the_year_stands_beside_the_target(cast):
    drafted = cast.year_plan(2025)
    operations.write_action(
        year_plan=drafted, action=drafted.actions.get(), task="1-1", name="조사", body="기관",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1), budget_before=0, budget=1,
        indicator=cast.indicator("factories"), target=Decimal(120), by=cast["officer"],
    )  # fmt: skip
    cast.published_figure()  # 60 factories in 2025

    (task,) = presenters.by_task(
        drafted, queries.actions_of(drafted), queries.published_in(drafted.plan)
    )

    (row,) = task.rows
    assert row["reached"] == 50


def test_pages_write_resolve_and_export(as_role, cast):
    officer = as_role("officer")
    drafted = cast.year_plan(2025)
    page = reverse("indicators:new_action", args=[drafted.pk])
    wrong = officer.post(page, {"task": "1-1", "name": "새 사업", "starts_on": "2025-05-01"})
    assert wrong.status_code == 422
    assert "새 사업" in wrong.content.decode()

    done = officer.post(
        page,
        {
            "task": "1-1", "name": "새 사업", "body": "기관", "starts_on": "2025-05-01",
            "ends_on": "2025-06-01", "budget_before": "0", "budget": "5000000",
        },
    )  # fmt: skip
    assert done.status_code == 302
    assert as_role("visitor").get(drafted.get_absolute_url()).status_code == 404
    as_role("officer2").post(reverse("indicators:resolve", args=[drafted.pk]))
    seen = as_role("visitor").get(drafted.get_absolute_url()).content.decode()
    assert "새 사업" in seen
    book = as_role("officer").get(drafted.get_absolute_url(), {"format": "xlsx"})
    rows = openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True)
    assert "새 사업" in [row[1] for row in rows]
