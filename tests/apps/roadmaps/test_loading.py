"""Roadmaps from files: strictly read, loaded once."""

import pytest
from click.testing import CliRunner

from dure.apps.roadmaps import adapter, operations, queries
from dure.apps.roadmaps.models import Branch, Roadmap
from dure.config.cli import main
from tests.apps.roadmaps.conftest import SMALL
from tests.conftest import NOON

SHIPPED = sorted(adapter.FOLDER.glob("*.toml"))


def test_a_file_becomes_a_tree(small):
    codes = list(queries.branches_of(small).values_list("code", "name"))

    assert codes == [
        ("A", "로봇"),
        ("A-01", "협동로봇"),
        ("A-01-01", "힘 제어"),
        ("A-01-02", "충돌 감지"),
        ("A-02", "물류로봇"),
        ("B", "바이오"),
    ]
    assert queries.totals(small) == [2, 2, 2]
    assert Branch.objects.get(code="A-01-01").is_ours
    assert not Branch.objects.get(code="A-01").is_ours


def test_the_same_file_is_loaded_once_and_another_of_its_id_is_refused(small, small_file):
    assert operations.load(small_file, at=NOON) == (small, False)
    small_file.write_text(SMALL.replace("로봇", "기계"), encoding="utf-8")
    with pytest.raises(operations.AnotherVersion, match="small"):
        operations.load(small_file, at=NOON)
    assert Branch.objects.count() == 6


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('ko = "로봇"', "", r"fields\.0\.ko"),
        ('code = "B"', 'code = "A"', "'A' is there twice"),
        ('"물류로봇"', '"협동로봇"', "field A: '협동로봇' is there twice"),
        ('"충돌 감지"', '"힘 제어"', "field A, 협동로봇: '힘 제어' is there twice"),
        ('group = "growth"', 'group = "none"', "field A: the group 'none' is not declared"),
        ("year = 2023", 'year = "soon"', "year"),
        ("year = 2023", "year = 2023\nmonth = 3", "month"),
        ("levels = [", "levels = [[", "small.toml"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(db, small_file, old, new, place):
    assert old in SMALL
    small_file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(adapter.BrokenRoadmap, match=place):
        operations.load(small_file, at=NOON)
    assert not Roadmap.objects.exists()


def test_the_command_checks_a_file(small_file):
    checked = CliRunner().invoke(main, ["roadmap", "check", str(small_file)])
    assert (checked.exit_code, "Core technology: 2" in checked.output) == (0, True)
    small_file.write_text("id = 3", encoding="utf-8")
    checked = CliRunner().invoke(main, ["roadmap", "check", str(small_file)])
    assert (checked.exit_code, "small.toml" in checked.output) == (2, True)


@pytest.mark.django_db
def test_the_command_loads_what_comes_with_dure_once():
    for outcome in ("loaded", "was loaded already"):
        loaded = CliRunner().invoke(main, ["roadmap", "load"])
        assert loaded.exit_code == 0, loaded.output
        assert loaded.output.splitlines() == [f"{path.stem}: {outcome}" for path in SHIPPED]


@pytest.mark.parametrize(
    ("name", "counts"),
    [("sme", [32, 224, 1245]), ("nuclear", [4, 40, 180]), ("materials", [9, 104])],
)
def test_the_roadmaps_that_come_along_have_the_published_size(name, counts):
    parsed, _digest = adapter.read(adapter.FOLDER / f"{name}.toml")
    items = [item for field in parsed.fields for item in field.items]
    sizes = [len(parsed.fields), len(items), sum(len(item.technologies) for item in items)]

    assert sizes[: len(parsed.levels)] == counts
    if name == "sme":
        by_group = [
            sum(len(field.items) for field in parsed.fields if field.group == group)
            for group in ("ir4", "growth")
        ]
        assert by_group == [178, 46]
