"""Two at once: one of them does it, and every won is posted once; also when one is killed."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from dure.apps.agreements import operations, queries
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import Change, Obligation, Signature, Text
from dure.apps.agreements.stages import AgreementStage, ChangeStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.ledger.queries import balances_of
from dure.apps.notices.models import Notice
from dure.config.env import ROOT
from dure.foundation import signing
from tests.apps.ledger.test_races import at_once
from tests.cast import make_cast
from tests.conftest import NOON
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def signed_but_by_the_agency(cast):
    agreement = cast.opened_agreement()
    for role, who in (("lead", "supplier"), ("demand", "manager")):
        operations.sign(party=agreement.parties.get(role=role), by=cast[who], at=NOON)
    return agreement


def test_of_two_officers_who_sign_for_the_agency_one_does():
    cast = make_cast()
    agreement = signed_but_by_the_agency(cast)

    outcomes = at_once(
        *(
            lambda who=who: operations.sign(
                party=agreement.parties.get(role="government"), by=cast[who], at=NOON
            )
            for who in ("officer2", "administrator")
        )
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    assert Signature.objects.count() == 3
    assert Entry.objects.filter(kind="COMMITMENT").count() == 1


def test_of_two_who_accept_the_last_of_a_file_signed_outside_one_brings_it_into_force():
    cast = make_cast()
    agreement = cast.opened_agreement()
    file = operations.hand_in(
        agreement=agreement, way="PAPER", file=ContentFile(b"%PDF-1.7", "협약서.pdf"),
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    parties = {party.role: party for party in agreement.parties.all()}
    for role, who in (("lead", "supplier"), ("demand", "manager")):
        operations.accept_file(file=file, party=parties[role], by=cast[who], at=NOON)

    outcomes = at_once(
        *(
            lambda who=who: operations.accept_file(
                file=file, party=parties["government"], by=cast[who], at=NOON
            )
            for who in ("officer2", "administrator")
        )
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    assert Signature.objects.filter(way="PAPER").count() == 3
    assert Entry.objects.filter(kind="COMMITMENT").count() == 1


def test_agreement_is_signed_or_drawn_up_anew_never_both():
    cast = make_cast()
    agreement = signed_but_by_the_agency(cast)

    outcomes = at_once(
        lambda: operations.sign(
            party=agreement.parties.get(role="government"), by=cast["officer2"], at=NOON
        ),
        lambda: operations.reopen(
            agreement=agreement, reason="금액 정정", by=cast["officer"], at=NOON
        ),
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    agreement.refresh_from_db()
    is_signed = agreement.stage == AgreementStage.IN_FORCE
    assert Entry.objects.filter(kind="COMMITMENT").exists() is is_signed
    assert Entry.objects.filter(kind="RELEASE").exists() is not is_signed
    assert list(faults()) == []


def test_an_instalment_entered_by_two_officers_at_once_is_posted_once():
    cast = make_cast()
    agreement = cast.signed_agreement()
    at = NOON + timedelta(days=9)

    outcomes = at_once(
        *(
            lambda who=who: operations.enter_payment(
                instalment=agreement.instalments.get(number=1),
                paid_on=localdate(at),
                by=cast[who],
                at=at,
            )
            for who in ("officer", "officer2", "administrator")
        )
    )

    assert outcomes == ["NOT_CONFIRMED", "NOT_CONFIRMED", "done"]
    assert Entry.objects.filter(kind="PAYMENT").count() == 1
    assert list(faults()) == []


def test_a_change_of_the_money_and_a_payment_at_once_leave_what_was_agreed():
    """Whichever comes first, the other reckons with it: no won is paid that the change took away."""
    cast = make_cast()
    agreement = cast.signed_agreement()
    public = agreement.instalments.filter(payer__role="government").order_by("number").first()
    row = agreement.contributions.get(payer__role="government")
    own = agreement.contributions.get(payer__role="demand")
    wish = Wish(money={row.pk: row.amount - 10_000_000, own.pk: own.amount + 10_000_000})
    at = NOON + timedelta(days=9)

    outcomes = at_once(
        lambda: operations.ask_change(
            agreement=agreement, wish=wish, reason="분담 조정", by=cast["supplier"], at=at
        ),
        lambda: operations.enter_payment(
            instalment=public, paid_on=localdate(at), by=cast["officer"], at=at
        ),
    )

    assert outcomes in (["HELD", "done"], ["done", "done"])
    public.refresh_from_db()
    is_paid = public.stage == InstalmentStage.PAID
    assert is_paid is (outcomes == ["done", "done"])
    change = Change.objects.get()
    operations.answer_change(change=change, is_yes=True, answer="", by=cast["officer"], at=at)
    for party in sorted(change.signers.all(), key=lambda signer: signer.role == "government"):
        who = {"lead": "supplier", "demand": "manager", "government": "officer2"}[party.role]
        operations.sign(party=party, by=cast[who], at=at)
    change.refresh_from_db()
    assert change.stage == ChangeStage.DONE
    given = agreement.instalments.filter(payer__role="government")
    assert sum(given.values_list("amount", flat=True)) == row.amount - 10_000_000
    won = balances_of([agreement.subject])
    part = row.payer.part
    assert won[agreement.subject, "DUE", part] == row.amount - 10_000_000 - (
        public.amount if is_paid else 0
    )
    assert list(faults()) == []


def test_of_two_officers_who_answer_a_change_one_does():
    cast = make_cast()
    agreement = cast.signed_agreement()
    change = operations.ask_change(
        agreement=agreement,
        wish=Wish(goal="높은 목표"),
        reason="시장",
        by=cast["supplier"],
        at=NOON,
    )

    outcomes = at_once(
        lambda: operations.answer_change(
            change=change, is_yes=True, answer="", by=cast["officer"], at=NOON
        ),
        lambda: operations.answer_change(
            change=change, is_yes=False, answer="근거 부족", by=cast["officer2"], at=NOON
        ),
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    change.refresh_from_db()
    assert change.stage in (ChangeStage.SIGNING, ChangeStage.REFUSED)
    assert Text.objects.filter(change=change).exists() is (change.stage == ChangeStage.SIGNING)


def test_of_two_officers_who_answer_one_plea_one_does():
    cast = make_cast()
    agreement = cast.signed_agreement()
    promise = Obligation.objects.create(
        agreement=agreement, party=agreement.parties.get(role="demand"), kind="CONSENT",
        what="purchase_consent", due_on=agreement.ends_on,
    )  # fmt: skip
    operations.plead(obligation=promise, reason="사업 철회", by=cast["manager"], at=NOON)

    outcomes = at_once(
        lambda: operations.answer_plea(
            obligation=promise, is_yes=True, answer="", by=cast["officer"], at=NOON
        ),
        lambda: operations.answer_plea(
            obligation=promise, is_yes=False, answer="근거 부족", by=cast["officer2"], at=NOON
        ),
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    promise.refresh_from_db()
    assert promise.is_exempt is (promise.met_by == cast["officer"])
    assert (promise.plea_answer == "근거 부족") is not promise.is_exempt
    assert Notice.objects.filter(kind="EXEMPTION_ANSWERED").values("facts").distinct().count() == 1


SIGNER = """
import django, sys
django.setup()
from django.conf import settings
from django.utils.timezone import localdate
settings.MEDIA_ROOT = sys.argv[3]
from dure.apps.agreements import operations
from dure.apps.agreements.models import Party
from dure.apps.people.models import User
from tests.conftest import NOON
party, by = Party.objects.get(pk=sys.argv[1]), User.objects.get(pk=sys.argv[2])
print("ready", flush=True)
operations.sign(party=party, by=by, at=NOON)
print("signed", flush=True)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.15, 0.4])
def test_killed_while_signing_it_is_signed_whole_or_not_and_can_be_signed_then(seconds):
    cast = make_cast()
    agreement = signed_but_by_the_agency(cast)
    party = agreement.parties.get(role="government")
    env = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "dure.config.settings",
        "DURE_KEYS": settings.DURE_KEYS,
    }
    signer = subprocess.Popen(
        [sys.executable, "-c", SIGNER, str(party.pk), str(cast["officer2"].pk), settings.MEDIA_ROOT],
        env=env, cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert signer.stdout.readline()
    time.sleep(seconds)
    signer.kill()
    signer.wait()
    signer.stdout.close()

    agreement.refresh_from_db()
    is_signed = agreement.stage == AgreementStage.IN_FORCE
    assert Signature.objects.count() == (3 if is_signed else 2)
    assert Entry.objects.filter(kind="COMMITMENT").exists() is is_signed
    if not is_signed:
        operations.sign(party=party, by=cast["officer2"], at=NOON)
    text = queries.open_text(agreement)
    with text.file.open("rb") as file:
        judged = signing.judge(file.read())
    assert (judged.verdict, len(judged.signatures)) == (signing.Verdict.GOOD, 3)
    assert list(faults()) == []
