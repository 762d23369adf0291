"""What the pages of outcomes share: which outcome it is, the way up, and from where one reports."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.agreements.queries import agreements_visible_to
from dure.apps.consultations.queries import records_visible_to
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.outcomes import queries
from dure.apps.outcomes.models import Outcome
from dure.apps.people.models import Organisation
from dure.apps.people.queries import roles_of
from dure.apps.projects.queries import projects_visible_to
from dure.foundation.parsing import whole_number

ANCHORS = {
    "project": projects_visible_to,
    "agreement": agreements_visible_to,
    "record": records_visible_to,
    "introduction": introductions_visible_to,
}


def outcome_for(request: HttpRequest, pk: int) -> Outcome:
    """An outcome that the reader may see; 404 otherwise."""
    return get_object_or_404(queries.outcomes_visible_to(request.user), pk=pk)


def crumbs(*labels: str, outcome: Outcome | None = None) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Outcomes"), "url": reverse("outcomes:list")}]
    if outcome is not None:
        way.append({"label": str(outcome), "url": outcome.get_absolute_url()})
    return [*way, *({"label": label} for label in labels)]


def anchor_in(request: HttpRequest) -> tuple[str, Model] | None:
    """The thing of `?of=project-12` from whose page the reader comes, if it is open to them."""
    name, _dash, number = request.GET.get("of", "").partition("-")
    pk = whole_number(number)
    if name not in ANCHORS or pk is None:
        return None
    thing = ANCHORS[name](request.user).filter(pk=pk).first()
    return (name, thing) if thing else None


def other_side(request: HttpRequest, anchor: tuple[str, Model] | None) -> Organisation | None:
    """The one organisation on the other side of what somebody reports from."""
    if anchor is None:
        return None
    own = roles_of(request.user).organisations
    others = [party for party in _parties(*anchor) if party.pk not in own]
    return others[0] if len(others) == 1 else None


def _parties(name: str, thing: Any) -> list[Organisation]:
    if name == "project":
        return [member.organisation for member in thing.members.select_related("organisation")]
    if name == "agreement":
        parties = thing.parties.exclude(role="government").select_related("organisation")
        return [party.organisation for party in parties if party.organisation]
    return list(thing.sides if name == "introduction" else thing.of.sides)
