"""The template of participants, and reading its rows."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import cache
from typing import Any

from django.utils.timezone import localdate, localtime

from dure.apps.fairs.models import Side, Slot
from dure.apps.fairs.reasons import ParticipantProblem
from dure.foundation.sheets import Column, Names, Reader, names_of

PARTICIPANT_COLUMNS = (
    Column(
        "organisation", "기관", "Organisation", True,
        ("수요기관", "기업명", "공급기업", "기관명", "회사명"), "한빛중공업",
        "사업자등록번호 또는 기관 이름.", "Business registration number or name.",
    ),
    Column(
        "business_number", "사업자등록번호", "Business registration number", False,
        ("사업자번호",), "124-81-00998", "기관 이름이 같은 곳이 여럿일 때.",
        "Where several organisations have the same name.",
    ),
    Column(
        "side", "구분", "Side", True, ("참가구분", "참가유형"), "수요",
        "수요 또는 공급.", "Demand or supply.", options=lambda: side_names().labels,
    ),
    Column(
        "parallel", "동시 상담 수", "Meetings at the same time", False,
        ("담당자수", "상담인원", "동시상담", "parallel"), "2",
        "따로 상담할 수 있는 담당자 수. 비우면 1이에요.",
        "How many people can each hold a meeting of their own. Empty: 1.",
    ),
    Column(
        "max_meetings", "최대 상담 수", "Most meetings", False,
        ("최대상담", "상담한도", "maxmeetings"), "8", "비우면 제한이 없습니다.", "Empty: no limit.",
    ),
    Column(
        "available", "가능 시간", "Available", False, ("참석가능시간", "상담가능시간"),
        "10:00-12:00; 14:00-17:00",
        "시간대나 상담 회차(1-4). 여러 날이면 앞에 날짜(11-21). 비우면 항상 가능합니다.",
        "Times or slot numbers (1-4), with the date before (11-21) if there are several days. Empty: always.",
    ),
    Column(
        "attendees", "참석자", "Attendees", False, ("참가자", "참석인원"),
        "김하늘(부장); 이바다(대리)", "이름과 괄호 안에 직위. 세미콜론(;)으로 나눠 주세요.",
        "Names, with the position in brackets, separated by semicolons.",
    ),
    Column(
        "interpreter", "통역", "Interpreter for", False, ("통역언어",), "영어",
        "필요한 언어. 비우면 필요 없음입니다.", "The language. Empty: none is needed.",
    ),
    Column("note", "비고", "Note", False, ("요청사항", "메모")),
)  # fmt: skip
# What people write instead of a side's label, already bare.
SIDES = {
    "수요": "DEMAND", "수요처": "DEMAND", "대기업": "DEMAND", "demand": "DEMAND", "buyer": "DEMAND",
    "공급": "SUPPLY", "공급기업": "SUPPLY", "중소기업": "SUPPLY", "supply": "SUPPLY",
    "supplier": "SUPPLY",
}  # fmt: skip
DAY = r"(?:(?:\d{4}[-./년]\s*)?(?P<month>\d{1,2})[-./월]\s*(?P<day>\d{1,2})일?\s+)?"
NUMBERS = re.compile(r"(\d{1,3})(?:\s*[-~]\s*(\d{1,3}))?(?:회차)?")
TIMES = re.compile(DAY + r"(\d{1,2}):(\d{2})\s*[-~]\s*(\d{1,2}):(\d{2})")
HALF_DAY = re.compile(DAY + r"(?P<half>오전|오후|am|pm)", re.IGNORECASE)
PARTS = re.compile(r"[;,\n；，、]")
DASHES = re.compile(r"[‐-―−–—～]")
# Commas and the like outside of brackets. “Kim, Haneul” is one person, so only Korean names are cut.
COMMAS = re.compile(r"(?:[,，、&]|\s및\s)(?![^()]*\))")
KOREAN_NAME = re.compile(r"[가-힣]{2,5}(?:\s[가-힣]+)?\s*(?:\([^()]*\))?")
# What makes several of one name, or none: separators, 외 2명, numbers, family names in a row.
MANY = re.compile(
    r"[,，、/·ㆍ&+|\d]|(?:^|\s)(?:외|및|and)\s"
    r"|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구][가-힣]{2}"
    r"\s[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구]"
    r"[가-힣][가-힣](?<![장원사관수자임])(?:\s|$)"
)
# A telephone number or an address, which would stand on the badge.
NO_POSITION = re.compile(r"\d{2,4}[-.\s]\d{3,4}|\d{7}|@")
ATTENDEE = re.compile(r"(?P<name>[^()]+?)\s*(?:\(\s*(?P<position>[^()]*?)\s*\))?")


@cache
def side_names() -> Names:
    """The two sides, by every spelling."""
    return names_of(Side, SIDES)


def participant_reader(slots: Sequence[Slot]) -> Callable[[Reader], dict[str, Any]]:
    """A function that reads a row for a fair with these slots for meetings, in their order."""

    def read(reader: Reader) -> dict[str, Any]:
        return {
            "organisation": reader.text("organisation", 200, required=True),
            "business_number": reader.business_number("business_number"),
            "side": reader.one_of("side", side_names(), required=True),
            "parallel": reader.number("parallel", 1, 20) or 1,
            "max_meetings": reader.number("max_meetings", 1, 1000),
            "absent": _absent(reader, slots),
            "attendees": _attendees(reader),
            "interpreter": reader.text("interpreter", 50),
            "note": reader.text("note", 2000),
        }

    return read


def available_slots(text: str, slots: Sequence[Slot]) -> set[int] | None:
    """The slots, by id, that a text such as “10:00-12:00; 14:00-17:00” or “1-4” speaks of.

    A slot counts when it lies wholly inside a stretch of time. None when a part cannot be
    understood or speaks of no slot at all.
    """
    numbers: set[int] = set()
    for part in (part.strip() for part in PARTS.split(DASHES.sub("-", text))):
        if not part:
            continue
        meant = _of_part(part, slots)
        if not meant:
            return None
        numbers |= meant
    return numbers


def _of_part(part: str, slots: Sequence[Slot]) -> set[int]:
    if match := NUMBERS.fullmatch(part):
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= len(slots):
            return set()
        return {slot.pk for slot in slots[first - 1 : last]}
    if match := TIMES.fullmatch(part):
        hours = [int(number) for number in match.groups()[2:]]
        if max(hours[0], hours[2]) > 23 or max(hours[1], hours[3]) > 59:
            return set()
        starts, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    elif match := HALF_DAY.fullmatch(part):
        is_morning = match["half"].lower() in ("오전", "am")
        starts, ends = (time(0), time(12)) if is_morning else (time(12), time(23, 59))
    else:
        return set()
    return {slot.pk for slot in slots if _lies_in(slot, match, starts, ends)}


def _lies_in(slot: Slot, match: re.Match[str], starts: time, ends: time) -> bool:
    begins, closes = localtime(slot.starts_at), localtime(slot.ends_at)
    day = (int(match["month"]), int(match["day"])) if match["month"] else None
    is_that_day = day is None or day == (begins.month, begins.day)
    return is_that_day and starts <= begins.time() and _clock(begins, closes) <= ends


def _clock(begins: datetime, closes: datetime) -> time:
    """When a slot ends, on the day it began."""
    return closes.time() if localdate(closes) == localdate(begins) else time.max


def _absent(reader: Reader, slots: Sequence[Slot]) -> set[int]:
    text = reader.text("available", 500, code=True)
    if not text.strip():
        return set()
    available = available_slots(text, slots)
    if available is None:
        reader.wrong("available", ParticipantProblem.NOT_SLOTS)
        return set()
    return {slot.pk for slot in slots} - available


def _attendees(reader: Reader) -> list[tuple[str, str]]:
    listed = []
    for part in names_in(reader.text("attendees", 2000)):
        match = ATTENDEE.fullmatch(part)
        if (
            match is None
            or MANY.search(match["name"])
            or NO_POSITION.search(match["position"] or "")
        ):
            reader.wrong("attendees", ParticipantProblem.NOT_NAMES)
        else:
            listed.append((match["name"][:100], (match["position"] or "")[:100]))
    return list(dict.fromkeys(listed))


def names_in(text: str) -> list[str]:
    """The people in a cell: divided by semicolons or lines, and by commas where all are Korean."""
    people = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n；]", text))):
        names = [name.strip() for name in COMMAS.split(part)]
        people += names if all(map(KOREAN_NAME.fullmatch, names)) else [part]
    return people
