"""What waits of deposits: to accept, to renew, to object to, to release."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.deposits import operations, permissions, queries
from dure.apps.deposits.models import Deposit, Release
from dure.apps.people.models import User
from dure.apps.people.queries import is_office
from dure.foundation.desk import Line, Queue, Settling, offer_queue
from dure.foundation.verdict import YES, Verdict


def _of_deposit(deposit: Deposit, action: str, text: str, may: Verdict = YES) -> Line:
    return Line(
        title=deposit.title,
        url=reverse("deposits:deposit", args=[deposit.pk]),
        who=str(deposit.depositor),
        text=text,
        action=action,
        may=may,
    )


def _to_accept(deposit: Deposit, user: User) -> Line:
    text = f"{deposit.kind_of_item} · {deposit.kind_of_contract}"
    return _of_deposit(deposit, _("Accept"), text, permissions.may_accept(user, deposit))


def _to_renew(deposit: Deposit, user: User) -> Line:
    until = deposit.ends_on.isoformat() if deposit.ends_on else ""
    return _of_deposit(deposit, _("Renew"), _("Kept until %(until)s") % {"until": until})


def _of_release(release: Release, user: User) -> Line:
    page = reverse("deposits:release", args=[release.pk])
    return Line(
        title=release.deposit.title,
        url=page,
        who=str(release.organisation),
        text=str(release.kind_of_ground),
        action=_("Look at it"),
        href=page,
    )


def _accepted_at(deposit: Deposit) -> datetime:
    return deposit.created_at


offer_queue(
    Queue(
        code="DEPOSIT_TO_ACCEPT",
        label=gettext_lazy("Deposit to accept"),
        place=150,
        offered_to=is_office,
        waiting=lambda user, now: queries.to_accept(user),
        since=_accepted_at,
        line=_to_accept,
        settling=Settling(
            run=lambda deposit, by, at: operations.accept(deposit=deposit, by=by, at=at),
            message=lambda deposit: _("In keeping: %(title)s") % {"title": deposit.title},
        ),
    )
)
offer_queue(
    Queue(
        code="DEPOSIT_TO_RENEW",
        label=gettext_lazy("Deposit that ends"),
        place=151,
        offered_to=queries.manages_any,
        waiting=queries.to_renew,
        since=lambda deposit: None,
        line=_to_renew,
        route="deposits:list",
        settling=Settling(
            run=lambda deposit, by, at: operations.renew(deposit=deposit, by=by, at=at),
            message=lambda deposit: _("Renewed: %(title)s") % {"title": deposit.title},
        ),
    )
)
offer_queue(
    Queue(
        code="RELEASE_TO_OBJECT",
        label=gettext_lazy("Release of your deposit"),
        place=152,
        offered_to=queries.manages_any,
        waiting=queries.to_object,
        since=lambda release: release.granted_at,
        line=_of_release,
    )
)
offer_queue(
    Queue(
        code="RELEASE_TO_GRANT",
        label=gettext_lazy("Release to examine"),
        place=153,
        offered_to=queries.is_release_officer,
        waiting=queries.to_release,
        since=lambda release: release.created_at,
        line=_of_release,
    )
)
