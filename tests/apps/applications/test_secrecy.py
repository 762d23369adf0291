"""Nothing that an applicant wrote stands readable anywhere before the opening: every table, the queue,
the history, the uploads, a dump of the database, and what was logged."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.agreements.models import Agreement
from dure.apps.applications import adapter, operations, queries
from dure.apps.calls.operations import close_due
from dure.apps.records.operations import seal
from dure.config import postgres
from tests.apps.agreements import chain
from tests.apps.agreements.cast import agency
from tests.apps.applications.cast import DEADLINE, SECRET
from tests.apps.applications.cast import _save as save
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def holders():
    """The columns of any table in which the secret stands as text, as JSON escapes, or as bytes."""
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in SECRET)
    holders = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        for schema, table, column, kind in cursor.fetchall():
            quoted = f'"{schema}"."{table}"'
            if kind == "bytea":
                question = f'SELECT 1 FROM {quoted} WHERE position(%s::bytea in "{column}") > 0'
                wanted = [[SECRET.encode()]]
            else:
                question = f'SELECT 1 FROM {quoted} WHERE position(%s in "{column}"::text) > 0'
                wanted = [[SECRET], [escaped]]
            for parameters in wanted:
                cursor.execute(f"{question} LIMIT 1", parameters)
                if cursor.fetchone():
                    holders.add(f"{table}.{column}")
    return holders


def files_with_the_secret():
    folders = (settings.MEDIA_ROOT, settings.HOME)
    return {
        path for folder in folders for path in Path(folder).rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    }  # fmt: skip


def everything_written(cast):
    """One of each thing in which an applicant's words could end up."""
    draft = cast.whole_application(title=SECRET)
    member = cast.member_of_application(draft)
    reason = {"is_exempt": True, "reason": SECRET}
    save(draft, f"commitment/{member.pk}", reason, cast["manager"])
    operations.confirm_part(participant=member, by=cast["manager"], at=NOON)
    operations.let_help(application=draft, helper=cast["officer"], by=cast["supplier"], at=NOON)
    operations.file(application=draft, by=cast["supplier"], at=NOON)
    operations.submit(application=draft, by=cast["supplier"], at=NOON)
    save(draft, "answers/need", {"text": f"{SECRET} 고침"}, cast["supplier"])
    return draft


def test_no_table_file_or_log_shows_what_was_written_before_the_opening(cast, caplog):
    application = everything_written(cast)

    assert SECRET in str(adapter.read_parts(application))
    assert holders() == set()
    assert files_with_the_secret() == set()
    assert SECRET not in caplog.text


def test_a_dump_of_the_database_shows_nothing(cast, tmp_path):
    everything_written(cast)
    target = tmp_path / "dump.sql"
    database = connection.settings_dict
    subprocess.run(
        [
            postgres.programs() / "pg_dump", "--file", target, "--dbname", database["NAME"],
            "--host", database["HOST"], "--port", str(database["PORT"]), "--username", database["USER"],
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    dump = target.read_bytes()

    assert b"COPY public.applications_submission " in dump
    assert SECRET.encode() not in dump
    assert SECRET.encode().hex().encode() not in dump


def test_what_runs_by_itself_brings_nothing_to_light(cast, caplog, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    everything_written(cast)

    registered = [
        periodic_task.task for periodic_task in app.periodic_registry.periodic_tasks.values()
    ]
    periodic = [task for task in registered if not task.pass_context]
    for task in periodic:
        task.func(timestamp=int(NOON.timestamp()))

    assert len(periodic) > 20
    assert holders() == set()
    assert files_with_the_secret() == set()
    assert SECRET not in caplog.text
    assert SECRET not in "".join(f"{message.subject} {message.body}" for message in mail.outbox)


def test_what_came_too_late_stays_sealed_through_selection_and_agreement(cast):
    agency(cast)
    application = chain.handed_in(cast, "innovation-procurement")
    late = cast.whole_application(application.call, by="rival", title=SECRET)
    operations.file(application=late, by=cast["rival"], at=NOON)
    operations.submit(application=late, by=cast["rival"], at=DEADLINE)
    never = cast.draft_application(title=SECRET, by="rival")
    save(never, "answers/need", {"text": SECRET}, cast["rival"])

    decision = chain.decided_on(cast, chain.opened(application))
    agreement = Agreement.objects.get()  # drawn up when it was decided
    seal(at=chain.DECIDED)

    assert decision.application == application
    assert agreement.title == application.title
    assert late.submissions.get().content is None
    assert holders() == set()
    assert files_with_the_secret() == set()


def test_after_the_opening_it_stands_where_it_is_read(cast):
    application = everything_written(cast)
    close_due(at=DEADLINE)
    operations.open_due(at=DEADLINE.replace(day=3))

    assert holders() == {
        "applications_application.title", "applications_applicationevent.title",
        "applications_submission.content",
    }  # fmt: skip
    [opened] = queries.submissions_opened_in(application.call)
    [row, *_rest] = opened.content["members"][0]["documents"]
    content = operations.read_file(application, row, opened.file_keys[row["file"]])
    assert SECRET.encode() in content
