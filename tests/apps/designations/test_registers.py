"""The files of registers are read strictly; every mistake is named."""

import pytest

from dure.apps.designations.kinds import Register, registers
from dure.apps.outcomes.kinds import kind_of
from dure.foundation import programmes
from dure.foundation.declared import BrokenFile, read_declared

GOOD = """
id = "x-register"
ko = "대장"
en = "Register"
about = { ko = "대장이에요.", en = "A register." }
title = { ko = "제품", en = "Product" }
opened_by = ["firm"]
place = 1
columns = [{ id = "size", ko = "크기", en = "Size", kind = "number" }]
[[stages]]
id = "asked"
ko = "신청"
en = "Asked for"
next = ["done"]
[[stages]]
id = "done"
ko = "완료"
en = "Done"
asks = ["size"]
"""


def written(folder, text):
    path = folder / "x-register.toml"
    path.write_text(text)
    return path


def test_the_registers_that_come_along_fit_together():
    known = registers()

    assert list(known) == [
        "innovation-product", "trial-purchase", "materials-champion", "super-gap",
        "smart-factory", "regulation-free-zone", "commendation",
    ]  # fmt: skip
    for register in known.values():
        reached = {register.first.id}
        for _round in register.stages:
            reached |= {
                code for stage in register.stages if stage.id in reached for code in stage.next
            }
        assert reached == {stage.id for stage in register.stages}, (
            f"{register.id} has a stage of no use"
        )
        assert not register.fact or programmes.listed_facts()[register.fact] == "yes_no"
        assert all(kind_of(s.outcome.kind) for s in register.stages if s.outcome)


def test_a_good_file_is_read(tmp_path):
    kind = read_declared(written(tmp_path, GOOD), Register)

    assert [stage.id for stage in kind.stages] == ["asked", "done"]
    assert kind.entered_at_first == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD.replace('next = ["done"]', 'next = ["gone"]'), "gone"),
        (GOOD.replace('asks = ["size"]', 'asks = ["weight"]'), "weight"),
        (GOOD.replace('id = "done"', 'id = "asked"'), "twice"),
        (GOOD.replace('kind = "number"', 'kind = "choice"'), "choices"),
        (GOOD.replace("place = 1", "plaice = 1"), "plaice"),
        (GOOD.replace("x-register", "y-register"), "not the name of the file"),
        (GOOD.replace('"Register"', '"Register'), "x-register.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path, wrong, says):
    with pytest.raises(BrokenFile, match=says):
        read_declared(written(tmp_path, wrong), Register)
