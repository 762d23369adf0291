"""The daily e-mail: once a day, to whoever wants it and for whom something is new."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.notices import operations, presenters
from dure.apps.people.queries import readers_of_digest

log = logging.getLogger(__name__)


def send_digests(at: datetime) -> int:
    """Send everybody's daily e-mail and return how many were sent.

    Each is its own transaction: when one cannot be sent, its news wait for the next time and the
    others still go out.
    """
    sent = 0
    for user in readers_of_digest().iterator():
        try:
            with transaction.atomic():
                digest = operations.take_for_digest(user=user, at=at)
                if digest:
                    presenters.digest(user, digest).send()
                    sent += 1
        except (SMTPException, OSError):
            log.exception("the daily e-mail to user %s was not sent", user.pk)
    return sent


# The queue counts in UTC: this is eight in the morning in Seoul.
@app.periodic(cron="0 23 * * *")
@app.task(name="send_digests", queue="mail", queueing_lock="send_digests")
def send_digests_every_morning(timestamp: int) -> None:
    """Send the daily e-mails."""
    send_digests(timezone.now())
