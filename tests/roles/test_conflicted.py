"""Every route of the site, walked by a reviewer in conflict: nothing of the application is there."""

import pytest

from dure.apps.selection import operations, queries
from tests.apps.selection.cast import LATER
from tests.roles.test_routes import filled, ours

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_paper_once", "db")]
SECRET_OF_ITEM = "비밀제목칠칠칠"


def answers(client, known):
    """What each route says to a GET, by name; what is no text is left out."""
    answers = {}
    for name, address in ours():
        answer = client.get(filled(name, address, known), follow=False)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers[name] = text.decode(errors="ignore") + str(dict(answer.headers))
    return answers


def test_a_conflicted_reviewer_finds_the_application_on_no_route(client, cast_and_world):
    cast, world = cast_and_world
    user = cast["reviewer"]
    item = queries.items_read_by(user).get(pk=world["selection:sheet"])
    content = item.submission.content
    content["project"]["title"] = SECRET_OF_ITEM
    item.submission.content = content
    item.submission.save()
    item.application.title = SECRET_OF_ITEM
    item.application.save()
    client.force_login(user)
    before = {name for name, text in answers(client, world).items() if SECRET_OF_ITEM in text}

    operations.declare_conflict(item=item, reason="작년에 자문했다", by=user, at=LATER)
    after = {name for name, text in answers(client, world).items() if SECRET_OF_ITEM in text}

    assert {"selection:sheet", "selection:panel"} <= before
    assert after == set()
    assert item.application.number not in answers(client, world)["selection:panel"]
