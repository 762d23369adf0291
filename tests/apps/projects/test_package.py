"""A project whole: as a tabular data package that a foreign judge accepts, and as Excel."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile
from django.urls import reverse
from frictionless import Package, system

from dure.apps.projects import operations
from dure.apps.projects.models import FollowUp
from dure.apps.projects.presenters import project_package
from dure.config.export_command import export_command
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(cast):
    """Settled with a marked row and something to pay back, judged, closed, answered, with an outcome."""
    made, officer = cast.project(), cast["officer"]
    slip = [ContentFile(b"%PDF-1.7", "전표.pdf")]
    spent = cast.expense(made, files=slip, amount=50_000_000, payee="=SUM(1)")
    cast.expense(
        made, key="k", files=slip, amount=20_000_000, purpose="staff_pay", paid_by="in_kind"
    )
    operations.open_settlement(project=made, by=officer, at=NOON)
    row = operations.mark_row(
        expense=spent, amount=10, question="무엇인가요?", by=cast["rival"], at=NOON
    )
    operations.judge_mark(
        mark=row, stage="UPHELD", amount=10, note="증빙 부족", revision=0, by=cast["rival"], at=NOON
    )
    operations.conclude(project=made, by=officer, at=NOON)
    recovery = made.recoveries.get()
    operations.record_payment(
        recovery=recovery, paid_on=date(2026, 12, 1), amount=1_000_000, key="1", by=officer, at=NOON
    )
    FollowUp.objects.create(
        project=made, year=1, due_on=date(2027, 12, 31), answered_at=NOON, sales=5, promise="KEPT"
    )
    cast.outcome(anchor=("project", made))
    return made


def judged(content: bytes, folder):
    zipfile.ZipFile(BytesIO(content)).extractall(folder)
    with system.use_context(trusted=True):
        return Package(str(folder / "datapackage.json")).validate()


def test_frictionless_has_nothing_against_the_package_of_a_project(as_role, whole, tmp_path):
    answer = as_role("supplier").get(reverse("projects:package", args=[whole.pk]))

    report = judged(answer.content, tmp_path)

    assert report.valid, report.flatten(["type", "note"])
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    assert (rows["members"], rows["expenses"], rows["outcomes"]) == (2, 2, 1)
    for name in ("project", "budget", "settlement", "marked_rows", "recoveries", "repayments"):
        assert rows[name], name
    for name in ("milestones", "reports", "follow_ups", "royalties"):
        assert name in rows


def test_a_package_that_was_spoilt_is_found(whole, tmp_path):
    content = project_package(whole, None, at=NOON)
    assert judged(content, tmp_path / "as made").valid
    folder = tmp_path / "spoilt"
    zipfile.ZipFile(BytesIO(content)).extractall(folder)
    marked = folder / "marked_rows.csv"
    marked.write_text(
        marked.read_text(encoding="utf-8").replace("\n1,", "\n9,", 1), encoding="utf-8"
    )

    with system.use_context(trusted=True):
        assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_command_writes_all_of_it_and_the_page_what_one_sees(as_role, cast, whole, tmp_path):
    file = tmp_path / "whole.xlsx"
    done = CliRunner().invoke(export_command, ["project", whole.number, "--output", str(file)])
    assert done.exit_code == 0, done.output
    assert file.read_bytes()[:2] == b"PK"
    missing = CliRunner().invoke(export_command, ["project", "none", "--output", str(file)])
    assert missing.exit_code == 1

    page = as_role("supplier").get(reverse("projects:workbook", args=[whole.pk]))
    assert page.content[:2] == b"PK"
    for role in ("member", "newcomer"):  # the demand side sees no money
        for name in ("package", "workbook"):
            assert (
                as_role(role).get(reverse(f"projects:{name}", args=[whole.pk])).status_code == 404
            )
