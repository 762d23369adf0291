"""Spreadsheets as they should not be: more than two hundred, made anew in memory each time.

Each case is a name, the file's bytes, and the problem that must be named; None where the damage
may or may not leave something readable (then any answer will do, but no exception).
"""

import csv
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

HEADERS = ["관리번호", "기관", "제목", "내용", "분야", "기술성숙도", "예산(원)", "협력형태"]
GOOD = [
    "N-1",
    "한빛중공업",
    "배기열 회수",
    "건조로 배기 180도",
    "SMARTFAC",
    "6",
    "1000",
    "공동개발",
]
Case = tuple[str, bytes, str | None]

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    "</Types>"
)
BOOK = (
    f'<workbook {MAIN} xmlns:r="{RELATED}"><sheets><sheet name="수요" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
ROOT = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of `parts`, the same bytes every time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def workbook(sheet: str | bytes, **more: str | bytes) -> bytes:
    """A workbook around the XML of one sheet; `more` replaces or adds parts (`__` is `/`)."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive(parts | {name.replace("__", "/"): part for name, part in more.items()})


def page(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet around its rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def row(number: int, values: list[object], *, named: bool = True) -> str:
    """The XML of one row; a value that begins with `<` is the XML of a whole cell."""
    cells = []
    for at, value in enumerate(values):
        place = f' r="{letters(at)}{number}"' if named else ""
        if isinstance(value, str) and value.startswith("<"):
            cells.append(value)
        elif isinstance(value, int | float):
            cells.append(f"<c{place}><v>{value}</v></c>")
        elif value:
            cells.append(f'<c{place} t="inlineStr"><is><t>{value}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>' if named else f"<row>{''.join(cells)}</row>"


def letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def text(rows: list[list[object]], delimiter: str = ",") -> str:
    """Rows as comma-separated text."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def good_text() -> str:
    """Fifty rows with nothing wrong."""
    return text(
        [HEADERS, *([f"N-{n}", *GOOD[1:2], f"배기열 회수 {n}", *GOOD[3:]] for n in range(50))]
    )


def good_workbook() -> bytes:
    """A workbook of twenty rows with nothing wrong."""
    rows = [row(1, HEADERS)] + [row(n, [f"N-{n}", *GOOD[1:]]) for n in range(2, 22)]
    return workbook(page("".join(rows)))


def with_cell(column: str, value: str) -> bytes:
    """A comma-separated file with one cell changed."""
    cells = dict(zip(HEADERS, GOOD, strict=True)) | {column: value}
    return text([HEADERS, [cells[h] for h in HEADERS]]).encode()


def cases() -> Iterator[Case]:
    """All of them."""
    for family in (_encodings, _cut, _bitten, _kinds, _tables, _cells, _sheets, _archives):
        yield from family()


def _encodings() -> Iterator[Case]:
    whole = good_text()
    for name in ("utf-32", "utf-16-le", "utf-16-be"):
        yield f"csv in {name}", whole.encode(name), "NOT_A_TABLE"
    for name in ("johab", "iso2022_kr", "utf-7", "gb18030", "cp037"):
        yield f"csv in {name}", whole.encode(name, "replace"), None
    for name in ("euc_jp", "shift_jis", "big5", "koi8-r", "cp1252", "latin-1"):
        yield f"csv in {name}", whole.encode(name, "replace"), "NO_HEADER"
    yield "csv in two encodings", whole.encode() + whole.encode("cp949"), "UNKNOWN_ENCODING"
    yield (
        "csv in cp949, then utf-8",
        whole.encode("cp949") + b"\xed\x95\x9c\xff",
        "UNKNOWN_ENCODING",
    )
    yield "utf-8 decoded as latin-1", whole.encode().decode("latin-1").encode(), "NO_HEADER"
    yield "half of a utf-16 pair", b"\xff\xfe" + whole.encode("utf-16-le")[:-1], "UNKNOWN_ENCODING"
    yield "bom and nonsense", b"\xef\xbb\xbf" + b"\xc7\xd1\xb1\xdb" * 50, "UNKNOWN_ENCODING"
    yield "a lone surrogate", whole.encode() + b"\xed\xa0\x80", "UNKNOWN_ENCODING"


def _cut() -> Iterator[Case]:
    book, lines = good_workbook(), good_text().encode()
    for part in range(1, 20, 2):
        yield f"xlsx cut at {part}/20", book[: len(book) * part // 20], "DAMAGED_WORKBOOK"
    for place in range(60, 1000, 79):
        yield f"csv cut at byte {place}", lines[:place], None
    yield "xlsx without a beginning", book[100:], None
    yield "xlsx twice", book + book, None
    yield "xlsx behind text", b"hello" + book, None


def _bitten() -> Iterator[Case]:
    book, lines = good_workbook(), good_text().encode()
    for seed in range(0, 30, 2):
        chance = random.Random(seed)
        for name, whole in (("xlsx", book), ("csv", lines)):
            bitten = bytearray(whole)
            for _ in range(1 + seed):
                bitten[chance.randrange(len(bitten))] = chance.randrange(256)
            yield f"{name} bitten {seed}", bytes(bitten), None


def _kinds() -> Iterator[Case]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    wide = {
        name: name.encode("utf-16-le") for name in ("Workbook", "EncryptedPackage", "FileHeader")
    }
    yield "old excel", ole + wide["Workbook"], "OTHER_SPREADSHEET"
    yield "password", ole + wide["EncryptedPackage"], "LOCKED_FILE"
    yield "hwp", ole + wide["FileHeader"], "NOT_A_TABLE"
    for mark in (b"SCDSA002", b"\x9b DRMONE  This", b"<DOCUMENT SAFER V2", b"HHSDRM"):
        yield f"secured {mark!r}", mark + bytes(200), "LOCKED_FILE"
    yield (
        "web page",
        b"\r\n<html><table><tr><td>\xec\xa0\x9c</td></tr></table>",
        "OTHER_SPREADSHEET",
    )
    yield "xml of 2003", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "OTHER_SPREADSHEET"
    for name, head in (
        ("pdf", b"%PDF-1.7\n"), ("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff\xe0"),
        ("gif", b"GIF89a"), ("gzip", b"\x1f\x8b\x08"), ("rtf", b"{\\rtf1"),
        ("elf", b"\x7fELF\x02\x01\x01\x00"), ("sqlite", b"SQLite format 3\x00"),
        ("tar", b"name" + bytes(300)), ("mp3", b"ID3\x03\x00\x00"),
    ):  # fmt: skip
        yield name, head + bytes(range(256)) * 4, "NOT_A_TABLE"
    yield "json", b'{"title": "x", "rows": [1, 2]}', "NO_HEADER"
    yield "prose", "이 파일은 표가 아니라 글입니다. 그냥 글.\n".encode() * 20, "NO_HEADER"
    yield "empty", b"", "EMPTY_FILE"
    yield "only spaces", b" \r\n\t\r\n", "EMPTY_FILE"
    yield "only a bom", b"\xef\xbb\xbf", "EMPTY_FILE"
    yield "only zeros", bytes(5000), "EMPTY_FILE"
    yield "only commas", b",,,,\n,,,,\n", "NO_HEADER"
    yield "a nul in a csv", good_text().encode().replace(b"180", b"1\x000"), "NOT_A_TABLE"


def _tables() -> Iterator[Case]:
    yield "no header", text([GOOD, GOOD]).encode(), "NO_HEADER"
    yield "header only", text([HEADERS]).encode(), "NO_ROWS"
    yield "header in row 20", text([["표"]] * 19 + [HEADERS, GOOD]).encode(), "NO_HEADER"
    yield "no title column", text([["관리번호", "내용"], ["1", "글"]]).encode(), "MISSING_COLUMN"
    yield "no body column", text([["관리번호", "제목"], ["1", "글"]]).encode(), "MISSING_COLUMN"
    yield "a column twice", text([[*HEADERS, "제목"], [*GOOD, "또"]]).encode(), "DOUBLE_COLUMN"
    yield "two spellings", text([[*HEADERS, "기술명"], [*GOOD, "또"]]).encode(), "DOUBLE_COLUMN"
    yield "same id twice", text([HEADERS, GOOD, GOOD]).encode(), "DOUBLE_ROW"
    nameless = ["", *GOOD[1:]]
    yield "same text twice", text([HEADERS, nameless, nameless]).encode(), "DOUBLE_TEXT"
    yield "open quote", text([HEADERS]).encode() + b'N-1,"never closed\nN-2,x\n', "BROKEN_CSV"
    yield "text behind a quote", text([HEADERS]).encode() + b'N-1,"5" pipe",x\n', "BROKEN_CSV"
    yield "100,000 columns", ",".join(f"c{n}" for n in range(100_000)).encode(), "TOO_MANY_COLUMNS"
    yield "301 columns", text([[*HEADERS, *"x" * 293]]).encode(), "TOO_MANY_COLUMNS"
    yield "2,000,000 rows", b"a,b\n" * 2_000_000, "TOO_MANY_ROWS"
    yield "a huge cell", text([HEADERS, [*GOOD[:3], "긴" * 50_000]]).encode(), "CELL_TOO_LONG"
    yield "a cell of megabytes", text([HEADERS, ["x" * 3_000_000]]).encode(), "CELL_TOO_LONG"
    yield "one long line", b"x" * 3_000_000, "CELL_TOO_LONG"
    yield (
        "ragged rows",
        text([HEADERS, ["N-1"], ["N-2", "", "제목"], GOOD * 9]).encode(),
        "REQUIRED",
    )
    yield "commas and semicolons", text([HEADERS]).encode() + text([GOOD], ";").encode(), "REQUIRED"


def _cells() -> Iterator[Case]:
    for value in (
        "육",
        "여섯 단계",
        "6~7",
        "6.5",
        "2026-06-07",
        "TRL",
        "1e1",
        "½",
        "六",
        "6-7",
    ):
        yield f"trl {value}", with_cell("기술성숙도", value), "NOT_A_NUMBER"
    yield "trl #REF!", with_cell("기술성숙도", "#REF!"), "FORMULA_ERROR"
    for value in ("0", "10", "-1", "９９", "000123"):
        yield f"trl {value}", with_cell("기술성숙도", value), "OUT_OF_RANGE"
    for value in (
        "협의",
        "미정",
        "1억~2억",
        "일억쯤",
        "$500",
        "1.5",
        "약 3억",
        "1/2",
        "NaN",
        "=1+1",
    ):
        yield f"budget {value}", with_cell("예산(원)", value), "NOT_AN_AMOUNT"
    for value in ("-100", "9999조원", "9" * 18):
        yield f"budget {value}", with_cell("예산(원)", value), "OUT_OF_RANGE"
    for value in (
        "없는 회사",
        "220-81-62518",
        "999",
        "한빛",
        "DROP TABLE",
        "../../etc/passwd",
        "null",
    ):
        yield f"organisation {value}", with_cell("기관", value), "UNKNOWN_ORGANISATION"
    yield "two of one name", with_cell("기관", "같은이름"), "AMBIGUOUS_ORGANISATION"
    for value in ("우주여행", "SMART", "1", "스마트 제조; 로봇"):
        yield f"field {value}", with_cell("분야", value), "NOT_IN_LIST"
    for value in ("결혼", "공동개발; 결혼", "JOINTT"):
        yield f"cooperation {value}", with_cell("협력형태", value), "NOT_IN_LIST"
    for column in ("제목", "내용"):
        yield f"{column} empty", with_cell(column, ""), "REQUIRED"
        yield f"{column} of controls", with_cell(column, "\x01\x02\u200b\ufeff"), "REQUIRED"
    yield "long title", with_cell("제목", "긴" * 301), "TOO_LONG"
    yield "long id", with_cell("관리번호", "1" * 101), "TOO_LONG"
    yield "long body", with_cell("내용", "긴" * 20_001), "TOO_LONG"


def _sheets() -> Iterator[Case]:
    head, line = row(1, HEADERS), row(2, GOOD)

    def cell(place: str, inner: str, kind: str = "") -> str:
        kind = f' t="{kind}"' if kind else ""
        return f'<c r="{place}"{kind}>{inner}</c>'

    def changed(at: int, value: str) -> bytes:
        return workbook(page(head + row(2, [*GOOD[:at], value, *GOOD[at + 1 :]])))

    formula = "<f>1+1</f>"
    yield "formula, no value", changed(5, cell("F2", formula)), "FORMULA_WITHOUT_VALUE"
    yield "formula, empty value", changed(5, cell("F2", formula + "<v/>")), "FORMULA_WITHOUT_VALUE"
    yield "formula as title", changed(2, cell("C2", "<f>A1</f>")), "FORMULA_WITHOUT_VALUE"
    yield (
        "shared formula",
        changed(5, cell("F2", '<f t="shared" si="0"/>')),
        "FORMULA_WITHOUT_VALUE",
    )
    for error in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"):
        faulty = cell("F2", f"{formula}<v>{error}</v>", "e")
        yield f"error {error}", changed(5, faulty), "FORMULA_ERROR"
    yield "text in a number cell", changed(5, cell("F2", "<v>육</v>")), "NOT_A_NUMBER"
    yield "infinite number", changed(5, cell("F2", "<v>1e999</v>")), "NOT_A_NUMBER"
    yield "no number", changed(5, cell("F2", "<v>NaN</v>")), "NOT_A_NUMBER"
    yield "a date", changed(5, cell("F2", "<v>2026-01-01</v>", "d")), "IS_A_DATE"
    yield "a truth", changed(5, cell("F2", "<v>1</v>", "b")), "NOT_A_NUMBER"
    yield "no such shared text", changed(2, cell("C2", "<v>7</v>", "s")), "DAMAGED_WORKBOOK"
    yield "unknown cell type", changed(2, cell("C2", "<v>7</v>", "zzz")), None
    for merged in ("A2:A3", "C2:D2", "A1:A2", "A1:ZZ9"):
        after = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
        yield f"merged {merged}", workbook(page(head + line, after=after)), "MERGED_CELLS"
    for merged in ("", "A1", "A1:", "A0:B0", "A1:A99999999999", "9:9", "한:글", "B2:A1"):
        after = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
        yield f"odd merge {merged!r}", workbook(page(head + line, after=after)), None
    for place in ("XFD2", "ZZZZ2", "KP2"):
        far = page(head + f'<row r="2">{cell(place, "<v>1</v>")}</row>')
        yield f"far cell {place}", workbook(far), "TOO_MANY_COLUMNS"
    for place in ("A1048576", "A100000000"):
        far = page(head + f"<row>{cell(place, '<v>1</v>')}</row>")
        yield f"far cell {place}", workbook(far), "TOO_MANY_ROWS"
    yield (
        "far row",
        workbook(page(head + '<row r="99999999"><c><v>1</v></c></row>')),
        "TOO_MANY_ROWS",
    )
    for place in ("", "1A", "A", "가1", "A-1", "A1:B2", "A0", "A99999999999999999999"):
        odd = page(head + f'<row r="2">{cell(place, "<v>1</v>")}</row>')
        yield f"odd place {place!r}", workbook(odd), None
    for number in ("-1", "0", "x", "1e5", "99999999999999999999", ""):
        odd = page(head + f'<row r="{number}"><c><v>1</v></c></row>')
        yield f"odd row {number!r}", workbook(odd), None
    wide = page("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>")
    yield "100,000 columns without names", workbook(wide), "TOO_MANY_COLUMNS"
    tall = page(head + "<row><c><v>1</v></c></row>" * 150_000)
    yield "150,000 rows without numbers", workbook(tall), "TOO_MANY_ROWS"
    lie = '<dimension ref="A1:XFD1048576"/>'
    yield "a lying dimension", workbook(page(row(1, HEADERS), lie)), "NO_ROWS"
    huge = row(2, [*GOOD[:3], "긴" * 50_000])
    yield "a huge cell in xlsx", workbook(page(head + huge)), "CELL_TOO_LONG"
    yield "no cells", workbook(page("")), "NO_HEADER"
    yield "no rows", workbook(page(head)), "NO_ROWS"
    yield (
        "controls",
        changed(2, cell("C2", "<is><t>_x0001__x0000_</t></is>", "inlineStr")),
        "REQUIRED",
    )
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield "entity bomb", workbook(entity + "]>" + page(head + row(2, ["&i;"]))), "DAMAGED_WORKBOOK"
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield "entity of a file", workbook(outside + page(row(1, ["&a;"]))), "DAMAGED_WORKBOOK"
    yield "sheet in utf-16", workbook(page(head + line).encode("utf-16")), "DAMAGED_WORKBOOK"
    declared = '<?xml version="1.0" encoding="EUC-KR"?>' + page(head + line)
    yield "sheet in euc-kr", workbook(declared.encode("cp949")), "DAMAGED_WORKBOOK"
    yield "sheet with a nul", workbook(page(head + row(2, ["a\x00b"]))), "DAMAGED_WORKBOOK"
    yield "sheet not closed", workbook(page(head + line)[:-20]), "DAMAGED_WORKBOOK"
    yield "sheet of prose", workbook("그냥 글"), "DAMAGED_WORKBOOK"
    yield "sheet empty", workbook(""), "DAMAGED_WORKBOOK"
    deep = "<a>" * 100_000 + "</a>" * 100_000
    yield "deep xml", workbook(page(head + line, before=deep)), None


def _archives() -> Iterator[Case]:
    good = page(row(1, HEADERS) + row(2, GOOD))
    bomb = zlib.compressobj(1, wbits=-15)
    zeros = b"".join(bomb.compress(bytes(2**20)) for _ in range(210)) + bomb.flush()
    yield "zip bomb", _stored_as(zeros, claimed=210 * 2**20), "UNPACKS_TOO_LARGE"
    yield "zip bomb that lies", _stored_as(zeros, claimed=1000), "DAMAGED_WORKBOOK"
    yield "bomb of many parts", archive({f"xl/{n}.xml": "x" for n in range(3000)}), "NOT_A_WORKBOOK"
    yield "empty archive", archive({}), "NOT_A_WORKBOOK"
    yield (
        "docx",
        archive({"word/document.xml": "<x/>", "[Content_Types].xml": TYPES}),
        "NOT_A_WORKBOOK",
    )
    yield "hwpx", archive({"mimetype": "application/hwp+zip"}), "NOT_A_WORKBOOK"
    yield "ods", archive({"mimetype": "x", "content.xml": "<x/>"}), "OTHER_SPREADSHEET"
    yield "xlsb", archive({"xl/workbook.bin": "x"}), "OTHER_SPREADSHEET"
    yield "zip of zips", archive({f"{n}.zip": good_workbook() for n in range(9)}), "NOT_A_WORKBOOK"
    yield "odd paths", archive({"../../x": "x", "/etc/passwd": "x", "C:\\x": "x"}), "NOT_A_WORKBOOK"
    locked = bytearray(good_workbook())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        locked[place + at] |= 1
    yield "locked part", bytes(locked), "LOCKED_FILE"
    yield "no links", workbook(good, **{"xl___rels__workbook.xml.rels": "<x/>"}), None
    yield (
        "links of prose",
        workbook(good, **{"xl___rels__workbook.xml.rels": "x"}),
        "DAMAGED_WORKBOOK",
    )
    elsewhere = LINKS.replace("worksheets/sheet1.xml", "../../../etc/passwd")
    yield "links elsewhere", workbook(good, **{"xl___rels__workbook.xml.rels": elsewhere}), None
    yield (
        "book of prose",
        workbook(good, xl__workbook_xml="x", **{"xl__workbook.xml": "x"}),
        "DAMAGED_WORKBOOK",
    )
    yield (
        "book with entities",
        workbook(good, **{"xl__workbook.xml": "<!DOCTYPE a>" + BOOK}),
        "DAMAGED_WORKBOOK",
    )
    yield (
        "book without sheets",
        workbook(good, **{"xl__workbook.xml": f"<workbook {MAIN}/>"}),
        "NO_HEADER",
    )
    shared = f'<sst {MAIN} count="1" uniqueCount="1"><si><t>{"긴" * 30_000}</t></si></sst>'
    links = LINKS.replace(
        "</Rel",
        f'<Relationship Id="r2" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/></Rel',
    )
    many = page(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 400)
    parts = {"xl__sharedStrings.xml": shared, "xl___rels__workbook.xml.rels": links}
    yield "one long text 40,000 times", workbook(many, **parts), "UNPACKS_TOO_LARGE"


def _stored_as(deflated: bytes, claimed: int) -> bytes:
    """An archive with one part, whose size is what `claimed` says and not what it is."""
    name = b"xl/workbook.xml"
    sizes = struct.pack("<LLL", 0, len(deflated), claimed)
    local = (
        b"PK\x03\x04"
        + struct.pack("<5H", 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HH", len(name), 0)
    )
    body = local + name + deflated
    central = b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0, 8, 0, 33) + sizes
    central += struct.pack("<5HLL", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<4HLLH", 0, 0, 1, 1, len(central), len(body), 0)
    return body + central + end
