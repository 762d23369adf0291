"""Uses of vouchers wait for the firm; vouchers asked for wait for the office."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.instruments import operations, permissions, queries
from dure.apps.instruments.models import Movement
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.desk import Line, Queue, Settling, offer_queue
from dure.foundation.verdict import YES, Verdict


def _holds_vouchers(user: User) -> Verdict:
    own = roles_of(user).organisations
    is_holder = bool(own) and queries.holds_voucher(own)
    return YES if is_holder else Verdict(permissions.Reason.NOT_THE_HOLDER)


def _line(use: Movement, user: User) -> Line:
    return Line(
        title=use.what or str(use.stake.scheme),
        url=use.stake.get_absolute_url(),
        who=str(use.organisation),
        text=f"{use.amount:,}",
        action=_("Confirm"),
        href=reverse("instruments:stake", args=[use.stake_id]),
        may=permissions.may_answer_use(user, use),
    )


offer_queue(
    Queue(
        code="VOUCHER_USE",
        label=gettext_lazy("Use of a voucher to confirm"),
        place=72,
        offered_to=_holds_vouchers,
        waiting=lambda user, now: queries.to_confirm(user),
        since=lambda use: use.entered_at,
        line=_line,
        settling=Settling(
            run=lambda use, by, at: operations.confirm_use(use=use, by=by, at=at),
            message=lambda use: _("Confirmed: %(what)s") % {"what": use.what},
        ),
    )
)
