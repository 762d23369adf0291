"""What the public reads of plans, and how the analyst goes down to the records."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from frictionless import Package, system

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


def upload(client, text):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("실적.csv", text.encode("utf-8-sig"))
    return client.post(reverse("indicators:intake", args=["small"]), {"file": file})


def test_a_spreadsheet_of_reported_figures_is_taken_in_whole_or_not(signed_in, cast):
    cast.small_plan()
    head = "지표,기간,실적,출처\n"

    answer = upload(
        signed_in,
        head + "공장,2025,육십,보고서\n없는 지표,2025,3,보고서\n공장,작년,3,\n등록 수요,2026,4,x\n",
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    for cell in ("C2", "A3", "B4", "D4", "A5"):
        assert f">{cell}<" in shown, cell
    assert not Revision.objects.filter(stage="DRAFT").exists()

    assert (
        upload(
            signed_in, head + '공장,2025,"1,060",보고서\nfactories,2026,70.5,보고서\n'
        ).status_code
        == 302
    )
    assert set(Revision.objects.filter(stage="DRAFT").values_list("value", flat=True)) == {
        1060,
        70.5,
    }


def test_a_refused_row_leaves_nothing_behind(signed_in, cast):
    cast.drafted_figure("2025")
    answer = upload(signed_in, "지표,기간,실적,출처\n공장,2026,70,보고서\n공장,2025,61,보고서\n")
    assert answer.status_code == 422
    assert ">C3<" in answer.content.decode()
    assert Revision.objects.filter(stage="DRAFT").count() == 1


def test_the_desk_of_the_analyst_shows_how_far_the_plan_has_come(client, cast):
    cast.published_figure()
    starts = {}
    for who in (cast.analyst(), cast["member"]):
        client.force_login(who)
        starts[who] = client.get(reverse("dashboards:start"), headers={"accept-language": "en"})

    of_analyst, of_member = (page.content.decode() for page in starts.values())
    for words in ("Small plan", "Factories (2025)", "60%", reverse("indicators:boards")):
        assert words in of_analyst
    assert "Small plan" not in of_member


def test_the_api_tells_published_figures_and_no_small_groups(client, cast):
    for number in range(6):
        cast.need(title=f"수요 {number}", region="SEOUL")
    cast.need(title="하나", region="BUSAN")
    cast.drafted_figure("2025")
    cast.published_figure(
        operations.draft_measured(
            indicator=cast.indicator("needs"), period="2026", as_of=NOON.date(), reason="",
            by=cast["officer"], at=NOON,
        )
    )  # fmt: skip

    answer = client.get("/api/v1/figures", {"plan": "small", "year": 2026}).json()

    [figure] = answer["items"]
    assert (figure["indicator"], figure["value"], figure["origin"]) == ("needs", "7", "MEASURED")
    # Two groups: told of one, the other could be found by subtraction.
    assert figure["groups"]["region"] == [
        {"value": "BUSAN", "figure": None}, {"value": "SEOUL", "figure": None},
    ]  # fmt: skip
    assert client.get("/api/v1/figures", {"indicator": "factories"}).json()["total"] == 1


def test_published_figures_are_a_data_package_that_a_foreign_judge_accepts(client, cast, tmp_path):
    for n in range(6):
        cast.need(title=f"수요 {n}", region="SEOUL" if n else "BUSAN", field="")
    draft = operations.draft_measured(
        indicator=cast.indicator("needs"), period="2026", as_of=localdate(NOON), reason="",
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    cast.published_figure(draft)
    operations.draft_reported(
        indicator=cast.indicator("factories"), period="2025", value=Decimal(60), evidence="비밀 표",
        reason="", by=cast["officer"], at=NOON,
    )  # fmt: skip

    with zipfile.ZipFile(io.BytesIO(client.get(reverse("indicators:package")).content)) as archive:
        archive.extractall(tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    groups = (tmp_path / "groups.csv").read_text()

    assert report.valid, report.flatten(["type", "message"])
    assert "small,needs,2026,region,BUSAN,\n" in groups  # one alone is not told
    assert "비밀 표" not in (tmp_path / "figures.csv").read_text()
