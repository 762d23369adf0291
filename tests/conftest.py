"""A PostgreSQL of its own for the tests, and a cast of people.

The server lives under `DURE_HOME/test-postgres`; it gives up durability for speed.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

REAL_HOME = Path(os.environ.get("DURE_HOME", Path(__file__).parents[1] / "var")).resolve()
SERVER = REAL_HOME / "test-postgres"
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

if "DURE_TEST_URL" not in os.environ:
    os.environ["DURE_TEST_URL"] = os.environ.get("DATABASE_URL", "")
if not os.environ["DURE_TEST_URL"]:
    from dure.config import postgres

    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.start(SERVER, fast=True)
    os.environ["DATABASE_URL"] = "postgresql://{user}@/{dbname}?host={host}&port={port}".format(
        **postgres.connection(SERVER)
    )
if "DURE_TEST_HOME" not in os.environ:
    os.environ["DURE_TEST_HOME"] = tempfile.mkdtemp(prefix="dure-test-")
os.environ["DURE_HOME"] = os.environ["DURE_TEST_HOME"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what the tests made, once all workers are done."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    shutil.rmtree(os.environ["DURE_TEST_HOME"], ignore_errors=True)
    if not os.environ["DURE_TEST_URL"]:
        postgres.stop(SERVER)


@pytest.fixture
def cast(db):
    """One person of every kind, two demand organisations and two small firms, all verified."""
    from tests.cast import make_cast

    return make_cast()
