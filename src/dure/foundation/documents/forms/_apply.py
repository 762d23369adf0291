"""Filling a form and reading a filled one, on the sections of its document."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from dure.foundation.documents.forms import _words
from dure.foundation.documents.forms._form import (
    CellField,
    Column,
    Form,
    FormMismatch,
    FormProblem,
    ListField,
    SectionField,
)
from dure.foundation.documents.forms._place import Unplaced, cell_of, rows_of
from dure.foundation.documents.forms._words import Unwritable
from dure.foundation.documents.forms._xml import (
    Cell,
    Section,
    copied,
    has_object,
    local,
    text_of,
    write_lines,
    write_text,
)

Values = Mapping[str, Any]


def fill(form: Form, sections: Sequence[Section], values: Values) -> None:
    """Write values into the sections; fields without a value stay as they are.

    Raises FormMismatch with every place that does not take its value; then nothing may be used.
    """
    problems = [FormProblem(name, "unknown") for name in values.keys() - set(form.ids)]
    for field in form.fields:
        if field.id in values:
            _tried(problems, field.id, partial(_fill_cell, sections, field, values[field.id]))
    for rows in form.lists:
        if rows.id in values:
            problems += _fill_list(sections, rows, values[rows.id])
    for section in form.sections:
        if section.id in values:
            _tried(
                problems,
                section.id,
                partial(_fill_section, form, sections, section, values[section.id]),
            )
    if problems:
        raise FormMismatch(tuple(problems))


def read(form: Form, sections: Sequence[Section]) -> tuple[dict[str, Any], list[FormProblem]]:
    """What stands in the fields of the form, and what could not be read, by place.

    Empty fields are None, rows without a value are left out.
    """
    problems: list[FormProblem] = []
    values: dict[str, Any] = {}
    for field in form.fields:
        values[field.id] = _tried(problems, field.id, partial(_read_cell, sections, field))
    for rows in form.lists:
        values[rows.id] = _tried(problems, rows.id, partial(_read_list, sections, rows, problems))
    for section in form.sections:
        values[section.id] = _tried(
            problems, section.id, partial(_read_section, form, sections, section, problems)
        )
    return values, problems


def _tried(problems: list[FormProblem], place: str, run: Callable[[], Any]) -> Any:
    try:
        return run()
    except Unplaced as error:
        problems.append(error.problem)
    except Unwritable as error:
        problems.append(FormProblem(place, error.problem.kind, error.problem.text))
    return None


def _fill_cell(sections: Sequence[Section], field: CellField, value: Any) -> None:
    cell = cell_of(sections, field)
    if field.options:
        _rewrite(cell, _words.ticked(cell.text, field, value))
    elif field.after or field.before:
        _rewrite(cell, _words.in_gap(cell.text, field, _said(field, value)))
    else:
        _set(cell, _said(field, value) or field.blank)


def _read_cell(sections: Sequence[Section], field: CellField) -> Any:
    text = cell_of(sections, field).text
    if field.options:
        return _words.read_ticks(text, field)
    if field.after or field.before:
        return _meant(field, _words.read_gap(text, field))
    return None if bare_words(text) == bare_words(field.blank) else _meant(field, text)


def _said(field: CellField | Column, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "won":
        return _words.written_won(value, field.unit)
    return str(value).strip()


def _meant(field: CellField | Column, text: str) -> Any:
    if field.kind == "won":
        return _words.read_won(text, field.unit)
    return text.strip() or None


def _set(cell: Cell, text: str) -> None:
    [area] = [inside for inside in cell.element if local(inside) == "subList"]
    write_lines(cell.paragraphs, area, text.split("\n"))


def _rewrite(cell: Cell, text: str) -> None:
    """Change only those paragraphs of a cell whose words are others now."""
    lines, paragraphs = text.split("\n"), cell.paragraphs
    at = 0
    for paragraph in paragraphs:
        before = text_of(paragraph)
        height = before.count("\n") + 1
        now = "\n".join(lines[at : at + height])
        at += height
        if now != before:
            write_text(paragraph, now)


def _fill_list(
    sections: Sequence[Section], field: ListField, rows: Sequence[Mapping[str, Any]]
) -> list[FormProblem]:
    try:
        cells = rows_of(sections, field)
    except Unplaced as error:
        return [error.problem]
    if len(rows) > len(cells):
        return [FormProblem(field.id, "no_room", str(len(cells)))]
    columns = {column.id: column for column in field.columns}
    problems: list[FormProblem] = []
    for number, row in enumerate(rows):
        for name, value in row.items():
            place = f"{field.id}.{number + 1}.{name}"
            if name not in columns:
                problems.append(FormProblem(place, "unknown"))
            elif name in cells[number]:
                _set(cells[number][name], _said(columns[name], value))
            elif value is not None:
                problems.append(FormProblem(place, "missing"))
    return problems


def _read_list(
    sections: Sequence[Section], field: ListField, problems: list[FormProblem]
) -> list[dict[str, Any]]:
    columns = {column.id: column for column in field.columns}
    rows = []
    for number, cells in enumerate(rows_of(sections, field), 1):
        row: dict[str, Any] = {}
        for name, cell in cells.items():
            place, column = f"{field.id}.{number}.{name}", columns[name]
            text = cell.text
            is_blank = bare_words(text) in {bare_words(blank) for blank in column.blank}
            row[name] = None if is_blank else _tried(problems, place, partial(_meant, column, text))
        if any(value is not None for value in row.values()):
            rows.append(row)
    return rows


def bare_words(text: str) -> str:
    """Words without any space."""
    return "".join(text.split())


class _Place:
    """The paragraphs of a section of the body, between its heading and the next one."""

    def __init__(self, form: Form, sections: Sequence[Section], field: SectionField) -> None:
        headings = {bare_words(section.heading) for section in form.sections}
        headings |= {bare_words(ending) for ending in form.ends}
        matches: list[tuple[Section, int, list[Element]]] = []
        for section in sections:
            paragraphs = [p for p in section.root if local(p) == "p"]
            words = [bare_words(text_of(p)) for p in paragraphs]
            for at, word in enumerate(words):
                if word == bare_words(field.heading):
                    end = next(
                        (n for n in range(at + 1, len(words)) if words[n] in headings), len(words)
                    )
                    matches.append((section, at, paragraphs[at:end]))
        if len(matches) != 1:
            kind = "twice" if matches else "missing"
            raise Unplaced(FormProblem(field.id, kind, field.heading))
        self.section, _, (self.heading, *self.inside) = matches[0]
        self.prompts = [bare_words(prompt) for prompt in (*form.prompts, *field.prompts)]

    def is_prompt(self, paragraph: Element) -> bool:
        """True for what only explains: in a table too."""
        text = bare_words("".join(t.text or "" for t in paragraph.iter() if local(t) == "t"))
        return any(text.startswith(prompt) for prompt in self.prompts)


def _fill_section(form: Form, sections: Sequence[Section], field: SectionField, value: Any) -> None:
    """Put lines below a heading in the place of prompts and of what stood there before."""
    place = _Place(form, sections, field)
    root = place.section.root
    plain = [p for p in place.inside if not has_object(p)]
    model = next((p for p in plain if not place.is_prompt(p)), (plain or [place.heading])[0])
    made = [copied(model, line) for line in str(value or "").strip().split("\n")]
    for paragraph in place.inside:
        if not has_object(paragraph) or place.is_prompt(paragraph):
            root.remove(paragraph)
    at = list(root).index(place.heading) + 1
    for number, paragraph in enumerate(made):
        root.insert(at + number, paragraph)


def _read_section(
    form: Form, sections: Sequence[Section], field: SectionField, problems: list[FormProblem]
) -> str | None:
    place = _Place(form, sections, field)
    lines = []
    for paragraph in place.inside:
        if place.is_prompt(paragraph):
            continue
        if has_object(paragraph):
            problems.append(FormProblem(field.id, "object", text_of(paragraph)[:60]))
        lines.append(text_of(paragraph))
    return "\n".join(lines).strip() or None
