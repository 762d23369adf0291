"""The programmes that come with dure, in the database."""

import pytest

from dure.apps.programmes import operations
from dure.apps.programmes.models import Programme
from tests.conftest import NOON


@pytest.fixture
def shelf(db):
    operations.load_shipped(at=NOON)
    return Programme.objects.get(slug="challenge")
