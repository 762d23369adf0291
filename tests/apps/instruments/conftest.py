"""Keys and files of each test alone."""

import pytest


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = str(tmp_path / "media")
