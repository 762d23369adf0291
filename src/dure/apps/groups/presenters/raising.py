"""Proposals of federations in lists and workbooks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.groups.models import Proposal
from dure.apps.groups.stages import ProposalStage
from dure.foundation.ui.listing import Rows, Sheet

_TONES = {
    ProposalStage.RAISED: "warning",
    ProposalStage.TAKEN_UP: "information",
    ProposalStage.ANSWERED: "success",
}


def proposal_rows(proposals: Iterable[Proposal], today: date) -> list[dict[str, Any]]:
    """Proposals for a list; those past their day are marked."""
    return [
        {
            "proposal": proposal,
            "tone": _TONES[ProposalStage(proposal.stage)],
            "is_late": proposal.stage == ProposalStage.TAKEN_UP and proposal.due_on < today,
        }
        for proposal in proposals
    ]


def proposal_sheet(rows: Rows) -> Sheet:
    """Proposals as a sheet."""
    return {
        "title": _("Requests and joint projects"),
        "headers": [
            _("Federation"), _("Kind"), _("Title"), _("Raised"), _("Status"),
            pgettext("proposal", "Owner"), _("Answer by"), pgettext("proposal", "Outcome"),
            pgettext("proposal", "Answer"),
        ],
        "rows": [
            [
                str(proposal.group), proposal.get_kind_display(), proposal.title,
                localtime(proposal.raised_at).date(), proposal.get_stage_display(),
                str(proposal.owner or ""), proposal.due_on, proposal.get_outcome_display(), proposal.answer,
            ]
            for proposal in rows
        ],
    }  # fmt: skip
