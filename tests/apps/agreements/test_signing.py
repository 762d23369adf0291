"""From the draft to the day on which the last one signs, and every way in which it does not come."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from dure.apps.agreements import kinds, operations, queries
from dure.apps.agreements.models import Instalment
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries import balances_of, budgets
from dure.apps.notices.models import Notice
from dure.apps.records.queries import entries_about
from dure.foundation import signing
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


def party(agreement, role):
    return agreement.parties.get(role=role)


def budget():
    appropriation = Appropriation.objects.get()
    figures = budgets([appropriation])[appropriation.pk]
    return figures.free, figures.reserved, figures.committed, figures.paid


def test_everybody_signs_and_everything_promised_is_in_the_ledger(cast):
    agreement = cast.opened_agreement()
    assert budget() == (820_000_000, 180_000_000, 0, 0)  # the first of two years

    cast.sign_all(agreement)

    assert (agreement.stage, agreement.agreed_on) == (AgreementStage.IN_FORCE, NOON.date())
    assert budget() == (820_000_000, 0, 180_000_000, 0)
    won = balances_of([agreement.subject])
    promised = {part: amount for (_, kind, part), amount in won.items() if kind == kinds.DUE.code}
    assert promised == {
        party(agreement, "government").part: 210_000_000,
        party(agreement, "demand").part: 105_000_000,
        party(agreement, "lead").part: 35_000_000,
    }
    text = queries.open_text(agreement)
    content = text.file.read()
    judged = signing.judge(content)
    assert judged.is_good
    assert len(judged.signatures) == 3
    recorded = [json.loads(entry.leaf) for entry in entries_about(f"agreement:{agreement.pk}")]
    assert [leaf["content"]["party"] for leaf in recorded][-1] == "government"
    assert len(recorded) == 3
    assert recorded[-1]["files"][0]["sha256"] == hashlib.sha256(content).hexdigest()
    assert list(faults()) == []


def test_instalments_of_each_payer_add_up_by_the_years(cast):
    agreement = cast.opened_agreement()

    planned = [
        (instalment.payer.role, instalment.kind, instalment.due_on, instalment.amount)
        for instalment in agreement.instalments.order_by("number")
    ]
    assert planned == [
        ("government", "cash", date(2026, 12, 1), 180_000_000),
        ("demand", "cash", date(2026, 12, 1), 90_000_000),
        ("government", "cash", date(2027, 12, 1), 30_000_000),
        ("demand", "cash", date(2027, 12, 1), 15_000_000),
        ("lead", "in_kind", date(2027, 12, 1), 30_000_000),
        ("lead", "in_kind", date(2028, 1, 31), 5_000_000),
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"money": ((0, "grant", "cash", 211), (1, "own_share", "cash", 104), (2, "own_share", "in_kind", 35))}, Reason.PLAN_BREAKS_RULES),
        ({"months": 15}, Reason.PLAN_BREAKS_RULES),
        ({"budget": None}, Reason.NO_BUDGET),
        ({"budget": 100_000_000}, Reason.OVERDRAWN),
    ],
)  # fmt: skip
def test_opening_is_refused(cast, more, reason):
    with pytest.raises(Refused) as refusal:
        cast.opened_agreement(**more)

    assert refusal.value.reason == reason
    assert not Instalment.objects.exists()


def test_draft_without_lead_is_refused(cast):
    with pytest.raises(Refused) as refusal:
        cast.drafted_agreement(roles=("demand",), money=())

    assert refusal.value.reason == Reason.PARTIES_MISSING


@pytest.mark.parametrize(
    ("who", "role", "reason"),
    [
        ("rival", "lead", Reason.NOT_A_PARTY),
        ("member", "demand", Reason.NOT_THEIR_SIGNATORY),
        ("officer2", "government", Reason.AGENCY_LAST),
        ("officer", "government", Reason.SECOND_PERSON),
        ("manager", "lead", Reason.NOT_A_PARTY),
    ],
)
def test_nobody_signs_for_others_and_the_agency_not_before_them(cast, who, role, reason):
    agreement = cast.opened_agreement()

    with pytest.raises(Refused) as refusal:
        operations.sign(party=party(agreement, role), by=cast[who], at=NOON)

    assert refusal.value.reason == reason


def test_where_it_need_not_be_last_the_agency_signs_in_any_order(cast):
    draft = cast.drafted_agreement()
    cast.appropriation()
    text = operations.open_for_signing(
        agreement=draft, sign_by=NOON.date() + timedelta(days=9), is_agency_last=False,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    agency = draft.parties.get(role="government")
    assert agency in queries.to_sign(cast["officer2"], NOON.date())
    assert agency not in queries.to_sign(cast["officer"], NOON.date())  # who drew it up

    operations.sign(party=agency, by=cast["officer2"], at=NOON)
    for party, who in zip(queries.parties_left(text), ("manager", "supplier"), strict=True):
        operations.sign(party=party, by=cast[who], at=NOON)

    draft.refresh_from_db()
    assert draft.stage == AgreementStage.IN_FORCE


def test_nobody_signs_twice(cast):
    agreement = cast.opened_agreement()
    operations.sign(party=party(agreement, "lead"), by=cast["supplier"], at=NOON)

    with pytest.raises(Refused) as refusal:
        operations.sign(party=party(agreement, "lead"), by=cast["supplier"], at=NOON)

    assert refusal.value.reason == Reason.SIGNED_ALREADY


def test_refusal_gives_the_money_back_and_says_why(cast):
    agreement = cast.opened_agreement()
    operations.sign(party=party(agreement, "lead"), by=cast["supplier"], at=NOON)

    operations.refuse(
        party=party(agreement, "demand"), reason="사업 철수", by=cast["manager"], at=NOON
    )

    agreement.refresh_from_db()
    assert (agreement.stage, agreement.reason) == (AgreementStage.REFUSED, "사업 철수")
    assert budget() == (1_000_000_000, 0, 0, 0)
    assert Notice.objects.filter(recipient=cast["supplier"], kind="AGREEMENT_MOVED").exists()


def test_text_that_is_not_signed_in_time_runs_out_and_is_written_anew(cast):
    agreement = cast.opened_agreement()
    last = agreement.sign_by

    # The twentieth day is a Saturday.
    assert operations.expire_due(at=NOON + timedelta(days=22)) == 0
    assert operations.expire_due(at=NOON + timedelta(days=23)) == 1
    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.EXPIRED
    operations.reopen(agreement=agreement, reason="기한 경과", by=cast["officer"], at=NOON)
    operations.open_for_signing(agreement=agreement, sign_by=last, by=cast["officer"], at=NOON)

    cast.sign_all(agreement)
    assert agreement.texts.count() == 2
    assert budget() == (820_000_000, 0, 180_000_000, 0)


def test_text_signed_elsewhere_is_taken_if_it_is_the_same(cast, settings, tmp_path):
    agreement = cast.opened_agreement()
    lead = party(agreement, "lead")
    before = queries.open_text(agreement).file.read()
    own = settings.DURE_KEYS
    settings.DURE_KEYS = str(tmp_path / "keys of the firm")
    theirs = signing.sign(before, code="firm", name="열림테크", field="theirs")
    other = signing.sign(before.replace(b"\n%%EOF", b" \n%%EOF"), code="firm", name="x", field="y")
    settings.DURE_KEYS = own

    def refused(content):
        with pytest.raises(Refused) as refusal:
            operations.take_signed_file(party=lead, content=content, by=cast["supplier"], at=NOON)
        return refusal.value.reason

    assert refused(before) == Reason.FILE_UNSIGNED
    assert refused(b"%PDF-1.7") == Reason.FILE_UNREADABLE
    assert refused(theirs + b"\n% more") == Reason.FILE_CHANGED
    assert refused(other) == Reason.FILE_OF_ANOTHER
    made = operations.take_signed_file(party=lead, content=theirs, by=cast["supplier"], at=NOON)
    assert made.way == "UPLOADED"
    operations.sign(party=party(agreement, "demand"), by=cast["manager"], at=NOON)
    assert refused_by_none_left(agreement) == {"government"}
    assert signing.judge(queries.open_text(agreement).file.read()).is_good


def refused_by_none_left(agreement):
    return {party.role for party in queries.parties_left(queries.open_text(agreement))}


def test_what_waits_for_nothing_is_confirmed_when_it_is_in_force(cast):
    agreement = cast.signed_agreement()

    assert set(agreement.instalments.values_list("stage", flat=True)) == {InstalmentStage.CONFIRMED}


def told(who):
    return Notice.objects.filter(recipient=who, kind="AGREEMENT_TO_SIGN").count()


def test_who_has_not_signed_is_reminded_and_the_agency_only_when_it_is_its_turn(cast):
    agreement = cast.opened_agreement()
    operations.sign(party=party(agreement, "lead"), by=cast["supplier"], at=NOON)
    before = {who: told(cast[who]) for who in ("supplier", "manager", "officer2")}
    last = NOON + timedelta(days=20)

    assert operations.remind_signers(at=last - timedelta(days=8)) == 0
    assert operations.remind_signers(at=last - timedelta(days=7)) == 1
    assert operations.remind_signers(at=last - timedelta(days=7)) == 0
    assert told(cast["manager"]) == before["manager"] + 1
    operations.sign(party=party(agreement, "demand"), by=cast["manager"], at=last)
    before["officer2"] = told(cast["officer2"])
    assert operations.remind_signers(at=last - timedelta(days=2)) == 1

    assert told(cast["officer2"]) == before["officer2"] + 1
    assert told(cast["manager"]) == before["manager"] + 1
    assert told(cast["supplier"]) == before["supplier"]


def test_a_version_says_what_it_says_otherwise_than_the_one_before(as_role, cast):
    agreement = cast.opened_agreement()
    operations.reopen(agreement=agreement, reason="기간 정정", by=cast["officer"], at=NOON)
    agreement.refresh_from_db()
    agreement.ends_on, agreement.goal = date(2028, 1, 30), "누설이 없다"
    agreement.save()
    operations.open_for_signing(
        agreement=agreement, sign_by=date(2026, 12, 11), by=cast["officer"], at=NOON
    )

    shown = as_role("supplier").get(reverse("agreements:agreement", args=[agreement.pk]))
    page = flat(shown.content.decode())
    assert "2028-01-31 → 2028-01-30" in page
    assert "– → 누설이 없다" in page
    first = agreement.texts.get(number=1)
    address = reverse("agreements:text_version", args=[first.pk])
    assert as_role("supplier").get(address)["Content-Type"] == "application/pdf"
    assert as_role("rival").get(address).status_code == 404
