"""What is wrong with a file, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the file, the row as a spreadsheet counts it (0: the file as a whole), the
    header of the column, what stands there and what to do.

    `remedy` is one of a few sentences, so that pages can say it in another language; `named` fills
    its places."""

    file: str
    row: int
    column: str
    remedy: str
    value: str = ""
    named: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        value = f" [{self.value[:100]}]" if self.value else ""
        return f"{', '.join(place)}: {self.remedy.format(**self.named)}{value}"


class UnusableLedger(ValueError):
    """Files that cannot be read; `faults` say where and why, at most a few of each kind."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)
