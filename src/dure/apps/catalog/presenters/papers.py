"""What is still missing before a buyer reads details that their owner keeps secret, and how to get it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.catalog import permissions
from dure.apps.catalog.models import Technology
from dure.apps.catalog.presenters.kinds import TECHNOLOGIES
from dure.apps.catalog.queries import sheets_on, waits_for_sheet
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.ndas.permissions import may_ask_for_agreement
from dure.apps.ndas.stages import NdaStanding, SheetStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_of

Step = dict[str, Any]


def papers_for(reader: Reader, technology: Technology, now: datetime) -> list[Step]:
    """The steps to the details for the buyer that `reader` belongs to; empty where none is needed.

    Each step has a title, how it stands (`state`, `tone`), who is next, and where to go on (`url`, `action`).
    """
    for buyer in organisations_of(reader):
        if waits_for_sheet(technology, buyer):
            sheet = sheets_on(reader, technology).filter(asking_party=buyer).first()
            return [
                _sheet_step(reader, technology, buyer, sheet),
                _agreement_step(reader, sheet, now),
                _name_step(reader, sheet, now),
            ]
    return []


def _sheet_step(
    reader: Reader, technology: Technology, buyer: Organisation, sheet: RequestSheet | None
) -> Step:
    title = _("Request sheet for technical data")
    step = _step(title, sheet.get_stage_display(), _to_sheet(sheet)) if sheet else _step(title)
    if sheet and sheet.stage == SheetStage.AGREED:
        step["tone"] = "success"
    elif sheet and sheet.stage == SheetStage.GIVEN:
        step |= {"tone": "warning", "note": _waits_for(technology.organisation)}
    may = permissions.may_ask_in_writing(reader, technology, buyer)
    if may:
        step |= {
            "url": TECHNOLOGIES.url("sheet", technology.pk),
            "action": _("Ask in writing for the details"),
        }
    elif sheet is None:
        step["note"] = str(may.reason.label)
    return step


def _agreement_step(reader: Reader, sheet: RequestSheet | None, now: datetime) -> Step:
    title = _("Agreement on secrecy made from the sheet")
    if sheet is None or sheet.stage != SheetStage.AGREED:
        return _step(title)
    if sheet.nda is None:
        if not may_ask_for_agreement(reader, sheet):
            return _step(title) | {"note": _("A manager of your organisation makes it.")}
        return _step(title) | {
            "url": reverse("ndas:sheet_agreement", args=[sheet.pk]),
            "action": _("Make the agreement"),
        }
    nda = sheet.nda
    standing = nda.standing(now)
    step = _step(title, str(standing.label), {"url": reverse("ndas:nda", args=[nda.pk])})
    step["action"] = _("See the agreement")
    if standing == NdaStanding.IN_FORCE:
        step["tone"] = "success"
    elif standing == NdaStanding.ASKED:
        step |= {"tone": "warning", "note": _waits_for(nda.disclosing_party)}
    return step


def _name_step(reader: Reader, sheet: RequestSheet | None, now: datetime) -> Step:
    title = _("Your name on the list of those who hold the data")
    nda: Nda | None = sheet.nda if sheet else None
    if nda is None or nda.standing(now) != NdaStanding.IN_FORCE:
        return _step(title)
    if nda.people.filter(user=reader.pk).exists():
        return _step(title, _("Named")) | {"tone": "success"}
    return _step(title) | {
        "note": _("A manager of your organisation changes the list by a notice on the agreement.")
    }


def _step(title: str, state: str = "", more: Step | None = None) -> Step:
    return {"title": title, "state": state or _("Not there yet"), "tone": "", **(more or {})}


def _to_sheet(sheet: RequestSheet) -> Step:
    return {"url": reverse("ndas:sheet", args=[sheet.pk]), "action": _("See the sheet")}


def _waits_for(organisation: Organisation) -> str:
    return _("It waits for %(organisation)s.") % {"organisation": organisation}
