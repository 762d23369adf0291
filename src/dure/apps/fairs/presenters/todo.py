"""What a reader should do next at a fair, each with the one button that leads there."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.fairs import permissions
from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.queries import draft_timetable, musts_left, wishes_of
from dure.apps.fairs.stages import FAIR_OVER, FairStage, RegistrationStage
from dure.apps.people.queries import Reader, organisations_of

F = FairStage


def todo_for(
    user: Reader, fair: Fair, registration: Registration | None, at: datetime
) -> list[dict[str, Any]]:
    """Sentences with a button; what is urgent first. `fair` comes with its counts."""
    if permissions.may_run_fairs(user) and registration is None:
        return _for_officer(fair)
    if registration is None:
        return _for_newcomer(user, fair, at)
    return _for_participant(registration, fair)


def _for_officer(fair: Fair) -> list[dict[str, Any]]:
    rows = []
    if fair.starts_at is None and fair.stage not in FAIR_OVER:
        rows.append(_step(_("The days and halls are missing."), _("Enter them"), "room", fair))
    if fair.applied_count and fair.stage not in FAIR_OVER:
        text = ngettext(
            "%(n)d registration waits for an answer.",
            "%(n)d registrations wait for an answer.",
            fair.applied_count,
        ) % {"n": fair.applied_count}
        rows.append(_step(text, _("Answer"), "registrations", fair, "?stage=APPLIED"))
    if fair.stage == F.REGISTRATION:
        text = _("Participants from a spreadsheet can be taken in at once.")
        rows.append(_step(text, _("Bring in participants"), "import", fair))
    if fair.stage == F.WISHES:
        text = _("See who has not answered, and propose partners from the matches.")
        rows.append(_step(text, _("See the wishes"), "wish_overview", fair))
    if fair.stage in (F.PLANNING, F.RELEASED):
        if draft_timetable(fair):
            text = _("A draft of the timetable waits to be released.")
            rows.append(_step(text, _("Look at the draft"), "timetable", fair))
        elif fair.stage == F.PLANNING:
            text = _("The timetable is not made yet.")
            rows.append(_step(text, _("Make it"), "timetable", fair))
    return rows


def _for_newcomer(user: Reader, fair: Fair, at: datetime) -> list[dict[str, Any]]:
    if fair.stage != F.REGISTRATION or not user.is_authenticated:
        return []
    rows = []
    for organisation in organisations_of(user):
        verdict = permissions.may_register(user, fair, organisation, at)
        text = _("%(organisation)s is not registered yet.") % {"organisation": organisation}
        step = _step(text, _("Register"), "register", fair, f"?organisation={organisation.pk}")
        rows.append({**step, "why": str(verdict.reason.label) if verdict.reason else ""})
    return rows


def _for_participant(registration: Registration, fair: Fair) -> list[dict[str, Any]]:
    if registration.stage == RegistrationStage.APPLIED:
        text = _("You have registered. The programme office answers soon.")
        return [_step(text, _("See the registration"), "register", fair)]
    if registration.stage == RegistrationStage.REFUSED:
        text = _("The registration was refused: %(reason)s") % {
            "reason": registration.refusal_reason
        }
        return [_step(text, "", "register", fair)]
    if registration.stage == RegistrationStage.WITHDRAWN:
        text = _("You said that you do not come.")
        return [_step(text, _("See the registration"), "register", fair)]
    if fair.stage == F.REGISTRATION:
        text = _("You are let in. Say who comes, and when you can meet.")
        return [_step(text, _("See the registration"), "register", fair)]
    if fair.stage == F.WISHES:
        return [_wishes_left(registration, fair)]
    return []


def _wishes_left(registration: Registration, fair: Fair) -> dict[str, Any]:
    open_ones = wishes_of(registration).filter(answered_at__isnull=True).count()
    if open_ones:
        text = ngettext(
            "%(n)d proposal waits for your answer.",
            "%(n)d proposals wait for your answer.",
            open_ones,
        ) % {"n": open_ones}
    else:
        text = _("Every proposal is answered. You can search for further partners.")
    left = musts_left(registration, fair.most_musts)
    if left:
        text += " " + ngettext(
            "%(n)d “must meet” is left.", "%(n)d “must meet” are left.", left
        ) % {"n": left}
    return _step(text, _("Answer") if open_ones else _("See our wishes"), "wishes", fair)


def _step(text: str, label: str, page: str, fair: Fair, query: str = "") -> dict[str, Any]:
    url = reverse(f"fairs:{page}", args=[fair.pk]) + query
    return {"text": text, "label": label, "url": url, "why": ""}
