"""Several at once: a deadline that passes in mid-submission, two in one part, a process that dies."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction

from dure.apps.applications import adapter, operations, queries, tasks
from dure.apps.applications.models import Application, Submission
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.operations import close_due
from tests.apps.applications.cast import DEADLINE, open_call
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = DEADLINE + timedelta(days=1)
CHILD = """
import os, signal, sys
from dure.config.startup import with_django
with_django()
from datetime import datetime
from django.db import transaction
from dure.apps.applications import operations
from dure.apps.applications.models import Application
application = Application.objects.get()
at = datetime.fromisoformat(sys.argv[1])
if sys.argv[2] == "inside":
    with transaction.atomic():
        operations.submit(application=application, by=application.leader, at=at)
        os.kill(os.getpid(), signal.SIGKILL)
operations.submit(application=application, by=application.leader, at=at)
os.kill(os.getpid(), signal.SIGKILL)
"""


def submit_and_die(where):
    died = subprocess.run(
        [sys.executable, "-c", CHILD, NOON.isoformat(), where],
        env={**os.environ, "DATABASE_URL": database_url(), "DURE_KEYS": settings.DURE_KEYS},
        check=False, capture_output=True,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()


def receipts_to_send():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'send_receipt'")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_process_that_dies_between_submission_and_receipt_leaves_both():
    cast = make_cast()
    application = cast.filed_application()

    submit_and_die("after")

    submission = queries.standing_submission(application)
    assert receipts_to_send() == [{"submission_id": submission.pk}]
    tasks.send_receipt(submission.pk)
    [sent] = mail.outbox
    assert submission.receipt_number in sent.subject
    assert submission.content_hash in sent.body
    [(name, paper, kind)] = sent.attachments
    assert (name[-4:], paper[:5], kind) == (".pdf", b"%PDF-", "application/pdf")


def test_a_process_that_dies_within_the_submission_leaves_neither():
    cast = make_cast()
    application = cast.filed_application()

    submit_and_die("inside")

    application.refresh_from_db()
    assert application.stage == ApplicationStage.FILED
    assert not Submission.objects.exists()
    assert receipts_to_send() == []


def test_a_submission_that_is_being_written_is_opened_with_the_others():
    cast = make_cast()
    application = cast.filed_application()
    written, may_end = threading.Event(), threading.Event()

    def submit_slowly():
        try:
            with transaction.atomic():
                operations.submit(
                    application=application, by=cast["supplier"],
                    at=DEADLINE - timedelta(seconds=1),
                )  # fmt: skip
                written.set()
                may_end.wait(20)
        finally:
            connection.close()

    slow = threading.Thread(target=submit_slowly)
    slow.start()
    assert written.wait(20)
    closed_meanwhile = close_due(at=MORNING)
    may_end.set()
    slow.join()

    assert closed_meanwhile == 0
    close_due(at=MORNING)
    assert operations.open_due(at=MORNING) == 1
    assert queries.submissions_opened_in(application.call).count() == 1


def test_of_two_who_save_one_part_one_does_and_the_other_is_told():
    cast = make_cast()
    draft = cast.draft_application()

    outcomes = at_once(
        *(
            lambda text=text: operations.save_part(
                application=draft, name="answers/need", value={"text": text}, seen=0,
                by=cast["supplier"], at=NOON,
            )
            for text in ("하나", "둘")
        )
    )  # fmt: skip

    assert outcomes == ["CHANGED_MEANWHILE", "done"]
    assert queries.part_of(draft, "answers/need").version == 1


def test_two_parts_at_once_are_both_saved():
    cast = make_cast()
    draft = cast.draft_application()

    at_once(
        *(
            lambda name=name: operations.save_part(
                application=draft, name=f"answers/{name}", value={"text": name}, seen=0,
                by=cast["supplier"], at=NOON,
            )
            for name in ("need", "goal", "method")
        )
    )  # fmt: skip

    parts = adapter.read_parts(draft)
    assert [parts[f"answers/{name}"]["text"] for name in ("need", "goal", "method")] == [
        "need", "goal", "method",
    ]  # fmt: skip


def test_pressed_twice_it_is_started_and_submitted_once():
    cast = make_cast()
    call = open_call(cast)
    at_once(
        *[
            lambda: operations.start(
                call=call, organisation=cast.supplier, by=cast["supplier"], at=NOON
            )
        ]
        * 2
    )
    assert Application.objects.count() == 1
    filed = cast.filed_application(open_call(cast))

    outcomes = at_once(
        *[lambda: operations.submit(application=filed, by=cast["supplier"], at=NOON)] * 2
    )

    assert outcomes == ["NOT_FILED", "done"]
    assert filed.submissions.count() == 1


def test_of_opening_twice_one_opens():
    cast = make_cast()
    cast.submitted_application()
    close_due(at=DEADLINE)

    at_once(*[lambda: operations.open_due(at=MORNING)] * 2)

    assert Submission.objects.get().opened_at == MORNING
