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
    read_rows,
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


def problems_of(path, content, columns=COLUMNS):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(p.place, p.kind) for table in read_tables(path, columns) for p in table.problems]


def test_row_with_more_cells_than_headers_is_named(path):
    text = "관리번호,제목\nN-1,도장 건조로, 배기열 회수\nN-2,나,,\n"

    assert problems_of(path, text) == [("C2", "MORE_CELLS")]


@pytest.mark.parametrize("inside", ";\t|")
@pytest.mark.parametrize("delimiter", ",;\t|")
def test_separators_inside_quoted_cells_have_no_say(path, inside, delimiter):
    cell = "".join(f"줄 {number}{inside} 값\n" for number in range(60))
    rows = f'관리번호{delimiter}제목\nN-1{delimiter}"{cell}끝"\n'

    assert cells_of(path, rows.encode()) == [{"id": "N-1", "title": f"{cell}끝"}]


STRICT = "http://purl.oclc.org/ooxml"


@pytest.mark.parametrize("is_strict", [False, True])
def test_faults_are_seen_whatever_the_namespace(path, is_strict):
    sheet = (
        f'<worksheet {hostile.MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>제목</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>관리번호</t></is></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c>'
        '<c r="B2"><f>A9</f></c></row></sheetData></worksheet>'
    )
    parts = {
        "[Content_Types].xml": hostile.TYPES,
        "_rels/.rels": hostile.ROOT,
        "xl/workbook.xml": hostile.BOOK,
        "xl/_rels/workbook.xml.rels": hostile.LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    if is_strict:
        for old, new in (
            (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                f"{STRICT}/officeDocument/relationships",
            ),
            (
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                f"{STRICT}/spreadsheetml/main",
            ),
        ):
            parts = {name: part.replace(old, new) for name, part in parts.items()}
    path.write_bytes(hostile.archive(parts))

    [table] = read_tables(path, COLUMNS)

    assert {name: cell.kind for name, cell in table.rows[0].cells.items()} == {
        "title": "FORMULA_ERROR",
        "id": "FORMULA_WITHOUT_VALUE",
    }


def test_error_saved_as_text_stays_an_error(path):
    [row] = cells_of(path, "제목,관리번호\n#N/A,#1\n".encode())

    assert (row["title"].kind, row["id"]) == ("FORMULA_ERROR", "#1")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out(path, state):
    book = openpyxl.Workbook()
    for page, name in ((book.active, "올해"), (book.create_sheet("작년"), "작년")):
        page.append(["관리번호", "제목"])
        page.append([name, "수요"])
    book["작년"].sheet_state = state
    book.save(path)

    assert [table.rows[0].cells["id"] for table in read_tables(path, COLUMNS)] == ["올해"]


def test_hidden_rows_and_columns_are_named(path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "수요"
    for row in (
        ["관리번호", "제목", "메모"],
        ["N-1", "가"],
        ["N-2", "나"],
        ["N-3", "다"],
        [None, None],
    ):
        page.append(row)
    for number in (3, 4, 5):
        page.row_dimensions[number].hidden = True
    page.column_dimensions["A"].hidden = page.column_dimensions["C"].hidden = True
    book.save(path)

    [table] = read_tables(path, COLUMNS)

    assert [(p.place, p.kind, p.value) for p in table.problems] == [
        ("수요!A1", "HIDDEN_COLUMN", ""),
        ("수요!3", "HIDDEN_ROWS", "3, 4"),
    ]


BOTH = (
    Column("title", "제목", "Title", is_required=True, aliases=("기술명",)),
    Column("title_en", "영문 제목", "Title in English"),
    Column("body", "내용", "Description"),
)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["제목(국문)", "제목(영문)"], {"title": "a", "title_en": "b"}),
        (["기술명 (영)", "기술명 (한)"], {"title_en": "a", "title": "b"}),
        (["Title (KO)", "Title_EN"], {"title": "a", "title_en": "b"}),
        (["영문 기술명", "국문 기술명"], {"title_en": "a", "title": "b"}),
        (["제목", "Title"], {"title": "a", "title_en": "b"}),
        (["제목/Title", "내용"], {"title": "a", "body": "b"}),
        (["제목", "내용(영문)"], {"title": "a", "body": "b"}),
    ],
)
def test_headers_in_two_languages_side_by_side(path, headers, expected):
    path.write_bytes(workbook("수요", headers, [["a", "b"]]))

    [table] = read_tables(path, BOTH)

    assert ([dict(row.cells) for row in table.rows], list(table.problems)) == ([expected], [])


def amounts_of(path, headers, rows, above=()):
    book = openpyxl.Workbook()
    for row in (*above, headers, *rows):
        book.active.append(row)
    book.save(path)
    [table] = read_tables(path, COLUMNS)
    drafts, problems = read_rows(table, lambda reader: {"won": reader.won("budget")}, table.rows)
    return [draft.values["won"] for draft in drafts], [problem.kind for problem in problems]


