"""Royalties of the demonstration: the closed project's first year is reported and billed."""

from decimal import Decimal

import pghistory
from django.utils import timezone

from dure.apps.people.demo import officers
from dure.apps.people.queries import people_of
from dure.apps.royalties import operations, queries
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation.demo import Demonstration, demonstrates

SALES, CONTRIBUTION = 182_400_000, Decimal(35)


@demonstrates("royalties")
def load(demonstration: Demonstration) -> None:
    """Ask for what is due, and let the first firm answer, unless that is done."""
    now = timezone.now()
    operations.ask_royalties(at=now)
    officer, _second = officers()
    asked = queries.royalties_visible_to(officer).filter(stage=RoyaltyStage.ASKED).first()
    if asked is None:
        return
    lead = people_of(asked.organisation)[0]
    with pghistory.context(user=lead.pk):
        reported = operations.report(
            royalty=asked,
            licence_income=0,
            sales=SALES,
            contribution=CONTRIBUTION,
            note="재무제표 주석의 제품별 매출과 원가 기여율 산정표",
            by=lead,
            at=now,
        )
    with pghistory.context(user=officer.pk):
        operations.bill(
            royalty=reported, relief=500_000, relief_reason="신규 채용 1명", by=officer, at=now
        )
