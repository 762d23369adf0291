"""Partners: proposed with reasons, wanted by the firm, introduced, agreed with a role."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.people.queries import people_of, person_with_email
from dure.apps.support import permissions, queries
from dure.apps.support.models import Candidate, Profile, SupportRequest
from dure.apps.support.operations.holding import locked, of_body, of_firm, tell_of
from dure.apps.support.reasons import Reason
from dure.apps.support.stages import CandidateStage
from dure.foundation.verdict import Refused


@transaction.atomic
def propose(
    *,
    request: SupportRequest,
    profile: Profile,
    by: User,
    at: datetime,
    note: str = "",
    strength: str = "",
    reasons: Sequence[dict[str, Any]] = (),
) -> Candidate:
    """Propose a partner to the firm, with the engine's reasons and the owner's. Raises Refused."""
    request = locked(request)
    permissions.may_propose(by, request).require()
    if request.candidates.filter(profile=profile).exists():
        raise Refused(Reason.PROPOSED_ALREADY)
    if not queries.profiles_to_propose(request).filter(pk=profile.pk).exists():
        raise Refused(Reason.NOT_OPEN)
    made = Candidate.objects.create(
        request=request, profile=profile, note=note.strip(), strength=strength,
        reasons=list(reasons), proposed_by=by, proposed_at=at,
    )  # fmt: skip
    tell_of(request, of_firm(request), "PROPOSED", by=by, at=at, who=_called(made))
    return made


@transaction.atomic
def answer(
    *,
    candidate: Candidate,
    stage: CandidateStage,
    by: User,
    at: datetime,
    text: str = "",
    role: str = "",
) -> Candidate:
    """Move a proposed partner on; who agrees says as what. Raises Refused.

    What the owner enters for a partner without an account is marked.
    """
    request = locked(candidate.request)
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related(
        "profile__organisation"
    ).get(pk=candidate.pk)  # fmt: skip
    candidate.request = request
    permissions.may_answer(by, candidate, stage).require()
    if stage == CandidateStage.ACCEPTED and not role.strip():
        raise Refused(Reason.FIELD_MISSING)
    if stage in (CandidateStage.DECLINED, CandidateStage.NOT_WANTED) and not text.strip():
        raise Refused(Reason.SAY_WHY)
    candidate.stage = stage
    _note(candidate, stage, by, at)
    candidate.answer = text.strip() or candidate.answer
    candidate.role = role.strip() or candidate.role
    candidate.save()
    _tell(candidate, by, at)
    return candidate


@transaction.atomic
def set_open(*, profile: Profile, is_open: bool, by: User) -> Profile:
    """Say whether a partner takes requests; who does not is proposed no more. Raises Refused."""
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    permissions.may_set_open(by, profile).require()
    profile.is_open = is_open
    profile.save(update_fields=["is_open"])
    return profile


def _note(candidate: Candidate, stage: CandidateStage, by: User, at: datetime) -> None:
    if stage == CandidateStage.INTRODUCED:
        candidate.introduced_at = at
    elif stage in (CandidateStage.ACCEPTED, CandidateStage.DECLINED):
        candidate.answered_at = at
        candidate.entered_for = not queries.is_asked(by, candidate)
    elif stage == CandidateStage.ENDED:
        candidate.ended_on = localdate(at)


def _tell(candidate: Candidate, by: User, at: datetime) -> None:
    request, stage = candidate.request, CandidateStage(candidate.stage)
    if stage == CandidateStage.INTRODUCED:
        url = candidate.get_absolute_url()
        tell_of(request, _asked(candidate.profile), "INTRODUCED", by=by, at=at, url=url)
        return
    people = [*of_firm(request), *of_body(request)]
    step = str(stage.label)
    tell_of(request, people, "ANSWERED", by=by, at=at, who=_called(candidate), step=step)


def _asked(profile: Profile) -> list[User]:
    """Who answers for a partner."""
    if profile.is_person:
        person = person_with_email(profile.email) if profile.email else None
        return [person] if person else []
    return list(people_of(profile.organisation)) if profile.organisation else []


def _called(candidate: Candidate) -> str:
    """What a partner is called in a notice; a person who must consent first has no name there."""
    if candidate.request.file.consent_first and candidate.stage != CandidateStage.ACCEPTED:
        return str(candidate.profile.get_kind_display())
    return candidate.profile.name
