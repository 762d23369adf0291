"""Values as a cell has them, and cells as values: amounts, boxes, gaps in a sentence."""

import re
from decimal import Decimal, InvalidOperation
from functools import partial

from dure.foundation.documents.forms._form import CellField, FormProblem

TICK = "√"
BOX = r"\[([^\[\]]{0,6})\]"
Value = str | int | None


class Unwritable(Exception):
    """A value that does not go into its place, or words that are none; `problem` says why."""

    def __init__(self, kind: str, text: str = "") -> None:
        super().__init__(kind)
        self.problem = FormProblem("", kind, text)


def written_won(value: int, unit: int) -> str:
    """An amount in won as a form that counts in `unit` won has it; nothing is rounded away."""
    amount = Decimal(value) / unit
    return f"{amount:,f}"


def read_won(text: str, unit: int) -> int | None:
    """The amount in won. Raises Unwritable."""
    plain = re.sub(r"[,\s]|천원|원", "", text)
    if plain in ("", "-"):
        return None
    try:
        amount = Decimal(plain) * unit if re.fullmatch(r"\d{1,15}(\.\d{1,3})?", plain) else None
    except InvalidOperation:
        amount = None
    if amount is None or amount != amount.to_integral_value():
        raise Unwritable("no_number", text[:60])
    return int(amount)


def ticked(text: str, field: CellField, value: Value) -> str:
    """The words of a cell with the box of one option ticked, the others empty. Raises Unwritable."""
    known = {option[0]: option[1] for option in field.options}
    if value is not None and value not in known:
        raise Unwritable("no_option", str(value)[:60])
    for option, words in known.items():
        mark = TICK if option == value else "  "
        pattern = _box_of(words)
        if not pattern.search(text):
            raise Unwritable("missing", words)
        text = pattern.sub(partial(_with_mark, mark=mark), text, count=1)
    return text


def _with_mark(match: re.Match[str], mark: str) -> str:
    return match[0].replace(f"[{match['in']}]", f"[{mark}]")


def read_ticks(text: str, field: CellField) -> str | None:
    """The option whose box is ticked. Raises Unwritable where several are."""
    ticked = []
    for option, words in field.options:
        box = _box_of(words).search(text)
        if box is None:
            raise Unwritable("missing", words)
        if box["in"].strip():
            ticked.append(option)
    if len(ticked) > 1:
        raise Unwritable("several", ", ".join(ticked))
    return ticked[0] if ticked else None


def _box_of(words: str) -> re.Pattern[str]:
    """A box behind the words, or before them where the words begin with `[]`."""
    box = BOX.replace("([", "(?P<in>[", 1)
    if words.startswith("[]"):
        return re.compile(rf"{box}\s*{_loose(words[2:])}")
    return re.compile(rf"{_loose(words)}\s*{box}")


def in_gap(text: str, field: CellField, value: str) -> str:
    """The words of a cell with a value in the gap between two of them. Raises Unwritable."""
    gap = _gap(text, field)
    return (
        f"{text[: gap.start('in')]} {value} {text[gap.end('in') :]}"
        if value
        else (f"{text[: gap.start('in')]} {text[gap.end('in') :]}")
    )


def read_gap(text: str, field: CellField) -> str:
    """What stands in the gap. Raises Unwritable."""
    return _gap(text, field)["in"].strip()


def _gap(text: str, field: CellField) -> re.Match[str]:
    before = _loose(field.before) if field.before else r"\Z"
    match = re.search(rf"{_loose(field.after)}(?P<in>.*?){before}", text, re.DOTALL)
    if match is None:
        raise Unwritable("missing", f"{field.after} … {field.before}")
    return match


def _loose(words: str) -> str:
    """A pattern of words that does not mind spaces."""
    return r"\s*".join(re.escape(letter) for letter in words if not letter.isspace())
