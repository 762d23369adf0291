"""How discoveries and candidates are shown: funnel, states, differences, rows of a workbook."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.challenges import queries
from dure.apps.challenges.models import Candidate, Discovery, Version
from dure.apps.challenges.stages import CandidateStage, DiscoveryStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.differences import differences
from dure.foundation.ui.moves import step

TONES = {
    CandidateStage.GATHERED: "information",
    CandidateStage.IN_REVIEW: "information",
    CandidateStage.HELD: "warning",
    CandidateStage.DROPPED: "neutral",
    CandidateStage.MERGED: "neutral",
    CandidateStage.WITHDRAWN: "neutral",
    CandidateStage.SELECTED: "success",
}
PARTS = (
    ("title", gettext_lazy("Title")),
    ("problem", gettext_lazy("Problem")),
    ("requirements", gettext_lazy("Requirements")),
    ("offers", gettext_lazy("What the demand organisation brings")),
)
PATH = (
    DiscoveryStage.GATHERING,
    DiscoveryStage.VERIFYING,
    DiscoveryStage.DECIDED,
    DiscoveryStage.ANNOUNCED,
)


def stages(discovery: Discovery) -> list[dict[str, Any]]:
    """Where a discovery is on its way."""
    if discovery.stage == DiscoveryStage.CANCELLED:
        return [step(DiscoveryStage.CANCELLED.label, "now")]
    now = PATH.index(DiscoveryStage(discovery.stage))
    reached = {1: None, 2: discovery.decided_at, 3: discovery.announced_at}
    return [
        step(
            stage.label,
            "now" if place == now else "done" if place < now else "next",
            reached.get(place),
        )
        for place, stage in enumerate(PATH)
    ]


def funnel(discovery: Discovery) -> list[dict[str, Any]]:
    """The funnel as a picture; every number leads to its list."""
    steps_shown = []
    for key, count, ended in queries.funnel(discovery):
        label = {"gathered": _("Gathered"), "selected": _("Selected")}.get(key) or _(
            "Kept in round %(number)s"
        ) % {"number": key.removeprefix("round-")}
        address = reverse("challenges:candidates", args=[discovery.pk])
        steps_shown.append(
            {"label": label, "value": count, "url": f"{address}?step={key}", "ended": ended}
        )
    return steps_shown


def rows(candidates: Iterable[Candidate], reader: Reader) -> list[dict[str, Any]]:
    """Candidates as lines of a list."""
    candidates = list(candidates)
    inside = queries.read_inside(reader, candidates)
    return [
        {
            "candidate": candidate,
            "text": queries.shown_text(candidate, candidate.pk in inside),
            "tone": TONES[CandidateStage(candidate.stage)],
            "url": reverse("challenges:candidate", args=[candidate.pk]),
        }
        for candidate in candidates
    ]


def changes(before: Version, after: Version) -> list[dict[str, Any]]:
    """What a version changed, part by part; parts that stayed are left out."""
    return [
        {"label": label, "pieces": differences(getattr(before, name), getattr(after, name))}
        for name, label in PARTS
        if getattr(before, name) != getattr(after, name)
    ]


def parts(text: Version) -> list[tuple[str, str]]:
    """The parts of a text that say something, under their names."""
    return [(str(label), getattr(text, name)) for name, label in PARTS[1:] if getattr(text, name)]


def as_rows(candidates: Iterable[Candidate], reader: Reader) -> tuple[list[str], list[list[Any]]]:
    """Candidates as a sheet."""
    head = [_("Number"), _("Title"), _("Owner"), _("Centre"), _("Need"), _("Status"), _("Reason")]
    head += [_("Problem"), _("Requirements"), _("Gathered"), _("Text approved")]
    candidates = list(candidates)
    inside = queries.read_inside(reader, candidates)
    rows = []
    for candidate in candidates:
        is_inside = candidate.pk in inside
        text = queries.shown_text(candidate, is_inside)
        rows.append(
            [
                candidate.pk,
                text.title,
                str(candidate.organisation),
                str(candidate.centre),
                f"N-{candidate.need_id}" if candidate.need_id else "",
                candidate.get_stage_display(),
                candidate.reason if is_inside else "",
                text.problem,
                text.requirements,
                localtime(candidate.created_at),
                localtime(candidate.approved_at) if candidate.approved_at else None,
            ]
        )
    return head, rows
