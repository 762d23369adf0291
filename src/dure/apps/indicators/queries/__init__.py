"""Plans are public; figures once they are published, before that for those who work on them."""

from dure.apps.indicators.queries.chain import (
    Chain,
    Step,
    chain_kept,
    chain_of,
    needs_by_region,
    needs_of_year,
)
from dure.apps.indicators.queries.figures import (
    asked_of,
    drafts,
    figures_visible_to,
    in_force,
    is_asked,
    is_worker,
    open_revisions,
    published_in,
    reads_inside,
    revisions_of,
    revisions_visible_to,
    to_publish,
    unanswered,
)
from dure.apps.indicators.queries.plans import indicators_of, plans
from dure.apps.indicators.queries.reports import (
    actions_of,
    actions_visible_to,
    blocks_of,
    reports_visible_to,
    requests_visible_to,
    year_plans_visible_to,
)

__all__ = [
    "Chain",
    "Step",
    "actions_of",
    "actions_visible_to",
    "asked_of",
    "blocks_of",
    "chain_kept",
    "chain_of",
    "drafts",
    "figures_visible_to",
    "in_force",
    "indicators_of",
    "is_asked",
    "is_worker",
    "needs_by_region",
    "needs_of_year",
    "open_revisions",
    "plans",
    "published_in",
    "reads_inside",
    "reports_visible_to",
    "requests_visible_to",
    "revisions_of",
    "revisions_visible_to",
    "to_publish",
    "unanswered",
    "year_plans_visible_to",
]
