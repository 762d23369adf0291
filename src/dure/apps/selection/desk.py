"""What waits of selections: seats and sheets for reviewers, decisions, objections and questions."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import (
    Clarification,
    Conflict,
    Item,
    Member,
    Objection,
    PossibleConflict,
    Renewal,
    Selection,
)
from dure.apps.selection.reasons import Reason
from dure.foundation.desk import Line, Queue, offer_queue
from dure.foundation.verdict import YES, Verdict


def _in_the_pool(user: User) -> Verdict:
    return YES if queries.reviewer_of(user) else Verdict(Reason.NOT_INVITED)


def _has_a_firm(user: User) -> Verdict:
    return YES if roles_of(user).managed else Verdict(Reason.NOT_THE_APPLICANT)


def _seat(seat: Member, user: User) -> Line:
    is_asked = seat.stage == "ASKED"
    page = reverse("selection:reviews") if is_asked else _panel(seat)
    return Line(
        title=str(seat.panel.selection),
        url=page,
        who=_("Panel %(name)s") % {"name": seat.panel},
        action=_("Give the pledge") if is_asked else _("To the applications"),
        href=page,
        text=f"{_('Sheets until')} {localtime(seat.panel.due_at):%Y-%m-%d}",
    )


def _panel(seat: Member) -> str:
    return reverse("selection:panel", args=[seat.panel_id])


def _proposed(selection: Selection, user: User) -> Line:
    page = reverse("selection:table", args=[selection.pk])
    return Line(
        title=str(selection),
        url=page,
        who=str(selection.proposed_by),
        action=_("Look at the table"),
        href=page,
        may=permissions.may_decide(user, selection),
    )


def _renewal(renewal: Renewal, user: User) -> Line:
    page = reverse("selection:table", args=[renewal.selection_id])
    return Line(
        title=str(renewal.selection),
        url=page,
        who=str(renewal.proposed_by),
        action=_("Look at the table"),
        href=page,
        may=permissions.may_decide_renewal(user, renewal),
    )


def _objection(objection: Objection, user: User) -> Line:
    page = reverse("selection:objection", args=[objection.pk])
    application = objection.decision.application
    return Line(
        title=str(application),
        url=page,
        who=str(application.organisation),
        action=_("Look at it"),
        href=page,
        text=objection.get_stage_display(),
    )


def _late(conflict: Conflict, user: User) -> Line:
    item = conflict.application.item
    page = reverse("selection:selection", args=[item.selection_id])
    return Line(
        title=str(conflict.application),
        url=page,
        who=str(conflict.reviewer),
        action=_("Look at what it touched"),
        href=f"{page}#late",
        text=_("Its sheet has counted in the decision on “%(call)s”.") % {"call": item.selection},
    )


def _possible(possible: PossibleConflict, user: User) -> Line:
    page = reverse("selection:possible", args=[possible.pk])
    return Line(
        title=str(possible.application),
        url=page,
        who=str(possible.reviewer),
        action=_("Look whether it is"),
        href=page,
        text=_("Somebody named %(name)s may be a reviewer's co-author.") % {"name": possible.party},
    )


def _incomplete(item: Item, user: User) -> Line:
    page = reverse("selection:hand_in", args=[item.pk])
    return Line(
        title=str(item.application),
        url=page,
        who=item.application.number,
        action=_("Hand the papers in"),
        href=page,
        text=item.missing[:80],
    )


def _question(asked: Clarification, user: User) -> Line:
    page = reverse("selection:question", args=[asked.pk])
    return Line(
        title=str(asked.item.application),
        url=page,
        who=asked.item.application.number,
        action=_("Look at it"),
        href=page,
        text=asked.text[:80],
    )


offer_queue(
    Queue(
        code="SEAT",
        label=gettext_lazy("Panel with sheets to hand in"),
        place=23,
        offered_to=_in_the_pool,
        waiting=lambda user, now: queries.seats_waiting(user),
        since=lambda seat: seat.panel.due_at if seat.pledged_at is None else seat.pledged_at,
        line=_seat,
        route="selection:reviews",
    )
)
offer_queue(
    Queue(
        code="PANEL_QUESTION",
        label=gettext_lazy("Question of a panel to answer"),
        place=24,
        offered_to=_has_a_firm,
        waiting=lambda user, now: queries.questions_to_answer(user),
        since=lambda asked: asked.passed_on_at,
        line=_question,
    )
)
offer_queue(
    Queue(
        code="ITEM_INCOMPLETE",
        label=gettext_lazy("Missing papers to hand in"),
        place=25,
        offered_to=_has_a_firm,
        waiting=lambda user, now: queries.items_to_complete(user),
        since=lambda item: item.checked_at,
        line=_incomplete,
    )
)
offer_queue(
    Queue(
        code="SELECTION_PROPOSED",
        label=gettext_lazy("Selection to decide"),
        place=126,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.selections_proposed(),
        since=lambda selection: selection.proposed_at,
        line=_proposed,
        route="selection:list",
    )
)
offer_queue(
    Queue(
        code="RENEWAL_PROPOSED",
        label=gettext_lazy("Ranking made anew to decide"),
        place=130,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.renewals_proposed(),
        since=lambda renewal: renewal.proposed_at,
        line=_renewal,
    )
)
offer_queue(
    Queue(
        code="SELECTION_OBJECTION",
        label=gettext_lazy("Objection to a result"),
        place=127,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.objections_open(),
        since=lambda objection: objection.created_at,
        line=_objection,
    )
)
offer_queue(
    Queue(
        code="CONFLICT_LATE",
        label=gettext_lazy("Conflict known since a decision"),
        place=131,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.known_late(),
        since=lambda conflict: conflict.created_at,
        line=_late,
    )
)
offer_queue(
    Queue(
        code="CONFLICT_POSSIBLE",
        label=gettext_lazy("Possible conflict of interest to look at"),
        place=132,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.possible_conflicts_open(),
        since=lambda possible: possible.created_at,
        line=_possible,
    )
)
offer_queue(
    Queue(
        code="CLARIFICATION",
        label=gettext_lazy("Question of a reviewer to pass on"),
        place=128,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.questions_to_pass_on(),
        since=lambda asked: asked.asked_at,
        line=_question,
    )
)
