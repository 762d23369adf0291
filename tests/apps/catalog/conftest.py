"""A branch of a small roadmap."""

import pytest

from tests.apps.roadmaps.conftest import small, small_file

__all__ = ["small", "small_file"]


@pytest.fixture
def collaborative_robots(small):
    return small.branches.get(code="A-01")
