"""What becomes known after the decision: conflicts whose sheets have counted, and what judges anew."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from dure.apps.applications.models import Application
from dure.apps.selection.kinds import Again
from dure.apps.selection.models import (
    Conflict,
    Decision,
    Item,
    Panel,
    Reevaluation,
    Renewal,
    Reviewer,
    Revocation,
    Selection,
    Sheet,
    Voter,
)
from dure.apps.selection.queries.reading import readers_of
from dure.apps.selection.queries.selections import rules_of
from dure.apps.selection.stages import MemberStage, ObjectionStage, PanelStage, SelectionStage

_OPEN = (ObjectionStage.RECEIVED, ObjectionStage.HEARD, ObjectionStage.UPHELD)


def known_late(selection: Selection | None = None) -> QuerySet[Conflict]:
    """Conflicts known only since the decision of whose reviewer a sheet had counted in it.

    They wait until a ranking made anew is decided that was proposed after them, or until another
    panel judges the application. The oldest first.
    """
    decided = SelectionStage.DECIDED
    decided_at = F("application__item__selection__decided_at")
    conflicts = Conflict.objects.filter(
        Q(since=None) | Q(since__lte=TruncDate(decided_at)), ended_at=None, application__item__selection__stage=decided,
        created_at__gt=decided_at,
    )  # fmt: skip
    if selection is not None:
        conflicts = conflicts.filter(application__item__selection=selection)
    same = {"reviewer": OuterRef("reviewer"), "application": OuterRef("application")}
    sheets = Sheet.objects.exclude(member__stage=MemberStage.LEFT).filter(
        item__application=OuterRef("application"), member__reviewer=OuterRef("reviewer"),
        member__panel=F("item__panel"), created_at__lt=OuterRef("created_at"),
    )  # fmt: skip
    earlier = Conflict.objects.filter(
        **same, ended_at=None, created_at__lte=OuterRef("application__item__selection__decided_at")
    )
    made_anew = Renewal.objects.filter(
        selection=OuterRef("application__item__selection"), decided_at__isnull=False,
        proposed_at__gte=OuterRef("created_at"),
    )  # fmt: skip
    return (
        conflicts.filter(Exists(sheets), ~Exists(earlier), ~Exists(made_anew))
        .select_related("reviewer__user", "application__item__selection__call")
        .order_by("created_at", "pk")
    )


def days_that_count(selection: Selection, today: date) -> list[date]:
    """As of which days ties are conflicts: today, and for what was decided the day of that.

    What was decided is looked at as of today too while something of it is judged again.
    """
    if selection.decided_at is None:
        return [today]
    is_judged = selection.panels.exclude(stage=PanelStage.CLOSED).exists()
    is_heard = selection.decisions.filter(objections__stage__in=_OPEN).exists()
    days = [localdate(selection.decided_at), *([today] if is_judged or is_heard else [])]
    return list(dict.fromkeys(days))


def judged_for_conflict(selection: Selection) -> QuerySet[Reevaluation]:
    """What is judged again because of a conflict known late, until a ranking made anew is decided."""
    made_anew = Renewal.objects.filter(
        selection=selection, decided_at__isnull=False, proposed_at__gte=OuterRef("begun_at")
    )
    reevaluations = Reevaluation.objects.filter(item__selection=selection, why=Again.CONFLICT)
    return reevaluations.filter(~Exists(made_anew)).select_related("panel", "item__application")


def shaken_by_conflict(selection: Selection) -> set[int]:
    """The decided applications of which a sheet stopped counting, or that are judged again for it.

    Only these can lose by a ranking made anew what was decided of them.
    """
    known = known_late(selection).values_list("application", flat=True)
    judged = judged_for_conflict(selection).values_list("item__application", flat=True)
    return {*known, *judged}


def revocations_of(decision: Decision) -> QuerySet[Revocation]:
    """How often a ranking made anew took a place back or left it, the newest first."""
    revocations = Revocation.objects.filter(decision=decision, renewal__decided_at__isnull=False)
    return revocations.select_related("renewal").order_by("-renewal__decided_at", "-pk")


def was_judged_across(selection: Selection) -> bool:
    """Whether applications of a selection were judged again across panels."""
    return Reevaluation.objects.filter(item__selection=selection, why=Again.ACROSS).exists()


def loosened(selection: Selection) -> set[int]:
    """The items whose place in the tiers of a judging across panels rested on a sheet that is void.

    What was fixed or left behind by it is compared with what was judged again from then on.
    """
    across = Reevaluation.objects.filter(item__selection=selection, why=Again.ACROSS)
    begun_at = across.order_by("begun_at").values_list("begun_at", flat=True).first()
    if begun_at is None:
        return set()
    void = Conflict.objects.filter(
        reviewer=OuterRef("member__reviewer"), application=OuterRef("item__application"),
        ended_at=None, created_at__gte=begun_at,
    )  # fmt: skip
    sheets = Sheet.objects.filter(
        Exists(void), item__selection=selection, member__panel=F("item__panel"),
        created_at__lte=begun_at,
    )  # fmt: skip
    return set(sheets.exclude(member__stage=MemberStage.LEFT).values_list("item", flat=True))


def judges_one_again(panel: Panel) -> bool:
    """Whether a panel was named to judge one application again."""
    return panel.reevaluations.filter(why__in=[Again.OBJECTION, Again.CONFLICT]).exists()


def votes_on(application: Application, reviewer: Reviewer) -> QuerySet[Voter]:
    """The votes that a reviewer has on an objection that is being heard."""
    return Voter.objects.filter(
        objection__decision__application=application, objection__stage=ObjectionStage.HEARD,
        reviewer=reviewer, left_reason="",
    )  # fmt: skip


def judges_across(panel: Panel) -> bool:
    """Whether a panel of members of all panels judges again what lies around the cut."""
    return panel.reevaluations.filter(why=Again.ACROSS).exists()


def items_with_too_few(panel: Panel) -> list[Item]:
    """The items of a panel that fewer of its members can judge than the rule set asks for."""
    fewest = rules_of(panel.selection).fewest_present
    return [item for item in panel.items.all() if len(readers_of(item)) < fewest]
