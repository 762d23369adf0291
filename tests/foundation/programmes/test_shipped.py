"""The programmes that dure comes with: all there, each figure with the row that it is from."""

import re
from datetime import date

import pytest

from dure.foundation import programmes

PATHS = sorted(programmes.shipped().values())
# Tables that carry figures, each of which has to say where it is from.
FIGURES = re.compile(
    r"^\[\[(figures|money\.rules|money\.phases|quotas|limits|categories)\]\](.*)$", re.MULTILINE
)
OF_2023 = """
    purchase-linked challenge co-investment overseas-purchase service-rnd win-win-model
    innovation-procurement scale-up-tips deep-tech-tips high-risk guarantee-linked
    structural-innovation equipment-voucher tech-bridge academia-collab consortium exchange-package
    living-lab didimdol-regional sandbox-follow-up international export-upgrade export-certification
    cooperative-shared technology-partner research-staff young-worker-savings smart-factory-win-win
    tech-innovation startup-growth commercialisation carbon-transition carbon-model smart-service
    smart-factory-ministries smart-factory-investment smart-factory-carbon
    smart-factory-supply-chain lighthouse-factory digital-cluster smart-factory-loan
    smart-factory-guarantee commercialisation-planning food-function ai-consulting
    manufacturing-data virtual-manufacturing nuclear-special bio-lab-hub technician-school
    mentoring-support
"""


def test_every_programme_of_2023_is_a_file():
    assert sorted(programmes.shipped()) == sorted(OF_2023.split())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_file_is_named_by_its_id_and_every_figure_by_its_row(path):
    text = path.read_text(encoding="utf-8")

    assert programmes.read(text.encode()).id == path.stem
    bare = [table for table, comment in FIGURES.findall(text) if len(comment.strip(" #")) < 8]
    assert bare == []


@pytest.mark.parametrize("path", sorted((programmes.folder() / "rules").glob("*.toml")), ids=str)
def test_every_limit_of_a_rule_set_names_its_row(path):
    bare = [table for table, comment in FIGURES.findall(path.read_text()) if "A" not in comment]

    assert bare == []


@pytest.mark.parametrize(
    ("kind", "on", "begun"),
    [
        ("budget", date(2023, 3, 1), date(2025, 12, 23)),  # the oldest we have
        ("budget", date(2026, 6, 10), date(2025, 12, 23)),
        ("budget", date(2026, 6, 11), date(2026, 6, 11)),
        ("budget", date(2030, 1, 1), date(2026, 6, 11)),
        ("ceilings", date(2026, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_rule_set_of_a_day_is_the_latest_that_has_begun(kind, on, begun):
    assert programmes.rule_sets().rule_set(kind, "rnd", on).valid_from == begun


def test_a_rule_set_that_is_not_there_is_an_error_and_none_is_none():
    assert programmes.rule_sets().rule_set("budget", None, date(2026, 1, 1)) is None
    with pytest.raises(KeyError):
        programmes.rule_sets().rule_set("budget", "elsewhere", date(2026, 1, 1))


@pytest.mark.parametrize("programme_id", sorted(programmes.shipped()))
def test_sample_plans_pass_or_fail_as_they_say(programme_id):
    rules = programmes.read(programmes.shipped()[programme_id].read_bytes())

    for sample in programmes.samples(programme_id):
        judgement = programmes.judge_plan(rules, sample.read(), date(2026, 11, 30))
        assert judgement.passes is sample.passes, sample.name.en


def test_every_sample_belongs_to_a_programme():
    stems = {path.stem for path in (programmes.folder() / "plans").glob("*.json")}

    assert stems
    assert stems <= set(programmes.shipped())
    assert programmes.samples("../rules/budget") == ()
