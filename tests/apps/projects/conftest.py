"""A project of the cast, and how its people act in it."""

import pytest


@pytest.fixture
def made(cast):
    return cast.project()
