"""Pages of agreements: sign, pay by the bank's list, draw up without a call."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.agreements import queries
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults

pytestmark = pytest.mark.django_db


def test_everybody_reads_signs_and_finds_the_file(as_role, cast):
    agreement = cast.opened_agreement()
    page = reverse("agreements:agreement", args=[agreement.pk])
    for role, who in (("lead", "supplier"), ("demand", "manager"), ("government", "officer2")):
        party = agreement.parties.get(role=role)
        client = as_role(who)
        assert "Waits for your signature" in client.get(reverse("agreements:list")).content.decode()
        assert "Sign for" in client.get(page).content.decode()

        client.post(reverse("agreements:sign", args=[party.pk]))

    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.IN_FORCE
    text = as_role("supplier").get(reverse("agreements:text", args=[agreement.pk]))
    assert text.content.startswith(b"%PDF")


def test_strangers_find_no_agreement_and_nobody_a_draft_of_the_office(as_role, cast):
    opened, draft = cast.opened_agreement(), cast.drafted_agreement()

    for who, agreement in (("rival", opened), ("supplier", draft), ("reviewer", opened)):
        answer = as_role(who).get(reverse("agreements:agreement", args=[agreement.pk]))
        assert answer.status_code == 404


def test_officer_draws_one_up_without_a_call(as_role, cast):
    cast.drafted_agreement()  # programmes are loaded
    version = Agreement.objects.get().version_id
    form = {
        "version": version, "title": "밸브", "starts_on": "2026-12-01", "ends_on": "2027-11-30",
        "months": 12, "agency": cast.agency().pk, "lead": cast.supplier.pk,
        "bank": "기업은행", "account_number": "1-2", "other": cast.buyer.pk, "other_role": "demand",
        "public_instrument": "grant", "public_won": 61, "other_won": 30, "lead_in_kind_won": 9,
    }  # fmt: skip

    answer = as_role("officer").post(reverse("agreements:new"), form, follow=True)

    assert "breaks rules" in answer.content.decode()
    assert Agreement.objects.count() == 2


def test_payment_file_goes_to_the_bank_and_its_list_comes_back(as_role, cast):
    agreement = cast.signed_agreement()
    today = timezone.localdate()
    agreement.instalments.update(due_on=today)
    client = as_role("officer")

    file = client.post(reverse("agreements:order"))
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.values)

    assert [row[4] for row in rows[1:]] == [180_000_000, 30_000_000]
    reference, _bank, number, *_ = rows[1]
    listed = "지급번호,계좌번호,금액(원),이체일\n"
    listed += f"{reference},{number},180000000,{today}\n{reference},{number},180000000,{today}\n"
    listed += f"{rows[2][0]},{number},29999999,{today}\nX-1,{number},1,{today}\n"
    listed += f"{rows[2][0]},999,30000000,{today}\n{rows[2][0]},{number},NaN,{today}\n"
    sent = SimpleUploadedFile("list.csv", listed.encode())
    page = client.post(reverse("agreements:transfers"), {"file": sent}).content.decode()

    assert "1 payment entered" in page
    for state in (
        "paid already",
        "Another amount",
        "No such payment",
        "Another account",
        "cannot be read",
    ):
        assert state in page
    stages = dict(
        agreement.instalments.filter(payer__role="government").values_list("amount", "stage")
    )
    assert stages == {180_000_000: InstalmentStage.PAID, 30_000_000: InstalmentStage.ORDERED}
    assert list(faults()) == []


def test_held_payment_does_not_go_into_the_file(as_role, cast):
    agreement = cast.signed_agreement()
    long_ago = timezone.localdate() - timedelta(days=20)  # longer than any row of holidays
    agreement.instalments.update(due_on=long_ago)
    client = as_role("officer")

    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(client.post(reverse("agreements:order")).content)
        ).active.values
    )

    assert len(rows) == 1
    assert "has not come in" in client.get(reverse("agreements:payments")).content.decode()


def test_own_cash_is_entered_on_its_page(as_role, cast):
    agreement = cast.signed_agreement()
    own = agreement.instalments.get(number=2)

    as_role("officer").post(
        reverse("agreements:paid", args=[own.pk]), {"paid_on": timezone.localdate().isoformat()}
    )

    own.refresh_from_db()
    assert own.stage == InstalmentStage.PAID


def test_the_list_says_what_a_draft_promises(cast):
    draft, signed = cast.drafted_agreement(), cast.signed_agreement()

    figures = queries.figures_of([draft, signed])

    assert figures[draft.pk] == {"promised": 350_000_000, "due": 350_000_000, "cash": 0}
    assert figures[signed.pk]["promised"] == 350_000_000


def test_a_bank_list_that_cannot_be_read_is_refused(as_role, cast):
    file = SimpleUploadedFile("이체.xlsx", b"nothing")

    answer = as_role("officer").post(reverse("agreements:transfers"), {"file": file})

    assert answer.status_code == 422
