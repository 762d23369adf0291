"""A screened project of the cast."""

import pytest


@pytest.fixture
def made(cast):
    return cast.project()


@pytest.fixture
def twice(cast, made):
    return cast.claimed_twice(made)


@pytest.fixture
def place(cast, made, twice):
    return cast.screening().places.get(project=made)
