"""The one thing that brings a selection on now: what waits, and its button."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.people.queries import Reader
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Reevaluation, Selection
from dure.apps.selection.stages import ItemStage, ObjectionStage, PanelStage, SelectionStage


def next_step(
    selection: Selection, user: Reader, panels: Sequence[dict[str, Any]], on: date
) -> dict[str, Any] | None:
    """The one thing that brings a selection on, on a day: what waits, and its button; None if nothing.

    `url` is where the button leads, or with `what` where it posts to.
    """
    match selection.stage:
        case SelectionStage.CHECKING:
            return _step_of_check(selection)
        case SelectionStage.REVIEWING:
            return _step_of_members(panels) or _step_of_panels(selection, panels)
        case SelectionStage.PROPOSED:
            table = reverse("selection:table", args=[selection.pk])
            if permissions.may_decide(user, selection):
                return _step(_("You are the second person."), _("Look at the table"), table)
            return _step(_("Waits for the second person."), _("Look at the table"), table)
        case _:
            return (
                _step_of_members(panels)
                or _step_of_voters(selection, on)
                or _step_of_late_conflicts(selection)
                or _step_of_objections(selection)
            )


def _step(says: str, button: str, url: str, what: str = "") -> dict[str, Any]:
    return {"says": says, "button": button, "url": url, "what": what}


def _step_of_check(selection: Selection) -> dict[str, Any]:
    waiting = selection.items.filter(stage__in=[ItemStage.CHECKING, ItemStage.INCOMPLETE])
    first = waiting.order_by("stage", "application__number").first()
    if first is None and (possible := queries.possible_conflicts_open(selection).first()):
        says = _("Somebody named %(name)s may be a reviewer's co-author.") % {
            "name": possible.party
        }
        return _step(
            says, _("Look whether it is"), reverse("selection:possible", args=[possible.pk])
        )
    if first is None:
        url = reverse("selection:form_panels", args=[selection.pk])
        is_each = queries.reviewing_of(selection) is not None
        button = _("Assign the reviewers") if is_each else _("Form the panels")
        return _step(_("Every application is checked."), button, url)
    says = _("%(n)s applications are not checked yet.") % {"n": waiting.count()}
    return _step(says, _("Check the next application"), reverse("selection:check", args=[first.pk]))


def _step_of_members(panels: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """A member who cannot judge: away, or in conflict with what too few can judge."""
    shown = [row["panel"] for row in panels]
    for seat in queries.away_in(shown).values():
        says = (
            _("%(who)s is away until the sheets are due.")
            if seat.panel.reviews
            else _("%(who)s is away until the sheets of panel %(panel)s are due.")
        ) % {"who": seat, "panel": seat.panel}
        return _step(says, _("Replace this member"), reverse("selection:replace", args=[seat.pk]))
    for panel in (open_panel for open_panel in shown if open_panel.stage != PanelStage.CLOSED):
        for item in queries.items_with_too_few(panel):
            recused = queries.recused_from(item)
            about = {"number": item.application.number, "panel": panel}
            says = _("Too few of panel %(panel)s can judge %(number)s.") % about
            if recused:
                url = reverse("selection:replace", args=[recused[0].pk])
                return _step(says, _("Replace a member in conflict"), url)
    return None


def _step_of_voters(selection: Selection, on: date) -> dict[str, Any] | None:
    """A member of the panel of an objection who cannot vote."""
    heard = queries.objections_of(selection).filter(stage=ObjectionStage.HEARD)
    for objection in heard.order_by("created_at", "pk"):
        for voter in queries.voters_to_replace(objection, on):
            says = _("%(who)s cannot vote on the objection of %(number)s.") % {
                "who": voter, "number": objection.decision.application.number,
            }  # fmt: skip
            url = reverse("selection:replace_voter", args=[voter.pk])
            return _step(says, _("Name somebody else"), url)
    return None


def _step_of_late_conflicts(selection: Selection) -> dict[str, Any] | None:
    """A conflict that became known after the decision; what it touched stands on the page."""
    late = queries.known_late(selection).first()
    if late is None:
        return None
    says = _("After the decision it became known: %(who)s is in conflict with %(number)s.") % {
        "who": late.reviewer, "number": late.application.number,
    }  # fmt: skip
    return _step(says, _("Look at what it touched"), "#late")


def _step_of_panels(
    selection: Selection, panels: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    for row in panels:
        panel = row["panel"]
        move, page = (reverse(f"selection:{name}", args=[panel.pk]) for name in ("remind", "panel"))
        about = {"panel": panel, "n": len(row["waited_for"])}
        if panel.stage == PanelStage.SCORING and row["missing"] and panel.reviews:
            says = _("Sheets of %(n)s reviewers are missing.") % about
            return _step(says, _("Remind them"), move, "remind")
        if panel.stage == PanelStage.SCORING and row["missing"]:
            says = _("Panel %(panel)s waits for sheets of %(n)s members.") % about
            return _step(says, _("Remind them"), move, "remind")
        if panel.stage == PanelStage.SCORING and panel.reviews:
            return _step(_("Every sheet is in."), _("Close the review"), page)
        if panel.stage == PanelStage.SCORING:
            says = _("Every sheet of panel %(panel)s is in.") % about
            return _step(says, _("To the consensus"), page)
        if panel.stage == PanelStage.CONSENSUS and row["waited_for"]:
            says = _("Panel %(panel)s waits for %(n)s members to confirm the minutes.") % about
            return _step(says, _("Remind them"), move, "remind")
        if panel.stage == PanelStage.CONSENSUS:
            says = _("Panel %(panel)s talks under its chair.") % about
            return _step(says, _("To the panel"), page)
    table = reverse("selection:table", args=[selection.pk])
    is_each = queries.reviewing_of(selection) is not None
    says = _("The review is closed.") if is_each else _("Every panel has closed.")
    return _step(says, _("Propose the table"), table)


def _step_of_objections(selection: Selection) -> dict[str, Any] | None:
    open_ones = queries.objections_of(selection).filter(
        stage__in=[ObjectionStage.RECEIVED, ObjectionStage.HEARD]
    )
    first = open_ones.order_by("created_at", "pk").first()
    if first is None:
        return _step_of_second_panels(selection)
    url = reverse("selection:objection", args=[first.pk])
    count = open_ones.count()
    says = ngettext("%(n)s objection is open.", "%(n)s objections are open.", count) % {"n": count}
    return _step(says, _("To the oldest objection"), url)


def _step_of_second_panels(selection: Selection) -> dict[str, Any] | None:
    """After an objection was upheld or a conflict known: its panel, then the ranking made anew."""
    table = reverse("selection:table", args=[selection.pk])
    if queries.open_renewal(selection):
        return _step(
            _("The ranking made anew waits for a second person."), _("Look at the table"), table
        )
    upheld = queries.objections_of(selection).filter(stage=ObjectionStage.UPHELD)
    for objection in upheld.select_related("reevaluation__panel").order_by("created_at", "pk"):
        about = {"number": objection.decision.application.number}
        if not hasattr(objection, "reevaluation"):
            return _step(
                _("%(number)s is to be judged again.") % about, _("Name its second panel"),
                reverse("selection:judge_again", args=[objection.pk]),
            )  # fmt: skip
        return _step_of_reevaluation(selection, objection.reevaluation)
    for reevaluation in queries.judged_for_conflict(selection):
        return _step_of_reevaluation(selection, reevaluation)
    return None


def _step_of_reevaluation(selection: Selection, again: Reevaluation) -> dict[str, Any]:
    about, panel = {"number": again.item.application.number}, again.panel
    if panel.stage != PanelStage.CLOSED:
        return _step(
            _("A second panel judges %(number)s.") % about, _("To the panel"),
            reverse("selection:panel", args=[panel.pk]),
        )  # fmt: skip
    return _step(
        _("%(number)s was judged again.") % about, _("Make the ranking anew"),
        reverse("selection:renew", args=[selection.pk]),
    )  # fmt: skip
