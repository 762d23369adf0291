"""How roadmaps are shown: the tree with what stands under it, proposals, rows of a workbook."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.people.queries import Reader
from dure.apps.roadmaps.kinds import USES
from dure.apps.roadmaps.models import Branch, Proposal, Roadmap
from dure.apps.roadmaps.stages import ProposalStage
from dure.foundation.ui.moves import Move

TONES = {
    ProposalStage.PROPOSED: "information",
    ProposalStage.ACCEPTED: "success",
    ProposalStage.REJECTED: "neutral",
    ProposalStage.WITHDRAWN: "neutral",
}
MOVES = (
    Move(
        ProposalStage.ACCEPTED,
        gettext_lazy("Take up"),
        gettext_lazy("Take this proposal up?"),
        gettext_lazy("It becomes part of the next revision. Everybody can read your reason."),
        asks_why=True,
        variant="primary",
    ),
    Move(
        ProposalStage.REJECTED,
        gettext_lazy("Do not take up"),
        gettext_lazy("Leave this proposal out?"),
        gettext_lazy("Everybody can read your reason."),
        asks_why=True,
    ),
    Move(
        ProposalStage.WITHDRAWN,
        gettext_lazy("Take back"),
        gettext_lazy("Take your proposal back?"),
        gettext_lazy("It is no longer looked at. You can propose again."),
    ),
)


@dataclass(slots=True)
class Node:
    """A branch with the number of branches below it and of what is kept under it."""

    branch: Branch
    url: str
    below: int = 0
    uses: list[dict[str, Any]] = field(default_factory=list)


def named(names: dict[str, str]) -> str:
    """A name of a file, in the reader's language."""
    return names["en" if get_language() == "en" else "ko"]


def source_of(roadmap: Roadmap) -> str:
    """Where a roadmap comes from, in the reader's language."""
    return named({"ko": roadmap.source, "en": roadmap.source_en})


def level_name(roadmap: Roadmap, level: int) -> str:
    """What a branch of a level is called in a roadmap: field, strategic product, …"""
    return named(roadmap.levels[level])


def branch_url(branch: Branch, roadmap: Roadmap) -> str:
    """The page of a branch."""
    return reverse("roadmaps:branch", args=[roadmap.slug, branch.code])


def nodes(
    shown: Sequence[Branch], everything: Iterable[Branch], roadmap: Roadmap, reader: Reader
) -> list[Node]:
    """The branches `shown`, each counted with all that stands below it among `everything`."""
    inside = {branch.code: branch for branch in everything}
    below: dict[str, list[int]] = {branch.code: [] for branch in shown}
    for code, branch in inside.items():
        for prefix in _prefixes(code):
            if prefix in below:
                below[prefix].append(branch.pk)
    counted = [(use, use.counts(reader, [branch.pk for branch in inside.values()])) for use in USES]
    return [
        Node(
            branch,
            branch_url(branch, roadmap),
            below=len(below[branch.code]) - 1,
            uses=[
                {
                    "label": use.label,
                    "count": sum(Counter(counts)[pk] for pk in below[branch.code]),
                    "url": use.url(roadmap.slug, branch.code),
                }
                for use, counts in counted
            ],
        )
        for branch in shown
    ]


def _prefixes(code: str) -> list[str]:
    parts = code.split("-")
    return ["-".join(parts[:end]) for end in range(1, len(parts) + 1)]


def breadcrumb(roadmap: Roadmap | None, line: Sequence[Branch], page: str) -> list[dict[str, str]]:
    """The way from the list of roadmaps to a page."""
    steps = [{"label": _("Technology roadmaps"), "url": reverse("roadmaps:list")}]
    if roadmap is not None and (line or page):
        steps.append(
            {"label": str(roadmap), "url": reverse("roadmaps:roadmap", args=[roadmap.slug])}
        )
    steps += [{"label": str(branch), "url": branch_url(branch, roadmap)} for branch in line]
    steps.append({"label": page or str(roadmap)})
    return steps


def sentence(proposal: Proposal) -> str:
    """What a proposal would change."""
    names = {"name": str(proposal), "branch": str(proposal.branch or proposal.roadmap)}
    match proposal.kind:
        case "ADD":
            return _("Add “%(name)s” under “%(branch)s”") % names
        case "RENAME":
            return _("Call “%(branch)s” “%(name)s”") % names
    return _("Remove “%(branch)s”") % names


def as_rows(roadmap: Roadmap, branches: Iterable[Branch]) -> tuple[list[str], list[list[Any]]]:
    """The whole roadmap as a sheet, one row a branch."""
    head = [_("Code"), _("Level"), _("Name in Korean"), _("Name in English"), _("Named here")]
    return head, [
        [
            branch.code,
            level_name(roadmap, branch.level),
            branch.name,
            branch.name_en,
            _("yes") if branch.is_ours else "",
        ]
        for branch in branches
    ]


def proposals_as_rows(proposals: Iterable[Proposal]) -> tuple[list[str], list[list[Any]]]:
    """Proposals as a sheet."""
    head = [_("Roadmap"), _("Change"), _("Comes from"), _("Why"), _("Proposed"), _("Status")]
    head += [_("Reason"), _("Decided"), _("In revision")]
    return head, [
        [
            str(proposal.roadmap),
            sentence(proposal),
            proposal.get_source_display(),
            proposal.text,
            localtime(proposal.created_at),
            proposal.get_stage_display(),
            proposal.reason,
            localtime(proposal.decided_at) if proposal.decided_at else None,
            proposal.released_in,
        ]
        for proposal in proposals
    ]
