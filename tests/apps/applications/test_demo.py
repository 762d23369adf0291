"""The demonstration has applications in every state, whole enough to be filed and submitted."""

from collections import Counter
from pathlib import Path

import pytest

from dure.apps.applications import demo, queries
from dure.apps.applications.models import Application
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls import demo as calls
from dure.apps.people.demo import OFFICER, SECOND_OFFICER, join, person
from dure.apps.people.models import Organisation, User
from dure.apps.people.operations import verify_organisation
from dure.apps.programmes.operations import load_shipped
from dure.foundation.demo import Demonstration
from dure.foundation.sheets import digits_and_dashes
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOLDER = Path(__file__).parents[3] / "demo"


def test_each_state_is_there_and_a_second_run_changes_nothing(cast):
    load_shipped(at=NOON)
    User.objects.filter(pk=cast["officer"].pk).update(email=OFFICER)
    User.objects.filter(pk=cast["officer2"].pk).update(email=SECOND_OFFICER)
    given = Demonstration(FOLDER, None, "x", say=lambda line: None, run_job=lambda **more: None)
    text = (FOLDER / "applications.toml").read_text(encoding="utf-8")
    for line in text.splitlines():
        key, _equals, value = line.partition(" = ")
        if key not in ("firm", "demand"):
            continue
        number = digits_and_dashes(value.strip('"')).replace("-", "")
        kind = "SME" if key == "firm" else "LARGE"
        firm, is_new = Organisation.objects.get_or_create(
            business_number=number, defaults={"name": f"기관 {number}", "kind": kind}
        )
        if is_new:
            verify_organisation(organisation=firm, by=cast["officer2"], at=NOON)
        join(person(given, f"{number}@dure.example", "담당"), firm)
    calls.load(given)

    demo.load(given)
    stages = Counter(Application.objects.values_list("stage", flat=True))
    demo.load(given)

    assert set(stages) == set(ApplicationStage.values)
    assert Counter(Application.objects.values_list("stage", flat=True)) == stages
    opened = Application.objects.filter(stage=ApplicationStage.OPENED).first()
    content = queries.submissions_opened_in(opened.call).first().content
    assert len(content["answers"]) == 11
