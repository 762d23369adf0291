"""Convergence of knowledge: strengths, pairs across industries, pre-plans, project groups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.groups import permissions, queries
from dure.apps.groups.kinds import GroupKind, Level
from dure.apps.groups.models import Group, Member, Pair, Strength
from dure.apps.groups.operations.telling import tell_people
from dure.apps.groups.reasons import Reason
from dure.apps.groups.stages import PAIR_NEXT, PairStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_in_any, roles_of
from dure.foundation.verdict import Refused


@transaction.atomic
def say_strengths(
    *, organisation: Organisation, strengths: str, wants: str, by: User, at: datetime
) -> Strength:
    """Say what a member is good at and looks for; marked where another says it. Raises Refused."""
    permissions.may_speak_for(by, organisation, localdate(at)).require()
    made, _ = Strength.objects.update_or_create(
        organisation=organisation,
        defaults={
            "strengths": strengths, "wants": wants, "by": by, "at": at,
            "is_entered_for": organisation.pk not in roles_of(by).organisations,
        },
    )  # fmt: skip
    return made


@transaction.atomic
def propose_pair(
    *, seeker: Strength, helper: Strength, strength: str, reasons: Sequence[dict[str, Any]],
    by: User, at: datetime,
) -> Pair:  # fmt: skip
    """Propose two firms of different industries to each other, with reasons. Raises Refused."""
    permissions.may_converge(by).require()
    Strength.objects.select_for_update().get(pk=seeker.pk)
    if not queries.is_other_industry(seeker.organisation, helper.organisation):
        raise Refused(Reason.SAME_INDUSTRY)
    if Pair.objects.filter(seeker=seeker, helper=helper).exists():
        raise Refused(Reason.PAIRED_ALREADY)
    pair = Pair.objects.create(
        seeker=seeker, helper=helper, strength=strength, reasons=list(reasons), coordinator=by,
        proposed_at=at,
    )  # fmt: skip
    _tell_both(pair, "PAIR", by, at)
    return pair


@transaction.atomic
def answer_pair(
    *, pair: Pair, organisation: Organisation, wants: bool, by: User, at: datetime
) -> Pair:
    """Say for one of the two firms whether it wants to meet; two times yes and both do.

    Marked where another than the firm says it. Raises Refused.
    """
    pair = _locked(pair)
    permissions.may_speak_for(by, organisation, localdate(at)).require()
    side = _side(pair, organisation)
    if pair.stage != PairStage.PROPOSED:
        raise Refused(Reason.STAGE_CLOSED)
    if getattr(pair, side) is not None:
        raise Refused(Reason.SAID_ALREADY)
    setattr(pair, side, wants)
    pair.is_said_for |= organisation.pk not in roles_of(by).organisations
    if not wants:
        pair.stage = PairStage.DROPPED
    elif pair.seeker_says and pair.helper_says:
        pair.stage = PairStage.AGREED
    pair.save()
    return pair


@transaction.atomic
def write_pre_plan(*, pair: Pair, pre_plan: str, by: User, at: datetime) -> Pair:
    """Write what the two could do together; they are told. Raises Refused."""
    pair = _moved(pair, PairStage.PLANNED, by)
    pair.pre_plan = pre_plan
    pair.save(update_fields=["stage", "pre_plan"])
    _tell_both(pair, "PRE_PLAN", by, at)
    return pair


@transaction.atomic
def drop_pair(*, pair: Pair, why: str, by: User) -> Pair:
    """Say that nothing comes of a pair, and why. Raises Refused."""
    pair = _moved(pair, PairStage.DROPPED, by)
    pair.why_dropped = why
    pair.save(update_fields=["stage", "why_dropped"])
    return pair


@transaction.atomic
def found_project(*, pair: Pair, name: str, parent: Group | None, by: User, at: datetime) -> Group:
    """The spark becomes a project group of both firms, across their units. Raises Refused."""
    pair = _moved(pair, PairStage.SPARK, by)
    if parent is not None and parent.level != Level.REGION:
        raise Refused(Reason.WRONG_PARENT)
    if Group.objects.filter(name=name).exists():
        raise Refused(Reason.NAME_TAKEN)
    today = localdate(at)
    firms = [pair.seeker.organisation, pair.helper.organisation]
    pair.project = Group.objects.create(
        name=name, level=Level.PROJECT, kind=GroupKind.DEVELOPMENT, parent=parent,
        region=firms[0].region or (parent.region if parent else "SEOUL"), founded=today.year,
        members_said=len(firms), last_met_on=today,
        is_invented=all(firm.is_invented for firm in firms),
    )  # fmt: skip
    for firm in firms:
        Member.objects.create(group=pair.project, organisation=firm, joined_on=today)
    pair.save(update_fields=["stage", "project"])
    _tell_both(pair, "SPARK", by, at)
    return pair.project


def _moved(pair: Pair, stage: PairStage, by: User) -> Pair:
    pair = _locked(pair)
    permissions.may_converge(by).require()
    if stage not in PAIR_NEXT[PairStage(pair.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    pair.stage = stage
    return pair


def _locked(pair: Pair) -> Pair:
    pairs = Pair.objects.select_for_update(of=("self",))
    return pairs.select_related("seeker__organisation", "helper__organisation").get(pk=pair.pk)


def _side(pair: Pair, organisation: Organisation) -> str:
    """Which of its two answers is that of a firm. Raises Refused."""
    if organisation == pair.seeker.organisation:
        return "seeker_says"
    if organisation == pair.helper.organisation:
        return "helper_says"
    raise Refused(Reason.NOT_FOR_THE_MEMBER)


def _tell_both(pair: Pair, event: str, by: User, at: datetime) -> None:
    firms = [pair.seeker.organisation, pair.helper.organisation]
    for firm, other in (firms, reversed(firms)):
        tell_people(
            people_in_any([firm.pk]), event, by=by, url=pair.get_absolute_url(), at=at,
            group=pair.project or "", firm=other.name,
        )  # fmt: skip
