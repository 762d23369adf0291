"""Templates of needs, technologies and organisations, and reading their rows."""

import re
from functools import cache
from typing import Any

from django.db.models import TextChoices

from dure.apps.catalog.models import Cooperation, Language, Visibility
from dure.apps.people.models import OrganisationKind
from dure.foundation.sheets import Column, Names, Reader, names_of, vocabulary_names

TITLE = Column(
    "title", "제목", "Title", True, ("기술명", "수요기술명", "과제명", "공급기술명", "name"),
    "도장 건조로 배기열 회수", "한 줄로 적어 주세요.", "One line.",
)  # fmt: skip
ENTRY_COLUMNS = (
    Column(
        "external_id", "관리번호", "External id", False,
        ("id", "접수번호", "수요번호", "externalid"), "N-2026-001",
        "같은 번호로 다시 올리면 새로 만들지 않고 고칩니다.",
        "Importing the same id again updates the entry.",
    ),
    Column(
        "organisation", "기관", "Organisation", False,
        ("수요기관", "기업명", "공급기업", "기관명", "회사명"),
        "124-81-00998", "사업자등록번호 또는 기관 이름. 비우면 내 기관이에요.",
        "Business registration number or name. Empty: your own organisation.",
    ),
    Column(
        "business_number", "사업자등록번호", "Business registration number", False,
        ("사업자번호",), "124-81-00998", "기관 이름이 같은 곳이 여럿일 때.",
        "Where several organisations have the same name.",
    ),
    TITLE,
    Column("title_en", "영문 제목", "Title in English", False, ("titleen", "영문명")),
    Column(
        "body", "내용", "Description", True,
        ("수요내용", "설명", "기술내용", "상세내용", "요약", "body"),
        "건조로 배기 180℃, 회수율 60% 이상 희망", "문제나 기술을 두세 문장으로.",
        "The problem or the technology in two or three sentences.",
    ),
    Column("body_en", "영문 내용", "Description in English", False, ("bodyen",)),
    Column(
        "field", "분야", "Field", False, ("기술분야",), "스마트 제조",
        "목록의 이름이나 코드.", "A name or code from the list.",
        options=lambda: vocabulary_names("fields").labels,
    ),
    Column(
        "branch", "로드맵", "Branch of a roadmap", False, ("전략품목", "핵심기술", "로드맵분야"),
        "sme:SF-09", "로드맵의 이름이나 주소. 같은 이름이 여럿이면 주소로 적어 주세요.",
        "A name in a roadmap, or its address where several have that name.",
    ),
    Column(
        "trl", "기술성숙도", "TRL", False, ("trl", "기술성숙도단계"), "6",
        "1에서 9 사이의 숫자.", "A number from 1 to 9.",
    ),
    Column(
        "keywords", "키워드", "Keywords", False, ("핵심어",), "폐열; 열교환기",
        "세미콜론(;)으로 나눠 주세요.", "Separated by semicolons.",
    ),
    Column(
        "region", "지역", "Region", False, (), "경남",
        options=lambda: vocabulary_names("regions").labels,
    ),
    Column(
        "cooperation", "협력형태", "Form of cooperation", False, ("협력유형", "희망협력형태"),
        "공동개발; 구매", "공동개발, 구매, 기술이전, 투자, 실증 가운데.",
        "Joint development, Purchase, Licence, Investment, Test bed.",
        options=lambda: choice_names(Cooperation).labels,
    ),
    Column("language", "언어", "Language", False, (), "ko", "ko 또는 en", "ko or en"),
    Column(
        "visibility", "공개범위", "Visibility", False, ("공개",), "공개",
        "공개, 회원공개, 티저 가운데. 비우면 공개예요.",
        "Public, Members only or Teaser. Empty: public.",
        options=lambda: choice_names(Visibility).labels,
    ),
    Column(
        "source", "출처", "Source", False, (), "",
        "다른 곳에 공개된 자료라면 그 이름.", "Where it was published, if it was.",
    ),
)  # fmt: skip
NEED_COLUMNS = (
    *ENTRY_COLUMNS,
    Column("requirements", "요구사항", "Requirements", False, ("요구조건", "요구성능")),
    Column(
        "budget", "예산(원)", "Budget (won)", False, ("예산", "budget"), "150000000",
        "원 단위 숫자.", "Whole won.",
    ),
)  # fmt: skip
TECHNOLOGY_COLUMNS = (
    *ENTRY_COLUMNS,
    Column(
        "track_record",
        "적용 실적",
        "Where it is in use",
        False,
        ("납품실적", "실적", "trackrecord"),
    ),
)
ORGANISATION_COLUMNS = (
    Column(
        "business_number", "사업자등록번호", "Business registration number", True,
        ("사업자번호", "businessnumber"), "124-81-00998",
    ),
    Column("name", "기관명", "Name", True, ("이름", "기업명", "회사명")),
    Column("name_en", "영문명", "Name in English", False, ("nameen", "영문기관명")),
    Column(
        "kind", "유형", "Kind", True, ("기관유형", "기업규모"), "중소기업",
        "대기업, 중견기업, 공공기관, 중소기업, 창업기업, 대학, 연구기관 …",
        "Large firm, Mid-size firm, Public body, SME, Start-up, University …",
        options=lambda: choice_names(OrganisationKind).labels,
    ),
    Column("group", "계열", "Group of companies", False, ("기업집단", "그룹")),
    Column(
        "region", "지역", "Region", False, ("소재지", "시도"),
        options=lambda: vocabulary_names("regions").labels,
    ),
    Column("industry", "업종(KSIC)", "Industry (KSIC)", False, ("업종", "industry"), "C26"),
    Column("founded", "설립연도", "Founded", False, ("설립", "설립년도"), "2012"),
    Column("employees", "임직원 수", "Employees", False, ("종업원수", "직원수"), "48"),
    Column("summary", "소개", "In one sentence", False, ("기업소개",)),
    Column("summary_en", "영문 소개", "In one sentence, in English", False, ("summaryen",)),
)  # fmt: skip

