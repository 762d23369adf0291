"""Everything that changes roadmaps: files loaded, proposals, opinions, decisions, revisions."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from dure.apps.people.models import User
from dure.apps.roadmaps import adapter, permissions, queries
from dure.apps.roadmaps.models import (
    Branch,
    Opinion,
    Proposal,
    ProposalKind,
    ProposalSource,
    Roadmap,
)
from dure.apps.roadmaps.reasons import Reason
from dure.apps.roadmaps.stages import ProposalStage
from dure.foundation.verdict import Refused


class AnotherVersion(ValueError):
    """A roadmap of this id is loaded already, from another file."""


@transaction.atomic
def load(path: Path, *, at: datetime) -> tuple[Roadmap, bool]:
    """The roadmap of a file, and whether it is new. The same file again changes nothing.

    Raises adapter.BrokenRoadmap, and AnotherVersion for another file of a known id: a roadmap in
    use changes by proposals and revisions, a new one has an id of its own.
    """
    parsed, digest = adapter.read(path)
    if known := Roadmap.objects.filter(slug=parsed.id).first():
        if known.digest != digest:
            raise AnotherVersion(
                f"{path.name}: a roadmap {parsed.id!r} is in use, loaded from another file; "
                "change it by proposals, or give the new one another id"
            )
        return known, False
    roadmap = Roadmap.objects.create(
        slug=parsed.id,
        name=parsed.ko,
        name_en=parsed.en,
        year=parsed.year,
        source=parsed.source.ko,
        source_en=parsed.source.en,
        levels=[level.model_dump() for level in parsed.levels],
        groups={key: names.model_dump() for key, names in parsed.groups.items()},
        digest=digest,
        revised_at=at,
    )
    _plant(roadmap, parsed)
    return roadmap, True


def _plant(roadmap: Roadmap, parsed: adapter.RoadmapFile) -> None:
    """Write all branches, level by level, so that each finds its parent."""
    fields = [
        Branch(
            roadmap=roadmap, level=0, code=field.code, group=field.group,
            name=field.ko, name_en=field.en, is_ours=field.ours,
        )
        for field in parsed.fields
    ]  # fmt: skip
    Branch.objects.bulk_create(fields)
    items = [
        Branch(
            roadmap=roadmap, parent=field, level=1, code=f"{field.code}-{number:02}",
            name=item.ko, name_en=item.en, is_ours=item.ours,
        )
        for field, parsed_field in zip(fields, parsed.fields, strict=True)
        for number, item in enumerate(parsed_field.items, 1)
    ]  # fmt: skip
    Branch.objects.bulk_create(items)
    written = [item for field in parsed.fields for item in field.items]
    Branch.objects.bulk_create(
        Branch(
            roadmap=roadmap, parent=parent, level=2, code=f"{parent.code}-{number:02}",
            name=korean, name_en=english, is_ours=parsed.technologies_ours,
        )
        for parent, item in zip(items, written, strict=True)
        for number, (korean, english) in enumerate(item.technologies, 1)
    )  # fmt: skip


@transaction.atomic
def propose(
    *,
    roadmap: Roadmap,
    branch: Branch | None,
    kind: str,
    source: str,
    name: str,
    name_en: str,
    text: str,
    by: User,
    at: datetime,
) -> Proposal:
    """Propose to add, rename or remove a branch. Raises Refused.

    Where it comes from is said by the office; what anybody else proposes comes from the public.
    """
    permissions.may_propose(by).require()
    name, name_en, text = name.strip(), name_en.strip(), text.strip()
    if branch is not None and (branch.roadmap_id != roadmap.pk or branch.removed_in is not None):
        raise Refused(Reason.BRANCH_REMOVED)
    if kind == ProposalKind.ADD and branch and branch.level + 1 >= len(roadmap.levels):
        raise Refused(Reason.TOO_DEEP)
    if kind != ProposalKind.ADD and branch is None:
        raise Refused(Reason.BRANCH_REMOVED)
    if kind != ProposalKind.REMOVE and not name:
        raise Refused(Reason.NAME_MISSING)
    if not text:
        raise Refused(Reason.TEXT_MISSING)
    return Proposal.objects.create(
        roadmap=roadmap,
        branch=branch,
        kind=ProposalKind(kind),
        source=source if permissions.may_decide(by) else ProposalSource.PUBLIC,
        name=name,
        name_en=name_en,
        text=text,
        proposed_by=by,
        created_at=at,
    )


@transaction.atomic
def give_opinion(
    *, proposal: Proposal, is_in_favour: bool, text: str, by: User, at: datetime
) -> Opinion:
    """Say as an expert what to do with a proposal; saying it again replaces it. Raises Refused."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_give_opinion(by, proposal).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    opinion_values = {"is_in_favour": is_in_favour, "text": text.strip(), "created_at": at}
    opinion, _is_new = Opinion.objects.update_or_create(
        proposal=proposal, by=by, defaults=opinion_values
    )
    return opinion


