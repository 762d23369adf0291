"""The template of what a reviewer did, and reading its rows."""

from functools import cache
from typing import Any

from django.utils import translation

from dure.apps.selection.kinds import WorkKind
from dure.foundation.sheets import Column, Names, Reader, bare


@cache
def kind_names() -> Names:
    """The kinds of works, by code or name."""
    named = {}
    for kind in WorkKind:
        with translation.override("ko"):
            korean = str(kind.label)
        with translation.override("en"):
            named[kind.value] = (korean, str(kind.label))
    codes = {bare(name): code for code, names in named.items() for name in (code, *names)}
    return Names(codes, tuple(named.values()))


WORK_COLUMNS = (
    Column(
        "kind", "구분", "Kind", True, ("종류", "유형"), "특허",
        "과제, 특허, 논문 가운데 하나.", "A project, a patent or a paper.",
        options=lambda: kind_names().labels,
    ),
    Column(
        "title", "제목", "Title", True, ("과제명", "발명의명칭", "특허명", "논문명", "논문제목"),
        "극저온 펌프의 밀봉 구조", "한 줄에 하나씩.", "One a line.",
    ),
    Column(
        "summary", "요약", "Summary", False, ("초록", "개요", "연구내용"), "",
        "무엇을 어떻게 했는지. 신청 과제와 맞춰 볼 때 읽어요.",
        "What was done and how; it is read to see which applications it fits.",
    ),
    Column("year", "연도", "Year", False, ("년도", "출원연도", "발행연도", "시작연도"), "2024"),
    Column(
        "number", "번호", "Number", False, ("등록번호", "출원번호", "과제번호", "doi"), "10-2024-0012345",
        "특허 번호, 과제 번호, DOI.", "Of the patent or the project, or the DOI.",
    ),
    Column(
        "authors", "함께한 사람", "Done with", False,
        ("공저자", "저자", "공동발명자", "발명자", "참여연구원", "authors", "coauthors"),
        "김가온(가온테크); 박누리",
        "이름과 소속, 세미콜론으로 나누어요. 함께한 지 몇 년 안 된 사람의 신청은 맡지 않아요.",
        "Names with their organisation, separated by semicolons. For some years nobody judges those.",
    ),
)  # fmt: skip


def work_reader(row: Reader) -> dict[str, Any]:
    """The values of a work in a row."""
    return {
        "kind": row.one_of("kind", kind_names(), required=True),
        "title": row.text("title", 300, required=True),
        "summary": row.text("summary", 4000),
        "year": row.year("year"),
        "number": row.text("number", 100, code=True),
        "authors": row.text("authors", 2000),
    }
