"""How surveys are shown: the response rate, states, rows of a workbook."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.stages import AskedStage, WishStage

TONES = {
    AskedStage.ASKED: "warning",
    AskedStage.ANSWERED: "success",
    AskedStage.NOTHING: "neutral",
    WishStage.DRAFT: "neutral",
    WishStage.GIVEN: "information",
    WishStage.ALLOTTED: "success",
    WishStage.LEFT_OUT: "neutral",
}


def crumbs(survey: Survey | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of surveys to a page."""
    steps = [{"label": _("Demand surveys"), "url": reverse("surveys:list")}]
    if survey is None:
        return [*steps, {"label": page}] if page else [{"label": _("Demand surveys")}]
    if not page:
        return [*steps, {"label": str(survey)}]
    home = {"label": str(survey), "url": reverse("surveys:survey", args=[survey.pk])}
    return [*steps, home, {"label": page}]


def rate(survey: Survey) -> int:
    """How many of a hundred bodies have answered, rounded down, so that 100 is everybody."""
    return 100 * survey.answered_count // survey.asked_count if survey.asked_count else 0


def place_of(wish: Wish) -> str:
    """Where a need goes."""
    return " · ".join(str(place) for place in (wish.ministry, wish.programme) if place)


def wish_rows(wishes: Iterable[Wish]) -> list[dict[str, Any]]:
    """Needs as lines of a list."""
    return [
        {
            "wish": wish,
            "url": reverse("surveys:wish", args=[wish.pk]),
            "place": place_of(wish),
            "tone": TONES[WishStage(wish.stage)],
        }
        for wish in wishes
    ]


def asked_rows(asked: Iterable[Asked]) -> list[dict[str, Any]]:
    """Bodies as lines of a list."""
    return [
        {
            "asked": addressee,
            "url": reverse("surveys:answer", args=[addressee.pk]),
            "tone": TONES[AskedStage(addressee.stage)],
        }
        for addressee in asked
    ]


def wish_sheet(wishes: Iterable[Wish]) -> dict[str, Any]:
    """Needs as a sheet."""
    head = [_("Number"), _("Survey"), _("Body"), _("Title"), _("Problem"), _("Requirements")]
    head += [_("Roadmap"), _("Status"), _("Goes to"), _("Reason"), _("Decided"), _("Need")]
    rows = (
        [
            wish.pk,
            str(wish.asked.survey),
            str(wish.asked.organisation),
            wish.title,
            wish.body,
            wish.requirements,
            str(wish.branch or ""),
            wish.get_stage_display(),
            place_of(wish),
            wish.reason,
            localtime(wish.decided_at) if wish.decided_at else None,
            f"N-{wish.need_id}" if wish.need_id else "",
        ]
        for wish in wishes
    )
    return {"title": _("Needs of the survey"), "headers": head, "rows": rows}
