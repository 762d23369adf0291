"""`dure demo` on a home that has one already."""

import csv
import shutil
from importlib.util import find_spec
from itertools import islice

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.utils import timezone

from dure.apps.catalog.models import Need
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.matches import operations as matches
from dure.apps.matches.adapter import index
from dure.apps.matches.demo import agree
from dure.apps.matches.models import AnswerKind
from dure.apps.matches.queries import suggestions_for_user
from dure.apps.ndas.models import AccessRecord, Nda
from dure.apps.ndas.queries import overdue
from dure.apps.people.models import User
from dure.config import demo
from dure.config.cli import main

ROWS = 40


@pytest.fixture
def small(tmp_path, settings, monkeypatch):
    """The demonstration with the first rows of its sheets, and an index of its own."""
    for name in ("needs", "technologies"):
        with (
            (demo.FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as whole,
            (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as part,
        ):
            csv.writer(part).writerows(islice(csv.reader(whole), ROWS + 1))
    for path in (*demo.FOLDER.glob("*.toml"), *demo.FOLDER.glob("*.csv")):
        if not (tmp_path / path.name).exists():
            shutil.copy(path, tmp_path)
    monkeypatch.setattr(demo, "FOLDER", tmp_path)
    settings.DURE_DATA = None
    settings.DURE_INDEX = str(tmp_path / "index")
    index.cache_clear()
    yield
    index.cache_clear()


def everything():
    """Every row of our own tables and of their history."""
    models = [model for model in apps.get_models() if model.__module__.startswith("dure.")]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def apps_without_a_part():
    """Apps whose `demo.py` ran and left nothing, because it came too early, for example."""
    return [
        app.label
        for app in apps.get_app_configs()
        if app.name.startswith("dure.apps.")
        and find_spec(f"{app.name}.demo")
        and not any(m.objects.exists() for m in app.get_models())
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_second_demo_loads_nothing_again_and_keeps_what_people_did(small):
    first = CliRunner().invoke(main, ["demo", "--no-serve"], catch_exceptions=False)
    buyer = User.objects.get(email="buyer@dure.example")
    suggestion = suggestions_for_user(buyer).order_by("-pk")[0]
    matches.answer(
        need=suggestion.need, technology=suggestion.technology, kind=AnswerKind.INTERESTED,
        why="", note="bitte bald", by=buyer, at=timezone.now(),
    )  # fmt: skip
    Need.objects.filter(pk=suggestion.need_id).update(title="고쳐 쓴 제목")
    before = everything()

    second = CliRunner().invoke(main, ["demo", "--no-serve"], catch_exceptions=False)

    assert everything() == before
    assert apps_without_a_part() == []
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert Need.objects.filter(wish__isnull=True).count() == ROWS
    assert ConsultationRecord.objects.exists()  # at any hour, midnight too
    assert set(Nda.objects.values_list("stage", flat=True)) >= {"ASKED", "SIGNED"}
    assert "Matches are there already." in second.output
    assert "buyer@dure.example" in second.output


@pytest.mark.django_db
def test_one_agreement_of_the_demonstration_waits_for_its_return(cast):
    for role, side in (("manager", "buyer"), ("supplier", "firm")):
        User.objects.filter(pk=cast[role].pk).update(email=f"{side}@dure.example")
    for number in range(2):
        cast.need(title=f"수요 {number}", visibility="TEASER")

    agree(demo.FOLDER, timezone.now())

    waiting = overdue(Nda.objects.all(), timezone.localdate()).get()
    assert waiting.receiving_party == cast.supplier
    assert AccessRecord.objects.filter(nda=waiting).count() == 3
    assert AccessRecord.objects.filter(nda__stage="SIGNED").exclude(nda=waiting).count() == 2
