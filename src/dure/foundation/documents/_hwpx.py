"""The lines of a HWPX section: what stands on its pages, every word once and in order.

Left out is what is no part of the text: page headers and footers, memos and hidden comments, and
what was deleted while changes were tracked.
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

DEPTH_LIMIT = 300  # six for every table inside another
SHORT = 40
SPACES = {"lineBreak", "tab", "fwSpace", "nbSpace"}
NO_TEXT = {
    "header", "footer", "masterPage", "hiddenComment", "fieldBegin", "secPr", "linesegarray",
    "parameterset", "shapeComment", "pageNum", "bookmark", "indexmark",
}  # fmt: skip


class TooDeep(Exception):
    """Tables stand inside tables beyond all sense."""


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree of a section and stops where it becomes too deep."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise TooDeep
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def lines_of(part: bytes) -> list[list[str]]:
    """Paragraphs and rows of tables as they stand; a table inside a cell is part of its text."""
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 -- no DOCTYPE, own process
    parser.feed(part)
    section = parser.close()
    ended = {mark.get("TcId", "") for mark in section.iter() if _local(mark) == "deleteEnd"}
    reader = _Reader(ended)
    reader.block(section)
    return reader.lines


class _Reader:
    """Goes through a section once. `ended` are the tracked deletions whose ends are marked."""

    def __init__(self, ended: set[str]) -> None:
        self.lines: list[list[str]] = []
        self._ended = ended
        self._deleted: set[str] = set()

    def block(self, element: Element) -> None:
        """Add the lines of a section, a text box or a cell that is a mere frame."""
        for inside in element:
            if _local(inside) == "p":
                self._paragraph(inside)
            elif _local(inside) not in NO_TEXT:
                self.block(inside)

    def _paragraph(self, paragraph: Element) -> None:
        words: list[str] = []
        notes: list[str] = []
        self._read(paragraph, words, notes, is_inside=False)
        self._end_line(words)
        self.lines += [[note] for note in notes]
        self._deleted &= self._ended

    def _end_line(self, words: list[str]) -> None:
        if words:
            self.lines.append(["".join(words)])
            words.clear()

    def _read(  # noqa: C901 -- one branch for each thing that can stand in a paragraph
        self, element: Element, words: list[str], notes: list[str], *, is_inside: bool
    ) -> None:
        for inside in element:
            match _local(inside):
                case "t":
                    self._say(inside.text, words)
                    for mark in inside:
                        self._mark(mark, words)
                        self._say(mark.tail, words)
                case "tbl" if not is_inside:
                    self._end_line(words)
                    self._table(inside)
                case "drawText" if not is_inside:
                    self._end_line(words)
                    self.block(inside)
                case "footNote" | "endNote":
                    note: list[str] = []
                    self._read(inside, note, notes, is_inside=True)
                    notes.append("".join(note))
                case "switch":
                    self._read(_chosen(inside), words, notes, is_inside=is_inside)
                case (
                    "equation"
                    | "dutmal"
                    | "compose"
                    | "textart"
                    | "autoNum"
                    | "edit"
                    | "comboBox"
                    | "listBox"
                    | "checkBtn"
                    | "radioBtn"
                ):
                    self._say(_written(inside), words)
                case name if name not in NO_TEXT:
                    if name in ("p", "tc"):
                        words.append(" ")
                    self._read(inside, words, notes, is_inside=is_inside)
                    if name == "p":
                        self._deleted &= self._ended

    def _say(self, text: str | None, words: list[str]) -> None:
        if text and not self._deleted:
            words.append(text)

    def _mark(self, mark: Element, words: list[str]) -> None:
        """What stands between the letters of a run."""
        match _local(mark):
            case "deleteBegin":
                self._deleted.add(mark.get("TcId", ""))
            case "deleteEnd":
                self._deleted.discard(mark.get("TcId", ""))
            case name if name in SPACES:
                self._say(" ", words)
            case "hyphen":
                self._say("-", words)

    def _table(self, table: Element) -> None:
        cells = [cell for row in _named(table, "tr") for cell in _named(row, "tc")]
        for caption in _named(table, "caption"):
            self.block(caption)
        if len(cells) == 1 and _is_frame(cells[0]):
            self.block(cells[0])
            return
        for row in _named(table, "tr"):
            self.lines.append([self._cell(cell) for cell in _named(row, "tc")])

    def _cell(self, cell: Element) -> str:
        words: list[str] = []
        notes: list[str] = []
        self._read(cell, words, notes, is_inside=True)
        return " ".join(["".join(words), *notes])


def _is_frame(cell: Element) -> bool:
    """True for a cell that only puts a line around tables, and a few words such as their title."""
    length, has_table = 0, False
    waiting = list(cell)
    while waiting and length <= SHORT:
        inside = waiting.pop()
        if _local(inside) == "tbl":
            has_table = True
        elif _local(inside) == "t":
            length += len("".join(inside.itertext()).strip())
        else:
            waiting += inside
    return has_table and length <= SHORT


def _written(element: Element) -> str:
    """The text of what is no run of letters: a formula, letters with ruby, a field to fill in."""
    match _local(element):
        case "equation":
            script = " ".join("".join(part.itertext()) for part in _named(element, "script"))
            return script.replace("`", "").replace("~", " ")
        case "dutmal":
            return "".join("".join(part.itertext()) for part in _named(element, "mainText"))
        case "compose":
            return element.get("composeText", "")
        case "textart":
            return element.get("text", "")
        case "autoNum":  # of a table or picture; those of pages and notes are no words
            is_counted = element.get("numType") in {"TABLE", "PICTURE", "EQUATION"}
            return element.get("num", "") if is_counted else ""
        case "edit":
            return "".join("".join(part.itertext()) for part in _named(element, "text"))
        case "comboBox" | "listBox":
            return element.get("selectedValue", "")
    box = "☑" if element.get("value") == "CHECKED" else "☐"
    return f"{box} {element.get('captionText') or element.get('caption', '')} "


def _chosen(switch: Element) -> Element:
    """Of several ways to write the same, the one that every version of the program reads."""
    return next(iter(_named(switch, "default") or _named(switch, "case")), Element("none"))


def _named(element: Element, name: str) -> list[Element]:
    return [inside for inside in element if _local(inside) == name]


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
