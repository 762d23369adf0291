"""Parts of a draft as they are typed, locked and put together; the plan and facts the engines judge."""

from dure.apps.applications.adapter.completeness import Missing, missing, missing_in
from dure.apps.applications.adapter.content import Snapshot, content_of, read_parts, snapshot_of
from dure.apps.applications.adapter.parts import (
    SHARED,
    BadPart,
    checked,
    is_money,
    kind_of,
    owner_of,
    part_name,
    read,
    sealed_value,
)
from dure.apps.applications.adapter.plan import judgement, pay_won, plan_of
from dure.apps.applications.adapter.programme import (
    budget_of,
    documents_of,
    programme_roles,
    questions_of,
)

__all__ = [
    "SHARED",
    "BadPart",
    "Missing",
    "Snapshot",
    "budget_of",
    "checked",
    "content_of",
    "documents_of",
    "is_money",
    "judgement",
    "kind_of",
    "missing",
    "missing_in",
    "owner_of",
    "part_name",
    "pay_won",
    "plan_of",
    "programme_roles",
    "questions_of",
    "read",
    "read_parts",
    "sealed_value",
    "snapshot_of",
]
