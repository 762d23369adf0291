"""Keys of each test alone, files in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = str(tmp_path / "media")
