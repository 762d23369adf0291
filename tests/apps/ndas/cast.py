"""Agreements of the cast."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import ask_for_details
from dure.apps.ndas.kinds import Relation
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.ndas.operations import NewSheet, answer_sheet, ask_for_agreement, give_sheet, move
from dure.apps.ndas.stages import NdaStage, SheetStage
from tests.cast import Cast


def nda(
    cast: Cast, entry: Need | Technology, *, receiving_party: str = "supplier", **values: object
) -> Nda:
    """An agreement about `entry`, signed by the person `receiving_party` of the receiving side."""
    person = cast[receiving_party]
    receiver = person.memberships.get().organisation
    nda = ask_for_details(
        entry=entry,
        receiving_party=receiver,
        people=[person],
        purpose="도입 검토",
        ends_on=timezone.localdate() + timedelta(days=365),
        by=person,
        at=timezone.now(),
    )
    if values:
        Nda.objects.filter(pk=nda.pk).update(**values)
        nda.refresh_from_db()
    return nda


def request_sheet(cast: Cast, **changes: object) -> RequestSheet:
    """A request sheet that the buyer gives the supplier, for work to order."""
    fields = {
        "relation": Relation.CONSIGNMENT,
        "material": "밸브 도면과 시험 성적서",
        "purpose": "공동 개발 검토",
        "ownership": "공급자에게 남음",
        "price": "없음",
        "hand_over_on": timezone.localdate() + timedelta(days=10),
        "method": "플랫폼의 자료실",
        "justification": "규격을 맞추려면 치수가 있어야 함",
    }
    return give_sheet(
        asking=cast.buyer,
        holding=cast.supplier,
        sheet=NewSheet(**fields | changes),
        by=cast["manager"],
        at=timezone.now(),
    )


def secrecy_papers(cast: Cast, *, at: datetime, days: int = 365) -> Nda:
    """The request sheet of the buyer, agreed to, and its agreement, signed by the supplier at `at`."""
    sheet = answer_sheet(
        sheet=request_sheet(cast), stage=SheetStage.AGREED, by=cast["supplier"], at=at
    )
    asked = ask_for_agreement(
        sheet=sheet,
        people=[cast["manager"]],
        ends_on=localdate(at) + timedelta(days=days),
        by=cast["manager"],
        at=at,
    )
    return move(nda=asked, stage=NdaStage.SIGNED, by=cast["supplier"], at=at)
