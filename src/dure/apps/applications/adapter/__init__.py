"""Parts of a draft as they are typed, locked and put together; the plan and facts the engines judge."""

from dure.apps.applications.adapter.completeness import (
    COMMITTED,
    PARTNERS,
    Missing,
    missing,
    missing_in,
)
from dure.apps.applications.adapter.content import Snapshot, content_of, read_parts, snapshot_of
from dure.apps.applications.adapter.eligibility import (
    checks_at_deadline,
    eligibility_of,
    facts_to_declare,
    yes_or_no,
)
from dure.apps.applications.adapter.parts import (
    LONGEST_ANSWER,
    MOST_ROWS,
    MOST_WON,
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
from dure.apps.applications.adapter.plan import judgement, plan_of
from dure.apps.applications.adapter.programme import (
    budget_of,
    documents_of,
    programme_roles,
    questions_of,
)
from dure.apps.applications.adapter.rates import Overbooked, overbooked_in, overbooked_of
from dure.apps.applications.adapter.research_plan import (
    parts_read,
    plan_sections,
    research_plan,
)
from dure.apps.applications.adapter.sheets import columns_of, pasted_as_csv, read_sheet
from dure.apps.applications.queries import PERSONNEL, pay_won

__all__ = [
    "COMMITTED",
    "LONGEST_ANSWER",
    "MOST_ROWS",
    "MOST_WON",
    "PARTNERS",
    "PERSONNEL",
    "SHARED",
    "BadPart",
    "Missing",
    "Overbooked",
    "Snapshot",
    "budget_of",
    "checked",
    "checks_at_deadline",
    "columns_of",
    "content_of",
    "documents_of",
    "eligibility_of",
    "facts_to_declare",
    "is_money",
    "judgement",
    "kind_of",
    "missing",
    "missing_in",
    "overbooked_in",
    "overbooked_of",
    "owner_of",
    "part_name",
    "parts_read",
    "pasted_as_csv",
    "pay_won",
    "plan_of",
    "plan_sections",
    "programme_roles",
    "questions_of",
    "read",
    "read_parts",
    "read_sheet",
    "research_plan",
    "sealed_value",
    "snapshot_of",
    "yes_or_no",
]
