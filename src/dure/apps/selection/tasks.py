"""What selections do by the clock."""

from datetime import UTC, datetime

from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from dure.apps.notices.operations import mark_mailed
from dure.apps.selection import notices, operations, presenters, queries


@app.periodic(cron="20 0 * * *")
@app.task(name="remind_reviewers", queue="mail", queueing_lock="remind_reviewers")
def remind_every_morning(timestamp: int) -> None:
    """Remind of sheets that are due or overdue: at twenty past nine in Seoul."""
    operations.remind_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="40 17 * * *")
@app.task(name="look_for_conflicts", queueing_lock="look_for_conflicts")
def look_for_conflicts_every_night(timestamp: int) -> None:
    """Look through what goes on and what can still be objected to: at twenty to three in Seoul."""
    operations.look_through_all(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(name="mail_invitation", queue="mail", retry=5)
def mail_invitation(panel_id: int, user_id: int, item_id: int | None) -> None:
    """Send the invitation to the day of a panel, to a member or to who presents."""
    invitation = queries.invited(panel_id, user_id, item_id)
    if invitation is None:
        return
    panel, item, person = invitation
    presenters.invitation(panel, item, person).send()
    kind = notices.panel_day if item is None else notices.presentation
    url = reverse("selection:reviews")
    mark_mailed(recipient=person, kind=kind, url=url, at=timezone.now())
