"""Researchers apply, consent to single firms, withdraw; what is no longer needed is erased."""

import secrets
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.researchstaff import permissions, queries
from dure.apps.researchstaff.models import Application, Consent
from dure.apps.researchstaff.notices import research_staff_news
from dure.apps.researchstaff.reasons import Reason
from dure.apps.support.kinds import ProfileKind
from dure.apps.support.models import Candidate, Profile
from dure.foundation.verdict import Refused

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PAGE = "/researchers/"


@transaction.atomic
def apply(
    *, values: dict[str, Any], text: str, region: str, months: int, agrees: bool, by: User,
    at: datetime,
) -> Application:  # fmt: skip
    """Apply as a researcher: firms read `text` and `region` under a number. Raises Refused."""
    User.objects.select_for_update().get(pk=by.pk)
    permissions.may_apply(by).require()
    if not agrees:
        raise Refused(Reason.AGREE_FIRST)
    number = "R-" + "".join(secrets.choice(_SIGNS) for _place in range(6))
    profile = Profile.objects.create(
        kind=ProfileKind.RESEARCHER, number=number, name=f"연구자 {number}",
        name_en=f"Researcher {number}", email=by.email, region=region, text=text.strip(),
        entered_at=at,
    )  # fmt: skip
    return Application.objects.create(
        user=by, profile=profile, agreed_at=at, keep_until=_end(at, months), **values
    )


@transaction.atomic
def change(
    *, application: Application, values: dict[str, Any], text: str, region: str, months: int,
    by: User, at: datetime,
) -> Application:  # fmt: skip
    """Change an application, which is kept for so many months from now. Raises Refused."""
    application = _locked(application)
    permissions.may_change(by, application).require()
    for name, value in values.items():
        setattr(application, name, value)
    application.keep_until, application.reminded_of = _end(at, months), None
    application.save()
    profile = application.profile
    profile.text, profile.region = text.strip(), region
    profile.save(update_fields=["text", "region"])
    return application


@transaction.atomic
def withdraw(*, application: Application, by: User) -> None:
    """Erase one's application with its consents; no firm is proposed it any more. Raises Refused."""
    application = _locked(application)
    permissions.may_change(by, application).require()
    _erase(application)


@transaction.atomic
def consent(*, candidate: Candidate, by: User, at: datetime) -> Consent:
    """Let the firm of a request read one's name and contact. Raises Refused."""
    candidate = _locked_candidate(candidate)
    permissions.may_consent(by, candidate).require()
    application = Application.objects.get(user=by)
    given = Consent.objects.create(
        application=application, candidate=candidate, given_at=at,
        organisation=candidate.request.organisation,
    )  # fmt: skip
    _tell_firm(candidate, "CONSENTED", at)
    return given


@transaction.atomic
def take_back(*, candidate: Candidate, by: User, at: datetime) -> None:
    """Take a consent back: from now on the firm reads nothing. Raises Refused."""
    candidate = _locked_candidate(candidate)
    permissions.may_take_back(by, candidate).require()
    Consent.objects.filter(candidate=candidate).delete()
    _tell_firm(candidate, "WITHDRAWN", at)


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Erase applications whose term is over, and tell of those that end soon; returns how many were
    erased. Who is at work through one keeps it until that has ended."""
    today, count = localdate(at), 0
    for application in queries.ending_soon(today).select_related("user"):
        application.reminded_of = today
        application.save(update_fields=["reminded_of"])
        _tell([application.user], "SOON", at, day=application.keep_until.isoformat())
    for application in queries.over(today).select_related("user", "profile"):
        if not queries.at_work(application):
            _tell([application.user], "ERASED", at)
            _erase(application)
            count += 1
    return count


def _erase(application: Application) -> None:
    """Delete it. The number stays where it was proposed, without text; the address stays only for
    who worked with a firm, because they do not review that firm for some years."""
    profile, worked = application.profile, queries.has_worked(application)
    application.delete()
    if not profile.candidacies.exists():
        profile.delete()
        return
    profile.is_open, profile.text, profile.region = False, "", ""
    profile.email = profile.email if worked else ""
    profile.save()


def _end(at: datetime, months: int) -> date:
    return localdate(at) + relativedelta(months=months)


def _locked(application: Application) -> Application:
    held = Application.objects.select_for_update(of=("self",)).select_related("profile")
    return held.get(pk=application.pk)


def _locked_candidate(candidate: Candidate) -> Candidate:
    held = Candidate.objects.select_for_update(of=("self",))
    return held.select_related("request__organisation", "profile").get(pk=candidate.pk)


def _tell_firm(candidate: Candidate, event: str, at: datetime) -> None:
    request = candidate.request
    people = {person.pk: person for person in managers_of(request.organisation)}
    people[request.asked_by_id] = request.asked_by
    _tell(
        list(people.values()), event, at, url=candidate.get_absolute_url(), title=request.title,
        code=candidate.profile.number,
    )  # fmt: skip


def _tell(people: list[User], event: str, at: datetime, url: str = PAGE, **facts: str) -> None:
    tell(
        recipients=people, kind=research_staff_news, facts={"event": event, **facts}, url=url, at=at
    )
