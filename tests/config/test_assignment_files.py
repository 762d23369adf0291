import copy
import json
import random

import pytest
from click.testing import CliRunner

from dure.config.cli import main

INSTANCE = {
    "reviews": 1,
    "reviewers": [
        {"id": "가온", "min": 0, "max": 6, "kinds": ["law"]},
        {"id": "R2", "max": 2},
    ],
    "applications": [{"id": "A1", "reviews": 2, "needs": {"law": 1}}, {"id": "A2"}],
    "fit": [["가온", "A1", 0.83], ["R2", "A2", 1], ["R2", "A1", 0.1]],
    "conflicts": [["가온", "A2"]],
    "fixed": [["R2", "A1"]],
}


def assigned(folder, instance, *options):
    content = instance if isinstance(instance, bytes) else json.dumps(instance).encode()
    (folder / "instance.json").write_bytes(content)
    output = folder / "out" / "assignment.json"
    arguments = ["assign", str(folder / "instance.json"), "--output", str(output), *options]
    return CliRunner().invoke(main, arguments), output


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_assign_writes_who_reads_what_and_the_proof(tmp_path, objective):
    result, output = assigned(tmp_path, INSTANCE, "--objective", objective)

    assert result.exit_code == 0, result.output
    assert json.loads(output.read_text(encoding="utf-8")) == {
        "assignment": {"A1": ["가온", "R2"], "A2": ["R2"]},
        "total": 1.93,
        "worst": 0.93,
        "bound": 1.93 if objective == "total" else 0.93,
        "optimal": True,
        "seconds": 60.0,
        "impossible": None,
    }


def test_assign_writes_the_same_bytes_again(tmp_path):
    _, output = assigned(tmp_path, INSTANCE, "--objective", "fair")
    first = output.read_bytes()
    _, output = assigned(tmp_path, INSTANCE, "--objective", "fair")

    assert output.read_bytes() == first


def test_assign_says_what_clashes(tmp_path):
    result, output = assigned(tmp_path, {**INSTANCE, "conflicts": [["가온", "A1"]], "fixed": []})

    assert result.exit_code == 1
    answer = json.loads(output.read_text(encoding="utf-8"))
    assert answer["assignment"] == {}
    assert answer["impossible"] == [
        "A1 needs 2 reviews",
        "가온 is in conflict with A1",
        "there are 2 reviewers in all",
    ]


def changed(path, value):
    spoilt = copy.deepcopy(INSTANCE)
    at = spoilt
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return spoilt


PLACES = [
    ("reviews",), ("reviewers",), ("applications",), ("fit",), ("conflicts",), ("fixed",),
    ("reviewers", 0), ("reviewers", 0, "id"), ("reviewers", 0, "min"), ("reviewers", 0, "max"),
    ("reviewers", 0, "kinds"), ("reviewers", 0, "kinds", 0), ("applications", 0),
    ("applications", 0, "id"), ("applications", 0, "reviews"), ("applications", 0, "needs"),
    ("applications", 0, "needs", "law"), ("fit", 0), ("fit", 0, 0), ("fit", 0, 1), ("fit", 0, 2),
    ("conflicts", 0), ("conflicts", 0, 0), ("fixed", 0), ("fixed", 0, 1),
]  # fmt: skip
VALUES = [True, "1", -1, 1.5, {"a": 1}, ["R9", "A9", 2], 10**30, float("nan"), ""]


def malformed():
    """A hundred malformed files, the first that a fixed order of places and values gives."""
    texts = [
        b"", b"[]", b"null", b"{", b"\xff\xfe\x00", b"[" * 5000, b'{"reviews": 1, "reviews": 2}',
        json.dumps({**INSTANCE, "extra": 1}).encode(),
        json.dumps(changed(("fit",), INSTANCE["fit"] * 2)).encode(),
        json.dumps(changed(("reviewers",), INSTANCE["reviewers"] * 2)).encode(),
        json.dumps(changed(("reviewers", 1), {"id": "R2", "min": 3, "max": 2})).encode(),
        json.dumps({key: INSTANCE[key] for key in ("reviewers", "fit")}).encode(),
    ]  # fmt: skip
    pairs = [(path, value) for path in PLACES for value in VALUES]
    random.Random(1).shuffle(pairs)
    for path, value in pairs:
        is_number = path == ("fit", 0, 2) and value in (-1, 1.5)
        is_text = path[-1] in ("id", 0, 1) and isinstance(value, str) and value
        if not is_number and not is_text:
            texts.append(json.dumps(changed(path, value)).encode())
    return texts[:100]


@pytest.mark.parametrize("number", range(100))
def test_a_malformed_file_is_refused_with_its_place(tmp_path, number):
    content = malformed()[number]

    result, output = assigned(tmp_path, content)

    assert result.exit_code == 2, (content, result.output)
    assert "instance.json: " in result.output
    assert "Traceback" not in result.output
    assert not output.exists()
