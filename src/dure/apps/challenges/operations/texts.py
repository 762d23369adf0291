"""Candidates and their texts: gathered, revised, discussed, approved, taken back."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction

from dure.apps.catalog.models import Need
from dure.apps.challenges import permissions
from dure.apps.challenges.models import Candidate, Centre, Comment, Version
from dure.apps.challenges.operations.discovering import locked
from dure.apps.challenges.operations.telling import tell_owners
from dure.apps.challenges.reasons import Reason
from dure.apps.challenges.stages import CandidateStage
from dure.apps.people.models import Organisation, User
from dure.apps.roadmaps.models import Branch
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Text:
    """What a candidate says."""

    title: str
    problem: str
    requirements: str = ""
    offers: str = ""

    def cleaned(self) -> "Text":
        """The text without blanks around it. Raises Refused when a part that must be is missing."""
        clean = Text(**{field.name: getattr(self, field.name).strip() for field in fields(self)})
        if not clean.title:
            raise Refused(Reason.TITLE_MISSING)
        if not clean.problem:
            raise Refused(Reason.PROBLEM_MISSING)
        return clean


@transaction.atomic
def gather(
    *,
    centre: Centre,
    organisation: Organisation,
    text: Text,
    need: Need | None = None,
    branch: Branch | None = None,
    by: User,
    at: datetime,
) -> Candidate:
    """Bring a candidate from a demand organisation, out of a registered need or new.

    Raises Refused.
    """
    discovery = locked(centre.discovery)
    centre = Centre.objects.select_related("discovery").get(pk=centre.pk)
    permissions.may_gather(by, centre, at).require()
    if not (organisation.is_demand and organisation.verified_at):
        raise Refused(Reason.NO_DEMAND_ORGANISATION)
    if need is not None:
        if need.organisation_id != organisation.pk:
            raise Refused(Reason.NEED_OF_ANOTHER)
        taken = discovery.candidates.filter(need=need).exclude(stage=CandidateStage.WITHDRAWN)
        if taken.exists():
            raise Refused(Reason.NEED_TAKEN)
    candidate = Candidate.objects.create(
        discovery=discovery,
        centre=centre,
        organisation=organisation,
        need=need,
        branch=branch or (need.branch if need else None),
        created_by=by,
        created_at=at,
    )
    _write(candidate, 1, text.cleaned(), "", by, at)
    return candidate


@transaction.atomic
def revise(
    *, candidate: Candidate, text: Text, note: str, seen: int, by: User, at: datetime
) -> Version:
    """Write a new version. An approval of the owner counts for what it saw: it is void.

    `seen` is the number of the version that the writer opened. Raises Refused.
    """
    candidate = _locked(candidate)
    permissions.may_write(by, candidate).require()
    newest = candidate.text
    if newest.number != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    clean = text.cleaned()
    if all(getattr(newest, name) == value for name, value in asdict(clean).items()):
        raise Refused(Reason.NOTHING_CHANGED)
    was_approved = candidate.approved_id is not None
    candidate.approved = candidate.approved_by = candidate.approved_at = None
    candidate.save()
    written = _write(candidate, newest.number + 1, clean, note.strip(), by, at)
    if was_approved:
        tell_owners([candidate], "REVISED", at)
    return written


@transaction.atomic
def comment(*, candidate: Candidate, text: str, by: User, at: datetime) -> Comment:
    """Say something about the newest version to all who read inside. Raises Refused."""
    candidate = _locked(candidate)
    permissions.may_comment(by, candidate).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    return Comment.objects.create(
        candidate=candidate, version=candidate.text, text=text.strip(), by=by, created_at=at
    )


@transaction.atomic
def approve(*, candidate: Candidate, seen: int, by: User, at: datetime) -> Candidate:
    """Let the newest text be announced; `seen` is the version that was read. Raises Refused."""
    candidate = _locked(candidate)
    permissions.may_approve(by, candidate).require()
    newest = candidate.text
    if newest.number != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    candidate.approved, candidate.approved_by, candidate.approved_at = newest, by, at
    candidate.save()
    return candidate


@transaction.atomic
def withdraw(*, candidate: Candidate, reason: str, by: User) -> Candidate:
    """Take a candidate back before it is selected. Raises Refused."""
    candidate = _locked(candidate)
    permissions.may_withdraw(by, candidate).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    candidate.stage, candidate.reason = CandidateStage.WITHDRAWN, reason.strip()
    candidate.save()
    return candidate


def _locked(candidate: Candidate) -> Candidate:
    locked(candidate.discovery)
    return Candidate.objects.select_related("discovery", "centre").get(pk=candidate.pk)


def _write(
    candidate: Candidate, number: int, text: Text, note: str, by: User, at: datetime
) -> Version:
    return Version.objects.create(
        candidate=candidate, number=number, note=note, by=by, created_at=at, **asdict(text)
    )
