"""How deposits are shown: rows of a list, where one stands, its files and terms."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dure.apps.deposits import permissions, queries
from dure.apps.deposits.kinds import ACCEPTED, rules
from dure.apps.deposits.models import Deposit, Release
from dure.apps.deposits.stages import OPEN, OPEN_RELEASES, DepositStage, ReleaseStage
from dure.apps.ndas.permissions import papers_are_there
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.records.queries import entries_about, first_covering
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import step

TONES = {
    DepositStage.APPLIED: "information",
    DepositStage.KEPT: "success",
    DepositStage.RETURNED: "warning",
    DepositStage.LAPSED: "danger",
    DepositStage.WITHDRAWN: "neutral",
    DepositStage.DESTROYED: "neutral",
}
RELEASE_TONES = {
    ReleaseStage.ASKED: "information",
    ReleaseStage.WAITING: "warning",
    ReleaseStage.RELEASED: "success",
    ReleaseStage.REFUSED: "danger",
    ReleaseStage.TAKEN_BACK: "neutral",
}


def rows(deposits: Iterable[Deposit], on: date) -> list[dict[str, Any]]:
    """Deposits as lines of a list, with how much longer they are kept."""
    return [
        {
            "deposit": deposit,
            "tone": TONES[DepositStage(deposit.stage)],
            "left": left_of(deposit, on),
        }
        for deposit in deposits
    ]


def left_of(deposit: Deposit, on: date) -> str:
    """How many days are left, of the term or of the days of grace; empty where none count."""
    if deposit.ends_on is None:
        return ""
    if deposit.stage == DepositStage.LAPSED:
        last = deposit.ends_on + timedelta(days=rules().grace)
        return _("destroyed after %(until)s") % {"until": last.isoformat()}
    days = (deposit.ends_on - on).days
    if deposit.stage != DepositStage.KEPT or days > rules().notices[0]:
        return ""
    return _("%(days)s days left") % {"days": days}


def sheet(deposits: Iterable[Deposit]) -> Sheet:
    """Deposits as a sheet."""
    head = [_("Deposit number"), _("Title"), _("Depositor"), _("Business registration number")]
    head += [_("Kind of contract"), _("Content"), _("Status"), _("Accepted"), _("Kept until")]
    lines = [
        [
            *(deposit.number or "", deposit.title, deposit.depositor.name),
            deposit.depositor.business_number or "",
            *(
                str(deposit.kind_of_contract),
                str(deposit.kind_of_item),
                deposit.get_stage_display(),
            ),
            *(deposit.accepted_at, deposit.ends_on),
        ]
        for deposit in deposits
    ]
    return {"title": _("Technology deposits"), "headers": head, "rows": lines}


def figures() -> list[dict[str, Any]]:
    """The desk in figures, each the way to its list."""
    numbers, here = queries.figures(), reverse("deposits:list")
    renewed = numbers.renewed_percent
    return [
        {
            "number": numbers.by_stage.get(stage, 0),
            "label": stage.label,
            "url": f"{here}?stage={stage.value}",
        }
        for stage in (DepositStage.APPLIED, DepositStage.KEPT, DepositStage.LAPSED)
    ] + [
        {
            "number": "–" if renewed is None else renewed,
            "unit": "" if renewed is None else "%",
            "label": _("Renewed, of terms that ended"),
        },
        {
            "number": numbers.unpaid,
            "label": _("Fee unpaid"),
            "note": _("%(won)s won") % {"won": f"{numbers.unpaid_won:,}"} if numbers.unpaid else "",
            "url": f"{here}?ends=unpaid",
        },
    ]


def path(deposit: Deposit) -> list[dict[str, Any]]:
    """Where a deposit is on its way; one that ended shows its end."""
    now = DepositStage(deposit.stage)
    kept = deposit.accepted_at is not None
    if now == DepositStage.APPLIED:
        later = [step(DepositStage.KEPT.label, "next")]
        return [step(now.label, "now", deposit.created_at), *later]
    done = [step(DepositStage.APPLIED.label, "done", deposit.created_at)]
    if now == DepositStage.KEPT:
        return [*done, step(now.label, "now", deposit.accepted_at)]
    if kept:
        done.append(step(DepositStage.KEPT.label, "done", deposit.accepted_at))
    return [*done, step(now.label, "now", deposit.closed_at or deposit.ends_on)]


def page(deposit: Deposit, user: Reader, at: datetime) -> dict[str, Any]:
    """What the page of a deposit shows to a reader, and what they can do there."""
    on = localdate(at)
    return {
        "deposit": deposit,
        "tone": TONES[DepositStage(deposit.stage)],
        "left": left_of(deposit, on),
        "path": path(deposit),
        "files": list(deposit.files.all()),
        "users": [
            {"user": used_by, "missing": _missing(deposit, used_by.organisation, user, at)}
            for used_by in deposit.users.select_related("organisation")
        ],
        "terms": [
            {"term": term, "may_pay": permissions.may_enter_payment(user, term)}
            for term in deposit.terms.all()
        ],
        "openings": queries.openings_of(deposit)[:30],
        "releases": [
            {"release": release, "tone": RELEASE_TONES[ReleaseStage(release.stage)]}
            for release in queries.releases_visible_to(user).filter(deposit=deposit)
        ],
        "renewal_fee": rules().fee(deposit.item, deposit.depositor.kind, on).renewal,
        "may_accept": permissions.may_accept(user, deposit),
        "may_renew": permissions.may_renew(user, deposit, on),
        "may_withdraw": permissions.may_withdraw(user, deposit),
        "may_open": permissions.may_open(user, deposit),
        "may_ask_release": permissions.may_ask_any_release(user, deposit),
        "breadcrumb": crumbs(deposit),
    }


def release_page(release: Release, user: Reader, at: datetime) -> dict[str, Any]:
    """What the page of a release shows to a reader, and what they can do there."""
    on = localdate(at)
    papers = permissions.may_hand_out(release, at)
    is_open = release.stage in OPEN_RELEASES
    return {
        "release": release,
        "deposit": release.deposit,
        "tone": RELEASE_TONES[ReleaseStage(release.stage)],
        "released": queries.released_files_of(user, release),
        "missing": papers.reason if is_open and not papers else None,
        "is_open_to_objection": release.is_open_to_objection(on),
        "may_grant": permissions.may_grant(user, release, on),
        "may_refuse": permissions.may_refuse(user, release),
        "may_object": permissions.may_object(user, release, on),
        "may_take_back": permissions.may_take_back(user, release),
        "breadcrumb": crumbs(release.deposit, _("Release")),
    }


def sealed(deposit: Deposit) -> dict[str, Any]:
    """The entry of a deposit's acceptance in the sealed record, and the checkpoint that covers it."""
    entry = entries_about(f"deposit:{deposit.pk}").filter(kind=ACCEPTED.code).first()
    place = getattr(entry, "place", None)
    return {"index": place.index, "checkpoint": first_covering(place.index)} if place else {}


def _missing(deposit: Deposit, receiver: Organisation, user: Reader, at: datetime) -> Any:
    """Which paper is missing before a user can receive what is kept secret; for the parties and staff."""
    own = roles_of(user).organisations
    is_told = queries.is_keeper(user) or {deposit.depositor_id, receiver.pk} & own
    if not (deposit.is_secret and is_told and deposit.stage in OPEN):
        return None
    papers = papers_are_there(deposit.depositor, receiver, at)
    return None if papers else papers.reason


def crumbs(deposit: Deposit | None = None, here: str = "") -> list[dict[str, str]]:
    """Where a page stands."""
    trail = [{"label": _("Technology deposits"), "url": reverse("deposits:list")}]
    if deposit is not None:
        trail.append(
            {"label": deposit.title, "url": reverse("deposits:deposit", args=[deposit.pk])}
        )
    return [*trail, {"label": here}] if here else trail
