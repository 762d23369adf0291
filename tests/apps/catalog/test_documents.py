"""Request forms in documents become draft needs; hostile documents are refused in words."""

import csv
import io
import zipfile
from html import escape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from dure.apps.catalog.adapter.documents import requests_in
from dure.apps.catalog.models import Need
from dure.apps.catalog.operations import enter_from_document
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage
from dure.foundation.documents import read_document
from dure.foundation.verdict import Refused
from tests.conftest import NOON

NAMESPACE = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'


def paragraph(text):
    words = escape(text).replace("\n", "<hp:lineBreak/>")
    return f"<hp:p><hp:run><hp:t>{words}</hp:t></hp:run></hp:p>"


def table(*rows):
    lines = "".join(
        "<hp:tr>"
        + "".join(f"<hp:tc><hp:subList>{paragraph(c)}</hp:subList></hp:tc>" for c in row)
        + "</hp:tr>"
        for row in rows
    )
    return f"<hp:p><hp:run><hp:tbl>{lines}</hp:tbl></hp:run></hp:p>"


def hwpx(*parts, **more):
    """A HWPX document around its parts, as small as it can be."""
    section = f"<hs:sec xmlns:hs='urn:sec' {NAMESPACE}>{''.join(parts)}</hs:sec>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", section)
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def enter(cast, content, by="manager"):
    file = SimpleUploadedFile("요청서.hwpx", content)
    return enter_from_document(organisation=cast.buyer, file=file, by=cast[by], at=NOON)


FORM = table(
    ["과제명", "1. 건조로 배기열 회수 시스템 개발 (TRL : [시작] 4단계 ~ [종료] 7단계)"],
    ["과제유형", "연구기간", "총 정부지원연구비"],
    ["지정공모", "2년 9개월", "1,567백만원"],
    ["연구목표", "○ 회수율 60% 이상의 열교환기 개발\n○ 1년 연속 운전 실증"],
    ["필요성", "○ 건조로 배기 180℃가 그대로 버려져 연료비가 늘고 있음"],
    ["연구 및 산업 동향", "○ 해외는 이미 상용화"],
    ["주요 연구내용", "○ 저온 배기용 판형 열교환기 설계 - 분진 부착 방지 표면처리"],
    ["Keyword", "한 글", "폐열, 열교환기"],
    ["영 문", "Waste heat, Heat exchanger"],
)


def test_form_in_a_table_becomes_a_draft_with_its_fields(cast):
    [need] = enter(cast, hwpx(paragraph("지정공모과제 제안요구서(RFP)"), FORM))

    assert (need.title, need.trl, need.budget) == (
        "건조로 배기열 회수 시스템 개발",
        7,
        1_567_000_000,
    )
    assert need.body == (
        "[필요성]\n○ 건조로 배기 180℃가 그대로 버려져 연료비가 늘고 있음\n\n"
        "[목표]\n○ 회수율 60% 이상의 열교환기 개발\n○ 1년 연속 운전 실증"
    )
    assert need.requirements == (
        "○ 저온 배기용 판형 열교환기 설계\n- 분진 부착 방지 표면처리\n\n[연구기간] 2년 9개월"
    )
    assert need.keywords == ["폐열", "열교환기", "Waste heat", "Heat exchanger"]
    assert (need.stage, need.organisation) == (NeedStage.DRAFT, cast.buyer)


def test_form_of_headings_becomes_a_draft_with_its_fields(cast):
    lines = [
        "RFP명: 펌프 고장 예지 기술 개발",
        "1. 추진배경",
        "□ 진공펌프가 예고 없이 멈춰 한 번에 3억원의 손실이 생김",
        "2. 연구개발목표",
        "ㅇ 고장 3일 전에 알리는 진단 기술을 개발함",
        "3. 연구개발내용",
        "ㅇ 진동과 음향을 함께 보는 진단 모형을 만듦",
        "4. 지원기간/예산/추진체계",
        "ㅇ 연구개발기간 : 45개월 이내 ㅇ 정부지원연구개발비 : '25년 4.2억원 이내(총 32억원 이내)",
        "5. 특기사항",
        "ㅇ 주관기관은 중소기업",
    ]
    head = table(["RFP명", "펌프 고장 예지 기술 개발"])
    [need] = enter(cast, hwpx(head, *map(paragraph, lines[1:])))

    assert (need.title, need.budget) == ("펌프 고장 예지 기술 개발", 3_200_000_000)
    assert "진공펌프가 예고 없이" in need.body
    assert "고장 3일 전에" in need.body
    assert (
        need.requirements == "ㅇ 진동과 음향을 함께 보는 진단 모형을 만듦\n\n[연구기간] 45개월 이내"
    )


