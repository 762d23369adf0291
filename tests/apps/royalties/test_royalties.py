"""Royalties: asked every year, reckoned to the won, billed, paid, followed in the ledger."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.ledger.adapter import faults
from dure.apps.ledger.queries import balances_of
from dure.apps.notices.models import Notice
from dure.apps.royalties import adapter, operations, queries
from dure.apps.royalties.models import Royalty, RoyaltyPayment
from dure.apps.royalties.reasons import Reason
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation import programmes
from dure.foundation.facts import facts_about
from dure.foundation.verdict import Refused
from tests.at_once import at_once
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
FREE = next(
    slug
    for slug, path in sorted(programmes.shipped().items())
    if not programmes.read(path.read_bytes()).rules.royalty
)


def won(royalty, kind):
    return balances_of([royalty.subject]).get((royalty.subject, kind, ""), 0)


def test_the_lead_of_a_closed_project_is_asked_once_a_year(cast):
    closed, running = cast.closed_project(), cast.project("P-1")

    asked = [operations.ask_royalties(at=at) for at in (NOON, NOON, NOON + YEAR)]

    assert asked == [1, 0, 1]
    first = Royalty.objects.get(year=2025)
    assert (first.project, first.due_on) == (closed, date(2026, 6, 30))
    assert first.organisation == cast.supplier
    assert not Royalty.objects.filter(project=running).exists()
    assert Notice.objects.filter(recipient=cast["supplier"], kind="ROYALTY").count() == 2


def test_only_projects_that_may_owe_one_are_looked_at(cast):
    owing = cast.closed_project()
    free = cast.project(
        "P-3", programme=FREE, stage="CLOSED", begins_on=owing.begins_on, ends_on=owing.ends_on
    )
    long_ago = cast.project(
        "P-4", stage="CLOSED", begins_on=date(2001, 1, 1), ends_on=date(2001, 12, 31)
    )
    assert adapter.rules_of(free) is None

    def looked_at(year):
        return set(queries.closed_without(year, adapter.most_years()))

    assert looked_at(2025) == {owing}
    assert long_ago in looked_at(2005)
    operations.ask_royalties(at=NOON)
    assert looked_at(2025) == set()


@pytest.mark.parametrize(
    ("first_income", "last"),
    [(None, 2032), (2026, 2031), (2031, 2032)],
    ids=["never any", "five years after the first", "seven after the end"],
)
def test_it_is_asked_for_some_years_only(cast, first_income, last):
    project = cast.closed_project()
    if first_income:
        Royalty.objects.create(
            project=project, organisation=cast.supplier, year=first_income, licence_income=1,
            due_on=date(first_income + 1, 6, 30),
        )  # fmt: skip

    owed = [year for year in range(2020, 2040) if adapter.is_asked_for(project, year)]

    assert (owed[0], owed[-1]) == (2025, last)


def test_a_royalty_is_reckoned_to_the_won_and_paid_in_parts(cast):
    royalty = cast.reported(cast.royalty(), sales=400_000_003)

    royalty = cast.billed(royalty)

    assert royalty.income == 90_000_000  # 10M + a fifth of 400,000,003, cut to the won
    assert (royalty.amount, royalty.stage) == (2_250_000, RoyaltyStage.BILLED)
    assert royalty.pay_by == localdate(NOON) + timedelta(days=90)
    assert won(royalty, "ROYALTY_DUE") == 2_250_000

    paying = {"royalty": royalty, "paid_on": localdate(NOON), "by": cast["officer"], "at": NOON}
    operations.enter_payment(amount=1_000_000, key="a", **paying)
    operations.enter_payment(amount=1_000_000, key="a", **paying)
    with pytest.raises(Refused) as caught:
        operations.enter_payment(amount=1_250_001, key="b", **paying)
    operations.enter_payment(amount=1_250_000, key="b", **paying)

    royalty.refresh_from_db()
    assert caught.value.reason == Reason.MORE_THAN_BILLED
    assert (royalty.stage, royalty.open) == (RoyaltyStage.PAID, 0)
    assert (won(royalty, "ROYALTY_DUE"), won(royalty, "ROYALTY_RECEIVED")) == (0, 2_250_000)
    assert list(faults()) == []


def test_all_years_share_the_cap_of_a_tenth_of_the_grant(cast):
    first = cast.billed(cast.reported(cast.royalty(), licence_income=200_000_000, sales=0))
    operations.ask_royalties(at=NOON + YEAR)
    second = Royalty.objects.get(project=first.project, year=2026)

    second = cast.billed(cast.reported(second, licence_income=200_000_000, sales=0))

    assert (first.amount, second.amount) == (5_000_000, 1_000_000)


def test_the_rates_are_those_of_the_day_of_the_agreement(cast):
    royalty = cast.royalty()
    royalty.project.agreed_on = date(2024, 12, 30)
    royalty.project.save()

    assert cast.billed(cast.reported(royalty)).amount == 4_500_000


def test_less_is_billed_only_with_a_reason(cast):
    royalty = cast.reported(cast.royalty())
    refused = []
    for relief, reason in ((1, ""), (2_250_001, "신규 채용 2명")):
        with pytest.raises(Refused) as caught:
            cast.billed(royalty, relief=relief, relief_reason=reason)
        refused.append(caught.value.reason)

    royalty = cast.billed(royalty, relief=2_250_000, relief_reason="신규 채용 2명")

    assert refused == [Reason.RELIEF_WITHOUT_REASON, Reason.RELIEF_TOO_HIGH]
    assert (royalty.amount, royalty.stage) == (0, RoyaltyStage.NOTHING_DUE)


def test_no_income_ends_it(cast):
    royalty = cast.reported(cast.royalty(), licence_income=0, sales=5, contribution=0)

    assert royalty.stage == RoyaltyStage.NOTHING_DUE
    with pytest.raises(Refused):
        cast.billed(royalty)


def test_a_bill_that_is_overdue_is_an_unpaid_duty(cast):
    royalty = cast.billed(cast.reported(cast.royalty()))
    days = (royalty.pay_by, royalty.pay_by + timedelta(days=1))

    known = [
        {fact.name for fact in facts_about(cast.supplier, day) if fact.value is True}
        & {"duties_unpaid"}
        for day in days
    ]

    assert known == [set(), {"duties_unpaid"}]


@pytest.mark.django_db(transaction=True)
def test_two_officers_bill_once(cast):
    royalty = cast.reported(cast.royalty())
    answers = at_once(
        *(
            lambda who=who: operations.bill(
                royalty=royalty, relief=0, relief_reason="", by=cast[who], at=NOON
            )
            for who in ("officer", "officer2")
        )
    )

    assert answers == [Reason.STAGE_CLOSED, "done"]
    assert won(royalty, "ROYALTY_DUE") == 2_250_000


def test_from_the_report_to_the_payment_on_the_pages(cast, as_role):
    royalty = cast.royalty()
    report, bill, pay = (
        reverse(f"royalties:{step}", args=[royalty.pk]) for step in ("report", "bill", "pay")
    )
    firm = as_role("supplier")
    assert report in firm.get("/").content.decode()
    assert firm.post(report, {"licence_income": "많이", "sales": "0"}).status_code == 422
    assert as_role("rival").get(royalty.get_absolute_url()).status_code == 404

    as_role("supplier").post(
        report, {"licence_income": "9천만", "sales": "0", "contribution": "100"}
    )
    assert bill in as_role("officer").get("/").content.decode()
    assert "2,250,000" in flat(as_role("officer").get(bill).content.decode())
    as_role("officer").post(bill, {"relief": "250000", "relief_reason": "신규 채용 1명"})
    assert "2,000,000 won to pay by" in as_role("supplier").get("/").content.decode()
    Royalty.objects.update(pay_by=localdate() - timedelta(days=1))
    office = as_role("officer")
    assert "2,000,000 won to pay by" in office.get("/").content.decode()
    form = office.get(pay).context["form"]
    office.post(
        pay,
        {"key": form.initial["key"], "paid_on": localdate().isoformat(), "amount": "2,000,000"},
    )

    royalty.refresh_from_db()
    assert (royalty.stage, royalty.amount) == (RoyaltyStage.PAID, 2_000_000)
    page = flat(as_role("supplier").get(royalty.get_absolute_url()).content.decode())
    assert "신규 채용 1명" in page
    assert "2,000,000" in page
    assert RoyaltyPayment.objects.get().amount == 2_000_000
    assert queries.royalties_visible_to(cast["rival"]).count() == 0


def test_the_list_is_a_workbook_and_stands_on_the_project(cast, as_role):
    royalty = cast.reported(cast.royalty())
    client = as_role("officer")

    page = client.get(reverse("royalties:list"), {"words": "건조로", "stage": "REPORTED"})
    sheet = client.get(reverse("royalties:list"), {"format": "xlsx"})

    assert [row["royalty"] for row in page.context["rows"]] == [royalty]
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert (
        royalty.get_absolute_url()
        in client.get(royalty.project.get_absolute_url()).content.decode()
    )
