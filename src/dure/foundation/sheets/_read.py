"""Reads one spreadsheet and prints it as JSON. Runs in a process of its own, with limits.

A file from outside may be built to fill the memory or to never end, so it is parsed where that
harms nobody: `python -I _read.py FILE [HEADER…]`. Every sheet pays for what this imports, so it is little.
A cell that must not be taken at its face (a formula without a value, an error such as #N/A, what
Excel took for a date) is printed as a list: a code and the text.
"""

import csv
import io
import json
import math
import posixpath
import re
import resource
import sys
import unicodedata
import zlib
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from dure.values.amounts import names_unit, unit_of, without_unit
from dure.values.text import clean

if TYPE_CHECKING:
    pass

MEMORY_LIMIT = 2 * 1024**3
CPU_SECONDS = 60
UNPACKED_LIMIT = 200 * 1024**2
ROW_LIMIT = 100_001
COLUMN_LIMIT = 300
VALUE_LIMIT = 2_000_000
TEXT_LIMIT = 60_000_000
CELL_LIMIT = 40_000  # Excel itself stops at 32,767
MERGED_KEPT = 1000
RECORDS_COMPARED = 50

SHARED_TEXTS = "xl/sharedstrings.xml"
CELL_NAME = re.compile(r"\$?([A-Za-z]{1,4})\$?(\d{1,9})")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What the document-security programs of large firms put in front of every file.
SECURED = (b"SCDSA", b"\x9b DRMONE", b"<DOCUMENT SAFER", b"<!-- FasooSecureContainer", b"HHSDRM")
ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!)")
# The formats of numbers that show more than the number: 00123, and thousands as 「150천원」.
PADDED = re.compile(r"0{2,}")
ASIDES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】|<[^<>]*>|\{[^{}]*\}")
# The parts of such a format: colours and countries, digits, what is written as it stands.
DRESS = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]")
DIGITS = re.compile(r"[#0?](?:[#0?,.]*[#0?])?(,*)")


class Unreadable(Exception):
    """The file cannot be taken; `code` says why, the rest names the place."""

    def __init__(self, code: str, sheet: str = "", row: int = 0, column: str = "") -> None:
        super().__init__(code)
        self.answer = {"problem": code, "sheet": sheet, "row": row, "column": column}


