"""The matches of the demonstration, what people answer to them, and what they agree on."""

from django.utils import timezone

from dure.apps.jobs.models import Job, JobStage
from dure.apps.matches.demo._agreements import agree
from dure.apps.matches.demo._answers import answer_some
from dure.apps.people.demo import officers
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("matches")
def load(demonstration: Demonstration) -> None:
    """Match everything once."""
    if Job.objects.filter(kind="match_all", stage=JobStage.DONE).exists():
        demonstration.say("Matches are there already.")
        return
    officer, _second = officers()
    for kind, title in (
        ("match_all", "Match everything"),
        ("find_duplicates", "Find near-duplicates"),
    ):
        demonstration.run_job(kind=kind, title=title, arguments={}, by=officer)
    answer_some(demonstration)
    agree(demonstration.folder, timezone.now())
