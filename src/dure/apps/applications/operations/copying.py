"""Taking over what was written in an earlier application."""

from datetime import datetime

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.models import Application
from dure.apps.applications.operations.drafting import save_part
from dure.apps.applications.reasons import Reason
from dure.apps.people.models import User
from dure.engines import funding
from dure.foundation.verdict import Refused

COPIED = ("project", "answers", "people", "costs", "money")


def copy_from(*, application: Application, source: Application, by: User, at: datetime) -> int:
    """Copy the lead's parts of an earlier application into the empty parts of this one; how many.

    Papers are not copied: they age. Answers to questions that this call does not ask stay behind.
    Raises Refused.
    """
    permissions.may_lead(by, application).require()
    if source.organisation_id != application.organisation_id or source == application:
        raise Refused(Reason.NOTHING_TO_COPY)
    permissions.may_read(by, source, "project", None).require()
    old, new = (_lead(draft) for draft in (source, application))
    asked = {f"answers/{question.id}" for question in adapter.questions_of(application.call)}
    there = {
        part.name for part in queries.parts_of(application) if any(adapter.read(part).values())
    }
    copied = 0
    for name, value in adapter.read_parts(source).items():
        kind, _slash, about = name.partition("/")
        target = f"{kind}/{new}" if about == str(old) and kind != "answers" else name
        is_own = kind in ("project", "answers") or about == str(old)
        if kind not in COPIED or not is_own or target in there:
            continue
        if kind == "answers" and target not in asked:
            continue
        part = queries.part_of(application, target)
        save_part(
            application=application, name=target, value=value,
            seen=part.version if part else 0, by=by, at=at,
        )  # fmt: skip
        copied += 1
    return copied


def _lead(application: Application) -> int:
    return application.participants.get(role=funding.Role.LEAD).pk
