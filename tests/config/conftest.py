import shutil
import tempfile
from pathlib import Path

import pytest

from dure.config import postgres


@pytest.fixture
def empty_home():
    """A home of the test's own, where also the user who runs the server can go."""
    folder = Path(tempfile.mkdtemp(prefix="dure-home-"))
    folder.chmod(0o755)
    yield folder
    postgres.stop(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
