"""A call with everything on it, for the test of routes."""

from datetime import timedelta

from dure.apps.calls import operations
from dure.apps.calls.models import Alert, Letter, Proposal
from tests.apps.calls.conftest import announced_call, draft_call
from tests.conftest import NOON


def things(cast, world):
    officer, second = cast["officer"], cast["officer2"]
    draft = draft_call(cast)
    call = announced_call(cast, opens_at=NOON - timedelta(days=1))
    question = operations.ask(
        call=call, text="Is a consortium allowed?", by=cast["supplier"], at=NOON
    )
    reach = operations.renew_feed(by=cast["supplier"])
    alert: Alert = operations.be_alerted(programme=None, region="", by=cast["supplier"], at=NOON)
    proposal: Proposal = operations.propose_extension(
        call=call, until=call.deadline_at + timedelta(days=1), reason="Outage", by=officer, at=NOON
    )
    body = operations.name_recommender(
        call=call,
        organisation=cast.rival,
        quota=2,
        until=call.deadline_at + timedelta(days=9),
        by=second,
        at=NOON,
    )
    letter = Letter.objects.create(
        call=call, audience="WATCHERS", channel="EMAIL", subject="News", body="News.",
        by=officer, created_at=NOON,
    )  # fmt: skip
    return {
        "token": reach.feed_token,
        "version_id": call.version_id,
        "calls:": call.pk,
        "calls:edit": draft.pk,
        "calls:answer": question.pk,
        "calls:settle": proposal.pk,
        "calls:end_alert": alert.pk,
        "calls:drop_recommender": body.pk,
        "calls:letter": letter.pk,
        "calls:letters": call.pk,
    }