@pytest.mark.parametrize(
    ("header", "above", "expected"),
    [
        ("예산(천원)", [], ([150_000], [])),
        ("예산, 백만원", [], ([150_000_000], [])),
        ("예산【백만원】", [], ([150_000_000], [])),
        ("예산(1백만원)", [], ([150_000_000], [])),
        ("예산(100만원)", [], ([150_000_000], [])),
        ("Budget (KRW '000)", [], ([150_000], [])),
        ("Budget (1,000 KRW)", [], ([150_000], [])),
        ("예산", [["(단위: 천원)"]], ([150_000], [])),
        ("예산(백만원)", [["단위 : 명, 천원"]], ([150_000_000], [])),
        ("예산", [["단위: 천원, 백만원"]], ([], ["UNCLEAR_UNIT"])),
        ("예산(천달러)", [], ([], ["UNCLEAR_UNIT"])),
        ("예산", [["2026년 수요조사"]], ([150], [])),
        ("예산", [["300만원"]], ([150], [])),
    ],
)
def test_amount_counts_in_the_unit_of_header_or_caption(path, header, above, expected):
    assert amounts_of(path, ["제목", header], [["가", 150]], above) == expected


def test_formats_of_numbers_that_show_more_are_read_as_shown(path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["관리번호", "제목", "예산"])
    page.append([123, "가", 150])
    page["A2"].number_format = "00000"
    page["C2"].number_format = '#,##0"천원"'
    book.save(path)

    [table] = read_tables(path, COLUMNS)

    assert dict(table.rows[0].cells) == {"id": "00123", "title": "가", "budget": "150(천원)"}


@pytest.mark.parametrize(
    ("format_", "number", "expected"),
    [
        ('#,##0"천원"', 150, ([150_000], [])),
        ('#,##0 "million won"', 150, ([150_000_000], [])),
        ('0.0"억"', 1.5, ([150_000_000], [])),
        ('"₩"#,##0"M"', 150, ([150_000_000], [])),
        ('#,##0,"천원"', 150_000, ([150_000], [])),
        ('0.0,,"백만원"', 150_500_000, ([150_500_000], [])),
        ('#,##0,"백만원"', 150_000, ([150_000_000], [])),
        ("[$₩-412]#,##0", 150, ([150], [])),
        ('#,##0"명"', 150, ([150], [])),
        ("[$$-409]#,##0", 150, ([], ["NOT_AN_AMOUNT"])),
        ("[$USD] #,##0", 150, ([], ["NOT_AN_AMOUNT"])),
    ],
)
def test_amount_is_what_the_format_of_its_cell_shows(path, format_, number, expected):
    book = openpyxl.Workbook()
    book.active.append(["제목", "예산"])
    book.active.append(["가", number])
    book.active["B2"].number_format = format_
    book.save(path)

    [table] = read_tables(path, COLUMNS)
    drafts, problems = read_rows(table, lambda reader: {"won": reader.won("budget")}, table.rows)

    won = [draft.values["won"] for draft in drafts]
    assert (won, [problem.kind for problem in problems]) == expected


@pytest.mark.parametrize(
    ("header", "unit", "expected"),
    [
        ("단위", "백만원", ([150_000_000], [])),
        ("Unit", "KRW thousand", ([150_000], [])),
        ("통화", "USD", ([], ["NOT_AN_AMOUNT"])),
        ("단위", "명", ([150], [])),
        ("단위", None, ([150], [])),
        ("비고", "백만원", ([150], [])),
    ],
)
def test_a_column_of_units_says_what_the_amounts_beside_it_count(path, header, unit, expected):
    path.write_bytes(workbook("수요", ["제목", "예산", header], [["가", 150, unit]]))

    [table] = read_tables(path, COLUMNS)
    drafts, problems = read_rows(table, lambda reader: {"won": reader.won("budget")}, table.rows)

    won = [draft.values["won"] for draft in drafts]
    assert (won, [problem.kind for problem in problems]) == expected


@pytest.mark.parametrize(
    ("number", "kinds"),
    [(123456789012345, []), (1234567890123456, ["DIGITS_LOST"]), (1.2e20, ["DIGITS_LOST"])],
)
def test_an_id_that_lost_its_last_digits_is_told(path, number, kinds):
    book = openpyxl.Workbook()
    book.active.append(["관리번호", "제목"])
    book.active.append([number, "가"])
    book.save(path)

    [table] = read_tables(path, COLUMNS)
    _, problems = read_rows(
        table, lambda reader: {"id": reader.text("id", 50, code=True)}, table.rows
    )

    assert [problem.kind for problem in problems] == kinds


def test_date_in_a_column_of_codes_or_numbers_has_a_sentence_of_its_own(path):
    book = openpyxl.Workbook()
    book.active.append(["관리번호", "제목", "예산"])
    book.active.append([date(2026, 1, 4), date(2026, 1, 4), date(2026, 6, 7)])
    book.save(path)
    [table] = read_tables(path, COLUMNS)

    def read(reader):
        reader.text("id", 10, code=True)
        reader.number("budget", 1, 9)
        return {"title": reader.text("title", 99)}

    _, problems = read_rows(table, read, table.rows)

    assert [(p.column, p.kind) for p in problems] == [("A", "IS_A_DATE"), ("C", "IS_A_DATE")]
    assert table.rows[0].cells["title"] == "2026-01-04"


def test_template_keeps_what_is_typed_and_offers_lists(path):
    columns = (*COLUMNS, Column("side", "구분", "Side", options=lambda: [("수요", "Demand")]))
    path.write_bytes(template("수요", columns, "ko"))

    page, _, lists = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets

    text = page.column_dimensions["A"]
    assert (text.number_format, text.min, text.max) == ("@", 1, 4)
    [rule] = page.data_validations.dataValidation
    assert lists[rule.formula1.split("!")[1].split(":")[0].replace("$", "")].value == "수요"
    assert lists.sheet_state == "hidden"
