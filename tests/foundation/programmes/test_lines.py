"""On which line of a file everything stands."""

import tomllib

import pytest

from dure.foundation import programmes
from dure.foundation.programmes._lines import lines_of

TEXT = '''# a comment = 1
top = "x" # [not.a.table]
text = """
[no] table = 1
"""
dotted.key = 1
"quoted key" = { a = 1, "b.c" = [
  1, # one
  "]", 'three',
] }

[table]
literal = \'\'\'
b = 2\'\'\'
date = 2026-01-01 09:00:00

[table.inner]
x = [[1, 2], [3]]

[[many]]
a = 1
[many.sub]
b = 2
[[many]]
[[many.deep]]
c = 3
[[many.deep]]
c = 4
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("top",), 2),
        (("text",), 3),
        (("dotted", "key"), 6),
        (("quoted key",), 7),
        (("quoted key", "a"), 7),
        (("quoted key", "b.c", 0), 8),
        (("quoted key", "b.c", 2), 9),
        (("table",), 12),
        (("table", "literal"), 13),
        (("table", "date"), 15),
        (("table", "inner"), 17),
        (("table", "inner", "x", 1, 0), 18),
        (("many", 0), 20),
        (("many", 0, "a"), 21),
        (("many", 0, "sub", "b"), 23),
        (("many", 1), 24),
        (("many", 1, "deep", 0, "c"), 26),
        (("many", 1, "deep", 1, "c"), 28),
    ],
)
def test_a_thing_stands_on_its_line(place, line):
    assert lines_of(TEXT)[place] == line


def places_in(value, place=()):
    yield place
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(entry, (*place, key))


@pytest.mark.parametrize("text", [TEXT, *(p.read_text() for p in programmes.shipped().values())])
def test_every_value_has_a_line_and_its_key_stands_there(text):
    lines = lines_of(text)
    written = text.split("\n")

    for place in places_in(tomllib.loads(text)):
        assert place in lines
        if place and isinstance(place[-1], str):
            assert place[-1] in written[lines[place] - 1]
