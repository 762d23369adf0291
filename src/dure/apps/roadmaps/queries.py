"""Roadmaps, their branches, and the proposals that a reader may see."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import OFFICE, Role
from dure.apps.roadmaps.models import Branch, Opinion, Proposal, Roadmap
from dure.apps.roadmaps.stages import ProposalStage

DECIDERS = OFFICE
JUDGES = (*OFFICE, Role.REVIEWER)


def roadmaps() -> QuerySet[Roadmap]:
    """All roadmaps; they are public."""
    return Roadmap.objects.all()


def branches_of(roadmap: Roadmap) -> QuerySet[Branch]:
    """The branches of the revision in force, in the order of their codes; public."""
    return roadmap.branches.filter(removed_in__isnull=True)


def branches() -> QuerySet[Branch]:
    """The branches of all revisions in force, which things may point to; public."""
    return Branch.objects.filter(removed_in__isnull=True).select_related("roadmap")


def branch_called(slug: str, name: str) -> Branch | None:
    """The highest branch of a name in the revision in force."""
    return branches().filter(roadmap__slug=slug, name=name).order_by("level").first()


def branch_at(address: str) -> Branch | None:
    """The branch at an address like `sme:SF-03`, in the revision in force."""
    slug, _, code = address.partition(":")
    return branches().filter(roadmap__slug=slug, code=code).first() if code else None


def with_words(words: str) -> QuerySet[Branch]:
    """Branches of all roadmaps with every word in their name or code, in either language."""
    return _with_words(branches().select_related("roadmap", "parent__parent"), words)


def search(roadmap: Roadmap, words: str) -> QuerySet[Branch]:
    """Branches that have every word in their name or code, in either language."""
    return _with_words(branches_of(roadmap).select_related("parent__parent"), words)


def _with_words(branches: QuerySet[Branch], words: str) -> QuerySet[Branch]:
    for word in words.split():
        branches = branches.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(code__istartswith=word)
        )
    return branches


def below(branch: Branch) -> QuerySet[Branch]:
    """The branch and everything that stands under it in the revision in force."""
    inside = Q(pk=branch.pk) | Q(code__startswith=f"{branch.code}-")
    return branch.roadmap.branches.filter(inside, removed_in__isnull=True)


def ancestors(branch: Branch) -> list[Branch]:
    """From the field down to the parent of the branch."""
    line = []
    while branch.parent_id:
        branch = branch.parent
        line.append(branch)
    return line[::-1]


def proposals_visible_to(user: Reader) -> QuerySet[Proposal]:
    """Decided ones are public; open ones are seen by who made them and who judges them."""
    proposals = Proposal.objects.select_related("roadmap", "branch", "proposed_by")
    if roles_of(user).holds(JUDGES):
        return proposals
    decided = Q(stage__in=[ProposalStage.ACCEPTED, ProposalStage.REJECTED])
    own = Q(proposed_by=user.pk) if user.is_authenticated else Q(pk__in=[])
    return proposals.filter(decided | own)


def to_release(roadmap: Roadmap) -> QuerySet[Proposal]:
    """What was taken up and is not part of a revision yet, in the order of decision."""
    return roadmap.proposals.filter(
        stage=ProposalStage.ACCEPTED, released_in__isnull=True
    ).order_by("decided_at", "pk")


def opinions_on(proposal: Proposal) -> QuerySet[Opinion]:
    """What experts think of a proposal, oldest first; ask for the reader's right before."""
    return proposal.opinions.select_related("by").order_by("created_at", "pk")


def waiting_proposals() -> QuerySet[Proposal]:
    """What waits for the office's decision, oldest first."""
    return (
        Proposal.objects.filter(stage=ProposalStage.PROPOSED)
        .select_related("roadmap", "branch")
        .order_by("created_at", "pk")
    )


def totals(roadmap: Roadmap) -> list[int]:
    """How many branches each level has in the revision in force."""
    levels = list(branches_of(roadmap).values_list("level", flat=True))
    return [levels.count(level) for level in range(len(roadmap.levels))]


def revisions_of(roadmap: Roadmap) -> Iterable[Proposal]:
    """What each revision changed, the newest first."""
    return roadmap.proposals.filter(released_in__isnull=False).order_by(
        F("released_in").desc(), "decided_at"
    )
