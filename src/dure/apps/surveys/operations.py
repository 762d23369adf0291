"""Everything that changes surveys: opened, asked, reminded, answered, taken in, allotted, closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from dure.apps.catalog import operations as catalog
from dure.apps.catalog.models import Need
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.apps.programmes.models import Programme
from dure.apps.roadmaps.models import Branch
from dure.apps.surveys import permissions, queries
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.notices import survey_asks, wish_decided
from dure.apps.surveys.reasons import Reason
from dure.apps.surveys.stages import SURVEY_NEXT, AskedStage, SurveyStage, WishStage
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Text:
    """What a body says of one need."""

    title: str
    body: str
    requirements: str = ""
    branch: Branch | None = None


@transaction.atomic
def open_survey(
    *, name: str, name_en: str, text: str, ministries: Collection[Organisation],
    closes_at: datetime, by: User, at: datetime,
) -> Survey:  # fmt: skip
    """Begin a survey of one ministry or of several together. Raises Refused."""
    permissions.may_run(by).require()
    if not ministries:
        raise Refused(Reason.NO_MINISTRY)
    survey = Survey.objects.create(
        name=name.strip(), name_en=name_en.strip(), text=text.strip(), closes_at=closes_at,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    survey.ministries.set(ministries)
    return survey


@transaction.atomic
def ask(
    *, survey: Survey, organisations: Collection[Organisation], by: User, at: datetime
) -> list[Asked]:
    """Ask bodies and tell their people; who was asked already is not asked again. Raises Refused."""
    survey = _locked(survey)
    permissions.may_ask(by, survey).require()
    known = set(survey.asked.values_list("organisation", flat=True))
    new = [organisation for organisation in organisations if organisation.pk not in known]
    if not new:
        raise Refused(Reason.NOBODY_ASKED)
    made = Asked.objects.bulk_create(
        Asked(survey=survey, organisation=organisation, requested_at=at) for organisation in new
    )
    _tell_asked(made, is_reminder=False, at=at)
    return made


@transaction.atomic
def remind(*, survey: Survey, by: User, at: datetime) -> list[Asked]:
    """Remind every body that has not answered, at most once a day. Raises Refused."""
    survey = _locked(survey)
    permissions.may_ask(by, survey).require()
    waiting = list(queries.unanswered(survey))
    if not waiting:
        raise Refused(Reason.ALL_ANSWERED)
    due = [
        addressee
        for addressee in waiting
        if addressee.reminded_at is None or localdate(addressee.reminded_at) < localdate(at)
    ]
    if not due:
        raise Refused(Reason.REMINDED_TODAY)
    for addressee in due:
        addressee.reminders, addressee.reminded_at = addressee.reminders + 1, at
        addressee.save(update_fields=["reminders", "reminded_at"])
    _tell_asked(due, is_reminder=True, at=at)
    return due


@transaction.atomic
def write_wish(*, asked: Asked, text: Text, by: User, at: datetime) -> Wish:
    """Write down one need of a body that is asked. Raises Refused."""
    asked = _locked_asked(asked)
    permissions.may_write(by, asked, at).require()
    title, body = text.title.strip(), text.body.strip()
    if not title:
        raise Refused(Reason.TITLE_MISSING)
    if not body:
        raise Refused(Reason.BODY_MISSING)
    return Wish.objects.create(
        asked=asked, title=title, body=body, requirements=text.requirements.strip(),
        branch=text.branch, written_by=by, written_at=at,
    )  # fmt: skip


@transaction.atomic
def remove_wish(*, wish: Wish, by: User, at: datetime) -> None:
    """Take a need out of an answer that is not handed in yet. Raises Refused."""
    permissions.may_write(by, _locked_asked(wish.asked), at).require()
    Wish.objects.filter(pk=wish.pk, stage=WishStage.DRAFT).delete()


@transaction.atomic
def answer(*, asked: Asked, needs_nothing: bool, by: User, at: datetime) -> Asked:
    """Hand the answer in: the needs written so far, or that there are none. Raises Refused."""
    asked = _locked_asked(asked)
    permissions.may_answer(by, asked, at).require()
    written = asked.wishes.filter(stage=WishStage.DRAFT)
    if needs_nothing == written.exists():
        raise Refused(Reason.NOTHING_WRITTEN if not needs_nothing else Reason.STAGE_CLOSED)
    written.update(stage=WishStage.GIVEN)
    asked.stage = AskedStage.NOTHING if needs_nothing else AskedStage.ANSWERED
    asked.answered_by, asked.answered_at = by, at
    asked.save()
    return asked


@transaction.atomic
def take_in(*, wishes: Iterable[Wish], by: User, at: datetime) -> list[Need]:
    """Make drafts in the catalogue out of needs, all or none; their owners publish them.

    Raises Refused.
    """
    ids = [wish.pk for wish in wishes]
    made = []
    for wish in Wish.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
        permissions.may_take_in(by, wish).require()
        wish.need = catalog.enter(
            kind=Need,
            organisation=wish.asked.organisation,
            values={
                "title": wish.title,
                "body": wish.body,
                "requirements": wish.requirements,
                "branch": wish.branch,
            },
            by=by,
            at=at,
        )
        wish.save()
        made.append(wish.need)
    return made


@transaction.atomic
def allot(
    *, wish: Wish, programme: Programme | None, ministry: Organisation | None, reason: str,
    by: User, at: datetime,
) -> Wish:  # fmt: skip
    """Say to which programme or ministry a need goes, and why. Raises Refused."""
    wish = _locked_wish(wish)
    permissions.may_decide(by, wish, WishStage.ALLOTTED).require()
    if programme is None and ministry is None:
        raise Refused(Reason.NO_PROGRAMME)
    if ministry and not wish.asked.survey.ministries.filter(pk=ministry.pk).exists():
        raise Refused(Reason.OTHER_MINISTRY)
    wish.programme, wish.ministry = programme, ministry
    return _decide(wish, WishStage.ALLOTTED, reason, by, at)


@transaction.atomic
def leave_out(*, wish: Wish, reason: str, by: User, at: datetime) -> Wish:
    """Say that a need is not taken up, and why. Raises Refused."""
    wish = _locked_wish(wish)
    permissions.may_decide(by, wish, WishStage.LEFT_OUT).require()
    wish.programme = wish.ministry = None
    return _decide(wish, WishStage.LEFT_OUT, reason, by, at)


@transaction.atomic
def close(*, survey: Survey, by: User) -> Survey:
    """End a survey; who has not answered is not asked any more. Raises Refused."""
    permissions.may_run(by).require()
    survey = _locked(survey)
    if SurveyStage.CLOSED not in SURVEY_NEXT[SurveyStage(survey.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    survey.stage = SurveyStage.CLOSED
    survey.save()
    return survey


def _decide(wish: Wish, stage: WishStage, reason: str, by: User, at: datetime) -> Wish:
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    wish.stage, wish.reason = stage, reason.strip()
    wish.decided_by, wish.decided_at = by, at
    wish.save()
    tell(
        recipients=people_of(wish.asked.organisation),
        kind=wish_decided,
        facts={
            "title": wish.title,
            "place": " · ".join(str(place) for place in (wish.ministry, wish.programme) if place),
            "reason": wish.reason,
        },
        url=reverse("surveys:wish", args=[wish.pk]),
        at=at,
    )
    return wish


def _tell_asked(asked: Iterable[Asked], *, is_reminder: bool, at: datetime) -> None:
    for addressee in asked:
        tell(
            recipients=people_of(addressee.organisation),
            kind=survey_asks,
            facts={
                "survey": addressee.survey.name,
                "organisation": addressee.organisation.name,
                "until": f"{localtime(addressee.survey.closes_at):%Y-%m-%d %H:%M}",
                **({"reminder": "yes"} if is_reminder else {}),
            },
            url=reverse("surveys:answer", args=[addressee.pk]),
            at=at,
        )


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update().get(pk=survey.pk)


def _locked_asked(asked: Asked) -> Asked:
    locked = Asked.objects.select_for_update(of=("self",)).select_related("survey", "organisation")
    return locked.get(pk=asked.pk)


def _locked_wish(wish: Wish) -> Wish:
    locked = Wish.objects.select_for_update(of=("self",))
    return locked.select_related("asked__survey", "asked__organisation").get(pk=wish.pk)
