"""An application as a research plan: taken away as HWPX and PDF, brought back filled."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.apps.applications import adapter, operations
from dure.foundation.documents import forms, plan
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Paragraph
from dure.foundation.verdict import Refused
from tests.apps.applications.cast import SECRET
from tests.conftest import NOON
from tests.foundation.documents.test_forms import official

pytestmark = pytest.mark.django_db


def url(draft, name="research_plan", *more):
    return reverse(f"applications:{name}", args=[draft.pk, *more])


def hand_in(client, draft, content, name="계획서.hwpx", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(url(draft), {"file": file}, **more)


def parts(draft):
    return adapter.read_parts(draft)


def test_the_plan_goes_away_and_comes_back_into_another_draft(cast, as_role):
    draft, supplier = cast.whole_application(), as_role("supplier")

    file = supplier.get(url(draft, "plan_file", "hwpx"))

    assert file["Content-Type"] == "application/hwp+zip"
    assert "hwpx" in file["Content-Disposition"]
    before = parts(draft)
    other = cast.draft_application(title="")
    page = hand_in(supplier, other, file.content, follow=True)
    after = parts(other)
    assert after["project"]["title"] == before["project"]["title"]
    answers = {name: value for name, value in before.items() if name.startswith("answers/")}
    assert {name: after[name] for name in answers} == answers
    assert f"{len(answers) + 1} parts of the draft were filled" in page.content.decode()


def test_read_again_nothing_changes(cast, as_role):
    draft, supplier = cast.whole_application(), as_role("supplier")
    versions = dict(draft.parts.values_list("name", "version"))

    page = hand_in(
        supplier, draft, supplier.get(url(draft, "plan_file", "hwpx")).content, follow=True
    )

    assert "0 parts of the draft were filled" in page.content.decode()
    assert dict(draft.parts.values_list("name", "version")) == versions


def test_the_plan_as_pdf(cast, as_role):
    pytest.importorskip("weasyprint")

    file = as_role("supplier").get(url(cast.whole_application(), "plan_file", "pdf"))

    assert file.content.startswith(b"%PDF-")


def test_every_mistake_is_named_by_its_place_and_nothing_is_taken(cast, as_role):
    draft = cast.draft_application()
    question = adapter.questions_of(draft.call)[0]
    sections = adapter.plan_sections(draft, {"answers": []})
    long = "가" * 20_001
    written = plan.write(
        plan.ResearchPlan(
            title="새 제목", months=999,
            sections=tuple(
                plan.PlanSection(section.id, section.heading, long if section.id == question.id else "")
                for section in sections
            ),
        )
    )  # fmt: skip

    page = hand_in(as_role("supplier"), draft, written).content.decode()

    assert "Nothing was taken over yet" in page
    assert "1–120" in page
    assert question.name.ko in page
    assert parts(draft)["project"]["title"] != "새 제목"


@pytest.mark.parametrize("content", [b"no document", hwpx("x", (Paragraph("회의록"),))])
def test_what_is_no_plan_is_said(cast, as_role, content):
    page = hand_in(as_role("supplier"), cast.draft_application(), content).content.decode()

    assert "This file cannot be taken." in page or "neither the research plan" in page


def test_a_filed_application_takes_no_form(cast):
    draft = cast.filed_application()

    with pytest.raises(Refused):
        operations.take_plan(application=draft, content=b"", by=cast["supplier"], at=NOON)


def test_nobody_else_reads_the_plan(cast, as_role):
    draft = cast.whole_application()

    for role in ("officer", "rival", "auditor", "administrator"):
        assert as_role(role).get(url(draft, "plan_file", "hwpx")).status_code == 404


def test_the_official_cover_sheet_comes_back_filled(cast, as_role):
    draft, supplier = cast.whole_application(), as_role("supplier")
    blank = SimpleUploadedFile("표지.hwpx", official("rnd_plan_cover"))

    filled = supplier.post(url(draft, "fill_cover"), {"blank": blank}).content

    values = forms.read(forms.form_named("rnd_plan_cover"), filled).values
    assert values["title_ko"] == parts(draft)["project"]["title"]
    assert values["lead_name"] == "열림테크"
    assert values["summary_total_won"] == 200_000_000
    assert SECRET not in str(values)


def test_the_official_cover_sheet_filled_by_hand_is_read(cast, as_role):
    draft = cast.draft_application()
    given = {"title_ko": "손으로 쓴 제목", "trl_start": "4", "trl_end": "7"}
    filled = forms.fill(forms.form_named("rnd_plan_cover"), official("rnd_plan_cover"), given)

    hand_in(as_role("supplier"), draft, filled)

    project = parts(draft)["project"]
    assert (project["title"], project["trl_now"], project["trl_goal"]) == ("손으로 쓴 제목", 4, 7)
    assert project["months"] == 24  # what the form leaves empty stays


def test_a_document_of_the_older_format_gets_an_answer_that_helps(cast, as_role):
    draft, supplier = cast.draft_application(), as_role("supplier")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    read = hand_in(supplier, draft, old, name="계획서.hwp")
    filled = supplier.post(
        url(draft, "fill_cover"), {"blank": SimpleUploadedFile("표지.hwp", old)}, follow=True
    )

    for page in (read, filled):
        assert "choose “Save as”" in page.content.decode()
