"""Files signed outside: a contract service's PDF or a scan of sealed paper that every party accepts."""

import hashlib
import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from dure.apps.agreements import operations, queries
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import OutsideFile
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import AgreementStage, ChangeStage, OutsideStage
from dure.apps.notices.models import Notice
from dure.apps.records.queries import entries_about
from dure.foundation import signing
from dure.foundation.paper import pdf
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 scan of sealed paper"
WHO = {"lead": "supplier", "demand": "manager", "government": "officer2"}


def handed_in(cast, agreement, content=SCAN, way="PAPER", name="협약서.pdf", who="officer"):
    return operations.hand_in(
        agreement=agreement, way=way, file=ContentFile(content, name), by=cast[who], at=NOON
    )


def accepts(cast, file, role, **more):
    party = file.text.agreement.parties.get(role=role)
    return {"file": file, "party": party, "by": cast[WHO[role]], "at": NOON} | more


def refused(operation, *arguments, **more):
    with pytest.raises(Refused) as refusal:
        operation(*arguments, **more)
    return refusal.value.reason


def of_a_service():
    """Another PDF than the text, signed with the certificate of a service."""
    paper = pdf(
        "<!doctype html><html lang='ko'><title>협약</title><body><p>협약서</p></body></html>"
    )
    return signing.sign(paper, code="service", name="전자계약서비스", field="service")


def test_sealed_paper_counts_once_every_party_accepted_this_very_file_and_claims_no_signature(cast):
    agreement = cast.opened_agreement()
    file = handed_in(cast, agreement)
    digest = hashlib.sha256(SCAN).hexdigest()
    assert (file.sha256, file.signers) == (digest, [])

    assert refused(operations.accept_file, **accepts(cast, file, "government")) == (
        Reason.AGENCY_ACCEPTS_LAST
    )
    for role in ("lead", "demand"):
        operations.accept_file(**accepts(cast, file, role))
    again = accepts(cast, file, "lead")
    assert refused(operations.accept_file, **again) == Reason.ACCEPTED_ALREADY
    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.SIGNING  # the agency has not accepted
    by_its_author = accepts(cast, file, "government", by=cast["officer"])
    assert refused(operations.accept_file, **by_its_author) == Reason.SECOND_PERSON
    operations.accept_file(**accepts(cast, file, "government"))

    agreement.refresh_from_db()
    file.refresh_from_db()
    assert (agreement.stage, agreement.agreed_on) == (AgreementStage.IN_FORCE, NOON.date())
    assert file.stage == OutsideStage.ACCEPTED
    text = queries.open_text(agreement)
    assert set(text.signatures.values_list("way", flat=True)) == {"PAPER"}
    assert not signing.judge(text.file.read()).is_good  # the platform signed for nobody
    recorded = [json.loads(entry.leaf) for entry in entries_about(f"agreement:{agreement.pk}")]
    assert [leaf["kind"] for leaf in recorded] == ["AGREEMENT_FILE_ACCEPTED"] * 3
    assert {leaf["files"][0]["sha256"] for leaf in recorded} == {digest}


def test_the_file_of_a_service_is_judged_and_names_who_signed_it(cast):
    agreement = cast.opened_agreement()
    good = of_a_service()
    service = {"way": "SERVICE", "name": "전자계약.pdf"}

    assert refused(handed_in, cast, agreement, pdf("<p>x</p>"), **service) == Reason.FILE_UNSIGNED
    changed = good + b"\n% more\n"
    assert refused(handed_in, cast, agreement, changed, **service) == Reason.FILE_CHANGED
    assert refused(handed_in, cast, agreement, b"PK", way="PAPER", name="x.docx") == (
        Reason.FILE_NOT_ALLOWED
    )
    file = handed_in(cast, agreement, good, **service)

    assert file.signers == ["전자계약서비스"]
    operations.sign(
        party=agreement.parties.get(role="lead"), by=cast["supplier"], at=NOON
    )  # who signed here accepts the file as well, and stays signed
    for role in ("lead", "demand", "government"):
        operations.accept_file(**accepts(cast, file, role))
    ways = queries.open_text(agreement).signatures.values_list("party__role", "way")
    assert dict(ways) == {"lead": "PLATFORM", "demand": "SERVICE", "government": "SERVICE"}


