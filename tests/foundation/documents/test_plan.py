"""A research plan as HWPX and as HTML, and back from a filled form."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.foundation.documents import forms, plan, read_document
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Paragraph
from dure.foundation.documents.forms import FormMismatch
from tests.foundation.documents.test_forms import official

SECTIONS = (
    plan.PlanSection("need", "개발의 필요성", "휠 표면의 미세 균열을 찾습니다.\n\n둘째 문단 <b>&"),
    plan.PlanSection("goal", "최종 목표", "검출률 99.5 %"),
)
PLAN = plan.ResearchPlan(
    title="휠 표면 <결함> 검사 장치",
    title_en="Wheel surface inspection",
    programme="구매조건부신제품개발사업",
    call="2026년 공고",
    number="2026-000012",
    months=24,
    trl_now=4,
    trl_goal=7,
    leader="강기술",
    leader_email="firm@dure.example",
    members=(
        plan.PlanMember("주관기관", "빛여울비전", "999-82-10015"),
        plan.PlanMember("수요기관", "누리온자동차"),
    ),
    people=(plan.PlanPerson("빛여울비전", "강기술", "총괄", 30, 24),),
    money=(plan.PlanMoney(1, "정부", "현금", 150_000_000),),
    costs=(plan.PlanCost(1, "빛여울비전", "연구재료비", "현금", 12_345_678),),
    sections=SECTIONS,
)


def test_what_the_plan_says_of_the_project_is_read_back():
    plan_read = plan.read_back(plan.write(PLAN), SECTIONS)

    assert plan_read.problems == ()
    assert plan_read.project == {
        "title": PLAN.title, "title_en": PLAN.title_en, "months": 24, "trl_now": 4, "trl_goal": 7,
    }  # fmt: skip
    assert plan_read.answers == {section.id: section.text for section in SECTIONS}


@settings(max_examples=15)
@given(st.text(st.characters(min_codepoint=33, exclude_categories=("C", "Z")), max_size=40))
def test_any_title_survives(title):
    written = plan.write(plan.ResearchPlan(title=title, sections=SECTIONS))

    assert plan.read_back(written, SECTIONS).project["title"] == title


def test_every_figure_stands_in_the_document(tmp_path):
    path = tmp_path / "plan.hwpx"
    path.write_bytes(plan.write(PLAN))

    lines = read_document(path)

    assert ["1", "빛여울비전", "연구재료비", "현금", "12,345,678"] in lines
    assert ["빛여울비전", "강기술", "총괄", "30", "24"] in lines


def test_the_same_plan_gives_the_same_bytes():
    assert plan.write(PLAN) == plan.write(PLAN)


def test_html_shows_the_text_and_no_markup_of_it():
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_data = seen.append  # type: ignore[method-assign]
    parser.feed(plan.html(PLAN))

    assert PLAN.title in seen
    assert "둘째 문단 <b>&" in "".join(seen)


def test_what_is_no_number_is_told_by_place():
    own = plan._own_form(SECTIONS)
    spoilt = forms.fill(own, plan.write(PLAN), {"months": "이 년쯤"})

    plan_read = plan.read_back(spoilt, SECTIONS)

    assert [(problem.place, problem.kind) for problem in plan_read.problems] == [
        ("months", "no_number")
    ]
    assert plan_read.project["months"] is None


def test_another_document_is_refused():
    with pytest.raises(FormMismatch):
        plan.read_back(hwpx("x", (Paragraph("회의록"),)), SECTIONS)


def test_the_official_cover_is_filled_from_a_plan_and_read_back():
    cover = forms.form_named("rnd_plan_cover")

    filled = forms.fill(cover, official("rnd_plan_cover"), plan.cover_values(PLAN))
    plan_read = plan.read_back(filled, SECTIONS)

    assert plan_read.project == {
        "title": PLAN.title, "title_en": PLAN.title_en, "trl_now": 4, "trl_goal": 7,
    }  # fmt: skip
    values = forms.read(cover, filled).values
    assert values["summary_total_won"] == 150_000_000
    assert values["partners"][0]["name"] == "누리온자동차"
