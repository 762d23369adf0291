"""Files and keys of a test lie in folders of its own."""

import pytest


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.DURE_KEYS = str(tmp_path / "keys")
    return tmp_path
