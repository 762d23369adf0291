import csv
import json

import pytest
from click.testing import CliRunner

from dure.config.cli import main


def sheets(*grades):
    return [
        {"reviewer": f"R{n}", "marks": {"need": grade, "business": 70.5}}
        for n, grade in enumerate(grades)
    ]


ROUND = {
    "rules": "rnd",
    "on": "2026-05-31",
    "criteria": [{"id": "need", "weight": 60}, {"id": "business", "weight": 40, "minimum": 40}],
    "pass_score": 60,
    "most_bonus": 5,
    "places": 1,
    "reserve": 1,
    "quotas": [{"by": "region", "value": "광주", "most": 1}],
    "applications": [
        {"id": "가", "panel": "1", "bonus": 9, "belongs": {"region": "광주"},
         "sheets": sheets("outstanding", "excellent", "ordinary", 80, 90)},
        {"id": "나", "sheets": sheets(*["ordinary"] * 5)},
    ],
}  # fmt: skip


def ranked(folder, content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "sheets.json").write_bytes(content)
    output = folder / "ranking.csv"
    return CliRunner().invoke(
        main, ["rank", str(folder / "sheets.json"), "--output", str(output)]
    ), output


def test_rank_writes_every_line_with_its_reason(tmp_path):
    result, output = ranked(tmp_path, ROUND)

    assert result.exit_code == 0, result.output
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "rank": "1", "application": "가", "panel": "1", "score": "78.2000", "bonus": "5.0000",
        "final": "83.2000", "outcome": "selected", "cause": "in_places", "of": "", "sheets": "5",
        "left_out": "1 3", "spread": "24.0000", "wide": "no",
    }  # fmt: skip
    assert (rows[1]["final"], rows[1]["outcome"]) == ("64.2000", "reserve")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"rules": "none"}, "rules: no rule set"),
        ({"on": "yesterday"}, "on: 'yesterday' is not a day"),
        ({"places": True}, "places: "),
        ({"places": -1}, "places: "),
        ({"criteria": []}, "criteria: "),
        ({"extra": 1}, "extra: "),
        ({"applications": [{"id": "A", "sheets": sheets("great", *["poor"] * 4)}]}, "marks.need"),
        ({"applications": [{"id": "A", "sheets": sheets("poor")}]}, "A: 1 sheets"),
        ({"applications": ROUND["applications"] * 2}, "stands twice"),
    ],
)
def test_a_malformed_round_is_refused_with_its_place(tmp_path, change, place):
    result, output = ranked(tmp_path, {**ROUND, **change})

    assert result.exit_code == 2
    assert place in result.output
    assert not output.exists()
