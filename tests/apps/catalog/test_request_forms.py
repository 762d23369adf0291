"""Requests found by the labels of their forms, however these are worded."""

import pytest

from dure.apps.catalog.adapter.documents import budget_in, need_values, requests_in

NEED = "제설 작업은 밤에 몰려 작업자가 다치기 쉽고 인력이 모자랍니다."
GOAL = "좁은 길에서 스스로 움직이며 눈을 치우는 소형 장비를 만듭니다."
CONTENT = "영상으로 사람을 알아보고 멈추는 기능을 개발합니다."
FORM = [["과제명", "골목길 무인 제설 장비 개발"], ["필요성", NEED], ["연구목표", GOAL]]


def values_of(*lines):
    [request] = requests_in(lines)
    return need_values(request)


@pytest.mark.parametrize(
    "heading",
    [
        "□ 개발 내용 (1차년도) ㅇ ", "□ 개발내용 ① ", "□ 주요 연구 내용 - ", "■ 1차년도 연구내용: ", "□ 연차별 개발 내용 ㅇ ",
        "□ 단계별 주요 연구개발 내용 ㅇ ", "[연구개발 내용] ", "□ 세부 과업 범위 ㅇ ", "□ 기술 요구사항 ㅇ ", "◆ 수행 내용 (안) ㅇ ",
    ],
)  # fmt: skip
def test_content_is_found_inside_of_goal_and_content(heading):
    text = f"□ 최종 목표 ㅇ {GOAL} {heading}{CONTENT}"

    values = values_of(FORM[0], FORM[1], ["연구목표 및 내용", text])

    assert CONTENT in values["requirements"]
    assert GOAL in values["body"]
    assert CONTENT not in values["body"]


@pytest.mark.parametrize(
    "label",
    ["연구내용", "2차년도 연구내용", "개발 범위", "주요 과업 내용", "요구 규격", "3. 추진내용", "제안요청 내용", "연구개발의 내용 및 범위", "핵심 개발 항목",
     "개발 요구사항", "요구 성능 및 사양", "상세 요구 사항", "핵심 개발 요소", "기술 개발 사항", "주요 기능", "과제 수행내용"],
)  # fmt: skip
def test_content_is_found_under_other_words(label):
    assert values_of(*FORM, [label, CONTENT])["requirements"] == CONTENT


def test_goals_of_stages_are_the_content_where_there_is_no_other():
    values = values_of(
        *FORM[:2], ["목표", f"최종 목표: {GOAL} ㅇ 단계별 목표 1단계(2년) {CONTENT}"]
    )

    assert values["requirements"].endswith(CONTENT)
    assert CONTENT not in values["body"]


def test_titles_in_two_languages_are_one_request():
    english = "Development of unmanned snow removal for alleys"

    for lines in (
        [["과제명(국문)", FORM[0][1]], ["과제명(영문)", english]],
        [["과제명", "국문", FORM[0][1]], ["영문", english]],
    ):
        values = values_of(*lines, *FORM[1:])
        assert (values["title"], values["title_en"]) == (FORM[0][1], english)


def test_request_is_read_where_it_says_the_most():
    listed = [["과제명", f"(1세부) {FORM[0][1]}"], ["평가 필요성", "가" * 20], ["목표", "나" * 20]]

    values = values_of(*listed, *FORM, ["연구내용", CONTENT])

    assert (values["title"], values["requirements"]) == (FORM[0][1], CONTENT)


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("1억 5천만원 이내(1차년도 5천만원)", 150_000_000),
        ("1.5억 이내", 150_000_000),
        ("’25년 4.2억원 이내(총 32억원 이내)", 3_200_000_000),
        ("1차 연도 : 200,000 천원 • 전 체 : 1,001,000 천원", 1_001_000_000),
        ("3,116백만원; 850백만원", 3_116_000_000),
        ("총 5개 과제, 과제당 3억원", 300_000_000),
        ("15억 원 내외(연 5억 원 내외)", 1_500_000_000),
        ("1차년도 1억원, 2차년도 2억원 (총 3억원)", 300_000_000),
        ("1차년도 1억원, 2차년도 2억원", None),
        ("당해연도 2억원", None),
        ("3억원 이내/년", None),
        ("과제별 3억원 × 3년", None),
        ("국비 3억 + 민간 1억", None),
        ("매년 10억원(3년)", None),
        ("연 2억원씩 3년", None),
        ("3억원 ~ 5억원", None),
        ("10억 달러", None),
        ("추후 공고", None),
    ],
)
def test_budget_is_the_whole_or_nothing(text, budget):
    assert budget_in(text) == budget


@pytest.mark.parametrize(
    "lines",
    [
        [["연구비(백만원)", "1,567"]],
        [["기간", "총 연구비 (백만원)"], ["2년", "1,567"]],
        [["(단위: 백만원)"], ["연구비", "1,567"]],
    ],
)
def test_budget_counts_in_the_unit_of_its_label_or_caption(lines):
    assert values_of(*FORM, ["연구내용", CONTENT], *lines)["budget"] == 1_567_000_000


def test_keywords_are_not_cut_inside_brackets():
    text = "무인 제설, 사람 감지(AI), 인공지능(영상, 음성)"

    values = values_of(
        *FORM, ["국문 키워드", text], ["영문 키워드", "robot(SRR), [human detection]"]
    )

    assert values["keywords"] == [
        "무인 제설", "사람 감지(AI)", "인공지능(영상, 음성)", "robot(SRR)", "human detection",
    ]  # fmt: skip
