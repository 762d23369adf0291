"""`dure stop`: the embedded database ends when one says so."""

from click.testing import CliRunner

from dure.config import postgres
from dure.config.cli import main


def test_the_embedded_database_stops_once(empty_home):
    postgres.start(empty_home / "postgres", fast=True)
    embedded = {"DURE_HOME": str(empty_home), "DATABASE_URL": None}

    outputs = [CliRunner().invoke(main, ["stop"], env=embedded).output.strip() for _ in range(2)]

    assert outputs == ["The database is stopped.", "No database was running."]
    assert not postgres.is_up(empty_home / "postgres")


def test_a_database_of_ones_own_is_not_dures_to_stop():
    result = CliRunner().invoke(main, ["stop"], env={"DATABASE_URL": "postgresql://db/dure"})

    assert result.exit_code == 2
    assert "DATABASE_URL" in result.output
