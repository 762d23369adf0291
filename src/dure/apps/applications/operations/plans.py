"""A filled research plan taken into a draft."""

from datetime import datetime

from django.db import transaction

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.models import Application
from dure.apps.applications.operations.drafting import save_part
from dure.apps.applications.operations.telling import locked
from dure.apps.people.models import User
from dure.foundation.documents.forms import FormProblem
from dure.foundation.documents.plan import read_back


def take_plan(
    *, application: Application, content: bytes, by: User, at: datetime
) -> tuple[int, list[FormProblem]]:
    """Put what a filled form says into the draft; how many parts changed, and what is wrong by place.

    With anything wrong nothing changes. A table in a section is only told: its text is taken.
    Raises Refused, FormMismatch, UnreadableDocument.
    """
    permissions.may_edit_part(by, application, None).require()
    plan_read = read_back(content, adapter.plan_sections(application, {"answers": []}))
    with transaction.atomic():
        locked(application)
        parts = adapter.read_parts(application)
        changed, problems = adapter.parts_read(application, plan_read, parts)
        embedded = [problem for problem in plan_read.problems if problem.kind == "object"]
        wrong = [problem for problem in plan_read.problems if problem.kind != "object"] + problems
        if wrong:
            return 0, wrong
        for name, value in changed.items():
            kept = queries.part_of(application, name)
            save_part(
                application=application,
                name=name,
                value=value,
                seen=kept.version if kept else 0,
                by=by,
                at=at,
            )
    return len(changed), embedded
