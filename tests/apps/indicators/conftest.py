"""An empty cache: what was counted a minute ago is not what this test made."""

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _empty_cache():
    caches["own"].clear()
    yield
    caches["own"].clear()
