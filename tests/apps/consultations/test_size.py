"""The pages of the day at the size of 2023: 40 × 147, and what they cost."""

import time

import pytest
from django.urls import reverse

from dure.apps.consultations.models import CheckIn
from dure.apps.consultations.operations.desk import take_walk_in
from dure.apps.consultations.queries import screen_of, slots_to_come
from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Attendee, Meeting, Pair, Side
from tests.apps.consultations.conftest import at
from tests.conftest import NOON
from tests.crowd import register


@pytest.fixture
def full(cast, hall):
    """40 demand organisations and 147 firms, 40 tables, a meeting at each in each slot."""
    fair = hall.fair
    fair.tables.model.objects.bulk_create(
        fair.tables.model(fair=fair, hall=fair.halls.first(), number=number)
        for number in range(6, 46)
    )
    registrations = register(fair, 40, 147, officer=cast["officer"], at=NOON)
    people = Attendee.objects.bulk_create(
        Attendee(registration=r, name=f"사람 {n}") for n, r in enumerate(registrations)
    )
    CheckIn.objects.bulk_create(
        CheckIn(attendee=person, on=at(10).date(), at=at(9), by=cast["officer"])
        for person in people[::2]
    )
    demand, supply = registrations[:40], registrations[40:]
    tables = list(fair.tables.order_by("number"))
    for number, slot in enumerate(hall.slots[:-1]):
        pairs = Pair.objects.bulk_create(
            Pair(fair=fair, demand=buyer, supply=supply[(n + number * 40) % 147])
            for n, buyer in enumerate(demand)
        )
        Meeting.objects.bulk_create(
            Meeting(timetable=hall.timetable, pair=pair, slot=slot, table=tables[n])
            for n, pair in enumerate(pairs)
        )
    return hall


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("consultations:day", 24),
        ("consultations:desk", 18),
        ("consultations:walk_in", 20),
        ("consultations:records", 20),
        ("consultations:report", 24),
        ("briefings:stories", 22),
    ],
)
def test_a_page_costs_few_queries_at_full_size(
    as_role, full, clock, django_assert_max_num_queries, name, most
):
    browser = as_role("officer")

    with django_assert_max_num_queries(most):
        answer = browser.get(reverse(name, args=[full.fair.pk]))

    assert answer.status_code == 200


def test_the_hall_screen_costs_few_queries(client, full, clock, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get(reverse("consultations:screen_state", args=[screen_of(full.fair)]))

    assert page.content.decode().count("screen-table") == 80


def test_a_walk_in_is_answered_at_once_at_full_size(cast, full):
    pairs = {(m.pair.demand_id, m.pair.supply_id) for m in Meeting.objects.select_related("pair")}
    demand = full.fair.registrations.filter(side=Side.DEMAND).first()
    supply = next(
        registration
        for registration in full.fair.registrations.filter(side=Side.SUPPLY)
        if (demand.pk, registration.pk) not in pairs
    )
    before = list(Meeting.objects.order_by("pk").values_list("pk", "slot", "table"))

    begun = time.perf_counter()
    placed = take_walk_in(
        demand=demand,
        supply=supply,
        slots=slots_to_come(full.fair, at(10, 10)),
        by=cast["officer"],
        at=at(10, 10),
    )
    seconds = time.perf_counter() - begun

    assert placed.stage == WalkInStage.PLACED
    assert placed.meeting.slot == full.slots[-1]
    assert (
        list(
            Meeting.objects.exclude(pk=placed.meeting_id)
            .order_by("pk")
            .values_list("pk", "slot", "table")
        )
        == before
    )
    assert seconds < 2  # well under a second on a quiet machine
