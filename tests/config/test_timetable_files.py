import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dure.config.cli import main

FAIR = {
    "slots": 2,
    "tables": 2,
    "participants": [
        {"id": "B1", "side": "demand"},
        {"id": "B2", "side": "demand", "available": [1], "max_meetings": 1},
        {"id": "가온", "side": "supply", "parallel": 1},
        {"id": "S2", "side": "supply"},
    ],
    "requests": [
        {"demand": "B1", "supply": "가온", "weight": 60},
        {"demand": "B1", "supply": "S2", "weight": 30},
        {"demand": "B2", "supply": "가온", "weight": 60},
        {"demand": "B2", "supply": "S2", "weight": 20},
    ],
    "locked": [{"demand": "B1", "supply": "S2", "slot": 1, "table": 1}],
    "forbidden": [],
}


def planned(folder: Path, fair, *options: str):
    text = fair if isinstance(fair, bytes) else json.dumps(fair).encode()
    (folder / "fair.json").write_bytes(text)
    output = folder / "out" / "timetable.json"
    return CliRunner().invoke(
        main, ["timetable", str(folder / "fair.json"), "--output", str(output), *options]
    ), output


def changed(**parts):
    return {**FAIR, **parts}


def test_timetable_writes_meetings_causes_and_proof(tmp_path):
    result, output = planned(tmp_path, FAIR)

    assert result.exit_code == 0, result.output
    answer = json.loads(output.read_text(encoding="utf-8"))
    assert answer.pop("seconds") >= 0
    assert answer == {
        "meetings": [
            {"demand": "B1", "supply": "가온", "slot": 0, "table": 0},
            {"demand": "B2", "supply": "가온", "slot": 1, "table": 0},
            {"demand": "B1", "supply": "S2", "slot": 1, "table": 1},
        ],
        "unplaced": [{"demand": "B2", "supply": "S2", "cause": "limit_reached"}],
        "weight": 150,
        "bound": 150,
        "optimal": True,
    }


def test_timetable_is_the_same_again(tmp_path):
    _, output = planned(tmp_path, FAIR)
    first = json.loads(output.read_text())
    _, output = planned(tmp_path, FAIR, "--seconds", "1")

    assert json.loads(output.read_text()) | {"seconds": 0} == first | {"seconds": 0}


def test_timetable_takes_people_without_sides_as_one_group(tmp_path):
    people = [{"id": name} for name in ("ada", "bo", "cy")]
    requests = [
        {"demand": person, "supply": other, "weight": 1}
        for person, other in (("ada", "bo"), ("bo", "cy"), ("cy", "ada"))
    ]

    result, output = planned(
        tmp_path, {"slots": 3, "tables": [1, 0, 1], "participants": people, "requests": requests}
    )

    assert result.exit_code == 0, result.output
    assert json.loads(output.read_text())["weight"] == 2


@pytest.mark.parametrize(
    ("fair", "message"),
    [
        (b"", "fair.json: Invalid JSON"),
        (b'{"slots": 2,', "fair.json: Invalid JSON"),
        (b"\xff\xfe{}", "fair.json: Invalid JSON"),
        (b"[" * 100_000, "fair.json: Invalid JSON"),
        (b'{"slots": "\\ud800"}', "fair.json: Invalid JSON"),
        (b'{"slots": NaN}', "fair.json: "),
        (b"[]", "fair.json: input should be an object"),
        (b"{}", "fair.json: slots: Field required"),
        (changed(slots="8"), "fair.json: slots: input should be a valid integer"),
        (changed(slots=True), "fair.json: slots: input should be a valid integer"),
        (changed(slots=10**30), "fair.json: slots: "),
        (changed(slots=0), "fair.json: slots: 0 is not between 1 and 500"),
        (changed(tables=[1]), "fair.json: tables: 1 numbers for 2 slots"),
        (changed(tables=[1, -1]), "fair.json: tables[1]: -1 is not between"),
        (changed(tables=[1, "x"]), "fair.json: tables[1]: input should be a valid integer"),
        (changed(colour="red"), "fair.json: colour: Extra inputs are not permitted"),
        (
            changed(participants=[{"id": "B1", "side": "buyer"}]),
            "fair.json: participants[0].side: input should be 'demand', 'supply' or 'either'",
        ),
        (
            changed(participants=[*FAIR["participants"], {"id": "B1", "side": "demand"}]),
            "fair.json: participants[4].id: 'B1' is the id of participants[0] already",
        ),
        (
            changed(requests=[{"demand": "B9", "supply": "S2", "weight": 1}]),
            "fair.json: requests[0].demand: no participant has the id 'B9'",
        ),
        (
            changed(requests=[{"demand": "S2", "supply": "B1", "weight": 1}]),
            "fair.json: requests[0].demand: 'S2' is on the other side",
        ),
        (
            changed(requests=[*FAIR["requests"], FAIR["requests"][1]]),
            "fair.json: requests[4]: the same pair as requests[1]",
        ),
        (
            changed(requests=[{"demand": "B1", "supply": "S2", "weight": 0}]),
            "fair.json: requests[0].weight: 0 is not between 1 and 1000000",
        ),
        (
            changed(locked=[{"demand": "B1", "supply": "S2", "slot": 2}]),
            "fair.json: locked[0].slot: 2 is not between 0 and 1",
        ),
        (
            changed(locked=[{"demand": "B2", "supply": "S2", "slot": 0}]),
            "fair.json: locked[0].demand: 'B2' is not available in slot 0",
        ),
        (
            changed(
                locked=[
                    {"demand": "B1", "supply": "S2", "slot": 1},
                    {"demand": "B1", "supply": "가온", "slot": 1},
                ]
            ),
            "fair.json: locked[1].demand: 'B1' holds no more than 1 at a time, slot 1 has more",
        ),
        (
            changed(forbidden=[["B1", "S2"]]),
            "fair.json: locked[0]: the pair is forbidden",
        ),
        (changed(forbidden=[["B1"]]), "fair.json: forbidden[0]: "),
        (changed(forbidden=[["B1", "S9"]]), "no participant has the id 'S9'"),
    ],
)
def test_timetable_refuses_a_fair_with_its_place(tmp_path, fair, message):
    result, output = planned(tmp_path, fair)

    assert result.exit_code == 2
    assert message in result.output
    assert not output.exists()


def test_timetable_leaves_an_old_answer_when_the_new_fair_is_refused(tmp_path):
    _, output = planned(tmp_path, FAIR)
    before = output.read_bytes()

    planned(tmp_path, changed(slots=0))

    assert output.read_bytes() == before
    assert [path.name for path in output.parent.iterdir()] == ["timetable.json"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_timetable_takes_a_byte_order_mark(tmp_path, encoding):
    result, output = planned(tmp_path, json.dumps(FAIR).encode(encoding))

    assert result.exit_code == 0
    assert output.exists()
