"""Request sheets for technical data (기술자료 요구서): given when asking, answered by the holder."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.ndas import kinds, permissions
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.ndas.notices import sheet_moved
from dure.apps.ndas.operations.agreeing import ask
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import SheetStage
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import record
from dure.foundation import sealing
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What a request must say by the decree (하도급법 시행령 제7조의3), item by item."""

    relation: str
    material: str
    purpose: str
    ownership: str
    price: str
    hand_over_on: date
    method: str
    justification: str


@transaction.atomic
def give_sheet(
    *, asking: Organisation, holding: Organisation, sheet: NewSheet, by: User, at: datetime
) -> RequestSheet:
    """Ask for technical data in writing; the managers of the holder are told. Raises Refused."""
    permissions.may_give_sheet(by, asking, holding).require()
    cleaned = {
        key: given.strip() if isinstance(given, str) else given
        for key, given in asdict(sheet).items()
    }
    if not all(cleaned.values()):
        raise Refused(Reason.ITEM_MISSING)
    if sheet.hand_over_on < localdate(at):
        raise Refused(Reason.DAY_PASSED)
    made = RequestSheet.objects.create(
        asking_party=asking, holding_party=holding, created_by=by, created_at=at, **cleaned
    )
    _record(made, kinds.SHEET_GIVEN, by, at)
    _tell(made, holding, asking, at)
    return made


@transaction.atomic
def answer_sheet(
    *, sheet: RequestSheet, stage: str, reason: str = "", by: User, at: datetime
) -> RequestSheet:
    """Agree to a request, decline it or take it back; who declines says why. Raises Refused."""
    sheet = RequestSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    permissions.may_answer_sheet(by, sheet, stage).require()
    reason = reason.strip()
    if stage == SheetStage.DECLINED and not reason:
        raise Refused(Reason.REASON_MISSING)
    sheet.stage, sheet.reason = stage, reason
    sheet.answered_by, sheet.answered_at = by, at
    sheet.save()
    _record(sheet, kinds.SHEET_ANSWERED, by, at)
    to, other = sheet.asking_party, sheet.holding_party
    if stage == SheetStage.TAKEN_BACK:
        to, other = other, to
    _tell(sheet, to, other, at)
    return sheet


@transaction.atomic
def ask_for_agreement(
    *, sheet: RequestSheet, people: Sequence[User], ends_on: date, by: User, at: datetime
) -> Nda:
    """Make the agreement that a request needs, signed for who asked; the holder signs next. Raises Refused."""
    sheet = RequestSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    permissions.may_ask_for_agreement(by, sheet).require()
    nda = ask(
        disclosing_party=sheet.holding_party,
        receiving_party=sheet.asking_party,
        material=sheet.material,
        material_url=f"/ndas/sheets/{sheet.pk}/",
        purpose=sheet.purpose,
        people=people,
        ends_on=ends_on,
        relation=sheet.relation,
        items={
            "ownership": sheet.ownership,
            "price": sheet.price,
            "hand_over": f"{sheet.method}, {sheet.hand_over_on.isoformat()}",
        },
        by=by,
        at=at,
    )
    sheet.nda = nda
    sheet.save(update_fields=["nda"])
    return nda


def _record(sheet: RequestSheet, kind: RecordKind, by: User, at: datetime) -> None:
    words = {
        name: getattr(sheet, name)
        for name in (
            "material",
            "purpose",
            "ownership",
            "price",
            "method",
            "justification",
            "reason",
        )
    }
    content = {
        "stage": sheet.stage,
        "relation": sheet.relation,
        "hand_over_on": sheet.hand_over_on.isoformat(),
        "words_sha256": sealing.digest(words),
    }
    parties = [sheet.asking_party, sheet.holding_party]
    record(kind=kind, about=f"sheet:{sheet.pk}", content=content, parties=parties, by=by, at=at)


def _tell(sheet: RequestSheet, to: Organisation, other: Organisation, at: datetime) -> None:
    facts = {
        "stage": sheet.stage,
        "material": sheet.material,
        "organisation": other.name,
        "reason": sheet.reason,
    }
    tell(
        recipients=managers_of(to),
        kind=sheet_moved,
        facts=facts,
        url=f"/ndas/sheets/{sheet.pk}/",
        at=at,
    )
