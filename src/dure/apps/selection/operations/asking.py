"""Questions to applicants through the office, opinions of challenges' owners, site visits."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.selection import notices, permissions, queries
from dure.apps.selection.models import (
    Clarification,
    Item,
    OwnerOpinion,
    OwnerPledge,
    Selection,
    Visit,
)
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def ask_applicant(*, item: Item, text: str, by: User, at: datetime) -> Clarification:
    """Ask something; the office passes it on without the name. Raises Refused."""
    locked(item.selection)
    permissions.may_ask(by, item).require()
    seat = queries.seat_in(item.panel, by) if item.panel else None
    if seat is None or not text.strip():
        raise Refused(Reason.REASON_MISSING)
    asked = Clarification.objects.create(item=item, asked_by=seat, text=text.strip(), asked_at=at)
    tell(
        recipients=officers(), kind=notices.clarification_asked,
        facts={"number": item.application.number},
        url=reverse("selection:question", args=[asked.pk]), at=at,
    )  # fmt: skip
    return asked


@transaction.atomic
def pass_on(*, asked: Clarification, by: User, at: datetime) -> Clarification:
    """Pass a question on to the applicant. Raises Refused."""
    asked = _locked(asked)
    permissions.may_pass_on(by, asked).require()
    asked.passed_on_by, asked.passed_on_at = by, at
    asked.save()
    application = asked.item.application
    tell(
        recipients=managers_of(application.organisation), kind=notices.clarification_passed_on,
        facts={"number": application.number, "missing": asked.text},
        url=reverse("selection:question", args=[asked.pk]), at=at,
    )  # fmt: skip
    return asked


@transaction.atomic
def decline_question(*, asked: Clarification, reason: str, by: User) -> Clarification:
    """Do not pass a question on, and say why; the panel reads it. Raises Refused."""
    asked = _locked(asked)
    permissions.may_pass_on(by, asked).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    asked.declined_because = reason.strip()
    asked.save()
    return asked


@transaction.atomic
def answer_question(*, asked: Clarification, text: str, by: User, at: datetime) -> Clarification:
    """Answer the panel, once. Raises Refused."""
    asked = _locked(asked)
    permissions.may_answer_question(by, asked).require()
    if not text.strip():
        raise Refused(Reason.REASON_MISSING)
    asked.answer, asked.answered_by, asked.answered_at = text.strip(), by, at
    asked.save()
    tell(
        recipients=[reader.reviewer.user for reader in queries.readers_of(asked.item)],
        kind=notices.clarification_answered,
        facts={"number": asked.item.application.number},
        url=reverse("selection:sheet", args=[asked.item_id]), at=at,
    )  # fmt: skip
    return asked


@transaction.atomic
def pledge_as_owner(*, selection: Selection, by: User, at: datetime) -> OwnerPledge:
    """Promise, as a challenge's owner, to keep secret what one reads. Raises Refused."""
    locked(selection)
    permissions.may_read_as_owner(by, selection).require()
    owner_pledge, _is_new = OwnerPledge.objects.get_or_create(
        selection=selection, user=by, defaults={"pledged_at": at}
    )
    return owner_pledge


@transaction.atomic
def give_opinion(
    *, item: Item, fit: str, test_bed: str, purchase: str, by: User, at: datetime
) -> OwnerOpinion:
    """Say what the challenge's owner thinks, in words; a later one replaces it. Raises Refused."""
    locked(item.selection)
    permissions.may_give_opinion(by, item).require()
    if not fit.strip():
        raise Refused(Reason.REASON_MISSING)
    values = {"fit": fit, "test_bed": test_bed, "purchase": purchase}
    owner_opinion, _is_new = OwnerOpinion.objects.update_or_create(
        item=item,
        defaults={
            **{name: text.strip() for name, text in values.items()},
            "written_by": by,
            "written_at": at,
        },
    )
    return owner_opinion


@transaction.atomic
def plan_visit(*, item: Item, on: datetime, place: str, by: User, at: datetime) -> Visit:
    """Say when the applicant is visited, and tell them. Raises Refused."""
    locked(item.selection)
    permissions.may_visit(by, item).require()
    visit, _is_new = Visit.objects.update_or_create(
        item=item, defaults={"at": on, "place": place.strip()}
    )
    tell(
        recipients=managers_of(item.application.organisation), kind=notices.visit_planned,
        facts={
            "number": item.application.number, "place": visit.place,
            "until": f"{localtime(on):%Y-%m-%d %H:%M}",
        },
        url=reverse("applications:application", args=[item.application_id]), at=at,
    )  # fmt: skip
    return visit


@transaction.atomic
def report_visit(*, item: Item, report: str, by: User, at: datetime) -> Visit:
    """Keep what a visit found; the panel reads it beside the application. Raises Refused."""
    locked(item.selection)
    permissions.may_visit(by, item).require()
    visit = Visit.objects.select_for_update().filter(item=item).first()
    if visit is None or not report.strip():
        raise Refused(Reason.REASON_MISSING)
    visit.report, visit.reported_by, visit.reported_at = report.strip(), by, at
    visit.save()
    return visit


def _locked(asked: Clarification) -> Clarification:
    locked(asked.item.selection)
    return (
        Clarification.objects.select_for_update(of=("self",))
        .select_related("item__application__organisation", "item__panel", "item__selection")
        .get(pk=asked.pk)
    )
