"""Letters to the lists of a call and of the platform: written, looked at, sent by a job."""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from dure.apps.calls import permissions, queries
from dure.apps.calls.kinds import AUDIENCES
from dure.apps.calls.models import Call, Channel, Delivery, Letter, Recipient
from dure.apps.calls.reasons import Reason
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.jobs.operations import enqueue as ask_for_job
from dure.apps.people.models import User
from dure.foundation.messaging import Message, NotSent, sender
from dure.foundation.verdict import Refused

log = logging.getLogger(__name__)
Send = Callable[[Recipient], Delivery]


def addresses(call: Call, audience: str, channel: str) -> tuple[dict[User, str], int]:
    """Whom a letter reaches, with the address, and how many on the list it does not reach.

    Raises LookupError for an audience that no app brings.
    """
    return addresses_of(AUDIENCES[audience].people(call), channel)


def addresses_of(people: Iterable[User], channel: str) -> tuple[dict[User, str], int]:
    """The same of some people."""
    people = list(people)
    if channel == Channel.EMAIL:
        return {user: user.email for user in people}, 0
    mobiles = queries.mobiles_of(people)
    reached = {user: mobiles[user.pk] for user in people if user.pk in mobiles}
    return reached, len(people) - len(reached)


@transaction.atomic
def write(
    *,
    call: Call,
    audience: str,
    channel: str,
    subject: str,
    body: str,
    expected: int,
    by: User,
    at: datetime,
) -> Job:
    """Have a letter sent to one of the lists of a call; `expected` is how many the writer saw.

    The list is kept as it is now. Raises Refused, LookupError.
    """
    permissions.may_write_letters(by, call).require()
    reached, _left = addresses(call, audience, channel)
    if reached and len(reached) != expected:
        raise Refused(Reason.LIST_CHANGED)
    about = {"call": call, "audience": audience, "channel": channel}
    return _written(reached, about, subject, body, by, at)


@transaction.atomic
def write_to(
    *,
    people: Collection[int],
    list_name: str,
    channel: str,
    subject: str,
    body: str,
    by: User,
    at: datetime,
) -> Job:
    """Have a letter sent to the people of a list, by their ids, as its writer saw it. Raises Refused."""
    permissions.may_run(by).require()
    reached, _left = addresses_of(queries.people_with(people), channel)
    about = {"list_name": list_name[:300], "channel": channel}
    return _written(reached, about, subject, body, by, at)


def _written(
    reached: dict[User, str], about: dict[str, Any], subject: str, body: str, by: User, at: datetime
) -> Job:
    if not (subject.strip() and body.strip()):
        raise Refused(Reason.TEXT_MISSING)
    if not reached:
        raise Refused(Reason.NOBODY_THERE)
    letter = Letter.objects.create(
        **about, subject=subject.strip(), body=body.strip(), by=by, created_at=at
    )
    Recipient.objects.bulk_create(
        Recipient(letter=letter, user=user, address=address) for user, address in reached.items()
    )
    return ask_for_job(
        kind="send_letter", title=letter.subject, arguments={"letter": letter.pk}, by=by
    )


def send(*, letter: Letter, clock: Callable[[], datetime], progress: Progress) -> dict[str, int]:
    """Send a letter to whoever has not got it yet; returns how many are in each state.

    Each recipient is kept by itself, so a job that starts again goes on where it was. One who
    cannot be reached does not keep the others waiting.
    """
    waiting = letter.recipients.filter(delivery=Delivery.WAITING).select_related("user")
    send_one = _sender_of(letter)
    progress.step("Sending", waiting.count())
    for recipient in waiting:
        try:
            recipient.delivery = send_one(recipient)
            recipient.sent_at = clock()
        except (NotSent, SMTPException, OSError) as error:
            log.warning("letter %s did not reach recipient %s", letter.pk, recipient.pk)
            recipient.delivery, recipient.error = Delivery.FAILED, str(error)[:300]
        recipient.save(update_fields=["delivery", "sent_at", "error"])
        progress.advance()
    counts = {state.lower(): 0 for state in (Delivery.SENT, Delivery.KEPT, Delivery.FAILED)}
    for state in letter.recipients.values_list("delivery", flat=True):
        counts[state.lower()] = counts.get(state.lower(), 0) + 1
    return counts


def _sender_of(letter: Letter) -> Send:
    url = f"{settings.BASE_URL}/calls/{letter.call_id}/" if letter.call else settings.BASE_URL
    title = f"{letter.call.title}\n" if letter.call else ""
    if letter.channel == Channel.EMAIL:

        def by_email(recipient: Recipient) -> Delivery:
            text = f"{letter.body}\n\n{title}{url}\n"
            EmailMessage(letter.subject, text, to=[recipient.address]).send()
            return Delivery.SENT

        return by_email

    port = sender(
        settings.DURE_MESSAGING_URL, settings.DURE_MESSAGING_KEY, settings.DURE_MESSAGING_FILE
    )

    def by_message(recipient: Recipient) -> Delivery:
        text = f"[{letter.subject}] {letter.body}\n{url}"
        message = Message(letter.channel, recipient.address, text, f"letter-{recipient.pk}")
        return Delivery(port.send(message))

    return by_message
