"""A real worker, killed in mid-match: another one goes on where it was."""

import csv

import pytest
from django.db import connection

from dure.apps.catalog.models import Need, Technology
from dure.apps.jobs.models import JobStage
from dure.apps.jobs.operations import Progress
from dure.apps.matches import operations
from dure.apps.matches.models import Suggestion
from dure.config import env
from dure.foundation.lookup import index
from tests.cast import make_cast
from tests.processes import database_url, dure, has_come_to, has_ended, kill, wait_until

ENTRIES = 60  # of each kind; fifty are matched and saved at a time
LETTERS = 150  # of each text: what a text says further down makes no difference here
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    """The officer of a platform with real texts."""
    cast = make_cast()
    for name, make in (("needs", cast.need), ("technologies", cast.technology)):
        with (env.ROOT / "demo" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row, _ in zip(csv.DictReader(file), range(ENTRIES), strict=False):
                make(title=row["title"], body=row["body"][:LETTERS])
    return cast["officer"]


def scores():
    """The score of every suggestion."""
    rows = Suggestion.objects.values_list("need", "technology", "direction", "score")
    return {tuple(key): score for *key, score in rows}


def versions():
    """When PostgreSQL last wrote each suggestion, by its id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM matches_suggestion")
        return dict(cursor.fetchall())


def test_matching_goes_on_after_kill_9_with_nothing_lost_or_doubled(officer, tmp_path, settings):
    # With our own home they share our vectors, which depend on nothing but the text.
    home = {"DURE_HOME": str(settings.HOME), "DURE_INDEX": str(tmp_path / "index")}
    job = operations.ask_match_all(by=officer)
    with dure("worker", DATABASE_URL=database_url(), **home) as first:
        wait_until(lambda: has_come_to(job, "Matching", 50))
        kill(first)
    saved = versions()
    half = Suggestion.objects.values("need").distinct().count()

    with dure("worker", DATABASE_URL=database_url(), **home):
        wait_until(lambda: has_ended(job))

    assert (job.stage, job.attempts) == (JobStage.DONE, 2)
    assert 0 < half < Need.objects.count() + Technology.objects.count()
    assert saved.items() <= versions().items()  # what was there was not done again
    resumed = scores()
    assert len(resumed) > len(saved)

    settings.DURE_INDEX = str(tmp_path / "another")
    index.cache_clear()
    Suggestion.objects.all().delete()
    operations.match_all(at=job.requested_at, progress=Progress(job))
    index.cache_clear()
    assert scores() == pytest.approx(resumed, abs=1e-4)  # sums of floats in another order
