"""What an applicant is told of a decision: on a page and as a letter on paper."""

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from dure.apps.people.queries import Reader
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Decision, Objection, Selection
from dure.foundation.paper import pdf


def opinions(decision: Decision) -> list[str]:
    """What the sheets say to the applicant; no name and no mark."""
    items = [decision.application.item]
    return [
        final_sheet.opinion for final_sheet in queries.final_sheets(items) if final_sheet.opinion
    ]


def panel_names(decision: Decision) -> list[str]:
    """The members of the panel, where the rule set names them; never whose sheet is whose."""
    if not queries.rules_of(decision.selection).shows_members:
        return []
    return sorted(str(judge) for judge in queries.judges_of(decision))


def voters(objection: Objection, user: Reader, on: date) -> list[dict[str, Any]]:
    """The panel that hears an objection, for the office: who cannot vote, and who can be replaced.

    Never how anybody voted.
    """
    if not queries.is_office(user):
        return []
    unable = {voter.pk for voter in queries.voters_to_replace(objection, on)}
    return [
        {
            "voter": voter,
            "is_unable": voter.pk in unable,
            "may_replace": permissions.may_replace_voter(user, voter),
        }
        for voter in queries.voters_visible_to(user).filter(objection=objection)
    ]


def ground(selection: Selection, code: str) -> str:
    """A ground of objection in the reader's language."""
    language = get_language() or "ko"
    known = queries.rules_of(selection).objection.grounds
    return next((ground.name.in_language(language) for ground in known if ground.id == code), code)


def letter(decision: Decision, language: str) -> bytes:
    """The letter of a decision as PDF, in Korean or English."""
    with override(language):
        context: dict[str, Any] = {
            "decision": decision,
            "application": decision.application,
            "opinions": opinions(decision),
            "members": panel_names(decision),
            "operator": settings.DURE_OPERATOR,
            "language": language,
        }
        return pdf(render_to_string("selection/letter_paper.html", context))
