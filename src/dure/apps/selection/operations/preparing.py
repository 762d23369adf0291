"""Before anybody scores: the formal check, conflicts, panels."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from dure.apps.applications.queries import submissions_opened_in
from dure.apps.calls.models import Call, Round
from dure.apps.calls.queries import day_of, programme_of
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.models import Item, Member, Panel, Selection
from dure.apps.selection.notices import item_excluded, item_incomplete
from dure.apps.selection.operations.conflicts import find_conflicts
from dure.apps.selection.operations.locking import locked, locked_panel
from dure.apps.selection.operations.seating import ask, replaced
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import (
    ItemStage,
    MemberStage,
    SelectionStage,
)
from dure.engines import assigning
from dure.foundation.verdict import Refused

_CHECKED = (ItemStage.ADMITTED, ItemStage.INCOMPLETE, ItemStage.EXCLUDED)


@transaction.atomic
def begin(
    *,
    call: Call,
    within: Round | None,
    places: int,
    reserve: int,
    most_of_a_challenge: int | None = None,
    reserve_of_challenge: int = 0,
    fee_won: int = 0,
    names_hidden: bool = False,
    by: User,
    at: datetime,
) -> Selection:
    """Begin the selection among what was opened, and find the conflicts. Raises Refused."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    permissions.may_begin(by, call, within).require()
    rules = programme_of(call).rules
    selection = Selection.objects.create(
        call=call,
        round=within,
        rules=rules.selection or "rnd",
        policy=rules.conflicts or "rnd",
        on=day_of(call),
        places=places,
        reserve=reserve,
        most_of_a_challenge=most_of_a_challenge,
        reserve_of_challenge=reserve_of_challenge,
        fee_won=fee_won,
        names_hidden=names_hidden,
        created_by=by,
        created_at=at,
    )
    submissions_opened = submissions_opened_in(call).filter(application__round=within)
    Item.objects.bulk_create(
        Item(selection=selection, application=submission.application, submission=submission)
        for submission in submissions_opened
    )
    find_conflicts(selection=selection, by=by, at=at)
    return selection


@transaction.atomic
def check_item(
    *, item: Item, stage: str, missing: str, bonus: int, penalty: int, by: User, at: datetime
) -> Item:
    """Say whether an application is complete; what is missing has a term. Raises Refused."""
    locked(item.selection)
    item = Item.objects.select_for_update(of=("self",)).select_related(
        "selection__call", "application__organisation"
    ).get(pk=item.pk)  # fmt: skip
    permissions.may_check(by, item).require()
    if stage not in _CHECKED:
        raise Refused(Reason.STAGE_CLOSED)
    if stage != ItemStage.ADMITTED and not missing.strip():
        raise Refused(Reason.REASON_MISSING)
    days = queries.rules_of(item.selection).cure_days
    is_curable = stage == ItemStage.INCOMPLETE
    item.stage, item.missing = stage, "" if stage == ItemStage.ADMITTED else missing.strip()
    item.missing_until = localtime(at).date() + timedelta(days=days) if is_curable else None
    item.bonus, item.penalty = bonus, penalty
    item.checked_by, item.checked_at = by, at
    item.save()
    if stage != ItemStage.ADMITTED:
        tell(
            recipients=managers_of(item.application.organisation),
            kind=item_incomplete if is_curable else item_excluded,
            facts={
                "number": item.application.number,
                "missing": item.missing,
                "until": str(item.missing_until or ""),
            },
            url=reverse(*_page_of(item, is_curable=is_curable)),
            at=at,
        )
    return item


def _page_of(item: Item, *, is_curable: bool) -> tuple[str, None, list[int]]:
    """Where the applicant goes on: to hand in what is missing, or to the application."""
    if is_curable:
        return "selection:hand_in", None, [item.pk]
    return "applications:application", None, [item.application_id]


@transaction.atomic
def form_panels(
    *, selection: Selection, count: int, members: int, due_at: datetime, by: User, at: datetime,
    needs: Mapping[str, int] | None = None,
) -> list[Panel]:  # fmt: skip
    """Form panels by fit without conflicts, and ask their members. Raises Refused.

    Applications to one challenge stay together; each panel has at least `needs[kind]` of a kind.
    """
    selection = locked(selection)
    permissions.may_form_panels(by, selection).require()
    if queries.reviewing_of(selection):
        raise Refused(Reason.HAS_REVIEWERS)
    find_conflicts(selection=selection, by=by, at=at)
    items = list(
        selection.items.filter(stage=ItemStage.ADMITTED).select_related("submission", "application")
    )
    reviewers = queries.free_reviewers(
        selection, localdate(at), -(-len(items) // count), localdate(due_at)
    )
    rules = assigning.PanelRules(
        panels=count,
        members=members,
        least=min(members, queries.rules_of(selection).fewest_present),
        needs=dict(needs or {}),
        same={
            str(item.pk): str(item.application.challenge_id)
            for item in items
            if item.application.challenge_id
        },
    )
    instance = adapter.instance_of(items, reviewers, queries.conflicts_of(items))
    try:
        formed = assigning.form_panels(instance, rules)
    except assigning.Impossible as error:
        raise Refused(Reason.IMPOSSIBLE) from error
    if broken := assigning.check_panels(instance, rules, formed):
        raise AssertionError(f"the panels break their rules: {broken}")
    by_id = {str(item.pk): item for item in items}
    panels = []
    for number, formed_panel in enumerate(formed, start=1):
        panel = Panel.objects.create(
            selection=selection, name=f"{number}", due_at=due_at, needs=rules.needs
        )
        panels.append(panel)
        Item.objects.filter(
            pk__in=[by_id[application].pk for application in formed_panel.applications]
        ).update(panel=panel)
        Member.objects.bulk_create(
            Member(panel=panel, reviewer_id=int(member)) for member in formed_panel.members
        )
        ask(panel, list(panel.members.select_related("reviewer__user")), at)
    selection.stage = SelectionStage.REVIEWING
    selection.save()
    return panels


@transaction.atomic
def replace_member(*, member: Member, reason: str, by: User, at: datetime) -> Member | None:
    """Replace a member who left or did not come by the one who fits best; nobody else moves.

    Whoever comes is there until the term, and the panel keeps its kinds of expertise. Returns the
    first who was asked; None where what the member had to read needs nobody. Raises Refused.
    """
    panel = locked_panel(member.panel)
    permissions.may_change_members(by, panel).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.stage == MemberStage.LEFT:
        raise Refused(Reason.STAGE_CLOSED)
    newcomers = replaced(panel, member, reason.strip(), at)
    if newcomers is None:
        raise Refused(Reason.NOBODY_ELSE)
    return newcomers[0] if newcomers else None
