"""Offering data, sealing versions, and transfers that both sides sign off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.dataproducts import kinds, permissions
from dure.apps.dataproducts.models import DataProduct, DataVersion, Transfer, VersionFile
from dure.apps.dataproducts.notices import transfer_moved
from dure.apps.dataproducts.reasons import Reason
from dure.apps.dataproducts.stages import ProductStage, TransferStage
from dure.apps.ndas.kinds import HandOver
from dure.apps.ndas.operations import register_exchange
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing
from dure.foundation.verdict import Refused
from dure.values.fingerprints import Fingerprint, compare

MOST_IN_AN_ENTRY = 100


@dataclass(frozen=True, slots=True)
class NewProduct:
    """What is offered on which terms."""

    title: str
    description: str
    licence: str
    price: int = 0
    sample: str = ""
    licence_text: str = ""
    is_secret: bool = False


@transaction.atomic
def offer(*, seller: Organisation, product: NewProduct, by: User, at: datetime) -> DataProduct:
    """Offer data; its first version is sealed next. Raises Refused."""
    permissions.may_sign_for(by, seller).require()
    return DataProduct.objects.create(
        seller=seller, created_by=by, created_at=at, **asdict(product)
    )


@transaction.atomic
def withdraw(*, product: DataProduct, by: User, at: datetime) -> DataProduct:
    """Offer it no longer; transfers under way go on. Raises Refused."""
    product = DataProduct.objects.select_for_update(of=("self",)).get(pk=product.pk)
    permissions.may_change(by, product).require()
    product.stage = ProductStage.WITHDRAWN
    product.save(update_fields=["stage"])
    return product


@transaction.atomic
def seal_version(
    *, product: DataProduct, files: Sequence[Fingerprint], note: str = "", by: User, at: datetime
) -> DataVersion:
    """Seal which files a version consists of. Raises Refused."""
    product = DataProduct.objects.select_for_update(of=("self",)).get(pk=product.pk)
    permissions.may_change(by, product).require()
    if not files:
        raise Refused(Reason.FILES_MISSING)
    last = product.versions.order_by("-number").first()
    if last is not None and sorted(last.fingerprints()) == sorted(files):
        raise Refused(Reason.SEALED_ALREADY)
    made = DataVersion.objects.create(
        product=product,
        number=last.number + 1 if last else 1,
        note=note.strip(),
        created_by=by,
        created_at=at,
    )
    VersionFile.objects.bulk_create(
        VersionFile(version=made, name=file.name, sha256=file.sha256) for file in files
    )
    record(
        kind=kinds.SEALED,
        about=f"data_version:{made.pk}",
        content={"product": product.pk, "version": made.number, "files": len(files)},
        files=_hashes(made),
        parties=[product.seller],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def ask(
    *, version: DataVersion, buyer: Organisation, purpose: str, by: User, at: datetime
) -> Transfer:
    """Ask the seller for a version, on the terms of today. Raises Refused."""
    product = DataProduct.objects.select_for_update(of=("self",)).get(pk=version.product_id)
    version = product.versions.get(pk=version.pk)
    permissions.may_ask(by, version, buyer).require()
    if not purpose.strip():
        raise Refused(Reason.PURPOSE_MISSING)
    made = Transfer.objects.create(
        version=version,
        buyer=buyer,
        purpose=purpose.strip(),
        price=product.price,
        licence=product.licence,
        created_by=by,
        created_at=at,
    )
    _record(made, kinds.ASKED, by, at)
    _tell(made, made.seller, buyer, at)
    return made


@transaction.atomic
def answer(*, transfer: Transfer, agrees: bool, by: User, at: datetime) -> Transfer:
    """Agree to hand it over, or decline. Raises Refused."""
    transfer = _locked(transfer)
    permissions.may_answer(by, transfer).require()
    transfer.stage = TransferStage.AGREED if agrees else TransferStage.DECLINED
    transfer.answered_by, transfer.answered_at = by, at
    transfer.save()
    _record(transfer, kinds.ANSWERED, by, at)
    _tell(transfer, transfer.buyer, transfer.seller, at)
    return transfer


@transaction.atomic
def hand_over(*, transfer: Transfer, how: str, by: User, at: datetime) -> Transfer:
    """Say for the seller that the data went over, and how; the buyer compares it next. Raises Refused."""
    transfer = _locked(transfer)
    permissions.may_hand_over(by, transfer, at).require()
    if not how.strip():
        raise Refused(Reason.HOW_MISSING)
    transfer.stage, transfer.how = TransferStage.HANDED_OVER, how.strip()
    transfer.handed_by, transfer.handed_at = by, at
    if transfer.version.product.is_secret and transfer.exchange is None:
        transfer.exchange = register_exchange(
            disclosing_party=transfer.seller,
            receiving_party=transfer.buyer,
            material=str(transfer.version),
            way=HandOver.OTHER,
            handed_on=localdate(at),
            note=transfer.purpose,
            files=_hashes(transfer.version),
            by=by,
            at=at,
        )
    transfer.save()
    _record(transfer, kinds.HANDED_OVER, by, at)
    _tell(transfer, transfer.buyer, transfer.seller, at)
    return transfer


@transaction.atomic
def compare_received(
    *, transfer: Transfer, received: Sequence[Fingerprint], by: User, at: datetime
) -> Transfer:
    """Compare for the buyer what was received with what was sealed, and sign off which. Raises Refused."""
    transfer = _locked(transfer)
    permissions.may_compare(by, transfer).require()
    if not received:
        raise Refused(Reason.FILES_MISSING)
    comparison = compare(transfer.version.fingerprints(), received)
    transfer.result = comparison._asdict()
    transfer.stage = TransferStage.RECEIVED if comparison.is_whole else TransferStage.DIFFERS
    transfer.compared_by, transfer.compared_at = by, at
    transfer.save()
    _record(transfer, kinds.RECEIVED, by, at)
    _tell(transfer, transfer.seller, transfer.buyer, at)
    return transfer


def _locked(transfer: Transfer) -> Transfer:
    locked = Transfer.objects.select_for_update(of=("self",))
    return locked.select_related("version__product__seller", "buyer").get(pk=transfer.pk)


def _hashes(version: DataVersion) -> list[FileHash]:
    """The files of a version for an entry; many of them as one hash of the list: an entry has a largest size."""
    files = version.fingerprints()
    if len(files) <= MOST_IN_AN_ENTRY:
        return [FileHash(file.name, file.sha256) for file in files]
    return [FileHash("files", sealing.digest([list(file) for file in sorted(files)]))]


def _record(transfer: Transfer, kind: RecordKind, by: User, at: datetime) -> None:
    content: dict[str, Any] = {
        "version": f"data_version:{transfer.version_id}",
        "stage": transfer.stage,
        "price": transfer.price,
        "licence": transfer.licence,
        "words_sha256": sealing.digest({"purpose": transfer.purpose, "how": transfer.how}),
        "result": {name: len(names) for name, names in transfer.result.items()},
    }
    record(
        kind=kind,
        about=f"data_transfer:{transfer.pk}",
        content=content,
        files=_hashes(transfer.version),
        parties=[transfer.seller, transfer.buyer],
        by=by,
        at=at,
    )


def _tell(transfer: Transfer, to: Organisation, other: Organisation, at: datetime) -> None:
    tell(
        recipients=managers_of(to),
        kind=transfer_moved,
        facts={
            "stage": transfer.stage,
            "title": str(transfer.version),
            "organisation": other.name,
        },
        url=transfer.get_absolute_url(),
        at=at,
    )
