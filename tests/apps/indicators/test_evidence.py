"""Files that show a reported figure: added while nobody has confirmed it, asked for where the plan says so."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.apps.indicators import operations
from dure.apps.indicators.models import FigureFile
from dure.apps.indicators.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.indicators.cast import PLAN
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(cast):
    """An indicator of a plan that asks for a file."""
    text = PLAN.replace('id = "small"', 'id = "strict"').replace(
        "targets = { 2026 = 100 }", "targets = { 2026 = 100 }\nasks_for_file = true"
    )
    plan, _is_new = operations.load(text.encode(), at=NOON)
    return plan.indicators.get(code="factories")


def drafted(cast, indicator, **more):
    return operations.draft_reported(
        indicator=indicator, period="2025", value=Decimal(60), evidence="보고서 3쪽", reason="",
        by=cast["officer"], at=NOON, **more,
    )  # fmt: skip


def test_a_figure_is_confirmed_with_a_file_where_the_plan_asks_for_one(as_role, cast, strict):
    draft = drafted(cast, strict)
    confirm = {"revision": draft, "stage": "CONFIRMED", "by": cast["officer2"], "at": NOON}

    with pytest.raises(Refused) as refusal:
        operations.move(**confirm)
    assert refusal.value.reason == Reason.FILE_MISSING
    as_role("officer").post(
        reverse("indicators:add_files", args=[draft.pk]), {"files": [cast.text_file()]}
    )
    moved = operations.move(**confirm)

    assert moved.stage == "CONFIRMED"
    with pytest.raises(Refused) as refusal:
        operations.add_files(revision=draft, files=[cast.text_file()], by=cast["officer"], at=NOON)
    assert refusal.value.reason == Reason.STAGE_CLOSED


def test_a_figure_comes_with_its_files_from_the_form(as_role, cast):
    address = reverse("indicators:report_figure", args=[cast.small_plan().slug, "factories"])

    as_role("officer").post(
        address,
        {"period": "2025", "value": "60", "evidence": "표 3", "files": [cast.text_file("표.txt")]},
    )
    shown = FigureFile.objects.get()

    assert (shown.name, shown.size) == ("표.txt", len(b"table 3"))
    page = as_role("officer").get(shown.revision.figure.get_absolute_url()).content.decode()
    assert reverse("indicators:figure_file", args=[shown.pk]) in page
    sent = as_role("officer").get(reverse("indicators:figure_file", args=[shown.pk]))
    assert b"".join(sent.streaming_content) == b"table 3"
    for role in ("visitor", "supplier"):
        answer = as_role(role).get(reverse("indicators:figure_file", args=[shown.pk]))
        assert answer.status_code in {302, 404}


def test_a_file_that_is_not_what_it_says_leaves_nothing(cast, strict):
    lie = SimpleUploadedFile("report.pdf", b"MZ\x90")

    with pytest.raises(Refused) as refusal:
        drafted(cast, strict, files=[lie])

    assert refusal.value.reason == Reason.FILE_NOT_ALLOWED
    assert not strict.figures.filter(revisions__isnull=False).filter(period="2025").exists()
