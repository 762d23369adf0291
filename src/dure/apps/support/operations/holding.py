"""A request held until the transaction ends; what is noted of it, and who is told."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate

from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of, people_of
from dure.apps.support.kinds import Asked, Step, Value
from dure.apps.support.models import StepTaken, SupportRequest
from dure.apps.support.notices import support_news
from dure.apps.support.reasons import Reason
from dure.foundation.verdict import Refused


def locked(request: SupportRequest) -> SupportRequest:
    """A request as it is now, held until the transaction ends."""
    held = SupportRequest.objects.select_for_update(of=("self",)).select_related(
        "organisation", "body", "owner", "counterpart", "asked_by"
    )
    return held.get(pk=request.pk)


def enter(request: SupportRequest, step: Step, *, at: datetime, due_on: date | None = None) -> None:
    """Bring a request to a step; it is due on `due_on`, at the end of its term or after its days."""
    today = localdate(at)
    last = _end_of_term(request, step)
    if last is None and step.days:
        last = today + timedelta(days=step.days)
    request.step, request.step_since, request.warned_of = step.id, at, None
    request.due_on = due_on if due_on and not step.closes else last
    if step.serves and request.served_at is None:
        request.served_at = at


def _end_of_term(request: SupportRequest, step: Step) -> date | None:
    """The last day of a term of months that the request's own fields say."""
    if step.term is None:
        return None
    first, months = (request.values.get(name) for name in (step.term.first_day, step.term.months))
    if not (isinstance(first, str) and isinstance(months, int)):
        return None
    return date.fromisoformat(first) + relativedelta(months=months) - timedelta(days=1)


def note(
    request: SupportRequest,
    what: StepTaken.What,
    *,
    by: User,
    at: datetime,
    text: str = "",
) -> StepTaken:
    """Write down where a request is now."""
    return StepTaken.objects.create(
        request=request, what=what, step=request.step, due_on=request.due_on,
        owner=request.owner, note=text, by=by, at=at,
    )  # fmt: skip


def filled(
    known: Mapping[str, Any], given: Mapping[str, Value], fields: Iterable[Asked]
) -> dict[str, Any]:
    """What is known with what is said of some fields. Raises Refused where one is missing."""
    values = dict(known)
    for field in fields:
        value = given.get(field.id)
        if value not in ("", None):
            values[field.id] = value
        elif field.required and field.id not in values:
            raise Refused(Reason.FIELD_MISSING)
    return values


def of_firm(request: SupportRequest) -> list[User]:
    """Whom the firm's news goes to: its people, of a private service its managers; who asked."""
    is_private = request.file.is_private
    people = managers_of(request.organisation) if is_private else people_of(request.organisation)
    return [*people, request.asked_by]


def of_body(request: SupportRequest, none: Iterable[User] = ()) -> list[User]:
    """The owner; while nobody owns it everybody of the body."""
    if request.owner is not None:
        return [request.owner]
    return list(people_of(request.body)) if request.body else list(none)


def of_counterpart(request: SupportRequest) -> list[User]:
    """The other side, once the case was shown to it."""
    known = request.counterpart if request.served_at else None
    return list(people_of(known)) if known else []


def tell_of(
    request: SupportRequest,
    people: Iterable[User],
    event: str,
    *,
    at: datetime,
    by: User | None = None,
    url: str = "",
    **facts: str,
) -> None:
    """Tell people how a request stands, everybody once and never who did it."""
    recipients = {person.pk: person for person in people if by is None or person.pk != by.pk}
    known = {
        "event": event,
        "title": request.title,
        "service": str(request.file),
        "firm": request.organisation.name,
        "step": str(request.step_file),
        "until": request.due_on.isoformat() if request.due_on else "–",
    }
    tell(
        recipients=list(recipients.values()),
        kind=support_news,
        facts=known | facts,
        url=url or request.get_absolute_url(),
        at=at,
    )
