"""`dure plan`: what it says of files, and by which exit code."""

import json

import pytest
from click.testing import CliRunner

from dure.config.plan_command import plan_command
from dure.foundation import promotion_plans

FOURTH = promotion_plans.shipped()["innovation-4"]


def run(*arguments):
    return CliRunner().invoke(plan_command, [str(argument) for argument in arguments])


def test_check_names_what_disagrees_and_passes_what_is_explained():
    done = run("check", FOURTH)
    assert done.exit_code == 0
    assert "speaks of 9, the file lists 10" in done.output
    assert "82 indicators, 91 figures" in done.output


def test_check_fails_on_a_sum_that_does_not_agree(tmp_path):
    wrong = tmp_path / "wrong.toml"
    text = FOURTH.read_text(encoding="utf-8")
    wrong.write_text(text.replace("actuals = { 2022 = 1606 }", "actuals = { 2022 = 1607 }"))
    done = run("check", wrong)
    assert done.exit_code == 1
    assert "sums.smart-factories-new.2022" in done.output


def test_check_tells_a_mistake_by_line(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('id = "x"\n', encoding="utf-8")
    done = run("check", wrong)
    assert done.exit_code == 2
    assert "wrong.toml:1: name" in done.output


def test_show_says_targets_and_figures_in_both_languages():
    shown = run("show", "innovation-4").output
    assert "2022 30,144 factories" in shown
    assert "[target 2023 30,000 factories]" in shown
    assert "스마트공장 보급" in run("show", "innovation-4", "--language", "ko").output


def test_an_unknown_plan_is_told_so():
    done = run("show", "innovation-9")
    assert done.exit_code == 2
    assert "dure plan list" in done.output


def test_the_schema_is_json():
    assert json.loads(run("schema").output)["title"]


@pytest.mark.django_db
def test_measure_gives_figures_of_a_year_as_json(cast, tmp_path):
    from tests.apps.indicators.cast import PLAN

    file = tmp_path / "small.toml"
    file.write_text(PLAN, encoding="utf-8")
    cast.need()
    done = run("measure", "--year", 2026, "--plan", file, "--json")
    [figure] = json.loads(done.output)
    assert (figure["indicator"], figure["value"], figure["facts"]) == ("needs", "1", 1)
