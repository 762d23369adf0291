import copy
import csv
import json
import random

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


def lines(output):
    with output.open(encoding="utf-8", newline="") as file:
        return {row["application"]: row for row in csv.DictReader(file)}


def test_for_whom_a_quota_is_full_waits_in_its_reserve(tmp_path):
    """Of three of one challenge one is selected; the second waits for its place, the third does not."""
    graded = {"가": "outstanding", "나": "excellent", "다": "ordinary", "라": "poor"}
    applications = [
        {
            "id": name,
            "belongs": {"challenge": "7"} if name != "라" else {},
            "sheets": sheets(*[mark] * 5),
        }
        for name, mark in graded.items()
    ]
    quota = {"by": "challenge", "value": "7", "most": 1, "reserve": 1}
    instance = {
        "places": 2, "reserve": 0, "quotas": [quota], "applications": applications,
        "pass_score": None,
    }  # fmt: skip

    result, output = ranked(tmp_path, ROUND | instance)

    assert result.exit_code == 0, result.output
    assert {
        name: (row["outcome"], row["cause"], row["of"]) for name, row in lines(output).items()
    } == {
        "가": ("selected", "in_places", ""),
        "나": ("reserve", "next_in_line", "7"),
        "다": ("rejected", "quota_full", "7"),
        "라": ("selected", "in_places", ""),
    }


def test_who_was_fixed_before_stands_first_whatever_the_scores(tmp_path):
    applications = [
        {"id": name, "tier": tier, "sheets": sheets(*[mark] * 5)}
        for name, tier, mark in (
            ("가", 1, "outstanding"),
            ("나", 0, "ordinary"),
            ("다", 1, "excellent"),
        )
    ]

    result, output = ranked(tmp_path, ROUND | {"quotas": [], "applications": applications})

    assert result.exit_code == 0, result.output
    assert {name: (row["rank"], row["outcome"]) for name, row in lines(output).items()} == {
        "나": ("1", "selected"), "가": ("2", "reserve"), "다": ("3", "rejected"),
    }  # fmt: skip


def test_rank_writes_the_same_bytes_again(tmp_path):
    _, output = ranked(tmp_path, ROUND)
    first = output.read_bytes()
    _, output = ranked(tmp_path, ROUND)

    assert output.read_bytes() == first


WHOLE = ROUND | {
    "quotas": [{"by": "region", "value": "광주", "least": 0, "most": 1, "reserve": 1}],
    "applications": [ROUND["applications"][0] | {"tier": 0, "penalty": 1}, ROUND["applications"][1]],
}  # fmt: skip


def changed(path, value):
    spoilt = copy.deepcopy(WHOLE)
    at = spoilt
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return spoilt


_A, _S = ("applications", 0), ("applications", 0, "sheets", 0)
NUMBERS = [
    ("criteria", 0, "weight"), ("criteria", 1, "minimum"), (*_A, "bonus"), (*_A, "penalty"),
    (*_S, "marks", "need"),
]  # fmt: skip
COUNTS = [
    ("pass_score",), ("most_bonus",), ("places",), ("reserve",), ("quotas", 0, "least"),
    ("quotas", 0, "most"), ("quotas", 0, "reserve"), (*_A, "tier"),
]  # fmt: skip
TEXTS = [
    ("rules",), ("on",), ("criteria", 0, "id"), (*_A, "id"), (*_S, "reviewer"),
    ("quotas", 0, "by"), ("quotas", 0, "value"),
]  # fmt: skip
PARTS = [
    ("criteria",), ("criteria", 0), ("quotas",), ("quotas", 0), ("applications",), _A,
    (*_A, "sheets"), _S, (*_S, "marks"), (*_S, "failed"), (*_A, "belongs"),
]  # fmt: skip
NO_TEXT = [True, -1, {"a": 1}, ["R9", "A9", 2], float("nan"), "", None]
NO_NUMBER = [True, "1", -1, {"a": 1}, ["R9", "A9", 2], 10**30, float("nan"), ""]
NO_PART = [True, "1", -1, 1.5, ["R9", "A9", 2], 10**30, {"": 1}, None]


def malformed():
    """A hundred malformed files, the first that a fixed order of places and values gives."""
    texts = [
        b"", b"[]", b"null", b"{", b"\xff\xfe\x00", b"[" * 5000, b'{"rules": 1, "rules": 2}',
        json.dumps({**WHOLE, "extra": 1}).encode(),
        json.dumps(changed((*_A, "rank"), 1)).encode(),
        json.dumps(changed(("quotas", 0, "least"), 1) | {"rules": "없음"}).encode(),
        json.dumps({key: WHOLE[key] for key in ("rules", "on", "places")}).encode(),
        json.dumps(changed(("applications",), WHOLE["applications"] * 2)).encode(),
        json.dumps(changed(("criteria",), WHOLE["criteria"] * 2)).encode(),
        json.dumps(changed((*_S, "marks"), {"need": 50})).encode(),
        json.dumps(changed((*_S, "marks", "unknown"), 50)).encode(),
    ]  # fmt: skip
    pairs = [(path, value) for path in TEXTS for value in NO_TEXT]
    pairs += [(path, value) for path in NUMBERS for value in NO_NUMBER]
    pairs += [(path, value) for path in COUNTS for value in [*NO_NUMBER, 1.5]]
    pairs += [(path, value) for path in PARTS for value in NO_PART]
    random.Random(1).shuffle(pairs)
    return [*texts, *(json.dumps(changed(path, value)).encode() for path, value in pairs)][:100]


@pytest.mark.parametrize("number", range(100))
def test_a_malformed_file_is_refused_with_its_place(tmp_path, number):
    content = malformed()[number]

    result, output = ranked(tmp_path, content)

    assert result.exit_code == 2, (content, result.output)
    assert "sheets.json: " in result.output
    assert "Traceback" not in result.output
    assert not output.exists()
