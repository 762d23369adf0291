"""One of everything of briefing sessions and stories, for the test of routes."""

from datetime import timedelta

from dure.apps.fairs.models import Pair
from tests.conftest import NOON


def things(cast, world):
    fair = Pair.objects.get(pk=world["pair_id"]).fair
    briefing = fair.briefings.create(
        title="설명회", starts_at=NOON, ends_at=NOON + timedelta(hours=1), seats=10
    )
    story = fair.stories.create(title="사례", body="글", written_by=cast["officer"])
    return {
        "briefing_id": briefing.pk,
        "commendation_id": fair.commendations.create(award="표창", name="김하늘").pk,
        "seat_id": briefing.taken.create(holder=cast["member"], taken_at=NOON).pk,
        "story_id": story.pk,
    }
