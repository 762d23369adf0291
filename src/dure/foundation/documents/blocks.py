"""A document as plain values: headings, paragraphs and tables, for HWPX and for paper alike."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a document (`level` 0) or of a part of it (1, 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `columns` are how many it takes."""

    text: str = ""
    is_label: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each row as wide as the others; `widths` share out the page."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Table


def as_html(title: str, blocks: tuple[Block, ...], language: str = "ko") -> str:
    """The document as HTML, for `foundation/paper`."""
    inside = "\n".join(map(_html, blocks))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{inside}</body></html>"
    )


def _html(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text):
            return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    rows = "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in block.rows)
    return f"<table>{rows}</table>"


def _cell_html(cell: Cell) -> str:
    name = "th" if cell.is_label else "td"
    span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<{name}{span}>{escape(cell.text).replace(chr(10), '<br>')}</{name}>"
