"""The history stays as it was written, whatever the application's own database role tries."""

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from dure.apps.people.models import Organisation
from dure.apps.trail.operations import guard_history
from dure.apps.trail.queries import history_of, is_guarded, tables_of_history

pytestmark = pytest.mark.django_db
EVENTS = "people_organisationevent"

# What would change the history, or who made it, or keep something out of it.
ATTACKS = (
    f"UPDATE {EVENTS} SET name = 'other'",
    f"DELETE FROM {EVENTS}",
    f"TRUNCATE {EVENTS}",
    f"INSERT INTO {EVENTS} SELECT * FROM {EVENTS}",
    f"ALTER TABLE {EVENTS} DISABLE TRIGGER ALL",
    f"DROP TABLE {EVENTS}",
    "UPDATE pghistory_context SET metadata = '{}'",
    "DELETE FROM pghistory_context",
    "TRUNCATE pghistory_context CASCADE",
    "INSERT INTO pghistory_context VALUES (gen_random_uuid(), now(), now(), '{}')",
    "SELECT _pgh_attach_context()",
    "ALTER TABLE people_organisation DISABLE TRIGGER ALL",
    "TRUNCATE people_organisation CASCADE",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION history_stays() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN END'",
    "SET ROLE postgres",
)  # fmt: skip


@pytest.fixture
def application(cast):
    """Our connection as a role that owns nothing, until the end of the test."""
    with pghistory.context(user=cast["officer"].pk):
        Organisation.objects.filter(pk=cast.buyer.pk).update(region="SEOUL")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE application_of_test")
        guard_history(role="application_of_test")
        cursor.execute("SET LOCAL SESSION AUTHORIZATION application_of_test")
    return cast


@pytest.mark.parametrize("attack", ATTACKS)
def test_application_can_not_change_the_history(application, attack):
    before = history_of(application.buyer)

    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)

    assert history_of(application.buyer) == before


def test_every_table_of_the_history_is_closed_to_the_application(application):
    open_to_it = "SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')"
    with connection.cursor() as cursor:
        for table in tables_of_history():
            cursor.execute(open_to_it, [table])
            assert cursor.fetchone() == (False,), table


def test_triggers_keep_the_history_from_its_owner_too(application):
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        for table in tables_of_history():
            cursor.execute(f"SELECT count(*) FROM {table}")
            [rows] = cursor.fetchone()
            column = "metadata" if table == "pghistory_context" else "pgh_label"
            attacks = [f"TRUNCATE {table} CASCADE"]
            if rows:
                attacks += [f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"]
            for attack in attacks:
                with (
                    pytest.raises(DatabaseError, match="neither changed nor deleted"),
                    transaction.atomic(),
                ):
                    cursor.execute(attack)


def test_application_works_and_all_it_does_is_in_the_history(application):
    with pghistory.context(user=application["member"].pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{people_organisation:}', true)")
        Organisation.objects.filter(pk=application.buyer.pk).update(region="BUSAN")

    newest, before, *_ = history_of(application.buyer)

    assert newest.by == application["member"]
    assert newest.fields[0][1:] == ("SEOUL", "BUSAN")
    assert before.by == application["officer"]


def test_who_did_it_is_written_once(application):
    """A later statement that claims the same context does not change it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM pghistory_context")
        [known] = cursor.fetchone()
        claim = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
        cursor.execute(claim, [str(known), f'{{"user": {application["rival"].pk}}}'])
        cursor.execute("UPDATE people_organisation SET region = 'BUSAN'")

    assert history_of(application.buyer)[1].by == application["officer"]


def test_page_of_the_history_claims_what_is_so(as_role, cast):
    page = as_role("auditor").get(reverse("trail:changes")).content.decode()
    assert not is_guarded()
    assert "runs as the owner of its tables" in page


def test_page_of_a_guarded_history_says_by_whom_it_still_can_be_changed(as_role, application):
    client = as_role("auditor")
    assert is_guarded()
    page = client.get(reverse("trail:changes")).content.decode()
    assert "Whoever runs the database itself still can" in page
