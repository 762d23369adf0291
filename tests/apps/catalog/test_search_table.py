"""Sixty queries over the bundled demonstration: what must and what must not be on the first page."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from dure.apps.catalog.adapter.search import look_up
from dure.apps.catalog.adapter.words import fill_search
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters.hits import CLOSE_SHOWN
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches.operations import rebuild_index
from dure.apps.people.models import Organisation, OrganisationKind
from dure.config import env
from dure.foundation import lookup
from tests.conftest import NOON

TABLE = Path(__file__).with_name("search_queries.csv")
FIRST_PAGE = 20


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def demonstration(cast, settings, tmp_path):
    """All needs and technologies of the demonstration, published and in an index of their own."""
    settings.DURE_INDEX = str(tmp_path / "index")
    lookup.index.cache_clear()
    demo = env.ROOT / "demo"
    organisations = {
        row["business_number"]: Organisation(
            name=row["name"],
            business_number=row["business_number"].replace("-", ""),
            kind=OrganisationKind.SME,
            verified_at=NOON,
            verified_by=cast["officer"],
        )
        for row in rows_of(demo / "organisations.csv")
    }
    Organisation.objects.bulk_create(organisations.values())
    for model, name in ((Need, "needs"), (Technology, "technologies")):
        entries = [_entry(model, row, organisations, cast) for row in rows_of(demo / f"{name}.csv")]
        fill_search(entries)
        model.objects.bulk_create(entries)
    rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))
    yield
    lookup.index.cache_clear()


def _entry(model, row, organisations, cast):
    text = {name: row.get(name) or "" for name in ("title", "body", "title_en", "body_en")}
    return model(
        **text,
        external_id=row["external_id"],
        organisation=organisations[row["organisation"]],
        field=row["field"],
        keywords=[word.strip() for word in row["keywords"].split(";") if word.strip()],
        language=row["language"],
        visibility=row["visibility"],
        stage="PUBLISHED",
        handed_in_by=cast["member"],
        published_by=cast["officer"],
        published_at=NOON,
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_query_finds_what_it_must_and_nothing_it_must_not(demonstration):
    visitor, failures = AnonymousUser(), []
    for row in rows_of(TABLE):
        page = set()
        for entries in (needs_visible_to(visitor), technologies_visible_to(visitor)):
            search = look_up(row["query"], entries, visitor)
            shown = [*search.found[:FIRST_PAGE], *search.close[:CLOSE_SHOWN]]
            page |= set(entries.filter(pk__in=shown).values_list("external_id", flat=True))
        must, must_not = (set(filter(None, row[name].split(";"))) for name in ("must", "must_not"))
        if missing := must - page:
            failures.append(f"{row['query']}: not found {sorted(missing)}")
        if wrong := must_not & page:
            failures.append(f"{row['query']}: found {sorted(wrong)}")

    assert not failures, "\n".join(failures)
