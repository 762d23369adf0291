"""What projects know of an organisation reaches the rules of programmes."""

from datetime import date, timedelta

import pytest

from dure.apps.projects import operations
from dure.apps.projects.models import Recovery, Sanction
from dure.apps.projects.stages import RecoveryStage, SanctionStage
from dure.foundation.facts import facts_about
from dure.foundation.measures import MEASURES
from dure.foundation.workdays import term_ends
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
NAMES = {"banned", "duties_unpaid"}
PART = {"recent_participation"}


def known(organisation, on):
    return {fact.name for fact in facts_about(organisation, on) if fact.value is True} & NAMES


def test_a_bar_holds_from_its_first_day_to_its_last(cast, made):
    begins = date(2027, 1, 1)
    sanction = Sanction.objects.create(
        project=made, organisation=cast.supplier, cause="x", ban_months=12, starts_on=begins,
        noticed_on=begins, reexamine_until=begins, decided_on=begins, noticed_by=cast["officer"],
        stage=SanctionStage.PRE_NOTICE,
    )  # fmt: skip
    assert known(cast.supplier, begins) == set()

    sanction.stage = SanctionStage.DECIDED
    sanction.save()

    day = timedelta(days=1)
    last = date(2027, 12, 31)
    known_then = [known(cast.supplier, on) for on in (begins - day, begins, last, last + day)]
    assert known_then == [set(), {"banned"}, {"banned"}, set()]
    assert known(cast.buyer, begins) == set()


def test_money_that_did_not_come_back_in_time_counts_until_it_is_there(cast, made):
    operations.give_up(project=made, reason="시장 변화", by=cast["supplier"], at=NOON)
    recovery = Recovery.objects.get()
    after = term_ends(recovery.due_on) + timedelta(days=1)

    assert known(recovery.organisation, recovery.due_on) == set()
    assert known(recovery.organisation, after) == {"duties_unpaid"}
    Recovery.objects.update(stage=RecoveryStage.PAID)
    assert known(recovery.organisation, after) == set()


def test_who_took_part_in_the_last_three_years_is_known_by_its_projects(cast, made):
    def takes_part(organisation, on):
        return {fact.name for fact in facts_about(organisation, on) if fact.value is True} & PART

    day, until = timedelta(days=1), date(made.ends_on.year + 3, 12, 31)
    taken_part = [
        takes_part(cast.supplier, on)
        for on in (made.agreed_on - day, made.agreed_on, until, until + day)
    ]
    assert taken_part == [set(), PART, PART, set()]
    assert takes_part(cast.stranger, made.agreed_on) == set()


def test_a_project_is_counted_from_its_agreement_by_how_it_stands(cast, made):
    [fact] = MEASURES["projects"].facts()

    assert (fact.id, fact.on) == (str(made.pk), made.agreed_on)
    assert (fact.dimensions["programme"], fact.dimensions["stage"]) == ("challenge", "RUNNING")
    assert fact.dimensions["region"] == cast.supplier.region
    assert set(MEASURES["projects"].records(cast["officer"], [fact.id])) == {fact.id}
    assert MEASURES["projects"].records(cast["newcomer"], [fact.id]) == {}
