"""`dure stop`: the embedded database ends when one says so."""

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dure.config import postgres
from dure.config.cli import main


@pytest.fixture
def home():
    """A home of the test's own, where also the user who runs the server can go."""
    folder = Path(tempfile.mkdtemp(prefix="dure-stopped-"))
    folder.chmod(0o755)
    yield folder
    postgres.stop(folder / "postgres")
    shutil.rmtree(folder)


def test_the_embedded_database_stops_once(home):
    postgres.start(home / "postgres", fast=True)
    embedded = {"DURE_HOME": str(home), "DATABASE_URL": None}

    said = [CliRunner().invoke(main, ["stop"], env=embedded).output.strip() for _ in range(2)]

    assert said == ["The database is stopped.", "No database was running."]
    assert not postgres.is_up(home / "postgres")


def test_a_database_of_ones_own_is_not_dures_to_stop():
    result = CliRunner().invoke(main, ["stop"], env={"DATABASE_URL": "postgresql://db/dure"})

    assert result.exit_code == 2
    assert "DATABASE_URL" in result.output
