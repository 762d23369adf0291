"""What is read of spreadsheets as people really make them."""

import io
from datetime import date

import openpyxl
import pytest

from dure.foundation.sheets import (
    Column,
    Fault,
    ProblemKind,
    UnreadableFile,
    read_tables,
    template,
    workbook,
)
from tests.foundation.sheets import hostile

COLUMNS = (
    Column("id", "관리번호", "External id"),
    Column("title", "제목", "Title", True, ("기술명",)),
    Column("budget", "예산(원)", "Budget (won)"),
)
TEXT = "관리번호,제목,예산(원)\r\nN-1,배기열 회수,1500\r\nN-2,펌프 진단,\r\n"
ROWS = [{"id": "N-1", "title": "배기열 회수", "budget": "1500"}]
ROWS += [{"id": "N-2", "title": "펌프 진단", "budget": None}]


def cells_of(path, content):
    """The rows of all tables in a file."""
    path.write_bytes(content)
    return [dict(row.cells) for table in read_tables(path, COLUMNS) for row in table.rows]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_in_every_encoding_that_excel_writes(path, encoding, delimiter):
    assert cells_of(path, TEXT.replace(",", delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_csv_is_read_with_every_line_end(path, end):
    assert cells_of(path, TEXT.replace("\r\n", end).encode()) == ROWS


def test_csv_keeps_commas_quotes_and_line_breaks_inside_quotes(path):
    text = '제목;관리번호\n"첫 줄,\n둘째 줄; ""셋""";N-1\n'

    assert cells_of(path, text.encode()) == [{"title": '첫 줄,\n둘째 줄; "셋"', "id": "N-1"}]


def test_csv_tells_its_own_separator(path):
    assert cells_of(path, b"sep=;\r\ntitle;id\r\na,b;1\r\n") == [{"title": "a,b", "id": "1"}]


@pytest.mark.parametrize("above", range(11))
def test_header_is_found_below_a_title(path, above):
    lines = "2026년 수요조사 결과,,\n" * above
    path.write_bytes(lines.encode() + TEXT.encode())

    [table] = read_tables(path, COLUMNS)

    assert [row.number for row in table.rows] == [above + 2, above + 3]
    assert [dict(row.cells) for row in table.rows] == ROWS


@pytest.mark.parametrize(
    "header",
    ["제목", " 제 목 ", "*제목", "제목(필수)", "(필수) 제목", "제목\n50자 이내", "[필수]제목", "Title",
     "TITLE", "title *", "기술명", "제목（국문）"],
)  # fmt: skip
def test_header_is_known_however_it_is_dressed(path, header):
    content = workbook("수요", [header, "관리번호"], [["배기열", "N-1"]])

    assert cells_of(path, content) == [{"title": "배기열", "id": "N-1"}]


def test_cells_are_made_plain(path):
    content = workbook(
        "수요",
        ["제목", "관리번호", "예산"],
        [["  가\u1100\u1161\u0000 \u200b나\ufeff\r\n다\u00a0", "０１", 1500.0], ["b", True, 2.5]],
    )

    assert cells_of(path, content) == [
        {"title": "가가 나\n다", "id": "０１", "budget": 1500},
        {"title": "b", "id": "True", "budget": 2.5},
    ]


def test_every_sheet_with_the_columns_is_read_and_others_are_not(path):
    book = openpyxl.Workbook()
    book.active.append(["분야", "지역", "관리번호"])
    for name in ("1팀", "2팀"):
        page = book.create_sheet(name)
        page.append(["관리번호", "제목"])
        page.append([name, f"{name}의 수요"])
    book.create_sheet("빈 시트")
    book.create_chartsheet("그림")
    book.save(path)

    tables = read_tables(path, COLUMNS)

    assert [(t.sheet, [dict(r.cells) for r in t.rows]) for t in tables] == [
        ("1팀", [{"id": "1팀", "title": "1팀의 수요"}]),
        ("2팀", [{"id": "2팀", "title": "2팀의 수요"}]),
    ]


def test_table_that_does_not_begin_at_the_left_keeps_its_letters(path):
    book = openpyxl.Workbook()
    page = book.active
    page["C4"], page["D4"] = "제목", "예산(원)"
    page["C5"], page["D5"] = "배기열", date(2026, 6, 7)
    book.save(path)

    [table] = read_tables(path, COLUMNS)

    assert dict(table.letters) == {"title": "C", "budget": "D"}
    assert [dict(row.cells) for row in table.rows] == [{"title": "배기열", "budget": "2026-06-07"}]


def test_formula_counts_by_its_value_and_is_a_fault_without_one(path):
    header = hostile.row(1, ["제목", "예산(원)"])
    known = hostile.row(2, ["하나", '<c r="B2"><f>1+1</f><v>2</v></c>'])
    empty = hostile.row(3, ["둘", '<c r="B3" t="str"><f>""</f><v></v></c>'])
    without = hostile.row(4, ["셋", '<c r="B4"><f>1+1</f></c>'])
    error = hostile.row(5, ["넷", '<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c>'])
    content = hostile.workbook(hostile.page(header + known + empty + without + error))

    assert [row["budget"] for row in cells_of(path, content)] == [
        2,
        None,
        Fault(ProblemKind.FORMULA_WITHOUT_VALUE, ""),
        Fault(ProblemKind.FORMULA_ERROR, "#DIV/0!"),
    ]


def test_cells_without_names_stand_where_they_are_counted(path):
    rows = hostile.row(1, ["제목", "관리번호"], named=False) + hostile.row(
        2, ["가", "나"], named=False
    )

    assert cells_of(path, hostile.workbook(hostile.page(rows))) == [{"title": "가", "id": "나"}]


def test_merged_title_and_unused_columns_are_no_problem(path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["2026년 수요조사"])
    page.append(["관리번호", "제목", "비고"])
    page.append(["N-1", "배기열", "합친 칸"])
    page.append(["N-2", "펌프", None])
    page.merge_cells("A1:C1")
    page.merge_cells("C3:C4")
    book.save(path)

    [table] = read_tables(path, COLUMNS)

    assert (table.problems, len(table.rows)) == ([], 2)


def test_merged_cells_are_named_by_their_place(path):
    book = openpyxl.Workbook()
    for row in (["관리번호", "제목"], ["N-1", "배기열"], ["N-2", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(path)

    [table] = read_tables(path, COLUMNS)

    assert [(p.kind, p.place, p.value) for p in table.problems] == [
        ("MERGED_CELLS", "Sheet!B2", "B2:B3")
    ]


def test_long_text_that_many_cells_share_is_refused_where_it_becomes_too_much(path):
    [content] = [c for name, c, _ in hostile.cases() if name == "one long text 40,000 times"]

    with pytest.raises(UnreadableFile) as unreadable:
        cells_of(path, content)

    problem = unreadable.value.problem
    assert problem.kind == "UNPACKS_TOO_LARGE"
    assert problem.row == 21  # 100 cells a row with 30,000 characters each, 60 million in all


@pytest.mark.parametrize("language", ["ko", "en"])
def test_template_comes_back_with_every_column_known(path, language):
    path.write_bytes(template("needs", COLUMNS, language))

    [table] = read_tables(path, COLUMNS)

    assert set(table.letters) == {"id", "title", "budget"}
    assert [problem.kind for problem in table.problems] == ["NO_ROWS"]


def test_export_writes_no_formula():
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]

    book = openpyxl.load_workbook(io.BytesIO(workbook("수요", ["제목"], [[text] for text in evil])))

    assert [cell.data_type for [cell] in book.active.iter_rows(min_row=2)] == ["s"] * len(evil)