@transaction.atomic
def move(*, proposal: Proposal, stage: str, reason: str, by: User, at: datetime) -> Proposal:
    """Take a proposal up, or not, or back; a decision has a reason. Raises Refused."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_move(by, proposal, stage).require()
    reason = reason.strip()
    if stage != ProposalStage.WITHDRAWN and not reason:
        raise Refused(Reason.REASON_MISSING)
    if stage == ProposalStage.ACCEPTED:
        _check_change(proposal)
    proposal.stage, proposal.reason = ProposalStage(stage), reason
    proposal.decided_by, proposal.decided_at = by, at
    proposal.save()
    return proposal


@transaction.atomic
def release_revision(*, roadmap: Roadmap, by: User, at: datetime) -> Roadmap:
    """Put all that was taken up into force as one revision; a second officer does. Raises Refused.

    Either every change is made or none: a change that is no longer possible is refused whole.
    """
    roadmap = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    permissions.may_decide(by).require()
    proposals = list(queries.to_release(roadmap).select_for_update(of=("self",)))
    if not proposals:
        raise Refused(Reason.NOTHING_TO_RELEASE)
    if any(proposal.decided_by_id == by.pk for proposal in proposals):
        raise Refused(Reason.SECOND_PERSON)
    roadmap.revision += 1
    roadmap.revised_at, roadmap.revised_by = at, by
    for proposal in proposals:
        _check_change(proposal)
        _change(proposal, roadmap.revision)
        proposal.released_in = roadmap.revision
        proposal.save(update_fields=["released_in"])
    roadmap.save()
    return roadmap


def _check_change(proposal: Proposal) -> None:
    """Refuse a change that the branches of now do not allow."""
    branch = proposal.branch
    if branch is not None:
        branch.refresh_from_db()
        if branch.removed_in is not None:
            raise Refused(Reason.BRANCH_REMOVED)
    if proposal.kind == ProposalKind.REMOVE:
        if branch.children.filter(removed_in__isnull=True).exists():
            raise Refused(Reason.HAS_BRANCHES)
        return
    parent = branch if proposal.kind == ProposalKind.ADD else branch.parent
    beside = queries.branches_of(proposal.roadmap).filter(parent=parent, name=proposal.name)
    if proposal.kind == ProposalKind.RENAME:
        beside = beside.exclude(pk=branch.pk)
    if beside.exists():
        raise Refused(Reason.NAME_TAKEN)


def _change(proposal: Proposal, revision: int) -> None:
    branch, kind = proposal.branch, proposal.kind
    if kind == ProposalKind.REMOVE:
        branch.removed_in = revision
        branch.save(update_fields=["removed_in"])
    elif kind == ProposalKind.RENAME:
        branch.name, branch.name_en, branch.is_ours = proposal.name, proposal.name_en, False
        branch.save(update_fields=["name", "name_en", "is_ours"])
    else:
        Branch.objects.create(
            roadmap=proposal.roadmap,
            parent=branch,
            level=branch.level + 1 if branch else 0,
            code=_next_code(proposal.roadmap, branch),
            name=proposal.name,
            name_en=proposal.name_en,
            added_in=revision,
        )


def _next_code(roadmap: Roadmap, parent: Branch | None) -> str:
    """The first code that no branch ever had here; codes of removed ones are not used again."""
    prefix = f"{parent.code}-" if parent else "N"
    taken = set(roadmap.branches.filter(parent=parent).values_list("code", flat=True))
    number = len(taken) + 1
    while (code := f"{prefix}{number:02}") in taken:
        number += 1
    return code
