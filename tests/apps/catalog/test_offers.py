"""What a small firm hands to customers becomes the draft of a technology."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.catalog.adapter.offers import technology_values
from dure.apps.catalog.models import Technology
from dure.apps.catalog.operations import enter_technology_from_document
from dure.apps.catalog.reasons import Reason
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Cell, Heading, Paragraph, Table
from dure.foundation.verdict import Refused
from tests.conftest import NOON

FORM = [
    ["기술소개서"],
    ["회사명", "누리소재"],
    ["기술명", "배기가스 폐열회수용 세라믹 열교환기"],
    [
        "기술 개요",
        "900 ℃ 배기가스에서 열을 회수하는 탄화규소 열교환기로, 금속 열교환기보다 수명이 세 배이다.",
    ],
    ["특징 및 장점", "부식에 강하고 세척이 쉽다."],
    ["기술성숙도(TRL)", "7단계"],
    ["적용 실적", "제철소 가열로 2기 (2024)"],
    ["키워드", "폐열회수, 열교환기, 탄화규소"],
    ["담당자", "김연구 010-0000-0000"],
]
LEAFLET = [
    ["수소 누출 감지 센서 NS-2"],
    ["1. 제품 소개"],
    ["0.1 ppm의 수소를 1초 안에 감지하는 박막 센서이며 방폭 인증을 받았다."],
    ["□ 특장점"],
    ["전원 없이 2년 동안 동작한다."],
    ["3. 납품 실적"],
    ["충전소 40곳"],
]


def test_a_form_with_labels_is_read_by_them():
    values = technology_values(FORM)

    assert values["title"] == "배기가스 폐열회수용 세라믹 열교환기"
    assert values["body"].startswith("기술소개서") or values["body"].startswith("900 ℃")
    assert "부식에 강하고" in values["body"]
    assert (values["trl"], values["track_record"]) == (7, "제철소 가열로 2기 (2024)")
    assert values["keywords"] == ["폐열회수", "열교환기", "탄화규소"]
    assert "010" not in values["body"] + values["track_record"]


def test_a_leaflet_is_read_by_its_headings_and_named_by_its_first_line():
    values = technology_values(LEAFLET)

    assert values["title"] == "수소 누출 감지 센서 NS-2"
    assert "박막 센서" in values["body"]
    assert "2년 동안" in values["body"]
    assert values["track_record"] == "충전소 40곳"
    assert values["trl"] is None


@pytest.mark.parametrize(
    "lines", [[], [["안내문"]], [["기술명", "무엇"], ["회사 소개", "오래된 회사"]]]
)
def test_what_describes_no_technology_is_none(lines):
    assert technology_values(lines) is None


def document(*lines):
    rows = tuple(tuple(Cell(cell) for cell in line) for line in lines if len(line) > 1)
    blocks = [Heading("기술소개서", 0), Table(rows, (1, 3))] if rows else []
    blocks += [Paragraph(line[0]) for line in lines if len(line) == 1]
    return SimpleUploadedFile("기술소개서.hwpx", hwpx("기술소개서", blocks))


@pytest.mark.django_db
def test_a_document_becomes_a_draft_of_its_firm(as_role, cast):
    firm = cast.supplier
    answer = as_role("supplier").post(
        "/import/technology-document/",
        {"organisation": firm.pk, "file": document(*FORM[1:])},
    )

    draft = Technology.objects.get()
    assert answer["Location"] == f"/technologies/{draft.pk}/edit/"
    assert (draft.title, draft.stage, draft.organisation) == (FORM[2][1], "DRAFT", firm)


@pytest.mark.django_db
def test_a_document_without_a_technology_is_refused_in_words(cast):
    with pytest.raises(Refused) as refusal:
        enter_technology_from_document(
            organisation=cast.supplier, file=document(["안내문"]), by=cast["supplier"], at=NOON
        )

    assert refusal.value.reason == Reason.NO_TECHNOLOGY_FOUND
