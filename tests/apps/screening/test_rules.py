"""Parameters change only by a released version, with its effect on last year's spending before."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run as work
from dure.apps.screening import adapter, operations, presenters, queries
from dure.apps.screening.kinds import Outcome
from dure.apps.screening.models import RuleSet, Run
from dure.apps.screening.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

LEAST = {**adapter.figures_of("same_evidence"), "least": 2_000_000}


def test_every_figure_has_a_name():
    named = {name for code in adapter.signals() for name in adapter.figures_of(code)}

    assert named == presenters.PARAMETERS.keys()


@pytest.fixture
def second(cast):
    return cast.second_auditor()


@pytest.fixture
def draft(cast):
    return operations.change_rules(
        signal="same_evidence", values=LEAST, note="적은 금액은 늘 설명돼요.",
        by=cast["auditor"], at=NOON,
    )  # fmt: skip


@pytest.fixture
def last_year(cast, made):
    more = {"number": "2025-7", "payee_number": "1234567891", "amount": 900_000}
    more["spent_on"] = date(localdate().year - 1, 6, 2)
    return [cast.expense(made, key=key, **more) for key in ("old-1", "old-2")]


def measured(rules, cast):
    job = operations.ask_for_effect(rules=rules, by=cast["auditor"])
    work(job_id=str(job.pk), clock=lambda: NOON)
    rules.refresh_from_db()
    return rules


def test_the_effect_on_last_year_says_what_would_be_lost(cast, last_year, draft):
    case = cast.audit_case(last_year[0].project)
    question = cast.audit_question(case)
    question.expenses.set(last_year)
    operations.answer(question=question, text="두 번", by=cast["supplier"], at=NOON)
    operations.judge(
        question=question, verdict=Outcome.CONFIRMED, disallowed=900_000, note="중복",
        by=cast["auditor"], at=NOON,
    )  # fmt: skip

    effect = measured(draft, cast).effect

    assert effect["year"] == localdate().year - 1
    lost = next(signal for signal in effect["signals"] if signal["signal"] == "same_evidence")
    assert lost["before"] == {"findings": 1, "projects": 1, "confirmed": 1, "explained": 0}
    assert lost["after"] == {"findings": 0, "projects": 0, "confirmed": 0, "explained": 0}


def test_runs_look_by_the_version_that_was_released_last(as_role, cast, second, twice, draft):
    before = cast.screening()
    assert before.places.get().findings.filter(signal="same_evidence").exists()

    measured(draft, cast)
    released = operations.release_rules(rules=draft, by=second, at=NOON)
    after = cast.screening()

    assert released.number == 1
    assert (before.rules, after.rules) == (None, released)
    assert not after.places.get().findings.filter(signal="same_evidence").exists()


def test_nobody_releases_what_was_not_measured_or_what_they_drafted(cast, second, draft):
    with pytest.raises(Refused) as refused:
        operations.release_rules(rules=draft, by=second, at=NOON)
    assert refused.value.reason == Reason.NOT_MEASURED
    measured(draft, cast)
    with pytest.raises(Refused) as refused:
        operations.release_rules(rules=draft, by=cast["auditor"], at=NOON)
    assert refused.value.reason == Reason.ANOTHER_RELEASES


def test_a_change_after_the_measuring_has_to_be_measured_anew(cast, draft):
    measured(draft, cast)

    operations.change_rules(
        signal="cash", values=adapter.figures_of("cash") | {"least": 500_000}, note="현금",
        by=cast["auditor"], at=NOON,
    )  # fmt: skip

    draft.refresh_from_db()
    assert draft.effect == {}
    assert draft.parameters.keys() == {"same_evidence", "cash"}


def test_a_released_version_never_changes(cast, second, draft):
    measured(draft, cast)
    operations.release_rules(rules=draft, by=second, at=NOON)

    with pytest.raises(Refused) as refused:
        operations.drop_rules(rules=draft, by=second)
    assert refused.value.reason == Reason.RELEASED
    operations.change_rules(
        signal="same_evidence", values=adapter.figures_of("same_evidence"), note="되돌리기",
        by=cast["auditor"], at=NOON,
    )  # fmt: skip
    assert queries.rules_in_force().parameters == {"same_evidence": {"least": 2_000_000}}
    assert RuleSet.objects.get(number=None).parameters == {}


def test_the_pages_of_the_parameters(as_role, cast):
    client = as_role("auditor")
    address = reverse("screening:change_rules", args=["same_evidence"])
    assert client.post(address, {"least": "-5", "note": "x"}).status_code == 422
    client.post(address, {"least": "2000000", "note": "적은 금액"})
    page = client.get(reverse("screening:rules"))
    assert [change["after"] for change in page.context["changes"]] == ["2,000,000"]

    client.post(reverse("screening:measure_rules", args=[RuleSet.objects.get().pk]))
    work(job_id=str(Job.objects.get(kind=operations.MEASURE).pk), clock=lambda: NOON)
    assert client.get(reverse("screening:rules")).context["effect"]["entered"] == 0
    client.post(reverse("screening:drop_rules", args=[RuleSet.objects.get().pk]))
    assert not RuleSet.objects.exists()
    assert Run.objects.count() == 0
