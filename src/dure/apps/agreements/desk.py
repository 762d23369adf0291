"""What waits of agreements: to draw up, to revise, to have signed, to sign, to confirm."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.agreements import adapter, queries
from dure.apps.agreements.models import Agreement, Change, Instalment, Obligation, Party
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.selection.models import Decision
from dure.foundation.desk import Line, Queue, offer_queue

SOON = timedelta(days=30)


def _of_party(action: Promise) -> Callable[[Party, User], Line]:
    """Lines that lead to the agreement of a party."""

    def line(party: Party, user: User) -> Line:
        page = reverse("agreements:agreement", args=[party.agreement_id])
        return Line(
            title=str(party.agreement),
            url=page,
            who=str(party),
            action=str(action),
            href=page,
            text=str(party.agreement.version.programme),
        )

    return line


def _to_take_over(decision: Decision, user: User) -> Line:
    page = reverse("agreements:take_over", args=[decision.pk])
    return Line(
        title=str(decision.application),
        url=page,
        who=str(decision.application.organisation),
        action=_("Name the agency"),
        href=page,
        text=str(decision.selection.call),
    )


def _to_replan(agreement: Agreement, user: User) -> Line:
    page = reverse("agreements:replan", args=[agreement.pk])
    return Line(
        title=str(agreement),
        url=reverse("agreements:agreement", args=[agreement.pk]),
        who=agreement.replan_until.isoformat() if agreement.replan_until else "",
        action=_("Revise the plan"),
        href=page,
        text=agreement.conditions or str(agreement.version.programme),
    )


def _to_open(agreement: Agreement, user: User) -> Line:
    page = reverse("agreements:agreement", args=[agreement.pk])
    return Line(
        title=str(agreement),
        url=page,
        who=str(agreement.version.programme),
        action=_("Look at it"),
        href=page,
        text=agreement.replan_note,
    )


def _to_answer(change: Change, user: User) -> Line:
    return Line(
        title=str(change.agreement),
        url=reverse("agreements:agreement", args=[change.agreement_id]),
        who=" · ".join([str(change.requested_by), *_term(change)]),
        action=_("Answer"),
        href=reverse("agreements:answer", args=[change.pk]),
        text=change.reason,
    )


def _term(change: Change) -> list[str]:
    """Until when a change is answered, where a rule says so."""
    if change.answer_by is None:
        return []
    return [_("until %(day)s") % {"day": change.answer_by.isoformat()}]


def _to_look_at(agreement: Agreement, user: User) -> Line:
    page = reverse("agreements:agreement", args=[agreement.pk])
    since = agreement.leaderless_since
    return Line(
        title=str(agreement),
        url=page,
        who=since.isoformat() if since else "",
        action=_("Look at it"),
        href=page,
        text=_("No project leader for too long: a special evaluation is due."),
    )


def _to_meet(obligation: Obligation, user: User) -> Line:
    return Line(
        title=adapter.obligation_name(obligation),
        url=reverse("agreements:agreement", args=[obligation.agreement_id]),
        who=obligation.due_on.isoformat(),
        action=_("It is met"),
        href=reverse("agreements:meet", args=[obligation.pk]),
        text=str(obligation.agreement),
    )


def _to_exempt(obligation: Obligation, user: User) -> Line:
    return Line(
        title=adapter.obligation_name(obligation),
        url=reverse("agreements:agreement", args=[obligation.agreement_id]),
        who=str(obligation.party),
        action=_("Answer"),
        href=reverse("agreements:answer_plea", args=[obligation.pk]),
        text=obligation.plea,
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
        code="AGREEMENT_TO_DRAW_UP",
        label=gettext_lazy("Selected, without an agreement"),
        place=127,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.to_take_over(user),
        since=lambda decision: decision.decided_at,
        line=_to_take_over,
    )
)
offer_queue(
    Queue(
        code="AGREEMENT_TO_OPEN",
        label=gettext_lazy("Agreement to have signed"),
        place=128,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.to_open(user, localdate(now)),
        since=lambda agreement: agreement.created_at,
        line=_to_open,
        route="agreements:list",
    )
)
offer_queue(
    Queue(
        code="AGREEMENT_TO_REVISE",
        label=gettext_lazy("Plan to revise"),
        place=129,
        offered_to=queries.takes_part_anywhere,
        waiting=lambda user, now: queries.to_replan(user),
        since=lambda agreement: agreement.created_at,
        line=_to_replan,
    )
)
offer_queue(
    Queue(
        code="AGREEMENT_TO_SIGN",
        label=gettext_lazy("Agreement to sign"),
        place=130,
        offered_to=queries.takes_part_anywhere,
        waiting=lambda user, now: queries.to_sign(user, localdate(now)),
        since=lambda party: party.agreement.created_at,
        line=_of_party(gettext_lazy("Read and sign")),
        route="agreements:list",
    )
)
offer_queue(
    Queue(
        code="AGREEMENT_TO_APPROVE",
        label=gettext_lazy("Agreement to approve"),
        place=130,
        offered_to=queries.approves_anywhere,
        waiting=lambda user, now: queries.to_approve(user),
        since=lambda party: party.agreement.created_at,
        line=_of_party(gettext_lazy("Read and approve")),
    )
)
offer_queue(
    Queue(
        code="OUTSIDE_FILE_TO_ACCEPT",
        label=gettext_lazy("File signed outside"),
        place=130,
        offered_to=queries.takes_part_anywhere,
        waiting=lambda user, now: queries.to_accept(user, localdate(now)),
        since=lambda party: party.agreement.created_at,
        line=_of_party(gettext_lazy("Look at the file")),
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
offer_queue(
    Queue(
        code="CHANGE_ANSWER_LATE",
        label=gettext_lazy("Change whose answer is late"),
        place=126,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.late_answers(user, localdate(now)),
        since=lambda change: change.requested_at,
        line=_to_answer,
    )
)
offer_queue(
    Queue(
        code="CHANGE_TO_ANSWER",
        label=gettext_lazy("Change to answer"),
        place=132,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.changes_to_answer(user, localdate(now)),
        since=lambda change: change.requested_at,
        line=_to_answer,
    )
)
offer_queue(
    Queue(
        code="PROJECT_LEADER_MISSING",
        label=gettext_lazy("Without a project leader"),
        place=132,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.vacant_too_long(user, localdate(now)),
        since=lambda agreement: None,
        line=_to_look_at,
    )
)
offer_queue(
    Queue(
        code="EXEMPTION_TO_ANSWER",
        label=gettext_lazy("Exemption to answer"),
        place=132,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.pleas_to_answer(user),
        since=lambda obligation: obligation.pleaded_at,
        line=_to_exempt,
    )
)
offer_queue(
    Queue(
        code="OBLIGATION_DUE",
        label=gettext_lazy("Obligation of an agreement"),
        place=133,
        offered_to=queries.takes_part_anywhere,
        waiting=lambda user, now: queries.own_obligations(user, localdate(now) + SOON),
        since=lambda obligation: None,
        line=_to_meet,
    )
)
