"""`dure settle` on files: the format of its answer, and errors that name the place."""

import json

import pytest
from click.testing import CliRunner

from dure.config.cli import main

ACCOUNT = {
    "grant": 75_000_000,
    "own_cash": 25_000_000,
    "top_up": 0,
    "spent": 90_000_000,
    "disallowed_cash": 2_000_000,
    "disallowed_in_kind": 0,
}


def _settle(tmp_path, text: str, *options: str):
    file = tmp_path / "settlement.json"
    file.write_text(text)
    return CliRunner().invoke(main, ["settle", str(file), *options])


def test_the_answer_can_be_checked_by_hand(tmp_path):
    answer = _settle(tmp_path, json.dumps(ACCOUNT))

    assert answer.exit_code == 0
    assert json.loads(answer.output) == {
        "returned": 1_000_000,
        "to_pay": 0,
        "recovered": 9_000_000,
        "grant_used": 66_000_000,
        "steps": {
            "government_share": 0.75,
            "rest": 10_000_000,
            "rest_government": 7_500_000,
            "rest_private": 2_500_000,
            "disallowed_government": 1_500_000,
            "balance": 1_000_000,
        },
    }


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"grant": True}, "grant: "),
        ({"own_cash": 2.5}, "own_cash: "),
        ({"spent": "90000000"}, "spent: "),
        ({"top_up": -1}, "top_up: "),
        ({"top_up": None}, "top_up: "),
        ({"disallowed_cash": 90_000_001}, "disallowed_cash: "),
        ({"grant": 0, "own_cash": 0}, "grant: "),
        ({"grant": 10**16}, "grant: "),
        ({"interest": 1}, "interest: "),
    ],
)
def test_what_is_wrong_is_named(tmp_path, changed, place):
    answer = _settle(tmp_path, json.dumps(ACCOUNT | changed))

    assert answer.exit_code == 2
    assert f"settlement.json: {place}" in answer.output


@pytest.mark.parametrize("text", ["", "[]", "{", '{"grant": 1, "grant": 2}', '{"grant": NaN}'])
def test_what_is_no_account_is_refused(tmp_path, text):
    answer = _settle(tmp_path, text)

    assert answer.exit_code == 2
    assert answer.output.startswith("Error: settlement.json: ")


def test_other_agencies_settle_by_their_own_rules(tmp_path):
    account = {"budget": 100, "spent": 90, "interest": 1, "disallowed": 5}

    answer = _settle(tmp_path, json.dumps(account), "--rules", "fund")

    assert json.loads(answer.output) == {"to_return": 16, "steps": {"rest": 10}}
