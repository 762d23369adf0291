"""Messages by e-mail, and what was announced while nobody listened."""

from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.introductions import operations, presenters, queries
from dure.apps.introductions.notices import introduction_moved
from dure.apps.notices.operations import mark_mailed


@app.task(name="mail_message", queue="mail", retry=5)
def mail_message(message_id: int, user_id: int) -> None:
    """Send one message to the contact of the other side."""
    letter = queries.message_for(message_id, user_id)
    if letter is None:
        return
    message, person = letter
    presenters.message_mail(message, person).send()
    url = message.introduction.get_absolute_url()
    mark_mailed(recipient=person, kind=introduction_moved, url=url, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="open_introductions", queue="jobs", queueing_lock="open_introductions")
def open_introductions(timestamp: int) -> None:
    """Open the introductions of pairs whose announcement was lost."""
    operations.open_missing()
