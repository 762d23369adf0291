"""Versions are sealed, both sides sign each transfer off, and the buyer sees whether it is what was sealed."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dure.apps.dataproducts.models import DataProduct, Transfer
from dure.apps.dataproducts.operations import (
    answer,
    ask,
    compare_received,
    hand_over,
    seal_version,
    withdraw,
)
from dure.apps.dataproducts.reasons import Reason
from dure.apps.dataproducts.stages import TransferStage
from dure.apps.ndas.models import Exchange
from dure.apps.ndas.reasons import Reason as NdaReason
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from dure.values.fingerprints import Fingerprint
from tests.apps.dataproducts.cast import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = tmp_path / "media"


def files(**changes):
    return [
        SimpleUploadedFile(name, content)
        for name, content in (FILES | {k.replace("__", "."): v for k, v in changes.items()}).items()
    ]


def entries(about):
    return [json.loads(entry.leaf) for entry in Entry.objects.filter(about=about).order_by("pk")]


def handed(cast, product=None):
    now = timezone.now()
    transfer = answer(
        transfer=cast.data_transfer(product), agrees=True, by=cast["supplier"], at=now
    )
    return hand_over(transfer=transfer, how="sftp", by=cast["supplier"], at=now)


def test_from_the_offer_to_data_received_as_sealed_on_pages(as_role, cast, settings):
    seller = as_role("supplier")
    terms = {
        "seller": cast.supplier.pk, "title": "온도 측정값", "description": "10분 간격", "sample": "a,b",
        "price": "300만", "licence": "PRODUCT",
    }  # fmt: skip
    assert seller.post(reverse("dataproducts:new"), terms | {"price": "많이"}).status_code == 422
    assert seller.post(reverse("dataproducts:new"), terms).status_code == 302
    product = DataProduct.objects.get()
    assert product.price == 3_000_000
    seal = reverse("dataproducts:version", args=[product.pk])
    assert seller.post(seal, {"lines": "no fingerprint"}).status_code == 422
    assert seller.post(seal, {"files": files(), "note": "첫 판"}).status_code == 302
    version = product.versions.get()
    sealed = json.dumps(entries(f"data_version:{version.pk}")[0]["files"])
    assert all(file.sha256 in sealed for file in version.files.all())
    assert not settings.MEDIA_ROOT.exists()

    buyer = as_role("manager")
    assert "a,b" in buyer.get(product.get_absolute_url()).content.decode()
    wish = {"buyer": cast.buyer.pk, "purpose": "예지 정비"}
    assert buyer.post(reverse("dataproducts:ask", args=[version.pk]), wish).status_code == 302
    transfer = Transfer.objects.get()

    seller = as_role("supplier")
    seller.post(reverse("dataproducts:answer", args=[transfer.pk]), {"answer": "agree"})
    give = reverse("dataproducts:hand_over", args=[transfer.pk])
    assert seller.post(give, {"how": ""}).status_code == 422
    assert seller.post(give, {"how": "암호화한 디스크"}).status_code == 302
    compare = reverse("dataproducts:compare", args=[transfer.pk])
    assert seller.get(compare).status_code == 404

    buyer = as_role("manager")
    assert buyer.post(compare, {"files": files(rows__csv=b"a,b\n1,3\n")}).status_code == 302
    assert "Another content" in buyer.get(transfer.get_absolute_url()).content.decode()
    seller = as_role("supplier")
    assert seller.post(give, {"how": "다시 보냄"}).status_code == 302
    buyer = as_role("manager")
    assert buyer.post(compare, {"files": files()}).status_code == 302
    transfer.refresh_from_db()
    assert transfer.stage == TransferStage.RECEIVED
    assert (transfer.handed_by, transfer.compared_by) == (cast["supplier"], cast["manager"])
    stages = [entry["content"]["stage"] for entry in entries(f"data_transfer:{transfer.pk}")]
    assert stages == ["ASKED", "AGREED", "HANDED_OVER", "DIFFERS", "HANDED_OVER", "RECEIVED"]


def test_terms_are_those_of_the_day_of_asking(cast):
    transfer = cast.data_transfer()
    DataProduct.objects.update(price=9, licence="RESALE")
    transfer.refresh_from_db()
    assert (transfer.price, transfer.licence) == (3_000_000, "INTERNAL")


def test_a_withdrawn_product_is_seen_by_its_buyers_alone_and_its_transfers_go_on(cast, as_role):
    transfer = handed(cast)
    product = withdraw(product=transfer.version.product, by=cast["supplier"], at=timezone.now())
    assert as_role("rival").get(product.get_absolute_url()).status_code == 404
    assert as_role("manager").get(product.get_absolute_url()).status_code == 200
    done = compare_received(
        transfer=transfer, received=transfer.version.fingerprints(), by=cast["manager"],
        at=timezone.now(),
    )  # fmt: skip
    assert done.stage == TransferStage.RECEIVED
    with pytest.raises(Refused) as refusal:
        ask(
            version=transfer.version, buyer=cast.rival, purpose="x", by=cast["rival"],
            at=timezone.now(),
        )  # fmt: skip
    assert refusal.value.reason == Reason.NOT_OFFERED


def test_a_version_needs_files_and_something_new(cast):
    product = cast.data_product()
    same = product.versions.get().fingerprints()
    for given, reason in (([], Reason.FILES_MISSING), (same, Reason.SEALED_ALREADY)):
        with pytest.raises(Refused) as refusal:
            seal_version(product=product, files=given, by=cast["supplier"], at=timezone.now())
        assert refusal.value.reason == reason
    many = [Fingerprint(f"{n}.csv", f"{n:064x}") for n in range(1_000)]
    second = seal_version(product=product, files=many, by=cast["supplier"], at=timezone.now())
    assert (second.number, second.files.count()) == (2, 1_000)
    assert len(entries(f"data_version:{second.pk}")[0]["files"]) == 1


def test_technical_data_kept_secret_waits_for_its_papers_and_is_registered(cast, as_role):
    product = cast.data_product(is_secret=True)
    transfer = answer(
        transfer=cast.data_transfer(product), agrees=True, by=cast["supplier"], at=timezone.now()
    )
    with pytest.raises(Refused) as refusal:
        hand_over(transfer=transfer, how="sftp", by=cast["supplier"], at=timezone.now())
    assert refusal.value.reason == NdaReason.SHEET_MISSING
    shown = as_role("supplier").get(transfer.get_absolute_url()).content.decode()
    assert "It cannot be handed over yet" in shown

    nda = cast.secrecy_papers(at=timezone.now())
    transfer = hand_over(transfer=transfer, how="sftp", by=cast["supplier"], at=timezone.now())
    assert transfer.exchange == Exchange.objects.get()
    assert (transfer.exchange.nda, transfer.exchange.is_secret) == (nda, True)


def test_nobody_signs_for_both_sides_in_the_database_either(cast):
    transfer = handed(cast)
    update = "UPDATE dataproducts_transfer SET stage = 'RECEIVED', compared_by_id = handed_by_id"
    with pytest.raises(IntegrityError, match="transfer_said_by_both_sides"), transaction.atomic():
        connection.cursor().execute(f"{update} WHERE id = %s", [transfer.pk])


def test_others_see_no_transfer(cast, as_role):
    transfer = handed(cast)
    for role in ("rival", "officer", "auditor"):
        assert as_role(role).get(transfer.get_absolute_url()).status_code == 404
    listed = as_role("manager").get(reverse("dataproducts:transfers")).content.decode()
    assert transfer.get_absolute_url() in listed
