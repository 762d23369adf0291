"""Paragraphs and tables of a HWPX section: what stands in them, and putting other words there.

Whatever is not changed stays as it is: elements are edited in place, and the declarations of
namespaces are kept. Of a changed paragraph the stored line breaks go, so that the word processor sets
it anew.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SPACES = {"fwSpace": "\u3000", "nbSpace": "\u00a0", "tab": "\t", "lineBreak": "\n", "hyphen": "-"}
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'


class Section:
    """A section of a document as a tree, with the namespaces that it declares."""

    def __init__(self, part: bytes) -> None:
        self.names: list[tuple[str, str]] = []
        root: Element | None = None
        for event, event_value in ElementTree.iterparse(  # noqa: S314 -- no DOCTYPE, own process
            BytesIO(part), events=("start", "start-ns")
        ):
            if event == "start-ns":
                self.names.append(event_value)
            elif root is None:
                root = event_value
        if root is None:
            raise ValueError("an empty part")
        self.root = root

    def tables(self) -> Iterator["Table"]:
        """All tables, those inside others too, in the order of the document."""
        for element in self.root.iter():
            if local(element) == "tbl":
                yield Table(element)

    def written(self) -> bytes:
        """The section as it is now."""
        for prefix, uri in self.names:
            ElementTree.register_namespace(prefix, uri)
        body = ElementTree.tostring(self.root, encoding="unicode")
        start = body.index(">") - (body[body.index(">") - 1] == "/")
        declared = set(re.findall(r'xmlns:(\w+)="', body[:start]))
        lacking = "".join(
            f' xmlns:{prefix}="{uri}"'
            for prefix, uri in dict(self.names).items()
            if prefix not in declared
        )
        return HEAD + (body[:start] + lacking + body[start:]).encode()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place and how many rows and columns it takes."""

    row: int
    column: int
    rows: int
    columns: int
    element: Element

    @property
    def paragraphs(self) -> list[Element]:
        """Its own paragraphs, without those of tables inside."""
        return [p for area in named(self.element, "subList") for p in named(area, "p")]

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(map(text_of, self.paragraphs))

    @property
    def has_objects(self) -> bool:
        """True where a table, picture or the like stands in it."""
        return any(map(has_object, self.paragraphs))


class Table:
    """The cells of a table, by the place that they cover."""

    def __init__(self, element: Element) -> None:
        self.cells = [_cell(cell) for row in named(element, "tr") for cell in named(row, "tc")]

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        for cell in self.cells:
            if (
                cell.row <= row < cell.row + cell.rows
                and cell.column <= column < cell.column + cell.columns
            ):
                return cell
        return None

    @property
    def title(self) -> str:
        """The words of its first cell."""
        return bare(self.cells[0].text) if self.cells else ""


def _cell(element: Element) -> Cell:
    address, span = named(element, "cellAddr")[0], named(element, "cellSpan")[0]
    return Cell(
        int(address.get("rowAddr", 0)),
        int(address.get("colAddr", 0)),
        max(1, int(span.get("rowSpan", 1))),
        max(1, int(span.get("colSpan", 1))),
        element,
    )


def text_of(paragraph: Element) -> str:
    """The words of a paragraph, without those of tables and boxes in it."""
    return "".join(_spoken(text) for run in named(paragraph, "run") for text in named(run, "t"))


def _spoken(text: Element) -> str:
    words = [text.text or ""]
    for mark in text:
        words += [SPACES.get(local(mark), ""), mark.tail or ""]
    return "".join(words)


def has_object(paragraph: Element) -> bool:
    """True where more than words stands in a paragraph."""
    return any(
        local(inside) not in ("t", "secPr", "ctrl", "linesegarray", "markpenBegin", "markpenEnd")
        for run in named(paragraph, "run")
        for inside in run
    )


def write_lines(paragraphs: list[Element], parent: Element, lines: list[str]) -> None:
    """Put lines in the place of the paragraphs of `parent`: in the look of the first one.

    Paragraphs with objects stay, their words go.
    """
    objects = [p for p in paragraphs if has_object(p)]
    plain = [p for p in paragraphs if p not in objects]
    for paragraph in objects:
        _write(paragraph, "")
    model = (plain or paragraphs)[0]
    if not plain:
        plain = [_copy(model)]
        parent.insert(list(parent).index(model), plain[0])
    for paragraph in plain[1:]:
        parent.remove(paragraph)
    at = list(parent).index(plain[0])
    for number, line in enumerate(lines or [""]):
        paragraph = plain[0] if number == 0 else _copy(plain[0])
        _write(paragraph, line)
        if number:
            parent.insert(at + number, paragraph)


def write_text(paragraph: Element, line: str) -> None:
    """Put other words in a paragraph, in the look of its first words."""
    _write(paragraph, line)


def copied(paragraph: Element, line: str) -> Element:
    """A paragraph that looks like another one and says something else."""
    made = _copy(paragraph)
    _write(made, line)
    return made


def _copy(paragraph: Element) -> Element:
    """A paragraph of the same look: one run, without objects, controls and the start of a section."""
    made = Element(paragraph.tag, dict(paragraph.attrib))
    made.set("pageBreak", "0")
    runs = named(paragraph, "run")
    spoken = [run for run in runs if any(_spoken(text) for text in named(run, "t"))]
    for run in (spoken or runs)[:1]:
        made.append(Element(run.tag, dict(run.attrib)))
    return made


def _write(paragraph: Element, line: str) -> None:
    runs = named(paragraph, "run")
    spoken = [run for run in runs if any(_spoken(text) for text in named(run, "t"))]
    first = next(iter(spoken or runs), None)
    for run in runs:
        for text in named(run, "t"):
            run.remove(text)
    for stored in named(paragraph, "linesegarray"):
        paragraph.remove(stored)
    if first is None or not line:
        return
    space = first.tag.rpartition("}")[0] + "}" if "}" in first.tag else ""
    text = Element(f"{space}t")
    pieces = re.split(r"([\n\t])", line)
    text.text = pieces[0]
    for mark, tail in zip(pieces[1::2], pieces[2::2], strict=True):
        made = ElementTree.SubElement(text, f"{space}{'tab' if mark == chr(9) else 'lineBreak'}")
        made.tail = tail
    first.append(text)


def clone(element: Element) -> Element:
    """A copy that shares nothing."""
    return copy.deepcopy(element)


def named(element: Element, name: str) -> list[Element]:
    """The elements of a name right inside another."""
    return [inside for inside in element if local(inside) == name]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def bare(text: str) -> str:
    """A label without spaces and without a note in brackets behind it."""
    plain = re.sub(r"[\s\u3000\u00a0]", "", text)
    return re.sub(r"\(.*$", "", plain, flags=re.DOTALL) or plain
