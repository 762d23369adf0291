"""What all kinds of schemes share: setting one up, and holding rows while they change."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.instruments import permissions
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.models import Scheme, Stake
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import STAKE_NEXT, StakeStage
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused


@transaction.atomic
def set_up(
    *,
    kind: SchemeKind,
    programme: Programme,
    name: str,
    keeper: Organisation,
    name_en: str = "",
    project_cap: int | None = None,
    institutions: Iterable[Organisation] = (),
    by: User,
    at: datetime,
) -> Scheme:
    """Set a scheme up under a programme. Raises Refused."""
    permissions.may_run(by).require()
    made = Scheme.objects.create(
        kind=kind, programme=programme, name=name, name_en=name_en, keeper=keeper,
        project_cap=project_cap if kind == SchemeKind.FUND else None, created_by=by, created_at=at,
    )  # fmt: skip
    made.institutions.set(institutions)
    return made


@transaction.atomic
def set_institutions(*, scheme: Scheme, institutions: Iterable[Organisation], by: User) -> Scheme:
    """Say where vouchers of a scheme can be spent. Raises Refused."""
    permissions.may_run(by).require()
    of_kind(scheme, SchemeKind.VOUCHER)
    scheme.institutions.set(institutions)
    return scheme


def of_kind(scheme: Scheme, kind: SchemeKind) -> None:
    """Go on only with a scheme of this kind. Raises Refused."""
    if scheme.kind != kind:
        raise Refused(Reason.WRONG_KIND)


def locked(scheme: Scheme) -> Scheme:
    """The scheme, kept from others until the transaction ends; before its stakes and the ledger."""
    return Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)


def locked_stake(stake: Stake) -> Stake:
    """The stake, kept from others until the transaction ends; after its scheme."""
    return (
        Stake.objects.select_for_update(of=("self",))
        .select_related("scheme__programme__current", "organisation", "appropriation")
        .get(pk=stake.pk)
    )


def end(stake: Stake, stage: StakeStage, on: date, reason: str = "") -> Stake:
    """Bring a stake to its end. Raises Refused."""
    if stage not in STAKE_NEXT[StakeStage(stake.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    stake.stage, stake.ended_on, stake.reason = stage, on, reason[:500]
    stake.save(update_fields=["stage", "ended_on", "reason"])
    return stake


def next_number(scheme: Scheme) -> str:
    """The number of the next stake of a locked scheme."""
    last = scheme.stakes.order_by("-pk").values_list("number", flat=True).first()
    tail = (last or "").rpartition("-")[2]
    return f"{scheme.pk}-{int(tail) + 1 if tail.isdigit() else scheme.stakes.count() + 1:05d}"


def not_to_come(on: date, at: datetime) -> None:
    """Go on only with a day that is not after today. Raises Refused."""
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