def test_several_forms_become_several_drafts_and_annexes_none(cast):
    second = FORM.replace("건조로 배기열 회수 시스템", "스팀 응축수 재이용 설비")
    blank = table(["과제명", ""], ["필요성", "※ 작성요령: 필요성을 적으세요. 두 쪽 이내로 작성"])

    needs = enter(cast, hwpx(FORM, second, paragraph("[붙임 2] 신청서 서식"), blank))

    assert [need.title for need in needs] == [
        "건조로 배기열 회수 시스템 개발", "스팀 응축수 재이용 설비 개발"
    ]  # fmt: skip


def bomb():
    return hwpx(paragraph("x"), Contents__section1=b"", BinData__zeros=bytes(110 * 2**20))


def locked():
    return hwpx(FORM, **{"META-INF__manifest.xml": "<m><encryption-data/></m>"})


def with_entities():
    whole = hwpx(FORM)
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, evil if name.endswith("section0.xml") else old.read(name))
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"%PDF-1.7 ...", Reason.DOCUMENT_OTHER_KIND),
        (lambda: b"plain words", Reason.DOCUMENT_OTHER_KIND),
        (lambda: b"", Reason.DOCUMENT_OTHER_KIND),
        (lambda: OLE + bytes(600), Reason.DOCUMENT_DAMAGED),
        (lambda: OLE + bytes(range(256)) * 40, Reason.DOCUMENT_DAMAGED),
        (lambda: hwpx(FORM)[:200], Reason.DOCUMENT_DAMAGED),
        (lambda: b"SCDSA002" + bytes(100), Reason.DOCUMENT_LOCKED),
        (locked, Reason.DOCUMENT_LOCKED),
        (bomb, Reason.DOCUMENT_TOO_LARGE),
        (with_entities, Reason.DOCUMENT_DAMAGED),
        (lambda: hwpx("<a>" * 50), Reason.DOCUMENT_DAMAGED),
        (lambda: hwpx(paragraph("회의록"), table(["안건", "점심"])), Reason.NO_REQUEST_FOUND),
    ],
)
def test_document_is_refused_in_words(cast, content, reason):
    with pytest.raises(Refused) as refusal:
        enter(cast, content())

    assert refusal.value.reason == reason
    with override("ko"):
        assert any("가" <= letter <= "힣" for letter in str(reason.label))
    assert Need.objects.count() == 0


def test_document_cut_or_bitten_anywhere_never_ends_in_an_exception(cast):
    whole = hwpx(FORM)
    for place in range(0, len(whole), max(1, len(whole) // 12)):
        bitten = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        for content in (whole[:place], bitten):
            try:
                enter(cast, content)
            except Refused as refusal:
                assert str(refusal.reason.label)  # noqa: PT017 -- either outcome is right


@pytest.mark.skipif(settings.DURE_DATA is None, reason="the real notices are not here")
def test_real_notices_give_at_least_what_another_parser_found():
    folder = settings.DURE_DATA / "ko_notice_docs"
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        notices = [row for row in csv.DictReader(file, delimiter="\t") if ".hwp" in row["file"]]

    counts = {row["file"]: len(requests_in(read_document(folder / row["file"]))) for row in notices}

    assert {
        row["file"]: int(row["n_rfps_parsed"])
        for row in notices
        if counts[row["file"]] < int(row["n_rfps_parsed"])
    } == {}


def test_document_for_another_organisation_is_refused(cast):
    with pytest.raises(Refused) as refusal:
        enter(cast, hwpx(FORM), by="rival")

    assert refusal.value.reason == Reason.NOT_YOUR_ORGANISATION
