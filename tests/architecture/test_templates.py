"""Templates can be read: `make format` writes them, and no line runs out of sight."""

from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "dure"
LONGEST = 160


def test_no_line_of_a_template_is_longer_than_160_characters():
    long = [
        f"{path.relative_to(SRC)}:{number}"
        for path in sorted(SRC.rglob("templates/**/*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == [], "run `make format`, and wrap by hand what it leaves"
