"""A PostgreSQL of its own for the tests, and a cast of people.

The server lives under `DURE_HOME/test-postgres`; it gives up durability for speed.
"""

import gc
import os
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from dure.config import env, messages, postgres

SERVER = env.home() / settings.SERVER
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
IS_EMBEDDED = "DATABASE_URL" not in os.environ

# How long an example takes is the machine's business, and that of who reads a model first.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Korean texts and start the server, once for all workers."""
    if not IS_WORKER:
        for catalogue in messages.compile_all():
            translation_file_changed(None, catalogue)  # what was read before is stale
    if IS_EMBEDDED and not IS_WORKER:
        postgres.start(SERVER, fast=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when all workers are done."""
    if IS_EMBEDDED and not IS_WORKER:
        postgres.stop(SERVER)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The tests' databases are copies of one that is migrated already."""
    from tests.migrated import migrated_database

    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test that commits, all tables are emptied, those of the history too."""
    from django.test import TransactionTestCase

    from tests.migrated import empty_tables, let_tests_empty_tables

    with django_db_blocker.unblock():
        let_tests_empty_tables()
    if IS_EMBEDDED:  # whoever brings a database of their own may not be its superuser
        TransactionTestCase._fixture_teardown = lambda _case: empty_tables()


@pytest.fixture(autouse=True)
def korean():
    """Every test begins in the language of the platform, whatever the one before switched to."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_queue(request, django_db_blocker):
    """After tests that commit, Django empties its own tables; the queue's it does not know."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if mark and mark.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def pytest_collection_finish() -> None:
    """Spare the garbage collector all that is imported and collected; it lives to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that at the end no core waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def cast(db):
    """One person of every kind, two demand organisations and two small firms, all verified."""
    from tests.cast import make_cast

    return make_cast()


def prove_identity(client, user):
    """As if `user` had given their password once more just now; signing an agreement wants it."""
    from allauth.account.internal.flows.login import record_authentication

    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()


@pytest.fixture
def as_role(client, cast):
    """A browser in English, signed in as somebody of the cast."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sign_in(role):
        client.logout()
        if role != "visitor":
            client.force_login(cast[role])
            prove_identity(client, cast[role])
        return client

    return sign_in
