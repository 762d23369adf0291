"""The plans of the demonstration load; each published figure is traced to its records another way."""

from decimal import Decimal
from pathlib import Path

import pytest

from dure.apps.agreements.models import Agreement, Contribution
from dure.apps.applications.models import Application
from dure.apps.calls.models import Call
from dure.apps.catalog.models import Need, Technology
from dure.apps.challenges.models import Candidate
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.fairs.models import Pair
from dure.apps.indicators import adapter, demo, queries
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Plan, Report
from dure.apps.introductions.models import Introduction
from dure.apps.ndas.models import Nda
from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.people.models import User
from dure.apps.selection.models import Decision
from dure.engines.measuring import Cell, Measurement, check
from dure.foundation import promotion_plans
from dure.foundation.demo import Demonstration
from tests.conftest import NOON

FOLDER = Path(__file__).parents[3] / "demo"
RECORDS = {
    "needs": Need, "technologies": Technology, "introductions": Introduction, "meetings": Pair,
    "consultations": ConsultationRecord, "ndas": Nda, "challenges": Candidate, "calls": Call,
    "applications": Application, "decisions": Decision, "agreements": Agreement,
}  # fmt: skip
COUNTED = {"count"}
KEPT_WITH_A_STEP = ("JOINT_DEVELOPMENT", "PURCHASE_TALK", "NDA")


def load(cast):
    User.objects.filter(pk=cast["officer"].pk).update(email=OFFICER)
    User.objects.filter(pk=cast["officer2"].pk).update(email=SECOND_OFFICER)
    given = Demonstration(FOLDER, None, "x", say=lambda line: None, run_job=lambda **more: None)
    for _ in range(2):
        demo.load_year(given, NOON.year)  # that of the worlds
    return Plan.objects.get(slug="demand-led")


def violations(revision):
    """What a judge that knows nothing of the engine's measuring finds wrong with a figure and its parts."""
    indicator_file, period = adapter.said_of(revision.figure.indicator), revision.figure.period
    facts = adapter.facts_of([indicator_file])
    groups = {
        name: tuple(
            Cell((value,), None if figure is None else Decimal(figure), count)
            for value, figure, count in cells
        )
        for name, cells in revision.cells.items()
    }
    return tuple(
        violation
        for by, cells in [((), ()), *(((name,), cells) for name, cells in groups.items())]
        for violation in check(
            promotion_plans.definition_of(indicator_file, by),
            facts,
            promotion_plans.period_of(period),
            Measurement(revision.value, 0, cells),
            revision.as_of,
        )
    )


@pytest.fixture
def chain(cast):
    """Something at every step: what the worlds of the routes make."""
    from importlib import import_module

    known = {}
    from django.apps import apps

    for app in apps.get_app_configs():
        folder = Path(__file__).parents[1] / app.label
        if app.label != "indicators" and (folder / "world.py").exists():
            known |= import_module(f"tests.apps.{app.label}.world").things(cast, known)
    return known


@pytest.mark.django_db
def test_each_published_figure_is_what_its_records_add_up_to(cast, chain):
    plan = load(cast)
    published = {
        revision.figure.indicator.code: revision for revision in queries.published_in(plan)
    }
    assert {revision.origin for revision in published.values()} == {Origin.MEASURED}

    for code, revision in published.items():
        measured = adapter.said_of(revision.figure.indicator).measured
        ids = [int(pk) for pk in adapter.behind_of(revision)]
        if measured.adds_up in COUNTED and measured.fact in RECORDS:
            assert RECORDS[measured.fact].objects.filter(pk__in=ids).count() == revision.value, code

    # Another way: straight from the tables, by the rules in words.
    taken = Need.objects.exclude(stage__in=["DRAFT", "WITHDRAWN", "MERGED"])
    assert published["needs"].value == taken.count()
    signed = Agreement.objects.filter(agreed_on__isnull=False)
    assert published["agreements"].value == signed.count()
    shares = Contribution.objects.filter(agreement__in=signed)
    assert published["money"].value == sum(share.amount for share in shares)
    demand = sum(share.amount for share in shares if share.payer.role == "demand")
    right = Decimal(100 * demand) / published["money"].value
    assert abs(published["demand-share"].value - right) <= Decimal("0.00005")
    held = [
        consultation_record
        for consultation_record in ConsultationRecord.objects.all()
        if consultation_record.outcome == "KEPT"
    ]
    assert published["consultations"].value == len(held)
    if held:
        on = [record for record in held if record.next_step in KEPT_WITH_A_STEP]
        right = Decimal(100 * len(on)) / len(held)
        assert abs(published["next-steps"].value - right) <= Decimal("0.00005")
    assert adapter.disagreements(published.values()) == []
    for code, revision in published.items():
        assert violations(revision) == (), code


@pytest.mark.django_db
def test_the_demonstration_has_all_plans_and_a_released_report(cast, chain):
    load(cast)
    assert Plan.objects.count() == 5
    report = Report.objects.get()
    assert report.stage == "RELEASED"
    assert report.figures[f"needs {NOON.year}"] != "0"
    assert report.created_by.email == demo.ANALYST
