"""What waits of agreements: to sign, to confirm."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.agreements import queries
from dure.apps.agreements.models import Instalment, Party
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, offer_queue


def _to_sign(party: Party, user: User) -> Line:
    page = reverse("agreements:agreement", args=[party.agreement_id])
    return Line(
        title=str(party.agreement),
        url=page,
        who=str(party),
        action=_("Read and sign"),
        href=page,
        text=str(party.agreement.version.programme),
    )


def _to_confirm(instalment: Instalment, user: User) -> Line:
    page = reverse("agreements:agreement", args=[instalment.agreement_id])
    return Line(
        title=str(instalment.agreement),
        url=page,
        who=str(instalment.payee),
        action=_("Look at it"),
        href=page,
        text=f"{instalment.amount:,}",
    )


def _requested_at(instalment: Instalment) -> datetime | None:
    return instalment.requested_at


offer_queue(
    Queue(
        code="AGREEMENT_TO_SIGN",
        label=gettext_lazy("Agreement to sign"),
        place=130,
        offered_to=queries.takes_part_anywhere,
        waiting=lambda user, now: queries.to_sign(user),
        since=lambda party: party.agreement.created_at,
        line=_to_sign,
        route="agreements:list",
    )
)
offer_queue(
    Queue(
        code="INSTALMENT_TO_CONFIRM",
        label=gettext_lazy("Payment to confirm"),
        place=131,
        offered_to=queries.takes_part_anywhere,
        waiting=queries.to_confirm,
        since=_requested_at,
        line=_to_confirm,
    )
)
