"""Budgets of the demonstration: this year's money of the programmes that have calls and agreements."""

import pghistory
from django.utils import timezone

from dure.apps.ledger import operations
from dure.apps.ledger.models import Appropriation
from dure.apps.people.demo import officers
from dure.apps.programmes.queries import programmes
from dure.foundation.demo import Demonstration, demonstrates

# Won for a year; the figures of 2023 where the programme has a budget of its own.
BUDGETS = {
    "challenge": 6_300_000_000,
    "co-investment": 21_500_000_000,
    "purchase-linked": 111_900_000_000,
    "scale-up-tips": 102_000_000_000,
    "guarantee-linked": 32_000_000_000,
    "structural-innovation": 3_800_000_000,
    "equipment-voucher": 8_300_000_000,
    "young-worker-savings": 30_000_000_000,
    "tech-innovation": 60_900_000_000,
    "high-risk": 30_000_000_000,
}


@demonstrates("ledger")
def load(demonstration: Demonstration) -> None:
    """Give the programmes their money of this year and the year of the fair, unless they have some."""
    if Appropriation.objects.exists():
        return
    officer, _second = officers()
    now = timezone.now()
    known = {programme.slug: programme for programme in programmes()}
    years = (2023, timezone.localdate(now).year)
    with pghistory.context(user=officer.pk):
        for year in years:
            for slug, won in BUDGETS.items():
                operations.appropriate(
                    programme=known[slug],
                    year=year,
                    amount=won,
                    reason=f"{year}년 본예산",
                    key="original",
                    day=timezone.localdate(now).replace(year=year, month=1, day=2),
                    by=officer,
                    at=now,
                )
    demonstration.say(f"{len(BUDGETS) * len(years)} budgets")