def read(path: Path, headers: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The sheets of a .xlsx or .csv file: name, merged ranges, what is hidden, rows of plain values.

    Hidden sheets are left out. Of several ways to cut a .csv the one is taken that makes the most
    of `headers`, which are given as spellings.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("FILE_GONE") from error
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xfe\xff"):
        raise Unreadable("EMPTY_FILE")
    _refuse_other_kinds(content)
    if content[:2] == b"PK":
        return _read_workbook(path)
    rows = _read_csv(content, headers)
    return [{"name": "", "merged": [], "hidden_rows": [], "hidden_columns": [], "rows": rows}]


def _refuse_other_kinds(content: bytes) -> None:
    """Name what the file is when it is neither .xlsx nor .csv."""
    head = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    if content.startswith(SECURED):
        raise Unreadable("LOCKED_FILE")
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("LOCKED_FILE")
        sheet = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
        raise Unreadable("OTHER_SPREADSHEET" if sheet else "NOT_A_TABLE")
    if head[:1] == b"<" and re.search(rb"<(!doctype|html|table|\?xml|\w*:?workbook)", head.lower()):
        raise Unreadable("OTHER_SPREADSHEET")
    if content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise Unreadable("NOT_A_TABLE")


# Workbooks


def _read_workbook(path: Path) -> list[dict[str, Any]]:
    from python_calamine import (  # noqa: PLC0415 -- slow import, not needed for .csv
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    looks = _look_into(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        pages = [p for p in workbook.sheets_metadata if p.typ == SheetTypeEnum.WorkSheet]
        if not {page.name for page in pages} <= set(looks):
            raise Unreadable("DAMAGED_WORKBOOK")
        return [
            _read_sheet(workbook.get_sheet_by_name(page.name), page.name, looks[page.name])
            for page in pages
            if page.visible == SheetVisibleEnum.Visible
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable("DAMAGED_WORKBOOK") from error


class Look:
    """What the parser of a sheet does not tell: places are rows and columns from 0."""

    def __init__(self) -> None:
        self.faults: dict[tuple[int, int], list[str]] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []


def _look_into(path: Path) -> dict[str, Look]:
    """What each sheet hides, and its cells not to be taken at their face; refuses what is hostile.

    Hostile is an archive that unpacks too large or lies about its sizes, a sheet with far-away
    cells (the parser would lay out everything between), long texts that many cells share (it
    would lay them out for each), and XML with definitions of its own.
    """
    import zipfile  # noqa: PLC0415 -- slow import, not needed for .csv
    from xml.etree import ElementTree  # noqa: PLC0415 -- as above

    try:
        with zipfile.ZipFile(path) as archive:
            items = archive.infolist()
            if any(item.flag_bits & 1 for item in items):
                raise Unreadable("LOCKED_FILE")
            if sum(item.file_size for item in items) > UNPACKED_LIMIT:
                raise Unreadable("UNPACKS_TOO_LARGE")
            if archive.testzip() is not None:  # also catches sizes that are lies
                raise Unreadable("DAMAGED_WORKBOOK")
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            if "xl/workbook.xml" not in names:
                sheets = names.keys() & {"xl/workbook.bin", "content.xml"}
                raise Unreadable("OTHER_SPREADSHEET" if sheets else "NOT_A_WORKBOOK")

            def part(name: str) -> bytes:
                return archive.read(names[name]) if name in names else b""

            scan = _Scan(_lengths_of_texts(part(SHARED_TEXTS)), _formats(part("xl/styles.xml")))
            parts = _parts_of(part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"))
            return {name: scan.look(name, part(place)) for name, place in parts if place in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable("DAMAGED_WORKBOOK") from error
    except (expat.ExpatError, ElementTree.ParseError, ValueError, KeyError, LookupError) as error:
        raise Unreadable("DAMAGED_WORKBOOK") from error


def _parts_of(book: bytes, relations: bytes) -> list[tuple[str, str]]:
    """The name of each sheet and the archive's part that holds it, in small letters.

    Workbooks saved as Strict Open XML have other namespaces than the common ones, so only the
    local names count.
    """
    from xml.etree import ElementTree  # noqa: PLC0415 -- slow import, not needed for .csv

    if b"<!DOCTYPE" in book + relations:
        raise Unreadable("DAMAGED_WORKBOOK")
    targets = {
        relation.get("Id"): posixpath.normpath(
            posixpath.join("/xl", relation.get("Target", "").replace("\\", "/"))
        )[1:].lower()
        for relation in ElementTree.fromstring(relations)  # noqa: S314 -- no DOCTYPE, own process
    }
    parts = [
        (sheet.get("name", ""), targets.get(_relation(sheet.attrib), ""))
        for sheet in ElementTree.fromstring(book).iter()  # noqa: S314 -- as above
        if sheet.tag.rpartition("}")[2] == "sheet"
    ]
    if len({name for name, _ in parts}) < len(parts):
        raise Unreadable("DAMAGED_WORKBOOK")  # which of the two would the parser read?
    return parts


def _relation(attributes: dict[str, str]) -> str | None:
    return next((value for name, value in attributes.items() if name.endswith("}id")), None)


def _formats(styles: bytes) -> list[str]:
    """The format of numbers for each style of cells, where it shows more than a number."""
    from xml.etree import ElementTree  # noqa: PLC0415 -- slow import, not needed for .csv

    if not styles or b"<!DOCTYPE" in styles:
        return []
    codes, formats = {}, []
    for element in ElementTree.fromstring(styles):  # noqa: S314 -- no DOCTYPE, own process
        match element.tag.rpartition("}")[2]:
            case "numFmts":
                codes = {
                    number_format.get("numFmtId"): number_format.get("formatCode", "")
                    for number_format in element
                }
            case "cellXfs":
                formats = [codes.get(cell_format.get("numFmtId"), "") for cell_format in element]
    return [code if _padded(code) or _unit_shown(code) else "" for code in formats]


def _padded(code: str) -> int:
    """How many digits a format fills up with zeros."""
    return len(code) if PADDED.fullmatch(code) else 0


def _unit_shown(code: str) -> str:
    """What a format of numbers writes of money beside a number: 「천원」, 「USD」; else nothing.

    Commas at the end of the digits hide thousands, so that 150,000,000 is shown as 「150백만원」:
    then the number is whole already.
    """
    shown = DRESS.sub(r" \1 ", code.split(";")[0])
    digits = DIGITS.search(shown)
    written = " ".join(re.sub(r'["\\_*()]', " ", DIGITS.sub(" ", shown)).split())
    if digits is None or not names_unit(f"({written})"):
        return ""
    unit = unit_of(f"({written})")
    return "" if unit in (1, _hidden_thousands(code)) else written


def _hidden_thousands(code: str) -> int:
    digits = DIGITS.search(DRESS.sub(" ", code.split(";")[0]))
    return 1000 ** len(digits[1]) if digits else 1


def _lengths_of_texts(xml: bytes) -> list[int]:
    """How long each of the texts is that the cells of all sheets share, in characters."""
    lengths: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def take(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    if xml:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.CharacterDataHandler = start, take
        parser.Parse(xml, True)
    return lengths


class _Scan:
    """Goes through the XML of sheets, counts what they hold and where it stands."""

    def __init__(self, lengths_of_texts: list[int], formats: list[str]) -> None:
        self.lengths_of_texts = lengths_of_texts
        self.format_of_style = {str(at): code for at, code in enumerate(formats) if code}
        self.values = self.length = 0

    def look(self, name: str, xml: bytes) -> Look:
        """What is hidden, formulas without a value and errors, and formats that show more."""
        if xml[:2] in UTF_16:
            self._refuse()  # well-formed, but the parser would find no cell at all
        self.name, self.seen = name, Look()
        self.row, self.column, self.kind = 0, 0, ""
        self.has_formula = self.has_value = False
        self.text = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.XmlDeclHandler = self._check_encoding
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.Parse(xml, True)
        return self.seen

    def _refuse(self, *_: object) -> None:
        raise Unreadable("DAMAGED_WORKBOOK")

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
            self._refuse()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
                if _is_hidden(attributes, "ht") and self.row <= ROW_LIMIT:
                    self.seen.hidden_rows.append(self.row - 1)
            case "col" if _is_hidden(attributes, "width"):
                last = min(int(attributes["max"]), COLUMN_LIMIT)
                self.seen.hidden_columns += range(int(attributes["min"]) - 1, last)
            case "c":
                self._start_cell(attributes)
            case "f":
                self.has_formula = True
            case "v" | "is":
                self._start_value()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if place := attributes.get("r"):
            match = CELL_NAME.fullmatch(place)
            if match is None:
                raise Unreadable("DAMAGED_WORKBOOK", self.name, self.row)
            self.column, self.row = column_number(match[1]), int(match[2])
        self.kind = attributes.get("t", "")
        if code := self.format_of_style.get(attributes.get("s", "")):
            self.seen.formats[self.row - 1, self.column - 1] = code
        self.has_formula = self.has_value = False
        self.text = ""

    def _start_value(self) -> None:
        self.values += 1
        # A computed empty text is a value; without a text only a number's absence shows.
        self.has_value = self.kind == "str"
        if self.has_formula or self.kind in ("e", "s"):
            self.parser.CharacterDataHandler = self._take
        else:
            self.has_value = True
        if self.row > ROW_LIMIT:
            raise Unreadable("TOO_MANY_ROWS", self.name, self.row)
        if self.column > COLUMN_LIMIT:
            raise Unreadable("TOO_MANY_COLUMNS", self.name, self.row, letter(self.column - 1))
        if self.values > VALUE_LIMIT:
            raise Unreadable("UNPACKS_TOO_LARGE", self.name)

    def _take(self, text: str) -> None:
        self.text = (self.text + text)[:20]
        self.has_value = True

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v":
                self.parser.CharacterDataHandler = None
                if self.kind == "s":
                    self._count_text()
            case "c" if self.kind == "e":
                self._fault("FORMULA_ERROR", self.text)
            case "c" if self.has_formula and not self.has_value:
                self._fault("FORMULA_WITHOUT_VALUE", "")

    def _count_text(self) -> None:
        try:
            self.length += self.lengths_of_texts[int(self.text)]
        except (ValueError, IndexError):
            return  # the parser has its own word for a number that points nowhere
        if self.length > TEXT_LIMIT:
            raise Unreadable("UNPACKS_TOO_LARGE", self.name, self.row)

    def _fault(self, code: str, text: str) -> None:
        if 1 <= self.row <= ROW_LIMIT and 1 <= self.column <= COLUMN_LIMIT:
            self.seen.faults[self.row - 1, self.column - 1] = [code, text]


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    is_flagged = attributes.get("hidden", "0") in ("1", "true", "on")
    return is_flagged or attributes.get(size, "") in ("0", "0.0")


def _read_sheet(sheet: Any, name: str, look: Look) -> dict[str, Any]:
    rows: list[list[Any]] = []
    length = 0
    margin = [""] * (sheet.start[1] if sheet.start else 0)  # iter_rows leaves it out
    for row in sheet.iter_rows():
        length += sum(len(value) for value in row if isinstance(value, str))
        if length > TEXT_LIMIT:
            raise Unreadable("UNPACKS_TOO_LARGE", name, len(rows) + 1)
        rows.append(margin + [_plain(value) for value in row])
    for (row, column), code in look.formats.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = _shown(rows[row][column], code)
    for (row, column), fault in look.faults.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = fault
    merged = [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or []]
    return {
        "name": name,
        "merged": merged[:MERGED_KEPT],
        "hidden_rows": look.hidden_rows,
        "hidden_columns": look.hidden_columns,
        "rows": _checked(rows, name),
    }


def _shown(value: Any, code: str) -> Any:
    """A number as its format shows it: with zeros in front, or with a unit behind."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if (width := _padded(code)) and isinstance(value, int) and value >= 0:
        return str(value).zfill(width)
    if unit := _unit_shown(code):
        hidden = _hidden_thousands(code)
        return f"{value / hidden if value % hidden else value // hidden}({unit})"
    return value


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letter(index: int) -> str:
    """The letters of a column, from 0: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


# Text files


def _read_csv(content: bytes, headers: frozenset[str]) -> list[list[Any]]:
    if b"\x00" in content and content[:2] not in UTF_16:
        raise Unreadable("NOT_A_TABLE")
    text = _decode(content)
    if "\x00" in text:
        raise Unreadable("NOT_A_TABLE")
    rows: list[list[Any]] = []
    match = re.match(r'"?sep=([,;\t|])"?(?=\r|\n)', text)  # Excel's own note of the separator
    delimiter = match[1] if match else _delimiter(text, headers)
    csv.field_size_limit(10 * CELL_LIMIT)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > COLUMN_LIMIT and any(row[COLUMN_LIMIT:]):
                raise Unreadable("TOO_MANY_COLUMNS", row=len(rows) + 1)
            rows.append([_text(cell) for cell in row[:COLUMN_LIMIT]])
            if len(rows) > ROW_LIMIT:
                raise Unreadable("TOO_MANY_ROWS", row=len(rows))
    except csv.Error as error:
        code = "CELL_TOO_LONG" if "field larger" in str(error) else "BROKEN_CSV"
        raise Unreadable(code, row=len(rows) + 1) from error
    if match:
        rows[0] = []
    return _checked(rows, "")


def _delimiter(text: str, headers: frozenset[str]) -> str:
    """The separator that finds the most known headers, and then the most rows of one width.

    Quotation marks are respected under each, so what stands inside a cell has no say.
    """

    def merit(delimiter: str) -> tuple[int, int, int]:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[list[str]] = []
        try:
            rows += islice(records, RECORDS_COMPARED)
        except csv.Error:
            return 0, 0, 0
        known = [sum(not headers.isdisjoint(spellings(c)) for c in row) for row in rows[:15]]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return max(known, default=0), count, width

    return max(",;\t|", key=merit)


def _decode(content: bytes) -> str:
    if content[:2] in UTF_16:
        return _decode_as("utf-16", content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        damaged = content.decode("utf-8", errors="replace")
        hangul = sum("가" <= ch <= "힣" for ch in damaged[:200_000])
        if content[:3] == b"\xef\xbb\xbf" or hangul > 2 * damaged[:200_000].count("\ufffd"):
            row = content[: error.start].count(b"\n") + 1
            raise Unreadable("UNKNOWN_ENCODING", row=row) from error
    return _decode_as("cp949", content)


def _decode_as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise Unreadable("UNKNOWN_ENCODING", row=row) from error


# Cells


def _checked(rows: list[list[Any]], sheet: str) -> list[list[Any]]:
    """The rows without empty ends, if they are not too many and no cell is too long."""
    for number, row in enumerate(rows, 1):
        while row and row[-1] in ("", None):
            row.pop()
        if len(row) > COLUMN_LIMIT:
            raise Unreadable("TOO_MANY_COLUMNS", sheet, number)
        for at, value in enumerate(row):
            if isinstance(value, str) and len(value) > CELL_LIMIT:
                raise Unreadable("CELL_TOO_LONG", sheet, number, letter(at))
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > ROW_LIMIT:
        raise Unreadable("TOO_MANY_ROWS", sheet, len(rows))
    return rows


def _plain(value: Any) -> Any:
    """Whole numbers as int, dates as such, text without what nobody sees."""
    match value:
        case float() if math.isfinite(value):
            return int(value) if value.is_integer() and abs(value) < 2**53 else value
        case datetime() if value.time() == time():
            return ["DATE", value.date().isoformat()]
        case datetime() | date():
            return ["DATE", str(value)]
        case str():
            return _text(value)
        case float() | time() | timedelta():
            return str(value)
    return value


def _text(written: str) -> Any:
    """A text without what nobody sees; an error that was saved as text stays an error."""
    text = clean(written)
    return ["FORMULA_ERROR", text] if text[:1] == "#" and ERRORS.fullmatch(text) else text


def spellings(header: Any) -> set[str]:
    """A header without case, spaces, marks, brackets and unit: all of it, and its first line."""
    if not isinstance(header, str) or not header:
        return set()
    text = ASIDES.sub("", unicodedata.normalize("NFKC", header))
    lines = {text, *text.strip().split("\n")[:1], without_unit(header)}
    return {bare for line in lines if (bare := bare_header(line))}


def bare_header(text: str) -> str:
    """The letters and digits of a header, without case."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text).casefold() if ch.isalnum())


def main() -> None:
    """Print {"sheets": …} or {"problem": …} for the file named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        sheets = read(Path(sys.argv[1]), frozenset(sys.argv[2:]))
        answer: dict[str, Any] = {"sheets": sheets}
    except Unreadable as problem:
        answer = problem.answer
    except MemoryError:
        answer = Unreadable("UNPACKS_TOO_LARGE").answer
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
