"""`dure match`: needs and technologies from two spreadsheets, suggestions into a third."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from django.conf import settings

from dure.engines import matching
from dure.engines.matching import Document, Kind, Lexicon, Suggestion
from dure.foundation.embedding import CachedEmbedder, cache_folder, embedder_named
from dure.foundation.sheets import (
    Column,
    Fault,
    Problem,
    ProblemKind,
    Reader,
    Row,
    Table,
    UnreadableFile,
    bare,
    read_tables,
    vocabulary_names,
    workbook,
)
from dure.foundation.vocabularies import terms
from dure.foundation.vocabularies.match_reasons import sentence, strength_name

# Also every header of the import's templates, so that one sheet serves both.
COLUMNS = (
    Column(
        "id", "번호", "ID", is_required=True,
        aliases=(
            "아이디", "관리번호", "식별자", "접수번호", "수요번호", "external_id", "External id",
            "Entry number",
        ),
    ),
    Column(
        "title", "제목", "Title",
        aliases=("수요기술명", "공급기술명", "기술명", "과제명", "명칭", "수요명", "name"),
    ),
    Column(
        "body", "내용", "Body",
        aliases=("본문", "설명", "요약", "기술내용", "수요내용", "상세내용", "개요", "description"),
    ),
    Column(
        "organisation", "기관", "Organisation",
        aliases=("기업", "기관명", "기업명", "회사", "회사명", "수요기관", "공급기업", "organization"),
    ),
    Column("group", "계열", "Group", aliases=("그룹", "기업집단", "계열사")),
    Column("field", "분야", "Field", aliases=("기술분야",)),
    Column("keywords", "키워드", "Keywords", aliases=("핵심어", "주제어")),
    Column("trl", "기술성숙도", "TRL", aliases=("TRL단계", "성숙도", "기술성숙도단계")),
    Column("region", "지역", "Region", aliases=("소재지", "시도")),
    Column("language", "언어", "Language"),
)  # fmt: skip
_LANGUAGES = {"ko": "ko", "kr": "ko", "korean": "ko", "한국어": "ko", "국문": "ko"} | {
    "en": "en", "english": "en", "영어": "en", "영문": "en",
}  # fmt: skip
_PROBLEMS_SHOWN = 20
HEADERS = ("need_id", "rank", "technology_id", "score", "reasons")
READ_BY_READER = ("keywords", "trl")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnusableFile(click.ClickException):
    exit_code = 2


def match_files(needs: Path, technologies: Path, output: Path, top: int) -> None:
    """Write the best `top` technologies for every need to `output`, best first: .csv or .xlsx.

    The same files give the same bytes. Raises UnusableFile, with every faulty cell, and writes
    nothing then.
    """
    if output.suffix.lower() not in (".csv", ".xlsx"):
        raise UnusableFile(f"{output}: write to a file that ends in .csv or .xlsx")
    if not settings.configured:  # the table reader words its problems with Django
        settings.configure(USE_I18N=False)
    wanted = _read(needs, Kind.NEED)
    offered = _read(technologies, Kind.TECHNOLOGY)
    _say(f"{len(wanted)} needs, {len(offered)} technologies")
    _write(output, _suggestions(wanted, offered, top))
    _say(f"written: {output}")


def _suggestions(
    needs: Sequence[Document], technologies: Sequence[Document], top: int
) -> Iterator[tuple[str, int, str, float, str]]:
    embedder = CachedEmbedder(
        embedder_named(os.environ.get("DURE_EMBEDDING", "bundled")),
        cache_folder() / "vectors.sqlite",
        progress=lambda done, total: _say(f"embedded {done} of {total} passages"),
    )
    lexicon = Lexicon(terms())
    rows = matching.rows_of(technologies)
    index = matching.MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
    by_id = {technology.id: technology for technology in technologies}
    queries = matching.read_all(needs, lexicon, embedder)
    for done, query in enumerate(queries, 1):
        for suggestion in matching.rank(query, matching.find(query, index), by_id, top=top):
            technology = by_id[suggestion.id]
            reasons = _reasons(query.document, technology, suggestion, query.language, lexicon)
            score = round(suggestion.score, 4)
            yield query.document.id, suggestion.rank, technology.id, score, reasons
        if done % 100 == 0 or done == len(queries):
            _say(f"matched {done} of {len(queries)} needs")


def _reasons(
    need: Document, technology: Document, suggestion: Suggestion, language: str, lexicon: Lexicon
) -> str:
    reasons = matching.explain(need, technology, suggestion, lexicon)
    sentences = (sentence(reason, need, technology, language) for reason in reasons)
    return " ".join([f"[{strength_name(suggestion.strength, language)}]", *sentences])


def _read(path: Path, kind: Kind) -> list[Document]:
    try:
        tables = read_tables(path, COLUMNS)
    except UnreadableFile as error:
        raise _unusable(path, [error.problem]) from error
    problems = [problem for table in tables for problem in table.problems]
    problems += [
        Problem(ProblemKind.MISSING_COLUMN.value, table.sheet, header="제목, 내용 (Title, Body)")
        for table in tables
        if not table.headers.keys() & {"title", "body"}
    ]
    documents: dict[str, Document] = {}
    first_rows: dict[str, int] = {}
    for table in tables:
        for row in table.rows:
            faults = list(_faults(table, row, first_rows))
            problems += faults
            reader = Reader(table, row)
            document = _document(reader, kind)
            problems += reader.problems
            if not faults and not reader.problems:
                documents[document.id] = document
                first_rows[document.id] = row.number
    if problems:
        raise _unusable(path, problems)
    return sorted(documents.values(), key=lambda document: document.id)


def _faults(table: Table, row: Row, first_rows: Mapping[str, int]) -> Iterator[Problem]:
    for column, value in row.cells.items():
        if isinstance(value, Fault) and column not in READ_BY_READER:
            yield table.problem(row, column, value.kind)
    if not _text(row, "id"):
        yield table.problem(row, "id", ProblemKind.REQUIRED)
    if not (_text(row, "title") or _text(row, "body")):
        yield table.problem(row, "title", ProblemKind.REQUIRED)
    if (key := _text(row, "id")) and (first := first_rows.get(key)):
        yield table.problem(row, "id", ProblemKind.DOUBLE_ROW, row=first)
    if (language := _text(row, "language")) and language.lower() not in _LANGUAGES:
        yield table.problem(row, "language", ProblemKind.NOT_IN_LIST, allowed="ko, en")


def _document(reader: Reader, kind: Kind) -> Document:
    row = reader.row
    title, body = _text(row, "title"), _text(row, "body")
    language = _LANGUAGES.get(_text(row, "language").lower())
    return Document(
        id=_text(row, "id"),
        title=title,
        body=body,
        kind=kind,
        language=language or matching.language_of(f"{title} {body}"),
        keywords=tuple(reader.keywords("keywords")),
        field=_code("fields", _text(row, "field")),
        trl=reader.number("trl", 1, 9),
        region=_code("regions", _text(row, "region")),
        organisation=_text(row, "organisation"),
        group=_text(row, "group"),
    )


def _text(row: Row, column: str) -> str:
    value = row.cells.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # spreadsheets keep every number as a float
    return "" if value is None else str(value).strip()


def _code(vocabulary: str, text: str) -> str:
    """Return the code of a name as the import knows it; a name of another list stays as it is.

    Of an address such as 「경남 창원시」 the beginning counts.
    """
    codes = vocabulary_names(vocabulary).codes
    return codes.get(bare(text)) or codes.get(bare(text.split()[0] if text else "")) or text


def _unusable(path: Path, problems: Sequence[Problem]) -> UnusableFile:
    lines = [_line(path, problem) for problem in problems[:_PROBLEMS_SHOWN]]
    if len(problems) > _PROBLEMS_SHOWN:
        lines.append(f"... and {len(problems) - _PROBLEMS_SHOWN} more")
    return UnusableFile("\n".join(lines))


def _line(path: Path, problem: Problem) -> str:
    column = f" ({problem.header})" if problem.header else ""
    value = f" [{problem.value}]" if problem.value else ""
    place = f"{problem.place}{column}".strip()
    return f"{path}: {f'{place}: ' if place else ''}{problem.fix}{value}"


def _write(path: Path, rows: Iterable[tuple[str, int, str, float, str]]) -> None:
    """Write all rows or, when anything fails on the way, none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        if path.suffix.lower() == ".xlsx":
            draft.write_bytes(workbook("matches", HEADERS, rows))
        else:
            # Excel in Korea takes a file without a mark for CP949.
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(HEADERS)
                writer.writerows([_plain(cell) for cell in row] for row in rows)
        draft.replace(path)


def _plain(cell: str | int | float) -> str | int | float:
    """A text that a spreadsheet would take for a formula, with a quotation mark in front."""
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
