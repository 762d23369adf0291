"""A small roadmap of two fields."""

import pytest

from dure.apps.roadmaps import operations
from tests.conftest import NOON

SMALL = """
id = "small"
ko = "작은 로드맵"
en = "Small roadmap"
year = 2023
source = { ko = "시험용", en = "For tests" }
levels = [
  { ko = "분야", en = "Field" },
  { ko = "전략품목", en = "Strategic product" },
  { ko = "핵심기술", en = "Core technology" },
]
groups = { growth = { ko = "성장기반", en = "Growth base" } }
technologies_ours = true

[[fields]]
code = "A"
ko = "로봇"
en = "Robots"
group = "growth"
[[fields.items]]
ko = "협동로봇"
en = "Collaborative robots"
technologies = [["힘 제어", "Force control"], ["충돌 감지", "Collision detection"]]
[[fields.items]]
ko = "물류로봇"
en = "Logistics robots"

[[fields]]
code = "B"
ko = "바이오"
en = "Biotechnology"
"""


@pytest.fixture
def small_file(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def small(db, small_file):
    return operations.load(small_file, at=NOON)[0]
