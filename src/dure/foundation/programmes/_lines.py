"""On which line of a TOML text everything stands; tomllib tells values, not places."""

import re
from bisect import bisect_left

Place = tuple[str | int, ...]

_KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_SKIPPED = re.compile(r"(?:\s|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}\n#]*")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every key, table and element of `text`, which is valid TOML."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_ends = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[Place, int] = {(): 1}
        self.counts: dict[Place, int] = {}

    def read(self) -> dict[Place, int]:
        table: Place = ()
        while self._skip():
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip(self) -> bool:
        """Go to the next thing that is no space and no comment; False at the end."""
        if match := _SKIPPED.match(self.text, self.at):
            self.at = match.end()
        return self.at < len(self.text)

    def _keys(self) -> list[str]:
        keys = []
        while match := _KEY.match(self.text, self.at):
            keys.append(next(group for group in match.groups() if group is not None))
            self.at = match.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return keys

    def _header(self) -> Place:
        is_array = self.text.startswith("[[", self.at)
        begun = self.at
        self.at += 2 if is_array else 1
        keys = self._keys()
        table: Place = ()
        for place, key in enumerate(keys):
            table = (*table, key)
            if is_array and place == len(keys) - 1:
                self.counts[table] = self.counts.get(table, -1) + 1
            if table in self.counts:
                self._mark(table, begun)
                table = (*table, self.counts[table])
            self._mark(table, begun)
        self.at += 2 if is_array else 1
        return table

    def _mark(self, place: Place, position: int) -> None:
        self.lines.setdefault(place, bisect_left(self.line_ends, position) + 1)

    def _pair(self, table: Place) -> None:
        begun = self.at
        self._mark(table, begun)
        for key in self._keys():
            table = (*table, key)
            self._mark(table, begun)
        self.at += 1  # the sign of equality
        self._value(table)

    def _value(self, place: Place) -> None:
        self._skip()
        if self.text.startswith("[", self.at):
            self._items(place, "]")
        elif self.text.startswith("{", self.at):
            self._items(place, "}")
        else:
            match = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _items(self, place: Place, end: str) -> None:
        self.at += 1
        count = 0
        while self._skip() and not self.text.startswith(end, self.at):
            if end == "]":
                self._mark((*place, count), self.at)
                self._value((*place, count))
            else:
                self._pair(place)
            count += 1
            if self._skip() and self.text.startswith(",", self.at):
                self.at += 1
        self.at += 1