# What people write instead of a name from the list, already bare.
SPELLINGS = {
    "OrganisationKind": {
        "대기업": "LARGE", "중견기업": "MID_SIZE", "중견": "MID_SIZE", "공공기관": "PUBLIC",
        "공기업": "PUBLIC", "중소기업": "SME", "소기업": "SME", "중소": "SME", "벤처기업": "SME",
        "창업기업": "STARTUP", "스타트업": "STARTUP", "대학": "UNIVERSITY", "대학교": "UNIVERSITY",
        "연구기관": "INSTITUTE", "연구소": "INSTITUTE", "혁신센터": "CENTRE",
        "창조경제혁신센터": "CENTRE", "전담기관": "AGENCY", "투자기관": "INVESTOR",
        "투자자": "INVESTOR", "운영사": "INVESTOR", "보증기관": "FUND",
    },
    "Cooperation": {
        "공동개발": "JOINT", "공동연구": "JOINT", "구매": "PURCHASE", "기술이전": "LICENCE",
        "라이선스": "LICENCE", "license": "LICENCE", "투자": "INVEST", "실증": "TESTBED",
        "테스트베드": "TESTBED",
    },
    "Visibility": {
        "공개": "PUBLIC", "전체공개": "PUBLIC", "회원공개": "MEMBERS", "회원": "MEMBERS",
        "회원전용": "MEMBERS", "티저": "TEASER",
    },
    "Language": {"한국어": "ko", "국문": "ko", "한글": "ko", "영어": "en", "영문": "en"},
}  # fmt: skip


def read_need(reader: Reader) -> dict[str, Any]:
    """The values of one need."""
    return {
        **_read_entry(reader),
        "requirements": reader.text("requirements", 10_000),
        "budget": reader.won("budget"),
    }


def read_technology(reader: Reader) -> dict[str, Any]:
    """The values of one technology."""
    return {**_read_entry(reader), "track_record": reader.text("track_record", 10_000)}


def read_organisation(reader: Reader) -> dict[str, Any]:
    """The values of one organisation."""
    return {
        "business_number": reader.business_number("business_number", required=True),
        "name": reader.text("name", 200, required=True),
        "name_en": reader.text("name_en", 200),
        "kind": reader.one_of("kind", choice_names(OrganisationKind), required=True),
        "group": reader.text("group", 200),
        "region": reader.one_of("region", vocabulary_names("regions")),
        "industry": reader.text("industry", 10),
        "founded": reader.year("founded"),
        "employees": reader.number("employees", 0, 10_000_000),
        "summary": reader.text("summary", 10_000),
        "summary_en": reader.text("summary_en", 10_000),
    }


def _read_entry(reader: Reader) -> dict[str, Any]:
    written = f"{reader.row.cells.get('title')} {reader.row.cells.get('body')}"
    language = Language.KO if re.search("[가-힣]", written) else Language.EN
    return {
        "external_id": reader.text("external_id", 100, code=True),
        "organisation": reader.text("organisation", 200),
        "business_number": reader.business_number("business_number"),
        "title": reader.text("title", 300, required=True),
        "title_en": reader.text("title_en", 300),
        "body": reader.text("body", 20_000, required=True),
        "body_en": reader.text("body_en", 20_000),
        "field": reader.one_of("field", vocabulary_names("fields")),
        "branch": reader.text("branch", 200),
        "trl": reader.number("trl", 1, 9),
        "keywords": reader.keywords("keywords"),
        "region": reader.one_of("region", vocabulary_names("regions")),
        "cooperation": reader.many_of("cooperation", choice_names(Cooperation)),
        "language": reader.one_of("language", choice_names(Language), language.value),
        "visibility": reader.one_of(
            "visibility", choice_names(Visibility), Visibility.PUBLIC.value
        ),
        "source": reader.text("source", 300),
    }


@cache
def choice_names(choices: type[TextChoices]) -> Names:
    """The codes of one of our own lists of choices."""
    return names_of(choices, SPELLINGS.get(choices.__name__, {}))
