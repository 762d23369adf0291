"""Three hundred applications: as many questions to the database as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dure.apps.applications.models import Application
from dure.apps.people.models import Organisation
from dure.apps.selection import queries
from dure.apps.selection.models import Item, Panel, Sheet
from dure.apps.selection.stages import ItemStage
from tests.apps.selection.cast import LATER, opened_one

pytestmark = pytest.mark.django_db
MANY = 300


def crowded(cast, count):
    """A scored selection with so many items more in its panel, each with a sheet of every member."""
    selection = cast.scored_selection()
    panel = selection.panels.get()
    firms = Organisation.objects.bulk_create(
        Organisation(name=f"기업 {n}", kind="SME", other_id=f"many-{n}", region="SEOUL")
        for n in range(count)
    )
    for number, firm in enumerate(firms, start=10):
        opened_one(selection.call, firm, cast["supplier"], f"{selection.call_id}-{number}")
    added = Application.objects.filter(organisation__in=firms).order_by("pk")
    items = Item.objects.bulk_create(
        Item(
            selection=selection, application=application, submission=application.submissions.get(), panel=panel,
            stage=ItemStage.ADMITTED,
        )
        for application in added
    )  # fmt: skip
    criteria = [criterion.id for criterion in queries.criteria_of(selection)]
    Sheet.objects.bulk_create(
        Sheet(
            item=item, member=member, version=1, created_at=LATER,
            marks={criterion: 20 * (1 + (place * (at + 1) + seat) % 5) for at, criterion in enumerate(criteria)},
            reasons=dict.fromkeys(criteria, "근거"),
        )
        for place, item in enumerate(items)
        for seat, member in enumerate(panel.members.all())
    )  # fmt: skip
    Panel.objects.filter(pk=panel.pk).update(stage="CLOSED", closed_at=LATER)
    return selection


def asked(client, url):
    with CaptureQueriesContext(connection) as sent:
        assert client.get(url).status_code == 200
    return len(sent)


@pytest.mark.parametrize("route", ["table", "selection", "fees"])
def test_a_page_of_many_applications_asks_the_database_no_more_than_one_of_few(client, cast, route):
    client.force_login(cast["officer"])
    few = cast.closed_selection()
    url = reverse(f"selection:{route}", args=[few.pk])
    client.get(url)
    of_few = asked(client, url)
    many = crowded(cast, MANY - 3)
    of_many = asked(client, reverse(f"selection:{route}", args=[many.pk]))

    assert of_many <= of_few + 2
