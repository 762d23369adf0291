"""The templates of exchange, and reading their rows."""

from functools import cache
from typing import Any

from dure.apps.exchange.kinds import HOME, Scheme, zones
from dure.apps.exchange.reasons import ExchangeProblem
from dure.apps.outcomes.kinds import country_names
from dure.apps.people.models import OrganisationKind
from dure.foundation.sheets import Column, Names, Reader, names_of
from dure.values.ids import lei


@cache
def _kind_names() -> Names:
    return names_of(OrganisationKind, {})


ABROAD_COLUMNS = (
    Column("name", "영문 기관명", "Name in English", True, ("기관명", "영문명"), "PT Sinar Energi", "", ""),
    Column("kind", "기관 유형", "Kind", True, ("유형",), "중소기업", "목록에서 고르세요.",
           "Choose from the list.", options=lambda: _kind_names().labels),
    Column("country", "국가", "Country", True, (), "인도네시아", "이름이나 두 글자 코드.",
           "Its name or its code of two letters."),
    Column("lei", "LEI", "LEI", False, ("법인식별기호",), "", "20자리. 없으면 등록부와 등록번호.",
           "20 signs; where there is none, register and number."),
    Column("register", "등록부", "Register", False, ("등록 기관",), "AHU",
           "번호가 실린 나라별 등록부.", "The national register that the number stands in."),
    Column("number", "등록번호", "Number in the register", False, (), "AHU-00123", "", ""),
    Column("zone", "시간대", "Time zone", True, (), "Asia/Jakarta", "Asia/Jakarta처럼.", "As Asia/Jakarta."),
    Column("seeks", "찾는 기술", "What it seeks", False, ("희망 기술",), "", "", ""),
    Column("site", "누리집", "Website", False, ("홈페이지",), "https://example.org", "", ""),
)  # fmt: skip
LISTING_COLUMNS = (
    Column(
        "business_number", "사업자등록번호", "Business registration number", True, ("사업자번호",),
        "124-81-00998", "기술을 가진 기관의 번호.", "The number of the organisation that has the technology.",
    ),
    Column("technology", "기술명", "Technology", True, ("기술", "제목"), "배기열 회수기",
           "공개한 기술의 제목 그대로.", "The title of a published technology, as it stands."),
)  # fmt: skip
PART_COLUMNS = (
    Column("organisation", "기관 번호", "Number of the organisation", True,
           ("사업자등록번호", "LEI", "등록번호"), "124-81-00998",
           "사업자등록번호, LEI, 또는 나라·등록부·번호.",
           "Business registration number, LEI, or country, register and number."),
    Column("technology", "기술명", "Technology", False, ("기술",), "배기열 회수기",
           "국내 기관: 교류 등록한 기술.", "Korean organisations: one registered for exchange."),
    Column("wish", "찾는 것", "What it looks for", False, ("희망 분야", "찾는 기술"), "",
           "해외 기관: 무엇을 찾는지.", "Organisations from abroad: what they look for."),
    Column("delegation", "사절단", "Delegation", False, ("방문단",), "자카르타 에너지 사절단",
           "함께 오는 기관은 같은 이름.", "The same name for those who come together."),
    Column("head", "단장", "Led by", False, (), "", "", ""),
    Column("arrives_on", "입국일", "Arrives", False, ("도착일",), "2026-11-20", "", ""),
    Column("leaves_on", "출국일", "Leaves", False, (), "2026-11-24", "", ""),
)  # fmt: skip


def read_abroad(row: Reader) -> dict[str, Any]:
    """A row of organisations from abroad; its number is a LEI, or that in a register."""
    code, number = row.text("lei", 30, code=True), row.text("number", 60, code=True)
    register, zone = row.text("register", 30), row.text("zone", 50, required=True)
    country = row.one_of("country", country_names(), required=True)
    if country == HOME:
        row.wrong("country", ExchangeProblem.NOT_ABROAD)
    if code and lei(code) is None:
        row.wrong("lei", ExchangeProblem.WRONG_LEI)
    elif not code and not (register and number):
        row.wrong("number", ExchangeProblem.NO_FOREIGN_NUMBER)
    if zone and zone not in zones():
        row.wrong("zone", ExchangeProblem.WRONG_ZONE)
    return {
        "name": row.text("name", 200, required=True),
        "kind": row.one_of("kind", _kind_names(), required=True),
        "country": country,
        "scheme": Scheme.LEI if code else Scheme.REGISTER,
        "number": code or number,
        "register": "" if code else register,
        "zone": zone,
        "seeks": row.text("seeks", 3000),
        "site": row.text("site", 200),
    }


def read_listing(row: Reader) -> dict[str, Any]:
    """A row of technologies for exchange."""
    return {
        "business_number": row.business_number("business_number", required=True),
        "technology": row.text("technology", 200, required=True),
    }


def read_part(row: Reader) -> dict[str, Any]:
    """A row of those who take part in a meeting, with the delegation that they come with."""
    arrives = row.day("arrives_on", ExchangeProblem.NO_TRAVEL_DAY)
    leaves = row.day("leaves_on", ExchangeProblem.NO_TRAVEL_DAY)
    if arrives and leaves and leaves < arrives:
        row.wrong("leaves_on", ExchangeProblem.LEAVES_TOO_EARLY)
    return {
        "organisation": row.text("organisation", 100, required=True, code=True),
        "technology": row.text("technology", 200),
        "wish": row.text("wish", 2000),
        "delegation": row.text("delegation", 200),
        "head": row.text("head", 200),
        "arrives_on": arrives,
        "leaves_on": leaves,
    }
