"""`dure programme` as people call it."""

import json

import pytest
from click.testing import CliRunner

from dure.config.cli import main
from dure.foundation import programmes
from tests.foundation.programmes.plans import MILLION, plan, row

PLAN = plan(
    14,
    row("government", 210 * MILLION),
    row("demand", 105 * MILLION),
    row("lead", 35 * MILLION),
)


def run(*arguments):
    return CliRunner().invoke(main, ["programme", *map(str, arguments)])


@pytest.fixture
def plan_file(tmp_path):
    def write(content):
        path = tmp_path / "plan.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write


def test_every_programme_is_listed():
    done = run("list")

    assert done.exit_code == 0
    assert [line.split()[0] for line in done.output.splitlines()] == sorted(programmes.shipped())


@pytest.mark.parametrize("programme_id", sorted(programmes.shipped()))
def test_every_programme_is_shown_in_both_languages(programme_id):
    done = run("show", programme_id)

    assert done.exit_code == 0
    assert "부담 주체" in done.output
    assert "Who pays" in done.output


@pytest.mark.parametrize("path", sorted(programmes.shipped().values()), ids=lambda path: path.stem)
def test_every_programme_is_sound(path):
    assert run("check", path).exit_code == 0


def test_a_plan_that_passes_ends_with_0(plan_file):
    done = run("plan", "challenge", plan_file(PLAN))

    assert done.exit_code == 0
    answer = json.loads(done.output)
    assert (answer["passes"], answer["violations"]) == (True, [])
    assert sum(part["amount"] for part in answer["split"]) == 350 * MILLION


def test_a_plan_that_breaks_a_rule_ends_with_1_and_says_which(plan_file):
    done = run("plan", "challenge", plan_file({**PLAN, "months": 15}), "--language", "ko")

    assert done.exit_code == 1
    assert json.loads(done.output)["violations"] == [
        {
            "rule": "duration_max",
            "role": None,
            "limit": 14,
            "actual": 15,
            "excess": 1,
            "message": "기간 15개월이 한도 14개월보다 1개월 길어요.",
        }
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "line 1"),
        ("{", "line 1"),
        ("[]", "object"),
        ('{"months": 14, "months": 15}', "'months' stands twice"),
        ('{"months": NaN}', "NaN"),
        ('{"months": true}', "months"),
        ('{"months": 14.5}', "months"),
        ('{"months": "14"}', "months"),
        ('{"months": 0}', "months"),
        ('{"money": {}}', "money"),
        ('{"money": [{"amount": -1}]}', "money[0].amount"),
        ('{"money": [{"amount": 1.0}]}', "money[0].amount"),
        ('{"money": [{"amount": "1"}]}', "money[0].amount"),
        ('{"money": [{"amount": true}]}', "money[0].amount"),
        ('{"money": [{"amount": 1e400}]}', "money[0].amount"),
        ('{"money": [{"amount": 10000000000000000}]}', "money[0].amount"),
        ('{"money": [{"role": 7}]}', "money[0].role"),
        ('{"money": [{"year": 0}]}', "money[0].year"),
        ('{"money": [{"sum": 1}]}', "money[0].sum"),
        ('{"month": 14}', "month"),
        ('{"facts": {"trl": 10}}', "facts.trl"),
        ('{"facts": {"trl": "5"}}', "facts.trl"),
        ('{"facts": {"founded": "2016-13-02"}}', "facts.founded"),
        ('{"facts": {"confirmed": "all"}}', "facts.confirmed"),
        ("[" * 100_000, "deep"),
        ('{"money": [' + "1" * 5000 + "]}", "digits"),
    ],
)
def test_a_malformed_plan_ends_with_2_and_names_the_place(plan_file, content, place):
    done = run("plan", "challenge", plan_file(content))

    assert done.exit_code == 2
    assert place in done.output


def test_a_plan_may_begin_with_a_mark_of_byte_order(plan_file):
    assert run("plan", "challenge", plan_file("\ufeff" + json.dumps(PLAN))).exit_code == 0


def test_an_unknown_programme_ends_with_2_and_names_the_nearest(plan_file):
    done = run("plan", "chalenge", plan_file(PLAN))

    assert done.exit_code == 2
    assert "Did you mean challenge?" in done.output


def test_a_programme_can_be_a_file_of_ones_own(tmp_path, plan_file):
    own = tmp_path / "next-year.toml"
    text = programmes.shipped()["challenge"].read_text()
    own.write_text(text.replace("won = 350_000_000", "won = 300_000_000"))

    done = run("plan", own, plan_file(PLAN))

    assert done.exit_code == 1
    assert json.loads(done.output)["violations"][0]["rule"] == "total_max"


def test_a_broken_programme_ends_with_2_by_line_and_key(tmp_path, plan_file):
    broken = tmp_path / "broken.toml"
    text = programmes.shipped()["challenge"].read_text()
    broken.write_text(text.replace("percent = 60", "percent = 160"))
    line = text[: text.index("percent = 60")].count("\n") + 1

    for done in (run("check", broken), run("plan", broken, plan_file(PLAN))):
        assert done.exit_code == 2
        assert f"broken.toml:{line}: money.rules[1].percent: " in done.output


def test_the_schema_accepts_every_programme(tmp_path):
    import tomllib

    import jsonschema

    schema = json.loads(run("schema").output)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    for path in programmes.shipped().values():
        as_json = json.loads(json.dumps(tomllib.loads(path.read_text()), default=str))
        assert list(validator.iter_errors(as_json)) == []
