"""Budgets of the demonstration: what programmes have for the years in `demo/budgets.toml`."""

import tomllib

import pghistory
from django.utils import timezone

from dure.apps.ledger import operations
from dure.apps.ledger.models import Appropriation
from dure.apps.people.demo import officers
from dure.apps.programmes.queries import programmes
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("ledger")
def load(demonstration: Demonstration) -> None:
    """Give programmes their money, unless one has some."""
    if Appropriation.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "budgets.toml").read_text(encoding="utf-8"))
    officer, _second = officers()
    now = timezone.now()
    today = timezone.localdate(now)
    known = {programme.slug: programme for programme in programmes()}
    with pghistory.context(user=officer.pk):
        for year in sorted({year if year > 0 else today.year + year for year in script["years"]}):
            for slug, won in script["won"].items():
                operations.appropriate(
                    programme=known[slug],
                    year=year,
                    amount=won,
                    reason=f"{year}년 본예산",
                    key="original",
                    day=today.replace(year=year, month=1, day=2),
                    by=officer,
                    at=now,
                )
    demonstration.say(f"{Appropriation.objects.count()} budgets")