def test_one_party_that_does_not_accept_it_ends_it_and_the_text_can_still_be_signed(cast):
    agreement = cast.opened_agreement()
    file = handed_in(cast, agreement, who="supplier")
    assert refused(handed_in, cast, agreement, who="manager") == Reason.FILE_WAITS
    operations.accept_file(**accepts(cast, file, "lead"))
    operations.decline_file(**accepts(cast, file, "demand"), reason="3쪽이 빠졌어요")

    file.refresh_from_db()
    assert file.stage == OutsideStage.REFUSED
    notice = Notice.objects.get(kind="OUTSIDE_FILE_MOVED", recipient=cast["supplier"])
    assert notice.facts["reason"] == "3쪽이 빠졌어요"
    assert refused(operations.accept_file, **accepts(cast, file, "government")) == (
        Reason.STAGE_CLOSED
    )
    assert cast.sign_all(agreement).stage == AgreementStage.IN_FORCE


def test_a_file_is_void_with_its_text_and_withdrawn_by_who_handed_it_in(cast):
    agreement = cast.opened_agreement()
    first = handed_in(cast, agreement, who="supplier")
    by_another = {"file": first, "by": cast["manager"], "at": NOON}
    assert refused(operations.withdraw_file, **by_another) == Reason.NOT_WHO_HANDED_IN
    operations.withdraw_file(file=first, by=cast["supplier"], at=NOON)
    second = handed_in(cast, agreement)
    operations.reopen(agreement=agreement, reason="금액 정정", by=cast["officer"], at=NOON)

    stages = OutsideFile.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == [OutsideStage.WITHDRAWN, OutsideStage.WITHDRAWN]
    assert refused(operations.accept_file, **accepts(cast, second, "lead")) == Reason.STAGE_CLOSED
    assert refused(handed_in, cast, agreement) == Reason.STAGE_CLOSED
    assert refused(handed_in, cast, agreement, who="rival") == Reason.NOT_A_PARTY


def test_an_internal_approval_comes_before_the_acceptance_too(cast):
    operations.name_approver(
        organisation=cast.buyer, user=cast["member"], by=cast["manager"], at=NOON
    )
    agreement = cast.opened_agreement()
    file = handed_in(cast, agreement)
    demand = accepts(cast, file, "demand")
    assert refused(operations.accept_file, **demand) == Reason.APPROVAL_MISSING
    assert not queries.to_accept(cast["manager"], NOON.date()).exists()

    operations.approve(party=demand["party"], by=cast["member"], at=NOON)

    assert queries.to_accept(cast["manager"], NOON.date()).get() == demand["party"]
    operations.accept_file(**demand)
    assert not queries.to_accept(cast["manager"], NOON.date()).exists()


def test_of_a_change_those_whom_it_concerns_accept(cast):
    agreement = cast.signed_agreement()
    change = operations.ask_change(
        agreement=agreement,
        wish=Wish(goal="높은 목표"),
        reason="시장",
        by=cast["supplier"],
        at=NOON,
    )
    operations.answer_change(change=change, is_yes=True, answer="", by=cast["officer"], at=NOON)
    file = handed_in(cast, agreement)
    for role in ("lead", "demand", "government"):
        operations.accept_file(**accepts(cast, file, role))

    change.refresh_from_db()
    agreement.refresh_from_db()
    assert (change.stage, agreement.goal) == (ChangeStage.DONE, "높은 목표")


def test_from_handing_the_scan_in_to_the_agreement_in_force_on_pages(as_role, cast):
    agreement = cast.opened_agreement()
    page = reverse("agreements:agreement", args=[agreement.pk])
    as_role("officer").post(
        reverse("agreements:hand_in", args=[agreement.pk]),
        {"way": "PAPER", "file": ContentFile(SCAN, "협약서.pdf")},
    )
    file = OutsideFile.objects.get()
    shown = flat(as_role("supplier").get(page).content.decode())
    assert "A scan is no digital signature" in shown
    assert file.sha256 in shown
    kept = reverse("agreements:outside_file", args=[file.pk])
    assert b"".join(as_role("supplier").get(kept).streaming_content) == SCAN
    assert as_role("rival").get(kept).status_code == 404
    assert "Look at the file" in as_role("manager").get("/").content.decode()

    for role in ("lead", "demand", "government"):
        party = agreement.parties.get(role=role)
        decline = reverse("agreements:decline_file", args=[file.pk, party.pk])
        assert as_role(WHO[role]).post(decline, {"reason": ""}).status_code == 422
        as_role(WHO[role]).post(reverse("agreements:accept_file", args=[file.pk, party.pk]))

    assert "Sealed on paper; all accepted the scan" in flat(
        as_role("supplier").get(page).content.decode()
    )
    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.IN_FORCE
