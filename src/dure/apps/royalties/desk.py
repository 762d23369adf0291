"""What of royalties waits on whose desk."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.royalties import queries
from dure.apps.royalties.models import Royalty
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation.desk import Line, Queue, line_of, offer_queue


def _asked(user: User, now: datetime) -> QuerySet[Royalty]:
    royalties = queries.own(user, queries.royalties_visible_to(user))
    return royalties.filter(stage=RoyaltyStage.ASKED).order_by("due_on", "pk")


def _reported(user: User, now: datetime) -> QuerySet[Royalty]:
    royalties = queries.royalties_visible_to(user).filter(stage=RoyaltyStage.REPORTED)
    return royalties.order_by("reported_at", "pk")


def _to_pay(user: User, now: datetime) -> QuerySet[Royalty]:
    royalties = queries.own(user, queries.royalties_visible_to(user))
    return royalties.filter(stage=RoyaltyStage.BILLED).order_by("pay_by", "pk")


def _late(user: User, now: datetime) -> QuerySet[Royalty]:
    royalties = queries.royalties_visible_to(user).filter(stage=RoyaltyStage.BILLED)
    return royalties.filter(pay_by__lt=localdate(now)).order_by("pay_by", "pk")


def _report_line(royalty: Royalty, user: User) -> Line:
    due = _("Report due %(day)s") % {"day": royalty.due_on.isoformat()}
    report = reverse("royalties:report", args=[royalty.pk])
    return line_of(royalty, due, _("Report the income"), href=report)


def _bill_line(royalty: Royalty, user: User) -> Line:
    bill = reverse("royalties:bill", args=[royalty.pk])
    return line_of(royalty, royalty.organisation, _("Bill it"), href=bill)


def _money_line(royalty: Royalty, user: User) -> Line:
    text = _("%(amount)s won to pay by %(day)s") % {
        "amount": f"{royalty.open:,}",
        "day": royalty.pay_by and royalty.pay_by.isoformat(),
    }
    return line_of(royalty, royalty.organisation, _("Look at it"), text=text)


offer_queue(
    Queue(
        code="ROYALTY_TO_REPORT",
        label=gettext_lazy("Income to report"),
        place=67,
        offered_to=queries.pays_anywhere,
        waiting=_asked,
        since=lambda royalty: None,
        line=_report_line,
    )
)
offer_queue(
    Queue(
        code="ROYALTY_TO_BILL",
        label=gettext_lazy("Royalty to bill"),
        place=68,
        offered_to=may_run_programmes,
        waiting=_reported,
        since=lambda royalty: royalty.reported_at,
        line=_bill_line,
    )
)
offer_queue(
    Queue(
        code="ROYALTY_TO_PAY",
        label=gettext_lazy("Royalty to pay"),
        place=69,
        offered_to=queries.pays_anywhere,
        waiting=_to_pay,
        since=lambda royalty: None,
        line=_money_line,
    )
)
offer_queue(
    Queue(
        code="ROYALTY_LATE",
        label=gettext_lazy("Royalty not paid in time"),
        place=70,
        offered_to=may_run_programmes,
        waiting=_late,
        since=lambda royalty: None,
        line=_money_line,
    )
)
